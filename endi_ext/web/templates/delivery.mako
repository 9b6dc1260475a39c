<%doc>A delivery: what it contains, what may be done with it, what happened.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="actionmenucontent">
<% ids = {'subcontract_id': subcontract.id, 'delivery_id': delivery.id} %>
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  % if 'accept' in actions:
  ${parts.post_button(request.context.path('delivery.accept', **ids), _('Accepter la livraison'))}
  % endif
  % if 'contest' in actions:
  ${parts.link_button(request.context.path('delivery.contest', **ids), _('Contester'), 'negative')}
  % endif
  % if 'withdraw' in actions:
  ${parts.post_button(request.context.path('delivery.withdraw', **ids), _('Retirer cette livraison'), 'negative')}
  % endif
  ${parts.link_button(request.context.path('subcontract', subcontract_id=subcontract.id), _('Retour à la sous-traitance'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-lead">${parts.badge(badge)}
    % if 'accept' in actions:
    ${_('{name} attend que vous vérifiiez ce travail. Si vous acceptez, vous lui devrez {amount}.', name=subcontract.seller.name, amount=money(delivery.net_cents))}
    % elif delivery.state == 'declared':
    ${_('{name} doit vérifier ce travail.', name=subcontract.buyer.name)}
    % endif
  </p>
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
    <div class="table_container endi-ext-reflow">
      <table class="endi-ext-cards">
        <caption class="screen-reader-text">${_('Ce qui est livré')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_text">${_('Prestation')}</th>
            <th scope="col" class="col_number">${_('Quantité')}</th>
            <th scope="col" class="col_number">${_('Convenu')}</th>
            <th scope="col" class="col_number">${_('Montant HT')}</th>
          </tr>
        </thead>
        <tbody>
          % for part in delivery.lines:
          <tr>
            <th scope="row" class="col_text" data-label="${_('Prestation')}"><span class="endi-ext-text">${part.line.description}</span></th>
            <td class="col_number" data-label="${_('Quantité')}">${quantity(part.quantity_thousandths)} ${part.line.unit}</td>
            <td class="col_number" data-label="${_('Convenu')}">${quantity(part.line.quantity_thousandths)} ${part.line.unit}</td>
            <td class="col_number" data-label="${_('Montant HT')}">${money(part.net_cents)}</td>
          </tr>
          % endfor
        </tbody>
        <tfoot>
          <tr class="row_recap">
            <th scope="row" class="col_text" colspan="3">${_('Total HT')}</th>
            <td class="col_number" data-label="${_('Total HT')}"><strong>${money(delivery.net_cents)}</strong></td>
          </tr>
        </tfoot>
      </table>
    </div>
  </section>
  <section class="data_display endi-ext-block">
    <h2>${_('Historique')}</h2>
    ${parts.history(events, step_of)}
  </section>
</div>
</%block>
