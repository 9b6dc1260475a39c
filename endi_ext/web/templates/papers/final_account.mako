<%doc>The account of a whole job: how its price came to be, what was accepted, what has become of it.</%doc>
<%page expression_filter="h"/>
<%inherit file="paper.mako" />
<%block name="title">${_("Décompte général n° {number}", number=account.number)}</%block>
<%
  kinds = {"agreement": _("Accord signé"), "amendment": _("Avenant n° {number}"), "claim": _("Situation n° {number}"), "credit": _("Avoir sur la situation n° {number}")}
  price = [line for line in account.lines if line.kind in ("agreement", "amendment")]
  work = [line for line in account.lines if line.kind in ("claim", "credit")]
%>
% if account.state != "signed":
<p><strong>${_("Ce décompte n’est pas signé des deux parties : {state}.", state=_(state).lower())}</strong></p>
% endif
<p class="quiet">${_("Dressé le {day} pour {name}, par {who}.", day=day(account.drawn_on), name=account.drawn_by.name, who=account.actor_name)}</p>
% if account.message:
<p class="text">${account.message}</p>
% endif
<h2>${_("Le prix")}</h2>
${listed(price, kinds, _("Prix de l’accord, avenants compris"), account.contract_cents)}
<h2>${_("Ce qui est accepté")}</h2>
${listed(work, kinds, _("Accepté, avoirs déduits"), account.accepted_cents - account.credited_cents)}
<h2>${_("Ce qu’il en est au {day}", day=day(account.drawn_on))}</h2>
<table class="sum">
  <tbody>
    ${amount_row(_("Accepté en tout"), account.accepted_cents)}
    % if account.credited_cents:
    ${amount_row(_("Rendu par avoirs"), account.credited_cents)}
    % endif
    ${amount_row(_("Réglé"), account.settled_cents)}
    ${amount_row(_("Dû"), account.due_cents)}
    % if account.awaiting_cents:
    ${amount_row(_("En attente du client"), account.awaiting_cents)}
    % endif
    ${amount_row(_("Retenue de garantie"), account.retained_cents)}
    % if account.disputed_cents:
    ${amount_row(_("En désaccord"), account.disputed_cents)}
    % endif
    <tr class="last"><th scope="row">${_("Reste à régler")}</th><td class="number">${money(account.unpaid_cents)}</td></tr>
  </tbody>
</table>
<section class="signatures">
  <h2>${_("Signatures")}</h2>
  <table>
    <thead>
      <tr><th scope="col">${_("Par")}</th><th scope="col">${_("Le")}</th></tr>
    </thead>
    <tbody>
      <tr><td>${account.actor_name} (${account.drawn_by.name})</td><td>${moment(account.drawn_at)}</td></tr>
      % if account.state == "signed":
      <tr><td>${account.answered_name} (${other.name})</td><td>${moment(account.answered_at)}</td></tr>
      % endif
    </tbody>
  </table>
  <p class="quiet">${_("Empreinte SHA-256 de ce qui est signé :")} <span class="digest">${account.digest}</span></p>
</section>

<%def name="listed(lines, kinds, label, total_cents)">
<table>
  <thead>
    <tr>
      <th scope="col">${_("Document")}</th><th scope="col">${_("Date")}</th>
      <th scope="col" class="number">${_("Montant HT")}</th>
    </tr>
  </thead>
  <tbody>
    % for line in lines:
    <tr>
      <td>${kinds[line.kind].format(number=line.number)}
        % if line.claimed_cents is not None and line.claimed_cents != line.amount_cents:
        <span class="before">${_("Demandé : {claimed}", claimed=money(line.claimed_cents))}</span>
        % endif
      </td>
      <td>${day(line.on)}</td>
      <td class="number">${money(line.amount_cents)}</td>
    </tr>
    % endfor
  </tbody>
  <tfoot>
    <tr><th scope="row" colspan="2">${label}</th><td class="number">${money(total_cents)}</td></tr>
  </tfoot>
</table>
</%def>

<%def name="amount_row(label, cents)">
<tr><th scope="row">${label}</th><td class="number">${money(cents)}</td></tr>
</%def>
