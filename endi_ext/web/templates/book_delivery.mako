<%doc>A delivery, for accountants: what is claimed, and what can be done when a party has left.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="claims" file="endi_ext:web/templates/claims.mako" />
<%block name="actionmenucontent">
<div class="layout flex main_actions endi-ext-buttons">
  % if 'accept' in actions:
  ${parts.link_button(request.route_path('endi_ext.delivery_any.accept', delivery_id=delivery.id), _('Accepter à la place de {name}', name=subcontract.buyer.name), 'btn-primary')}
  % endif
  % if 'withdraw' in actions:
  ${parts.link_button(request.route_path('endi_ext.delivery_any.withdraw', delivery_id=delivery.id), _('Retirer à la place de {name}', name=subcontract.seller.name), 'negative')}
  % endif
  % if delivery.exchange_id:
  ${parts.link_button(request.route_path('endi_ext.exchange_any', exchange_id=delivery.exchange_id), _('Voir l’échange'))}
  % if 'reverse' in actions:
  ${parts.link_button(request.route_path('endi_ext.exchange_any.reverse', exchange_id=delivery.exchange_id), _('Annuler l’acceptation'), 'negative')}
  % endif
  % endif
  ${parts.link_button(request.route_path('endi_ext.deliveries_any'), _('Livraisons en suspens'))}
</div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-lead">${parts.badge(badge)}
    % for side in (subcontract.buyer, subcontract.seller):
    % if not side.active:
    ${_('{name} n’est plus active : vous pouvez décider à sa place, en disant pourquoi.', name=side.name)}
    % endif
    % endfor
    % if delivery.state in ('declared', 'contested') and subcontract.buyer.active and subcontract.seller.active:
    ${_('Les deux enseignes sont actives : c’est à elles de décider.')}
    % endif
  </p>
  <section class="data_display endi-ext-block">
    <h2>${_('Ce qui est livré')}</h2>
    <dl class="endi-ext-facts">
      <%parts:fact name="${_('Réalisé par')}">${subcontract.seller.name}</%parts:fact>
      <%parts:fact name="${_('Pour')}">${subcontract.buyer.name}</%parts:fact>
      <%parts:fact name="${_('Date de la livraison')}">${day(delivery.delivered_on)}</%parts:fact>
    </dl>
    % if delivery.note:
    <blockquote class="endi-ext-text">${delivery.note}</blockquote>
    % endif
    ${claims.situation_table(situation, delivery)}
  </section>
  <section class="data_display endi-ext-block">
    <h2>${_('Historique')}</h2>
    ${parts.history(events, step_of)}
  </section>
</div>
</%block>
