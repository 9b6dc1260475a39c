<%doc>What a version says, line by line and condition by condition, beside what it was before; and who signed it.</%doc>
<%page expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />

<%def name="was(text)"><span class="endi-ext-before">${_('avant : {before}', before=text)}</span></%def>

<%def name="facts(version, previous, conditions, frame=False)">
<%parts:fact name="${_('Prix valables jusqu’au') if frame else _('À terminer pour le')}">
  ${day(version.due_on)}
  % if previous and previous.due_on != version.due_on:
  ${was(day(previous.due_on))}
  % endif
</%parts:fact>
% if not frame:
<%parts:fact name="${_('Montant HT')}">
  <strong>${money(version.total_cents)}</strong>
  % if previous and previous.total_cents != version.total_cents:
  ${was(money(previous.total_cents))}
  % endif
</%parts:fact>
% endif
% for condition in conditions:
<%parts:fact name="${_(condition.label)}">
  ${condition.text}
  % if condition.before:
  ${was(condition.before)}
  % endif
</%parts:fact>
% endfor
</%def>

<%def name="lines(version, changes, delivered=False, frame=False)">
% if not version.lines:
<p class="endi-ext-note">${_('Il n’y a plus rien à faire : l’accord prend fin.')}</p>
% endif
% if changes:
<div class="table_container endi-ext-reflow">
  <table class="endi-ext-cards">
    <caption class="screen-reader-text">${_('Ce qui est à faire')}</caption>
    <thead>
      <tr>
        <th scope="col" class="col_text">${_('Prestation')}</th>
        <th scope="col" class="col_number">${_('Quantité habituelle') if frame else _('Quantité')}</th>
        <th scope="col" class="col_number">${_('Prix unitaire HT')}</th>
        % if not frame:
        <th scope="col" class="col_number">${_('Total HT')}</th>
        % endif
        % if delivered:
        <th scope="col" class="col_number">${_('Livré')}</th>
        <th scope="col" class="col_number">${_('Accepté')}</th>
        % endif
      </tr>
    </thead>
    <tbody>
      % for change in changes:
      <% line, before = change.after or change.before, change.before if change.kind == 'changed' else None %>
      <tr class="endi-ext-${change.kind}">
        <th scope="row" class="col_text" data-label="${_('Prestation')}">
          <span class="endi-ext-text">${line.description}</span>
          % if change.kind == 'added':
          <span class="endi-ext-mark">${_('ajoutée')}</span>
          % elif change.kind == 'removed':
          <span class="endi-ext-mark">${_('retirée')}</span>
          % elif before:
          <span class="endi-ext-mark">${_('modifiée')}</span>
          % if before.description != line.description:
          ${was(before.description)}
          % endif
          % endif
        </th>
        <td class="col_number" data-label="${_('Quantité')}">${quantity(line.quantity_thousandths)} ${line.unit}
          % if before and (before.quantity_thousandths, before.unit) != (line.quantity_thousandths, line.unit):
          ${was(quantity(before.quantity_thousandths) + ' ' + before.unit)}
          % endif
        </td>
        <td class="col_number" data-label="${_('Prix unitaire HT')}">${money(line.unit_price_cents)}
          % if before and before.unit_price_cents != line.unit_price_cents:
          ${was(money(before.unit_price_cents))}
          % endif
        </td>
        % if not frame:
        <td class="col_number" data-label="${_('Total HT')}">${money(line.total_cents)}
          % if before and before.total_cents != line.total_cents:
          ${was(money(before.total_cents))}
          % endif
        </td>
        % endif
        % if delivered:
        <td class="col_number" data-label="${_('Livré')}">${quantity(line.delivered_thousandths)}</td>
        <td class="col_number" data-label="${_('Accepté')}">${quantity(line.accepted_thousandths)}</td>
        % endif
      </tr>
      % endfor
    </tbody>
    % if not frame:
    <tfoot>
      <tr class="row_recap">
        <th scope="row" class="col_text" colspan="3">${_('Total HT')}</th>
        <td class="col_number" data-label="${_('Total HT')}"><strong>${money(version.total_cents)}</strong></td>
        % if delivered:
        <td class="endi-ext-void" colspan="2"></td>
        % endif
      </tr>
    </tfoot>
    % endif
  </table>
</div>
% endif
</%def>

<%def name="signatures(version)">
<h3>${_('Signatures')}</h3>
<ul class="endi-ext-signatures">
  % for signature in version.signatures:
  <li>
    % if signature.through:
    <strong>${signature.party.name}</strong> ${_('par l’accord-cadre, signé par {name} le {at}', name=signature.actor_name, at=moment(signature.signed_at))}
    % else:
    <strong>${signature.party.name}</strong> ${_('signé par {name} le {at}', name=signature.actor_name, at=moment(signature.signed_at))}
    % endif
  </li>
  % endfor
</ul>
<p class="endi-ext-digest">${_('Empreinte du texte signé (SHA-256) :')} <code>${version.digest}</code></p>
</%def>
