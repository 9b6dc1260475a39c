<%doc>The client behind a subcontract, for its principal: what it was invoiced and paid, what waits, what is to be invoiced.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  % if acting:
  ${parts.link_button(request.context.path('client.invoice', subcontract_id=subcontract.id), _('Nommer une facture client'), 'btn-primary' if waits else '')}
  ${parts.link_button(request.context.path('client.deal', subcontract_id=subcontract.id), _('Choisir l’affaire'))}
  ${parts.link_button(request.context.path('client.margin', subcontract_id=subcontract.id), _('Fixer la marge'))}
  % if waits and not (job and job.lifted_at):
  ${parts.link_button(request.context.path('client.lift', subcontract_id=subcontract.id), _('Ne plus attendre le client'), 'negative')}
  % endif
  % endif
  ${parts.link_button(request.context.path('subcontract', subcontract_id=subcontract.id), _('Retour à la sous-traitance'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-note">${_('{name} ne voit pas cette page : seulement le numéro des factures et la part que le client en a payée.', name=subcontract.seller.name)}</p>
  <section class="data_display endi-ext-block">
    <h2>${_('Factures du client')}</h2>
    % if waits and job and job.lifted_at:
    <p>${_('Le paiement n’attend plus le client depuis le {on}.', on=day(job.lifted_on))}</p>
    % elif waits and not (job and job.invoices):
    <p>${_('Ce qui est accepté sera dû quand le client paiera. Nommez la facture que vous lui avez envoyée : rien n’est dû avant.')}</p>
    % endif
    % if job and job.invoices:
    <div class="table_container endi-ext-reflow">
      <table class="hover_table endi-ext-cards">
        <caption class="screen-reader-text">${_('Factures du client')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_text">${_('Facture')}</th>
            <th scope="col" class="col_text">${_('Ce qu’elle couvre')}</th>
            <th scope="col" class="col_number">${_('Total TTC')}</th>
            <th scope="col" class="col_number">${_('Avoirs')}</th>
            <th scope="col" class="col_number">${_('Encaissé')}</th>
            <th scope="col" class="col_actions"><span class="screen-reader-text">${_('Actions')}</span></th>
          </tr>
        </thead>
        <tbody>
          % for named in job.invoices:
          <% invoice = invoices.get(named.id) %>
          <tr>
            <th scope="row" class="col_text" data-label="${_('Facture')}">${named.number}${f' – {invoice.client}' if invoice else ''}</th>
            <td class="col_text" data-label="${_('Ce qu’elle couvre')}">${_('Livraison n° {number}', number=named.delivery_number) if named.delivery_number else _('Tout le travail')}</td>
            % if invoice:
            <td class="col_number" data-label="${_('Total TTC')}">${money(invoice.total_cents)}</td>
            <td class="col_number" data-label="${_('Avoirs')}">${money(invoice.credited_cents) if invoice.credited_cents else '–'}</td>
            <td class="col_number" data-label="${_('Encaissé')}">${money(sum(one.amount_cents for one in invoice.receipts))} (${percent(named.paid_bp)})</td>
            % else:
            <td class="col_text" colspan="3">${_('Cette facture n’existe plus.')}</td>
            % endif
            <td class="col_actions">
              % if acting:
              ${parts.post_button(request.context.path('client.forget', subcontract_id=subcontract.id), _('Ne plus suivre'), 'negative', (('named', named.id),))}
              % endif
            </td>
          </tr>
          % endfor
        </tbody>
      </table>
    </div>
    % endif
    % if divisions:
    <h3>${_('Encaissements à répartir')}</h3>
    <ul>
      % for one in divisions:
      <li>${_('{amount} TTC le {on} (facture {number})', amount=money(one.receipt.amount_cents), on=day(one.receipt.received_on), number=one.invoice.number)} –
        % if acting:
        <a href="${request.context.path('client.divide', subcontract_id=subcontract.id, invoice_key=one.invoice.key, receipt_key=one.receipt.key)}">${_('Revoir la répartition') if one.said else _('Dire ce qu’il couvre')}</a>
        % else:
        ${_('réparti') if one.said else _('à répartir')}
        % endif
      </li>
      % endfor
    </ul>
    % endif
  </section>
  % if job and job.claims:
  <section class="data_display endi-ext-block">
    <h2>${_('Ce qui attend le client')}</h2>
    <div class="table_container endi-ext-reflow">
      <table class="endi-ext-cards">
        <caption class="screen-reader-text">${_('Ce qui attend le client')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_text">${_('Échange')}</th>
            <th scope="col" class="col_number">${_('Accepté')}</th>
            <th scope="col" class="col_number">${_('Retenu')}</th>
            <th scope="col" class="col_number">${_('En attente du client')}</th>
            <th scope="col" class="col_number">${_('Dû')}</th>
            <th scope="col" class="col_number">${_('Réglé')}</th>
          </tr>
        </thead>
        <tbody>
          % for claim in job.claims:
          <% exchange = claim.exchange %>
          <tr>
            <th scope="row" class="col_text" data-label="${_('Échange')}"><a href="${request.context.path('exchange', exchange_id=exchange.id)}">${exchange.reference or exchange.label}</a>
              % if claim.early_cents:
              <span class="endi-ext-mark">${_('réglé avant encaissement : {amount}', amount=money(claim.early_cents))}</span>
              % endif
            </th>
            <td class="col_number" data-label="${_('Accepté')}">${money(exchange.net_cents)}</td>
            <td class="col_number" data-label="${_('Retenu')}">${money(exchange.retained_cents)}</td>
            <td class="col_number" data-label="${_('En attente du client')}">${money(exchange.awaiting_cents)}</td>
            <td class="col_number" data-label="${_('Dû')}">${money(exchange.due_cents)}</td>
            <td class="col_number" data-label="${_('Réglé')}">${money(exchange.settled_cents)}</td>
          </tr>
          % endfor
        </tbody>
      </table>
    </div>
  </section>
  % endif
  <section class="data_display endi-ext-block">
    <h2>${_('À facturer au client')}</h2>
    <dl class="endi-ext-facts">
      <%parts:fact name="${_('Affaire')}">${f'{job.deal_label} – {job.client}' if job and job.deal_key else _('non choisie')}</%parts:fact>
      <%parts:fact name="${_('Votre marge')}">
        % if job and job.margin_kind == 'percent':
        ${percent(job.margin_rate_bp)}
        % elif job and job.margin_kind == 'amount':
        ${money(job.margin_cents)}
        % else:
        ${_('non fixée')}
        % endif
      </%parts:fact>
    </dl>
    % if not lines:
    ${parts.empty(_('Aucune ligne pour l’instant : fixez votre marge, et chaque livraison acceptée en préparera une.') if not job or job.margin_kind == 'none' else _('Chaque livraison acceptée préparera une ligne.'))}
    % else:
    % if acting and any(line.state == 'waiting' for line in lines):
    <p>${_('Ces lignes attendent une facture en brouillon de l’affaire.')}
    ${parts.post_button(request.context.path('client.lines', subcontract_id=subcontract.id), _('Ajouter à la facture en brouillon'))}</p>
    % endif
    <div class="table_container endi-ext-reflow">
      <table class="endi-ext-cards">
        <caption class="screen-reader-text">${_('À facturer au client')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_text">${_('Ligne')}</th>
            <th scope="col" class="col_number">${_('Prix du partenaire')}</th>
            <th scope="col" class="col_number">${_('Marge')}</th>
            <th scope="col" class="col_number">${_('Montant HT')}</th>
            <th scope="col" class="col_text">${_('État')}</th>
          </tr>
        </thead>
        <tbody>
          % for line in lines:
          <tr>
            <th scope="row" class="col_text" data-label="${_('Ligne')}"><span class="endi-ext-text">${line.label}</span></th>
            <td class="col_number" data-label="${_('Prix du partenaire')}">${money(line.cost_cents)}</td>
            <td class="col_number" data-label="${_('Marge')}">${money(line.margin_cents)}</td>
            <td class="col_number" data-label="${_('Montant HT')}">${money(line.net_cents)}</td>
            <td class="col_text" data-label="${_('État')}">
              % if line.state == 'waiting':
              ${_('à facturer')}
              % elif line.state == 'added':
              ${_('sur une facture en brouillon')}
              % elif line.state == 'by_hand':
              ${_('facturée par vos soins')}
              % elif line.state == 'to_remove':
              <strong>${_('à retirer : la livraison a été annulée')}</strong>
              % else:
              ${_('retirée')}
              % endif
              % if acting and line.state in ('waiting', 'to_remove'):
              ${parts.post_button(request.context.path('client.line', subcontract_id=subcontract.id), _('Je l’ai facturée moi-même') if line.state == 'waiting' else _('Je l’ai retirée'), '', (('line', line.id),))}
              % endif
            </td>
          </tr>
          % endfor
        </tbody>
      </table>
    </div>
    % endif
  </section>
</div>
</%block>
