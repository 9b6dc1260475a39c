<%doc>What is on the table or in force, line by line, with what changed.</%doc>
<%page args="subcontract, version, previous, changes, changed, in_force" expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<section class="data_display endi-ext-block">
  <h2>${_('L’accord') if in_force else _('La proposition')}</h2>
  <dl class="endi-ext-facts">
    <%parts:fact name="${_('Confié par')}">${subcontract.buyer.name}</%parts:fact>
    <%parts:fact name="${_('Réalisé par')}">${subcontract.seller.name}</%parts:fact>
    <%parts:fact name="${_('À terminer pour le')}">
      ${day(version.due_on)}
      % if previous and previous.due_on != version.due_on:
      <span class="endi-ext-before">${_('avant : {before}', before=day(previous.due_on))}</span>
      % endif
    </%parts:fact>
    <%parts:fact name="${_('Montant HT')}">
      <strong>${money(version.total_cents)}</strong>
      % if previous and previous.total_cents != version.total_cents:
      <span class="endi-ext-before">${_('avant : {before}', before=money(previous.total_cents))}</span>
      % endif
    </%parts:fact>
    <%parts:fact name="${_('Version')}">
      ${_('n° {number}, proposée par {name} le {at}', number=version.number, name=version.proposed_by.name, at=moment(version.created_at))}
    </%parts:fact>
  </dl>
  % if version.message:
  <blockquote class="endi-ext-text">${version.message}</blockquote>
  % endif
  % if previous and changed:
  <p class="endi-ext-note">${_('Les changements par rapport à la version {number} sont signalés ci-dessous.', number=previous.number)}</p>
  % endif
  <div class="table_container endi-ext-reflow">
    <table class="endi-ext-cards">
      <caption class="screen-reader-text">${_('Ce qui est à faire')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Prestation')}</th>
          <th scope="col" class="col_number">${_('Quantité')}</th>
          <th scope="col" class="col_number">${_('Prix unitaire HT')}</th>
          <th scope="col" class="col_number">${_('Total HT')}</th>
          % if in_force:
          <th scope="col" class="col_number">${_('Livré')}</th>
          <th scope="col" class="col_number">${_('Accepté')}</th>
          % endif
        </tr>
      </thead>
      <tbody>
        % for change in changes:
        <% line = change.after or change.before %>
        <tr class="endi-ext-${change.kind}">
          <th scope="row" class="col_text" data-label="${_('Prestation')}">
            <span class="endi-ext-text">${line.description}</span>
            % if change.kind == 'added':
            <span class="endi-ext-mark">${_('ajoutée')}</span>
            % elif change.kind == 'removed':
            <span class="endi-ext-mark">${_('retirée')}</span>
            % elif change.kind == 'changed':
            <span class="endi-ext-mark">${_('modifiée')}</span>
            % if change.before.description != line.description:
            <span class="endi-ext-before">${_('avant : {before}', before=change.before.description)}</span>
            % endif
            % endif
          </th>
          <td class="col_number" data-label="${_('Quantité')}">${quantity(line.quantity_thousandths)} ${line.unit}
            % if change.kind == 'changed' and (change.before.quantity_thousandths, change.before.unit) != (line.quantity_thousandths, line.unit):
            <span class="endi-ext-before">${_('avant : {before}', before=quantity(change.before.quantity_thousandths) + ' ' + change.before.unit)}</span>
            % endif
          </td>
          <td class="col_number" data-label="${_('Prix unitaire HT')}">${money(line.unit_price_cents)}
            % if change.kind == 'changed' and change.before.unit_price_cents != line.unit_price_cents:
            <span class="endi-ext-before">${_('avant : {before}', before=money(change.before.unit_price_cents))}</span>
            % endif
          </td>
          <td class="col_number" data-label="${_('Total HT')}">${money(line.total_cents)}</td>
          % if in_force:
          <td class="col_number" data-label="${_('Livré')}">${quantity(line.delivered_thousandths)}</td>
          <td class="col_number" data-label="${_('Accepté')}">${quantity(line.accepted_thousandths)}</td>
          % endif
        </tr>
        % endfor
      </tbody>
      <tfoot>
        <tr class="row_recap">
          <th scope="row" class="col_text" colspan="3">${_('Total HT')}</th>
          <td class="col_number" data-label="${_('Total HT')}"><strong>${money(version.total_cents)}</strong></td>
          % if in_force:
          <td colspan="2"></td>
          % endif
        </tr>
      </tfoot>
    </table>
  </div>
</section>
