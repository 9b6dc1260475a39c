<%doc>One entry: lines, seal, what it records, what undoes it.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="books" file="endi_ext:web/templates/books.mako" />
<%block name="actionmenucontent">
<div class="layout flex main_actions endi-ext-buttons">
  % if exchange:
  ${parts.link_button(request.route_path('endi_ext.exchange_any', exchange_id=exchange.id), _('Voir l’échange'), 'btn-primary')}
  % endif
  ${parts.link_button(request.route_path('endi_ext.questions.ask', _query={'subject': 'entry', 'id': entry.id}), _('Poser une question'))}
  ${parts.link_button(request.route_path('endi_ext.journal'), _('Retour au journal'))}
</div>
</%block>
<%block name="content">
<div class="endi-ext">
  % if reversed_by:
  <p class="alert alert-info">${_('Cette écriture est annulée par l’écriture')} <a href="${request.route_path('endi_ext.entry', entry_id=reversed_by.id)}">${reversed_by.journal.code} ${reversed_by.number}</a> ${_('du {on}.', on=day(reversed_by.effective_on))}</p>
  % endif
  % if entry.reverses:
  <p class="alert alert-info">${_('Cette écriture annule l’écriture')} <a href="${request.route_path('endi_ext.entry', entry_id=entry.reverses.id)}">${entry.reverses.journal.code} ${entry.reverses.number}</a> ${_('du {on}.', on=day(entry.reverses.effective_on))}</p>
  % endif
  <section class="data_display endi-ext-block">
    <h2>${entry.entry_text.text}</h2>
    <dl class="endi-ext-facts">
      <%parts:fact name="${_('Date')}">${day(entry.effective_on)}</%parts:fact>
      <%parts:fact name="${_('Journal')}">${entry.journal.label or entry.journal.code}</%parts:fact>
      <%parts:fact name="${_('Numéro')}">${entry.journal.code} ${entry.number} ${_('(exercice {year})', year=entry.fiscal_year)}</%parts:fact>
      % if entry.entry_text.document:
      <%parts:fact name="${_('Pièce')}">${entry.entry_text.document}</%parts:fact>
      % endif
      <%parts:fact name="${_('Enregistrée le')}">${moment(entry.recorded_at)}</%parts:fact>
      % if exchange:
      <%parts:fact name="${_('Échange')}"><a href="${request.route_path('endi_ext.exchange_any', exchange_id=exchange.id)}">${exchange.label}</a> (${exchange.seller.name} → ${exchange.buyer.name})</%parts:fact>
      % endif
    </dl>
    ${books.lines(rows, _('Lignes de l’écriture'), titles)}
  </section>
  <section class="data_display endi-ext-block">
    <h2>${_('Sceau')}</h2>
    <p>${_('Chaque écriture est scellée avec l’empreinte de la précédente : rien ne peut être modifié ni retiré sans que la vérification le voie.')}</p>
    <dl class="endi-ext-facts">
      <%parts:fact name="${_('Rang dans le livre')}">${entry.seal.sequence}</%parts:fact>
      <%parts:fact name="${_('Empreinte')}"><code class="endi-ext-digest">${entry.seal.digest}</code></%parts:fact>
      <%parts:fact name="${_('Empreinte précédente')}"><code class="endi-ext-digest">${entry.seal.previous_digest}</code></%parts:fact>
      <%parts:fact name="${_('Origine')}"><code class="endi-ext-digest">${entry.source}</code></%parts:fact>
    </dl>
  </section>
  % if events:
  <section class="data_display endi-ext-block">
    <h2>${_('Historique de l’échange')}</h2>
    ${parts.history(events, step_of)}
  </section>
  % endif
</div>
</%block>
