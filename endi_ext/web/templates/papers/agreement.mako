<%doc>The agreement in force with its conditions, lines, amendments and signatures; or what is on the table.</%doc>
<%page expression_filter="h"/>
<%inherit file="paper.mako" />
<%namespace name="pieces" file="pieces.mako" />
<%block name="title">\
% if subcontract.state in ("agreed", "completed", "closed"):
${_("Accord-cadre n° {number}", number=subcontract.id) if subcontract.kind == "frame" else _("Accord de sous-traitance n° {number}", number=subcontract.id)}\
% else:
${_("Proposition de sous-traitance n° {number}", number=subcontract.id)}\
% endif
</%block>
% if subcontract.state not in ("agreed", "completed", "closed"):
<p><strong>${_("Cette proposition n’est pas un accord : {state}.", state=_(state).lower())}</strong></p>
% endif
% if amendments:
<p class="quiet">${_("Texte en vigueur, avenants compris : version {number}.", number=version.number)}</p>
% endif
<h2>${_("Ce qui est convenu")}</h2>
${pieces.facts(conditions)}
% if version.message:
<p class="text">${version.message}</p>
% endif
<h2>${_("Prestations")}</h2>
${pieces.lines(version)}
% if amendments:
<h2>${_("Avenants")}</h2>
<table>
  <thead>
    <tr>
      <th scope="col">${_("Avenant")}</th><th scope="col">${_("Signé le")}</th>
      <th scope="col" class="number">${_("Nouveau montant HT")}</th>
    </tr>
  </thead>
  <tbody>
    % for amendment, changed in amendments:
    <tr>
      <td>${_("n° {number}", number=amendment.number)}</td>
      <td>${moment(amendment.decided_at)}</td>
      <td class="number">${money(changed.total_cents)}</td>
    </tr>
    % endfor
  </tbody>
</table>
% endif
${pieces.signatures(signed)}
