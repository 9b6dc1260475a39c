<%doc>One thing that does not agree: explained, both documents side by side, what may be done, its history.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="pieces" file="endi_ext:web/templates/finding_pieces.mako" />
<%block name="actionmenucontent">
<div class="layout flex main_actions endi-ext-buttons">
  ${parts.link_button(request.route_path('endi_ext.findings'), _('Tous les écarts'))}
  ${parts.link_button(request.route_path('endi_ext.questions.ask', _query={'subject': 'finding', 'id': finding.id}), _('Poser une question'))}
</div>
</%block>
<%block name="content">
<% here = request.context %>
<div class="endi-ext">
  <p class="endi-ext-lead">
    ${parts.badge(shown.STATES[finding.state])}
    ${parts.badge(shown.SEVERITIES[finding.severity])}
    % if finding.state == 'assigned':
    ${_('{name} s’en charge.', name=finding.assigned_name)}
    % elif finding.state == 'repaired' and finding.repaired_how:
    ${_(shown.HOW[finding.repaired_how])}
    % elif finding.state == 'waived' and finding.waiver_reason:
    ${finding.waiver_reason.label}
    % endif
  </p>
  <p>${explanation}</p>
  <dl class="endi-ext-facts">
    <%parts:fact name="${_('Montant en jeu')}"><strong>${money(finding.amount_cents)}</strong></%parts:fact>
    <%parts:fact name="${_('Vendeur')}">${finding.seller.name if finding.seller else '–'}</%parts:fact>
    <%parts:fact name="${_('Acheteur')}">${finding.buyer.name if finding.buyer else '–'}</%parts:fact>
    <%parts:fact name="${_('Date du document')}">${day(finding.found_on)}</%parts:fact>
    <%parts:fact name="${_('Constaté')}">${moment(finding.found_at)}</%parts:fact>
    % if finding.exchange_id:
    <%parts:fact name="${_('Échange')}"><a href="${request.route_path('endi_ext.exchange_any', exchange_id=finding.exchange_id)}">${finding.exchange.label}</a></%parts:fact>
    % endif
  </dl>
  ${pieces.side_by_side(rows, finding, addresses)}
  ${pieces.payments(*payments)}
  % if finding.standing:
  <section class="data_display endi-ext-block">
    <h2>${_('Que faire')}</h2>
    % if to_do:
    <p>${to_do}</p>
    % endif
    % if preview is not None:
    % if preview.refused:
    <p class="alert alert-info">${shown.refused(preview, request.endi_ext)}</p>
    % else:
    <p>${_('Ce que la réparation changera :')}</p>
    ${pieces.changes(shown.changes(preview, request.endi_ext))}
    <p>${parts.link_button(here.at('repair'), _(button), 'btn-primary')}</p>
    % endif
    % endif
    <div class="endi-ext-buttons">
      ${parts.link_button(here.at('repaired'), _('J’ai réparé à la main'), '' if preview is not None and not preview.refused else 'btn-primary')}
      ${parts.link_button(here.at('waive'), _('Laisser passer'))}
      % if finding.state == 'assigned':
      ${parts.post_button(here.at('hand_back'), _('Remettre à tous'), '')}
      % else:
      ${parts.post_button(here.at('assign'), _('M’en charger'), '')}
      % endif
    </div>
    <form method="post" action="${here.at('assign')}" class="endi-ext-filter endi-ext-inline-fields">
      <input type="hidden" name="csrf_token" value="${get_csrf_token()}" />
      <div class="form-group">
        <label class="control-label" for="assignee">${_('Attribuer à')}</label>
        <select class="form-control" id="assignee" name="assignee">
          % for key, name in accountants:
          <option value="${key}">${name}</option>
          % endfor
        </select>
      </div>
      <div class="form-group endi-ext-filter-buttons"><button type="submit" class="btn">${_('Attribuer')}</button></div>
    </form>
  </section>
  % else:
  <div class="endi-ext-buttons">
    % if undoable:
    ${parts.post_button(here.at('undo'), _('Annuler la réparation'), '')}
    % endif
    ${parts.link_button(here.at('reopen'), _('Rouvrir l’écart'))}
  </div>
  % endif
  % if neighbours:
  <section class="data_display endi-ext-block">
    <h2>${_('Autres écarts sur ce document')}</h2>
    <ul class="endi-ext-sentences">
      % for one in neighbours:
      <li><a href="${request.route_path('endi_ext.finding', finding_id=one.id)}">${_(shown.title(one.code))}</a> – ${money(one.amount_cents)}</li>
      % endfor
    </ul>
  </section>
  % endif
  <section class="data_display endi-ext-block">
    <h2>${_('Historique')}</h2>
    <p class="endi-ext-when">${_('Constaté le {at}', at=moment(finding.found_at))}</p>
    ${parts.history(events, shown.event_of)}
    % for repair in repairs:
    <p>${_('Réparation du {at} par {name} :', at=moment(repair.done_at), name=repair.done_by)}
      % if repair.undone_at:
      <small>${_('annulée {at} par {name}', at=moment(repair.undone_at), name=repair.undone_by)}</small>
      % endif
    </p>
    ${pieces.changes(shown.kept_changes(repair, request.endi_ext))}
    % endfor
  </section>
</div>
</%block>
