<%doc>One entry that waits, or waited: its lines, and what to decide.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="books" file="endi_ext:web/templates/books.mako" />
<%block name="actionmenucontent">
<div class="layout flex main_actions endi-ext-buttons">
  % if exchange_id:
  ${parts.link_button(request.route_path('endi_ext.exchange_any', exchange_id=exchange_id), _('Voir l’échange'))}
  % endif
  % if waits:
  ${parts.link_button(request.route_path('endi_ext.draft.reject', draft_id=draft.id), _('Rejeter'), 'negative')}
  % endif
  ${parts.link_button(request.route_path('endi_ext.questions.ask', _query={'subject': 'draft', 'id': draft.id}), _('Poser une question'))}
  ${parts.link_button(request.route_path('endi_ext.drafts'), _('Retour à la liste'))}
</div>
</%block>
<%block name="content">
<div class="endi-ext">
  % if draft.state == 'validated':
  <p class="alert alert-info">${_('Validée le {at} par {name} : elle est au livre.', at=moment(draft.decided_at), name=draft.decided_by)}</p>
  % elif draft.state == 'rejected':
  <p class="alert alert-info">${_('Rejetée le {at} par {name} : « {reason} »', at=moment(draft.decided_at), name=draft.decided_by, reason=draft.reason)}</p>
  % elif late:
  <p class="alert alert-warning">${_('Le mois de cette écriture est clôturé : elle ne peut plus porter sa date. Vous pouvez la dater du premier jour ouvert.')}</p>
  % endif
  <section class="data_display endi-ext-block">
    <h2>${draft.text}</h2>
    <dl class="endi-ext-facts">
      <%parts:fact name="${_('Date')}">${day(draft.effective_on)}</%parts:fact>
      <%parts:fact name="${_('Journal')}">${draft.journal}</%parts:fact>
      % if draft.document:
      <%parts:fact name="${_('Pièce')}">${draft.document}</%parts:fact>
      % endif
      <%parts:fact name="${_('Demandée par')}">${draft.recorded_by}, ${moment(draft.recorded_at)}</%parts:fact>
      <%parts:fact name="${_('Origine')}"><code class="endi-ext-digest">${draft.source}</code></%parts:fact>
    </dl>
    % if future:
    ${books.lines(future.lines, _('Lignes de l’écriture'), titles)}
    % endif
  </section>
  % if waits:
  <div class="limited_width width60">${form|n}</div>
  % endif
</div>
</%block>
