<%doc>An exchange, as one of its two sides reads it.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  % for label, url in vouchers:
  ${parts.link_button(url, label)}
  % endfor
  ${parts.link_button(request.context.path('exchanges'), _('Retour à la liste'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-lead">${parts.badge(badge)}
    % if exchange.state == 'waiting':
    ${_('La comptabilité n’a pas encore validé cet échange : rien n’en est dû d’ici là.')}
    % elif exchange.step_waits:
    ${_('Une écriture de cet échange attend d’être validée par la comptabilité.')}
    % endif
    % if exchange.state != 'waiting' and exchange.due_cents and request.context.role == 'seller':
    ${_('{name} vous doit {amount}, à régler avant le {due}.', name=exchange.buyer.name, amount=money(exchange.due_cents), due=day(exchange.due_on))}
    % elif exchange.state != 'waiting' and exchange.due_cents:
    ${_('Vous devez {amount} à {name}, à régler avant le {due}.', name=exchange.seller.name, amount=money(exchange.due_cents), due=day(exchange.due_on))}
    % endif
    % if exchange.awaiting_cents:
    ${_('{amount} seront dus quand le client aura payé.', amount=money(exchange.awaiting_cents))}
    % endif
    % if exchange.retained_cents:
    ${_('{amount} sont en retenue de garantie.', amount=money(exchange.retained_cents))}
    % endif
  </p>
  <section class="data_display endi-ext-block">
    <h2>${_('L’échange')}</h2>
    <dl class="endi-ext-facts">
      <%parts:fact name="${_('Réalisé par')}">${exchange.seller.name}</%parts:fact>
      <%parts:fact name="${_('Pour')}">${exchange.buyer.name}</%parts:fact>
      <%parts:fact name="${_('Accepté le')}">${day(exchange.accepted_on)}</%parts:fact>
      <%parts:fact name="${_('À régler avant le') if exchange.due_on else _('À régler')}">${parts.due(exchange)}</%parts:fact>
      <%parts:fact name="${_('Montant HT')}"><strong>${money(exchange.net_cents)}</strong></%parts:fact>
      <%parts:fact name="${_('Déjà réglé')}">${money(exchange.settled_cents)}</%parts:fact>
      ${parts.held_facts(exchange)}
      % if request.context.role == 'seller':
      <%parts:fact name="${_('Contribution à la coopérative')}">${money(exchange.contribution_cents)}</%parts:fact>
      % endif
      % if exchange.reference:
      <%parts:fact name="${_('Référence')}">${exchange.reference}</%parts:fact>
      % endif
      % if delivery:
      <%parts:fact name="${_('Livraison')}"><a href="${request.context.path('delivery', subcontract_id=delivery.subcontract_id, delivery_id=delivery.id)}">${_('{title}, livraison n° {number}', title=delivery.subcontract.title, number=delivery.number)}</a></%parts:fact>
      % endif
    </dl>
    <p><a href="${request.context.path('statement.pair', partner_id=request.context.partner.id)}">${_('Voir tout ce qui s’est passé avec {name}', name=request.context.partner.name)}</a></p>
  </section>
  ${parts.host_papers(papers, papers_wait)}
  % if exchange.settlements:
  <section class="data_display endi-ext-block">
    <h2>${_('Règlements')}</h2>
    <div class="table_container endi-ext-reflow">
      <table class="endi-ext-cards">
        <caption class="screen-reader-text">${_('Règlements')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_date">${_('Date')}</th>
            <th scope="col" class="col_number">${_('Montant')}</th>
            <th scope="col" class="col_text">${_('Enregistré par')}</th>
          </tr>
        </thead>
        <tbody>
          % for settlement in exchange.settlements:
          <tr>
            <td class="col_date" data-label="${_('Date')}">${day(settlement.settled_on)}</td>
            <td class="col_number" data-label="${_('Montant')}">${money(settlement.amount_cents)}
              % if settlement.reversed_at:
              <span class="endi-ext-mark">${_('annulé')}</span>
              % endif
            </td>
            <td class="col_text" data-label="${_('Enregistré par')}">${settlement.recorded_by}</td>
          </tr>
          % endfor
        </tbody>
      </table>
    </div>
  </section>
  % endif
  <section class="data_display endi-ext-block">
    <h2>${_('Historique')}</h2>
    ${parts.history(events, step_of)}
  </section>
</div>
</%block>
