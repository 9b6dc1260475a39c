<%doc>What was declared.</%doc>
<%page args="subcontract, delivery_badge" expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<section class="data_display endi-ext-block">
  <h2>${_('Livraisons')}</h2>
  <div class="table_container endi-ext-reflow">
    <table class="hover_table endi-ext-cards">
      <caption class="screen-reader-text">${_('Livraisons')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Livraison')}</th>
          <th scope="col" class="col_date">${_('Date')}</th>
          <th scope="col" class="col_number">${_('Déclaré HT')}</th>
          <th scope="col" class="col_number">${_('Accepté HT')}</th>
          <th scope="col" class="col_text">${_('État')}</th>
        </tr>
      </thead>
      <tbody>
        % for delivery in subcontract.deliveries:
        <tr>
          <th scope="row" class="col_text" data-label="${_('Livraison')}"><a href="${request.context.path('delivery', subcontract_id=subcontract.id, delivery_id=delivery.id)}">${_('Livraison n° {number}', number=delivery.number)}</a></th>
          <td class="col_date" data-label="${_('Date')}">${day(delivery.delivered_on)}</td>
          <td class="col_number" data-label="${_('Déclaré HT')}">${money(delivery.net_cents)}</td>
          <td class="col_number" data-label="${_('Accepté HT')}">${money(delivery.accepted_cents) if delivery.state == 'accepted' else '–'}</td>
          <td class="col_text" data-label="${_('État')}">${parts.badge(delivery_badge(delivery))}</td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
</section>
