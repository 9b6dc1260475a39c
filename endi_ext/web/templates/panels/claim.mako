<%doc>What a delivery claims, as a progress claim.</%doc>
<%page args="delivery, subcontract, situation" expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="claims" file="endi_ext:web/templates/claims.mako" />
<section class="data_display endi-ext-block">
  <h2>${_('Ce qui est livré')}</h2>
  <dl class="endi-ext-facts">
    <%parts:fact name="${_('Sous-traitance')}"><a href="${request.context.path('subcontract', subcontract_id=subcontract.id)}">${subcontract.title}</a></%parts:fact>
    <%parts:fact name="${_('Réalisé par')}">${subcontract.seller.name}</%parts:fact>
    <%parts:fact name="${_('Pour')}">${subcontract.buyer.name}</%parts:fact>
    <%parts:fact name="${_('Date de la livraison')}">${day(delivery.delivered_on)}</%parts:fact>
    % if delivery.exchange_id:
    <%parts:fact name="${_('Échange')}"><a href="${request.context.path('exchange', exchange_id=delivery.exchange_id)}">${_('Voir l’échange enregistré')}</a></%parts:fact>
    % endif
  </dl>
  % if delivery.note:
  <blockquote class="endi-ext-text">${delivery.note}</blockquote>
  % endif
  ${claims.situation_table(situation, delivery)}
</section>
