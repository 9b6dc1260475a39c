<%doc>The questions asked to parties, by state.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="desk" file="endi_ext:web/templates/draft_parts.mako" />
<%block name="actionmenucontent">
<div class="layout flex main_actions endi-ext-buttons">
  ${parts.link_button(request.route_path('endi_ext.questions.ask'), _('Poser une question'), 'btn-primary')}
</div>
</%block>
<%block name="content">
<div class="endi-ext">
  ${desk.tabs('questions')}
  ${parts.picks(_('État'), [(address(request, state=value, cursor=''), _(label), value == state) for value, label in states])}
  % if found.rows:
  <div class="table_container endi-ext-reflow">
    <table class="hover_table endi-ext-cards">
      <caption class="screen-reader-text">${_('Questions, de la plus récente à la plus ancienne')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Question')}</th>
          <th scope="col" class="col_text">${_('Enseigne')}</th>
          <th scope="col" class="col_number">${_('Montant (€)')}</th>
          <th scope="col" class="col_text">${_('Posée')}</th>
          <th scope="col" class="col_text">${_('État')}</th>
        </tr>
      </thead>
      <tbody>
        % for row in found.rows:
        <tr>
          <th scope="row" class="col_text"><a href="${request.route_path('endi_ext.question_any', question_id=row.id)}"><span class="endi-ext-text">${row.title}</span></a></th>
          <td class="col_text" data-label="${_('Enseigne')}">${row.party.name}</td>
          <td class="col_number" data-label="${_('Montant (€)')}">${amount(row.amount_cents) if row.amount_cents else ''}</td>
          <td class="col_text" data-label="${_('Posée')}">${row.asked_by}, ${moment(row.asked_at)}</td>
          <td class="col_text" data-label="${_('État')}">${parts.badge(badge(row))}</td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
  ${parts.pager(found)}
  % else:
  ${parts.empty(_('Aucune question dans cet état.'))}
  % endif
</div>
</%block>
