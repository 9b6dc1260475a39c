<%doc>An exchange, for accountants: settlements, entries, what can be done.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="books" file="endi_ext:web/templates/books.mako" />
<%block name="actionmenucontent">
<div class="layout flex main_actions endi-ext-buttons">
  % if exchange.payable_cents and not waits_in:
  ${parts.link_button(request.route_path('endi_ext.settlement', exchange_id=exchange.id), _('Régler'), 'btn-primary')}
  % endif
  % if exchange.retained_cents and not waits_in:
  ${parts.link_button(request.route_path('endi_ext.retention.release_any', exchange_id=exchange.id), _('Libérer la retenue'))}
  % endif
  % if not cancelled:
  ${parts.link_button(request.route_path('endi_ext.exchange_any.reverse', exchange_id=exchange.id), _('Annuler l’échange'), 'negative')}
  % endif
  % for label, url in vouchers:
  ${parts.link_button(url, label)}
  % endfor
  ${parts.link_button(request.route_path('endi_ext.statement_any', _query={'party': exchange.seller.name, 'partner': exchange.buyer.name}), _('Relevé entre les deux enseignes'))}
  % if waits_in:
  ${parts.link_button(request.route_path('endi_ext.draft', draft_id=waits_in.id), _('Voir l’écriture en attente'), 'btn-primary')}
  % endif
  ${parts.link_button(request.route_path('endi_ext.questions.ask', _query={'subject': 'exchange', 'id': exchange.id}), _('Poser une question'))}
  ${parts.link_button(request.route_path('endi_ext.accounting'), _('Retour à la liste'))}
</div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-lead">${parts.badge(badge)}
    % if exchange.state == 'waiting':
    ${_('Cet échange n’est pas encore au livre : rien n’en est dû tant que son écriture n’est pas validée.')}
    % elif exchange.step_waits:
    ${_('Une écriture de cet échange attend d’être validée : rien d’autre ne s’y fait d’ici là.')}
    % endif
    % if exchange.remaining_cents and exchange.state != 'waiting':
    ${_('{debtor} doit {amount} à {creditor}.', debtor=exchange.buyer.name, amount=money(exchange.remaining_cents), creditor=exchange.seller.name)}
    % endif
    % if exchange.awaiting_cents:
    ${_('{amount} seront dus quand le client aura payé.', amount=money(exchange.awaiting_cents))}
    % endif
    % if held and held.state == 'contested':
    ${_('La libération de la retenue est contestée : « {reason} »', reason=held.reason)}
    % elif held and exchange.retained_cents and held.release_on:
    ${_('La retenue de garantie ({amount}) sera libérée le {on}.', amount=money(exchange.retained_cents), on=day(held.release_on))}
    % elif held and exchange.retained_cents:
    ${_('La retenue de garantie ({amount}) sera libérée à la réception.', amount=money(exchange.retained_cents))}
    % endif
  </p>
  <section class="data_display endi-ext-block">
    <h2>${_('L’échange')}</h2>
    ${books.exchange_facts(exchange)}
    % if delivery:
    <p><a href="${request.route_path('endi_ext.delivery_any', delivery_id=delivery.id)}">${_('{title}, livraison n° {number}', title=delivery.subcontract.title, number=delivery.number)}</a></p>
    % endif
  </section>
  ${parts.host_papers(papers, papers_wait)}
  % if exchange.settlements:
  <section class="data_display endi-ext-block">
    <h2>${_('Règlements')}</h2>
    <div class="table_container endi-ext-scroll" tabindex="0" role="region" aria-label="${_('Règlements')}">
      <table class="endi-ext-book">
        <caption class="screen-reader-text">${_('Règlements')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_date">${_('Date')}</th>
            <th scope="col" class="col_number">${_('Montant (€)')}</th>
            <th scope="col" class="col_text">${_('Enregistré par')}</th>
            <th scope="col" class="col_text">${_('Suite')}</th>
          </tr>
        </thead>
        <tbody>
          % for settlement in exchange.settlements:
          <tr>
            <th scope="row" class="col_date">${day(settlement.settled_on)}</th>
            <td class="col_number">${amount(settlement.amount_cents)}</td>
            <td class="col_text">${settlement.recorded_by}, ${moment(settlement.recorded_at)}</td>
            <td class="col_text">
              % if settlement.reversed_at:
              ${_('Annulé le {at}', at=moment(settlement.reversed_at))}
              % else:
              <a class="btn negative" href="${request.route_path('endi_ext.settlement.reverse', exchange_id=exchange.id, settlement_id=settlement.id)}">${_('Annuler ce règlement')}<span class="screen-reader-text"> (${money(settlement.amount_cents)})</span></a>
              % endif
            </td>
          </tr>
          % endfor
        </tbody>
      </table>
    </div>
  </section>
  % endif
  <section class="data_display endi-ext-block">
    <h2>${_('Au livre')}</h2>
    <div class="table_container endi-ext-scroll" tabindex="0" role="region" aria-label="${_('Écritures')}">
      <table class="endi-ext-book">
        <caption class="screen-reader-text">${_('Écritures de cet échange')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_date">${_('Date')}</th>
            <th scope="col" class="col_text">${_('Écriture')}</th>
            <th scope="col" class="col_text">${_('Libellé')}</th>
            <th scope="col" class="col_number">${_('Total (€)')}</th>
          </tr>
        </thead>
        <tbody>
          % for entry in entries:
          <tr>
            <td class="col_date">${day(entry.effective_on)}</td>
            <th scope="row" class="col_text"><a href="${request.route_path('endi_ext.entry', entry_id=entry.id)}">${entry.journal.code}&nbsp;${entry.number}</a></th>
            <td class="col_text"><span class="endi-ext-text">${entry.entry_text.text}</span></td>
            <td class="col_number">${amount(entry.total_cents)}</td>
          </tr>
          % endfor
        </tbody>
      </table>
    </div>
  </section>
  <section class="data_display endi-ext-block">
    <h2>${_('Historique')}</h2>
    ${parts.history(events, step_of)}
  </section>
</div>
</%block>
