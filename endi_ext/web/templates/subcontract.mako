<%doc>A subcontract: what is on the table, what was delivered, what happened.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  % if 'accept' in actions:
  ${parts.post_button(request.context.path('subcontract.accept', subcontract_id=subcontract.id), _('Accepter'),
                      hidden=(('version', version.number),))}
  % endif
  % if 'counter' in actions:
  ${parts.link_button(request.context.path('subcontract.counter', subcontract_id=subcontract.id), _('Répondre avec des changements'))}
  % endif
  % if 'decline' in actions:
  ${parts.link_button(request.context.path('subcontract.decline', subcontract_id=subcontract.id), _('Refuser'), 'negative')}
  % endif
  % if 'withdraw' in actions:
  ${parts.link_button(request.context.path('subcontract.withdraw', subcontract_id=subcontract.id), _('Retirer ma proposition'), 'negative')}
  % endif
  % if 'declare_delivery' in actions and remaining:
  ${parts.link_button(request.context.path('delivery.new', subcontract_id=subcontract.id), _('Déclarer une livraison'), 'btn-primary')}
  % endif
  ${parts.link_button(request.context.path('subcontracts', query={'side': 'received'} if request.context.role == 'seller' else None), _('Retour à la liste'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-lead">${parts.badge(badge)}
    % if 'accept' in actions:
    ${_('{name} attend votre réponse.', name=version.proposed_by.name)}
    % elif subcontract.state == 'proposed':
    ${_('{name} doit répondre.', name=request.context.partner.name if version.proposed_by_id == request.context.party.id else request.context.party.name)}
    % endif
  </p>
  <section class="data_display endi-ext-block">
    <h2>${_('L’accord') if subcontract.state in ('agreed', 'completed') else _('La proposition')}</h2>
    <dl class="endi-ext-facts">
      <%parts:fact name="${_('Confié par')}">${subcontract.buyer.name}</%parts:fact>
      <%parts:fact name="${_('Réalisé par')}">${subcontract.seller.name}</%parts:fact>
      <%parts:fact name="${_('À terminer pour le')}">
        ${day(version.due_on)}
        % if previous and previous.due_on != version.due_on:
        <span class="endi-ext-before">${_('avant : {before}', before=day(previous.due_on))}</span>
        % endif
      </%parts:fact>
      <%parts:fact name="${_('Montant HT')}">
        <strong>${money(version.total_cents)}</strong>
        % if previous and previous.total_cents != version.total_cents:
        <span class="endi-ext-before">${_('avant : {before}', before=money(previous.total_cents))}</span>
        % endif
      </%parts:fact>
      <%parts:fact name="${_('Version')}">
        ${_('n° {number}, proposée par {name} le {at}', number=version.number, name=version.proposed_by.name, at=moment(version.created_at))}
      </%parts:fact>
    </dl>
    % if version.message:
    <blockquote class="endi-ext-text">${version.message}</blockquote>
    % endif
    % if previous and changed:
    <p class="endi-ext-note">${_('Les changements par rapport à la version {number} sont signalés ci-dessous.', number=previous.number)}</p>
    % endif
    <div class="table_container endi-ext-reflow">
      <table class="endi-ext-cards">
        <caption class="screen-reader-text">${_('Ce qui est à faire')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_text">${_('Prestation')}</th>
            <th scope="col" class="col_number">${_('Quantité')}</th>
            <th scope="col" class="col_number">${_('Prix unitaire HT')}</th>
            <th scope="col" class="col_number">${_('Total HT')}</th>
            % if subcontract.state in ('agreed', 'completed'):
            <th scope="col" class="col_number">${_('Livré')}</th>
            <th scope="col" class="col_number">${_('Accepté')}</th>
            % endif
          </tr>
        </thead>
        <tbody>
          % for change in changes:
          <% line = change.after or change.before %>
          <tr class="endi-ext-${change.kind}">
            <th scope="row" class="col_text" data-label="${_('Prestation')}">
              <span class="endi-ext-text">${line.description}</span>
              % if change.kind == 'added':
              <span class="endi-ext-mark">${_('ajoutée')}</span>
              % elif change.kind == 'removed':
              <span class="endi-ext-mark">${_('retirée')}</span>
              % elif change.kind == 'changed':
              <span class="endi-ext-mark">${_('modifiée')}</span>
              % if change.before.description != line.description:
              <span class="endi-ext-before">${_('avant : {before}', before=change.before.description)}</span>
              % endif
              % endif
            </th>
            <td class="col_number" data-label="${_('Quantité')}">${quantity(line.quantity_thousandths)} ${line.unit}
              % if change.kind == 'changed' and (change.before.quantity_thousandths, change.before.unit) != (line.quantity_thousandths, line.unit):
              <span class="endi-ext-before">${_('avant : {before}', before=quantity(change.before.quantity_thousandths) + ' ' + change.before.unit)}</span>
              % endif
            </td>
            <td class="col_number" data-label="${_('Prix unitaire HT')}">${money(line.unit_price_cents)}
              % if change.kind == 'changed' and change.before.unit_price_cents != line.unit_price_cents:
              <span class="endi-ext-before">${_('avant : {before}', before=money(change.before.unit_price_cents))}</span>
              % endif
            </td>
            <td class="col_number" data-label="${_('Total HT')}">${money(line.total_cents)}</td>
            % if subcontract.state in ('agreed', 'completed'):
            <td class="col_number" data-label="${_('Livré')}">${quantity(line.delivered_thousandths)}</td>
            <td class="col_number" data-label="${_('Accepté')}">${quantity(line.accepted_thousandths)}</td>
            % endif
          </tr>
          % endfor
        </tbody>
        <tfoot>
          <tr class="row_recap">
            <th scope="row" class="col_text" colspan="3">${_('Total HT')}</th>
            <td class="col_number" data-label="${_('Total HT')}"><strong>${money(version.total_cents)}</strong></td>
            % if subcontract.state in ('agreed', 'completed'):
            <td colspan="2"></td>
            % endif
          </tr>
        </tfoot>
      </table>
    </div>
  </section>
  % if subcontract.deliveries:
  <section class="data_display endi-ext-block">
    <h2>${_('Livraisons')}</h2>
    <div class="table_container endi-ext-reflow">
      <table class="hover_table endi-ext-cards">
        <caption class="screen-reader-text">${_('Livraisons')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_text">${_('Livraison')}</th>
            <th scope="col" class="col_date">${_('Date')}</th>
            <th scope="col" class="col_number">${_('Montant HT')}</th>
            <th scope="col" class="col_text">${_('État')}</th>
          </tr>
        </thead>
        <tbody>
          % for delivery in subcontract.deliveries:
          <tr>
            <th scope="row" class="col_text" data-label="${_('Livraison')}"><a href="${request.context.path('delivery', subcontract_id=subcontract.id, delivery_id=delivery.id)}">${_('Livraison n° {number}', number=delivery.number)}</a></th>
            <td class="col_date" data-label="${_('Date')}">${day(delivery.delivered_on)}</td>
            <td class="col_number" data-label="${_('Montant HT')}">${money(delivery.net_cents)}</td>
            <td class="col_text" data-label="${_('État')}">${parts.badge(delivery_badge(delivery))}</td>
          </tr>
          % endfor
        </tbody>
      </table>
    </div>
  </section>
  % endif
  <section class="data_display endi-ext-block">
    <h2>${_('Historique')}</h2>
    ${parts.history(events, step_of, {delivery.id: delivery.number for delivery in subcontract.deliveries})}
  </section>
</div>
</%block>
