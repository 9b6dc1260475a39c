<%doc>Pieces of several papers: the lines of a version, its conditions, who signed.</%doc>
<%page expression_filter="h"/>

<%def name="lines(version)">
<table>
  <thead>
    <tr>
      <th scope="col">${_("Prestation")}</th>
      <th scope="col" class="number">${_("Quantité")}</th>
      <th scope="col" class="number">${_("Prix unitaire")}</th>
      <th scope="col" class="number">${_("Montant HT")}</th>
    </tr>
  </thead>
  <tbody>
    % for line in version.lines:
    <tr>
      <td>${line.description}</td>
      <td class="number">${quantity(line.quantity_thousandths)} ${line.unit}</td>
      <td class="number">${money(line.unit_price_cents)}</td>
      <td class="number">${money(line.total_cents)}</td>
    </tr>
    % endfor
  </tbody>
  <tfoot>
    <tr><th scope="row" colspan="3">${_("Total")}</th><td class="number">${money(version.total_cents)}</td></tr>
  </tfoot>
</table>
</%def>

<%def name="facts(pairs, before={})">
<dl>
  % for name, words in pairs:
  <dt>${name}</dt>
  <dd>${words}
    % if before and before[name] != words:
    <span class="before">${_("Avant : {before}", before=before[name])}</span>
    % endif
  </dd>
  % endfor
</dl>
</%def>

<%def name="signatures(signed)">
<section class="signatures">
  <h2>${_("Signatures")}</h2>
  <table>
    <thead>
      <tr>
        <th scope="col">${_("Texte")}</th><th scope="col">${_("Pour")}</th><th scope="col">${_("Par")}</th>
        <th scope="col">${_("Le")}</th>
      </tr>
    </thead>
    <tbody>
      % for label, version in signed:
      % for signature in version.signatures:
      <tr>
        <td>${label}</td><td>${signature.party.name}</td><td>${signature.actor_name}</td>
        <td>${moment(signature.signed_at)}</td>
      </tr>
      % endfor
      % endfor
    </tbody>
  </table>
  % if any(len(version.signatures) < 2 for _label, version in signed):
  <p><strong>${_("Une signature manque : ce texte n’engage encore personne.")}</strong></p>
  % endif
  <p class="quiet">${_("Empreinte SHA-256 de ce qui est signé :")}
    % for label, version in signed:
    <span class="digest">${label} : ${version.digest}</span>
    % endfor
  </p>
</section>
</%def>
