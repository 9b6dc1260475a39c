<%doc>The deliveries that wait for a party that left, for accountants.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="actionmenucontent">
<div class="layout flex main_actions endi-ext-buttons">
  ${parts.link_button(request.route_path('endi_ext.accounting'), _('Retour à la liste'))}
</div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-intro">${_('Ces livraisons attendent une décision alors que l’une des deux enseignes n’est plus active. Vous pouvez décider à sa place.')}</p>
  % if deliveries:
  <div class="table_container endi-ext-reflow">
    <table class="hover_table endi-ext-cards">
      <caption class="screen-reader-text">${_('Livraisons en suspens')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Livraison')}</th>
          <th scope="col" class="col_text">${_('Réalisé par')}</th>
          <th scope="col" class="col_text">${_('Pour')}</th>
          <th scope="col" class="col_date">${_('Date')}</th>
          <th scope="col" class="col_number">${_('Montant HT')}</th>
          <th scope="col" class="col_text">${_('État')}</th>
        </tr>
      </thead>
      <tbody>
        % for delivery in deliveries:
        <tr>
          <th scope="row" class="col_text" data-label="${_('Livraison')}"><a href="${request.route_path('endi_ext.delivery_any', delivery_id=delivery.id)}">${_('{title}, livraison n° {number}', title=delivery.subcontract.title, number=delivery.number)}</a></th>
          <td class="col_text" data-label="${_('Réalisé par')}">${delivery.subcontract.seller.name}</td>
          <td class="col_text" data-label="${_('Pour')}">${delivery.subcontract.buyer.name}</td>
          <td class="col_date" data-label="${_('Date')}">${day(delivery.delivered_on)}</td>
          <td class="col_number" data-label="${_('Montant HT')}">${money(delivery.net_cents)}</td>
          <td class="col_text" data-label="${_('État')}">${parts.badge(badge(delivery))}</td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
  % else:
  ${parts.empty(_('Aucune livraison n’attend une enseigne partie.'))}
  % endif
</div>
</%block>
