<%doc>The first page of a party: who owes what, what waits, the latest exchanges.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="lists" file="endi_ext:web/templates/lists.mako" />
<%block name="actionmenucontent">
% if request.context.may_act:
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  ${parts.link_button(request.context.path('subcontract.new'), _('Proposer une sous-traitance'), 'btn-primary')}
</div></div>
% endif
</%block>
<%block name="content">
<div class="endi-ext">
  <section class="endi-ext-block">
    <h2>${_('Qui doit quoi')}</h2>
    % if balances:
    ${lists.who_owes(balances)}
    % else:
    ${parts.empty(_('Personne ne vous doit rien et vous ne devez rien à personne.'))}
    % endif
  </section>
  <section class="endi-ext-block">
    <h2>${_('Ce qui vous attend')}</h2>
    % if waiting.count:
    <ul class="endi-ext-tasks">
      % for subcontract in waiting.proposals:
      <li>
        <p>${_('{name} attend votre réponse :', name=subcontract.proposed_by.name)}
          <a href="${request.context.path('subcontract', subcontract_id=subcontract.id)}">${subcontract.title}</a>
          (${money(subcontract.version.total_cents)})</p>
        <div class="endi-ext-buttons">${parts.link_button(request.context.path('subcontract', subcontract_id=subcontract.id), _('Lire et répondre'), 'btn-primary')}</div>
      </li>
      % endfor
      % for delivery in waiting.deliveries:
      <% ids = {'subcontract_id': delivery.subcontract_id, 'delivery_id': delivery.id} %>
      <li>
        <p>${_('{name} a livré :', name=delivery.subcontract.seller.name)}
          <a href="${request.context.path('delivery', **ids)}">${_('{title}, livraison n° {number}', title=delivery.subcontract.title, number=delivery.number)}</a>
          (${money(delivery.net_cents)})</p>
        <div class="endi-ext-buttons">${parts.link_button(request.context.path('delivery', **ids), _('Vérifier la livraison'), 'btn-primary')}</div>
      </li>
      % endfor
      % for delivery in waiting.contested:
      <% ids = {'subcontract_id': delivery.subcontract_id, 'delivery_id': delivery.id} %>
      <li>
        % if delivery.exchange_id:
        <p>${_('L’acceptation a été annulée par le service comptable :')}
        % else:
        <p>${_('{name} a contesté :', name=delivery.subcontract.buyer.name)}
        % endif
          <a href="${request.context.path('delivery', **ids)}">${_('{title}, livraison n° {number}', title=delivery.subcontract.title, number=delivery.number)}</a>
          (${money(delivery.net_cents)})</p>
        <div class="endi-ext-buttons">
          ${parts.link_button(request.context.path('delivery', **ids), _('Lire le motif'))}
          % if request.context.may_act:
          ${parts.link_button(request.context.path('delivery.new', subcontract_id=delivery.subcontract_id), _('Livrer de nouveau'), 'btn-primary')}
          % endif
        </div>
      </li>
      % endfor
    </ul>
    % else:
    ${parts.empty(_('Rien n’attend votre réponse.'))}
    % endif
  </section>
  <section class="endi-ext-block">
    <h2>${_('Derniers échanges')}</h2>
    % if latest:
    ${lists.exchanges(latest, exchange_badge)}
    <p><a href="${request.context.path('exchanges')}">${_('Voir tous mes échanges')}</a></p>
    % else:
    ${parts.empty(_('Aucun échange pour le moment : ils apparaissent ici quand une livraison est acceptée.'))}
    % endif
  </section>
</div>
</%block>
