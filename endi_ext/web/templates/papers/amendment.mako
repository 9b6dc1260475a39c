<%doc>An amendment: what it changes line by line, the conditions, who signed.</%doc>
<%page expression_filter="h"/>
<%inherit file="paper.mako" />
<%namespace name="pieces" file="pieces.mako" />
<%block name="title">${_("Avenant n° {number} à l’accord n° {agreement}", number=amendment.number, agreement=subcontract.id)}</%block>
% if amendment.state != "agreed":
<p><strong>${_("Cet avenant n’est pas en vigueur : {state}.", state=_(state).lower())}</strong></p>
% endif
<h2>${_("Ce qui change")}</h2>
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
    % for change in changes:
    ${row(change)}
    % endfor
  </tbody>
  <tfoot>
    <tr>
      <th scope="row" colspan="3">${_("Total")}</th>
      <td class="number">${money(version.total_cents)}
        % if before.total_cents != version.total_cents:
        <span class="before">${_("Avant : {before}", before=money(before.total_cents))}</span>
        % endif
      </td>
    </tr>
  </tfoot>
</table>
<h2>${_("Conditions")}</h2>
${pieces.facts(conditions, conditions_before)}
% if version.message:
<p class="text">${version.message}</p>
% endif
<p class="quiet">${_("Ce qui n’est pas changé ici reste convenu ; ce qui est déjà accepté le reste.")}</p>
${pieces.signatures([(_("Avenant n° {number}", number=amendment.number), version)])}

<%def name="row(change)">
% if change.after is None:
<tr>
  <td>${change.before.description} <span class="before">${_("supprimé")}</span></td>
  <td class="number quiet">${quantity(change.before.quantity_thousandths)} ${change.before.unit}</td>
  <td class="number quiet">${money(change.before.unit_price_cents)}</td>
  <td class="number quiet">${money(change.before.total_cents)}</td>
</tr>
% else:
<% line, old = change.after, change.before %>
<tr>
  <td>${line.description}
    % if old is None:
    <span class="before">${_("nouveau")}</span>
    % elif old.description != line.description:
    <span class="before">${_("Avant : {before}", before=old.description)}</span>
    % endif
  </td>
  <td class="number">${quantity(line.quantity_thousandths)} ${line.unit}
    % if old is not None and (old.quantity_thousandths, old.unit) != (line.quantity_thousandths, line.unit):
    <span class="before">${_("Avant : {before}", before=quantity(old.quantity_thousandths) + " " + old.unit)}</span>
    % endif
  </td>
  <td class="number">${money(line.unit_price_cents)}
    % if old is not None and old.unit_price_cents != line.unit_price_cents:
    <span class="before">${_("Avant : {before}", before=money(old.unit_price_cents))}</span>
    % endif
  </td>
  <td class="number">${money(line.total_cents)}
    % if old is not None and old.total_cents != line.total_cents:
    <span class="before">${_("Avant : {before}", before=money(old.total_cents))}</span>
    % endif
  </td>
</tr>
% endif
</%def>
