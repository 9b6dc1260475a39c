<%doc>Pieces of pages about a delivery: its table as a progress claim (situation de travaux).</%doc>
<%page expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />

<%def name="amounts(thousandths, cents, unit)">
% if thousandths or cents:
${quantity(thousandths)} ${unit}<span class="endi-ext-before">${money(cents)}</span>
% else:
–
% endif
</%def>

<%def name="situation_table(situation, delivery)">
<% decided = delivery.accepted_cents is not None and delivery.accepted_cents != delivery.net_cents %>
<div class="table_container endi-ext-reflow">
  <table class="endi-ext-cards endi-ext-situation">
    <caption class="screen-reader-text">${_('Avancement ligne par ligne')}</caption>
    <thead>
      <tr>
        <th scope="col" class="col_text">${_('Prestation')}</th>
        <th scope="col" class="col_number">${_('Convenu')}</th>
        <th scope="col" class="col_number">${_('Déclaré avant')}</th>
        <th scope="col" class="col_number">${_('Cette livraison')}</th>
        % if decided:
        <th scope="col" class="col_number">${_('Accepté')}</th>
        % endif
        <th scope="col" class="col_number">${_('Cumul')}</th>
        <th scope="col" class="col_number">${_('Avancement')}</th>
        <th scope="col" class="col_number">${_('Reste')}</th>
      </tr>
    </thead>
    <tbody>
      % for row in situation.rows:
      <tr class="${'' if row.part else 'endi-ext-untouched'}">
        <th scope="row" class="col_text" data-label="${_('Prestation')}"><span class="endi-ext-text">${row.line.description}</span>
          % if row.part and row.part.refusal:
          <span class="endi-ext-before endi-ext-text">${_('Accepté en partie : {reason}', reason=row.part.refusal)}</span>
          % endif
        </th>
        <td class="col_number" data-label="${_('Convenu')}">${amounts(row.agreed_thousandths, row.agreed_cents, row.line.unit)}</td>
        <td class="col_number" data-label="${_('Déclaré avant')}">${amounts(row.previous_thousandths, row.previous_cents, row.line.unit)}</td>
        <td class="col_number" data-label="${_('Cette livraison')}">
          % if row.part:
          <strong>${quantity(row.claimed_thousandths)} ${row.line.unit}</strong><span class="endi-ext-before">${money(row.claimed_cents)}</span>
          % else:
          –
          % endif
        </td>
        % if decided:
        <td class="col_number" data-label="${_('Accepté')}">
          % if row.part:
          ${quantity(row.accepted_thousandths)} ${row.line.unit}<span class="endi-ext-before">${money(row.accepted_cents)}</span>
          % else:
          –
          % endif
        </td>
        % endif
        <td class="col_number" data-label="${_('Cumul')}">${amounts(row.reached_thousandths, row.reached_cents, row.line.unit)}</td>
        <td class="col_number" data-label="${_('Avancement')}">${percent(row.reached_permille * 10)}</td>
        <td class="col_number" data-label="${_('Reste')}">${amounts(row.remaining_thousandths, row.remaining_cents, row.line.unit)}</td>
      </tr>
      % endfor
    </tbody>
    <tfoot>
      <% total = situation.total %>
      <tr class="row_recap">
        <th scope="row" class="col_text">${_('Total HT')}</th>
        <td class="col_number" data-label="${_('Convenu')}">${money(total.agreed_cents)}</td>
        <td class="col_number" data-label="${_('Déclaré avant')}">${money(total.previous_cents)}</td>
        <td class="col_number" data-label="${_('Cette livraison')}"><strong>${money(total.claimed_cents)}</strong></td>
        % if decided:
        <td class="col_number" data-label="${_('Accepté')}"><strong>${money(total.accepted_cents)}</strong></td>
        % endif
        <td class="col_number" data-label="${_('Cumul')}">${money(total.reached_cents)}</td>
        <td class="col_number" data-label="${_('Avancement')}">${percent(total.reached_permille * 10)}</td>
        <td class="col_number" data-label="${_('Reste')}">${money(total.remaining_cents)}</td>
      </tr>
    </tfoot>
  </table>
</div>
</%def>
