<%doc>The chain of one line: notice, tender, line, shares, agreements, deliveries, exchanges, entries, settlements.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="books" file="endi_ext:web/templates/books.mako" />
<%block name="actionmenucontent">
<% at = request.context.at %>
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  % if before:
  ${parts.link_button(at('trace.line', line_id=before.id), _('Ligne précédente'))}
  % endif
  % if after:
  ${parts.link_button(at('trace.line', line_id=after.id), _('Ligne suivante'))}
  % endif
  ${parts.link_button(at('trace'), _('Toutes les lignes'))}
</div></div>
</%block>
<%block name="content">
<% at, path, line, notice = request.context.at, request.context.path, trace.line, tender.notice %>
<div class="endi-ext">
<ol class="endi-ext-chain">
  <li>
    <h2>${_('L’avis')}</h2>
    % if notice:
    <p>${notice.title}</p>
    <dl class="endi-ext-facts">
      <%parts:fact name="${_('Avis')}">${notice.notice_key}${f' ({notice.version})' if notice.version else ''}</%parts:fact>
      <%parts:fact name="${_('Importé')}">${_('par {name} le {on}', name=notice.actor_name, on=moment(notice.imported_at))}</%parts:fact>
    </dl>
    % else:
    <p>${_('Aucun avis importé : la consultation a été saisie à la main.')}</p>
    % endif
  </li>
  <li>
    <h2>${_('La réponse')}</h2>
    <dl class="endi-ext-facts">
      <%parts:fact name="${_('Consultation')}"><a href="${request.context.url}">${tender.title}</a></%parts:fact>
      <%parts:fact name="${_('Acheteur')}">${tender.buyer_name or '–'}</%parts:fact>
      <%parts:fact name="${_('Lot')}">${line.lot.title}</%parts:fact>
      % if tender.submitted_at:
      <%parts:fact name="${_('Offre déposée')}">${moment(tender.submitted_at)}</%parts:fact>
      % endif
    </dl>
  </li>
  <li>
    <h2>${_('La ligne du bordereau')}</h2>
    <p>${f'{line.reference} – ' if line.reference else ''}${line.description}</p>
    <dl class="endi-ext-facts">
      % if line.quantity_thousandths:
      <%parts:fact name="${_('Quantité')}">${quantity(line.quantity_thousandths)} ${line.unit}</%parts:fact>
      % endif
      % if line.unit_price_cents is not None:
      <%parts:fact name="${_('Prix unitaire HT')}">${money(line.unit_price_cents)}</%parts:fact>
      % endif
      <%parts:fact name="${_('Prix HT')}"><strong>${money(line.total_cents)}</strong></%parts:fact>
    </dl>
  </li>
  % if not trace.parts:
  <li><h2>${_('Les parts')}</h2><p>${_('Personne n’a encore de part de cette ligne.')}</p></li>
  % endif
  % for part in trace.parts:
  <li>
    <h2>${_('Part : {name}', name=part.member.name)}</h2>
    <dl class="endi-ext-facts">
      <%parts:fact name="${_('Part du prix HT')}"><strong>${money(part.gross_cents)}</strong></%parts:fact>
      % if part.agreed:
      <%parts:fact name="${_('Convenu')}"><strong>${money(part.agreed.total_cents)}</strong></%parts:fact>
      % if part.gross_cents != part.made.agreed_cents:
      <%parts:fact name="${_('Frais et dépenses communes')}">${money(part.gross_cents - part.made.agreed_cents)}</%parts:fact>
      % endif
      <%parts:fact name="${_('Accord')}"><a href="${path('subcontract', subcontract_id=part.subcontract.id)}">${part.agreed.description}</a> ${parts.badge(badge_of(part.subcontract))}</%parts:fact>
      <%parts:fact name="${_('Accepté')}">${money(part.accepted_cents)}</%parts:fact>
      <%parts:fact name="${_('Réglé')}">${money(part.settled_cents)}</%parts:fact>
      % endif
      % for invoice in part.invoices:
      <% billed = _('Facture {number}', number=invoice.number) %>
      <%parts:fact name="${billed}">${_('{share} payés par le client', share=percent(invoice.paid_bp))}</%parts:fact>
      % endfor
    </dl>
    % if part.member.id == lead_member_id:
    <p class="endi-ext-note">${_('{name} mène la réponse et garde cette part : elle ne passe par aucun accord.', name=part.member.name)}</p>
    % elif not part.shown:
    <p class="endi-ext-note">${_('Ce que devient cette part ne regarde que {name} et {lead}.', name=part.member.name, lead=tender.lead.name)}</p>
    % elif part.member.outside:
    <p class="endi-ext-note">${_('{name} est une autre entreprise : sa part se règle par des factures avec TVA, hors des échanges internes.', name=part.member.name)}</p>
    % elif not part.agreed:
    <p class="endi-ext-note">${_('Aucun accord n’en est encore fait.')}</p>
    % elif not part.steps:
    <p class="endi-ext-note">${_('Rien n’en est encore livré.')}</p>
    % endif
    % for step in part.steps:
    <section class="endi-ext-step">
      <h3><a href="${path('delivery', subcontract_id=part.subcontract.id, delivery_id=step.delivery.id)}">${_('Livraison n° {number}', number=step.delivery.number)}</a> ${parts.badge(delivery_badge(step.delivery))}</h3>
      <dl class="endi-ext-facts">
        <%parts:fact name="${_('Livré')}">${day(step.delivery.delivered_on)}</%parts:fact>
        <%parts:fact name="${_('De cette ligne')}">${quantity(step.part.quantity_thousandths)} ${step.part.line.unit}, ${money(step.part.net_cents)}</%parts:fact>
        % if step.exchange:
        <%parts:fact name="${_('Échange')}"><a href="${path('exchange', exchange_id=step.exchange.id)}">${step.exchange.label}</a> <span class="endi-ext-before">${_('{amount} en tout', amount=money(step.exchange.net_cents))}</span></%parts:fact>
        % if step.accepted_cents:
        <%parts:fact name="${_('Accepté de cette ligne')}"><strong>${money(step.accepted_cents)}</strong></%parts:fact>
        <%parts:fact name="${_('Réglé de cette ligne')}">${money(step.settled_cents)}</%parts:fact>
        % endif
        % if step.held_cents:
        <%parts:fact name="${_('En retenue de garantie')}">${money(step.held_cents)}</%parts:fact>
        % endif
        % for settlement in step.settlements:
        <% on_day = _('Règlement du {on}', on=day(settlement.settled_on)) %>
        <%parts:fact name="${on_day}">${money(settlement.amount_cents)}</%parts:fact>
        % endfor
        % endif
      </dl>
      % for entry in step.entries:
      <details class="endi-ext-entry"${' open="open"' if loop.first else ''|n}>
        <summary>${_('Écriture {code} {number} du {on}', code=entry.journal.code, number=entry.number, on=day(entry.effective_on))}${f' : {entry.entry_text.text}' if entry.entry_text else ''}</summary>
        ${books.lines(lines_of(entry), _('Lignes de l’écriture'), titles)}
        % if keeps_books:
        <p><a href="${request.route_path('endi_ext.entry', entry_id=entry.id)}">${_('Voir l’écriture et son sceau')}</a></p>
        % endif
      </details>
      % endfor
    </section>
    % endfor
  </li>
  % endfor
</ol>
</div>
</%block>
