<%doc>Lists shown on several pages of a party: who owes what, exchanges.</%doc>
<%page expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />

<%def name="sentence(balance)">
% if balance.owed_to_us_cents and balance.owed_by_us_cents:
${_('{name} vous doit {owed} et vous lui devez {owing}.', name=balance.partner.name, owed=money(balance.owed_to_us_cents), owing=money(balance.owed_by_us_cents))}
% elif balance.owed_to_us_cents:
${_('{name} vous doit {owed}.', name=balance.partner.name, owed=money(balance.owed_to_us_cents))}
% else:
${_('Vous devez {owing} à {name}.', name=balance.partner.name, owing=money(balance.owed_by_us_cents))}
% endif
</%def>

<%def name="who_owes(balances)">
<ul class="endi-ext-sentences">
  % for balance in balances:
  <li class="${'endi-ext-in' if balance.balance_cents >= 0 else 'endi-ext-out'}">
    <a href="${request.context.path('statement.pair', partner_id=balance.partner.id)}">${sentence(balance)}</a>
  </li>
  % endfor
</ul>
</%def>

<%def name="exchanges(rows, badge)">
<div class="table_container endi-ext-reflow">
  <table class="hover_table endi-ext-cards">
    <caption class="screen-reader-text">${_('Échanges')}</caption>
    <thead>
      <tr>
        <th scope="col" class="col_date">${_('Date')}</th>
        <th scope="col" class="col_text">${_('Objet')}</th>
        <th scope="col" class="col_text">${_('Partenaire')}</th>
        <th scope="col" class="col_number">${_('On vous doit')}</th>
        <th scope="col" class="col_number">${_('Vous devez')}</th>
        <th scope="col" class="col_text">${_('État')}</th>
      </tr>
    </thead>
    <tbody>
      % for row in rows:
      <% sold = row.seller_id == request.context.party.id %>
      <tr>
        <td class="col_date" data-label="${_('Date')}">${day(row.accepted_on)}</td>
        <th scope="row" class="col_text" data-label="${_('Objet')}"><a href="${request.context.path('exchange', exchange_id=row.id)}">${row.label}</a></th>
        <td class="col_text" data-label="${_('Partenaire')}">${row.buyer.name if sold else row.seller.name}</td>
        <td class="col_number ${'' if sold else 'endi-ext-void'}" data-label="${_('On vous doit')}">${money(row.net_cents) if sold else ''}</td>
        <td class="col_number ${'endi-ext-void' if sold else ''}" data-label="${_('Vous devez')}">${'' if sold else money(row.net_cents)}</td>
        <td class="col_text" data-label="${_('État')}">${parts.badge(badge(row))}</td>
      </tr>
      % endfor
    </tbody>
  </table>
</div>
</%def>
