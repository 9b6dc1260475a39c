<%doc>What newer notices changed.</%doc>
<%page args="shown, seen_url" expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="of_tenders" file="endi_ext:web/templates/tender_parts.mako" />
<%def name="one_change(one)">
% if one.change.notice.said:
<blockquote class="endi-ext-text endi-ext-lines-kept">${one.change.notice.said}</blockquote>
% endif
% if one.lines:
${of_tenders.changes(one.lines, _('Ce qui a changé'))}
% endif
<p class="endi-ext-when">${_('Avis importé le {at} par {name}.', at=moment(one.change.noted_at), name=one.change.notice.actor_name)}
  <a href="${request.context.path('tenders.notice', notice_id=one.change.notice.id)}">${_('Lire cet avis')}</a></p>
</%def>
<% fresh, seen = [one for one in shown if one.fresh], [one for one in shown if not one.fresh] %>
<section class="data_display endi-ext-block" id="endi_ext_tender_changes">
  <h2>${_('L’acheteur a changé la consultation')}</h2>
  % if fresh:
  <div class="alert alert-warning" role="note"><p>${_('Relisez ce qui suit avec votre équipe : les prix, les pièces et les dates peuvent en dépendre.')}</p></div>
  % for one in fresh:
  ${one_change(one)}
  % endfor
  % if seen_url:
  <div class="endi-ext-buttons">${parts.post_button(seen_url, _('J’ai vu ce qui a changé'))}</div>
  % endif
  % endif
  % if seen:
  <details class="endi-ext-details"><summary>${_('Changements déjà vus ({count})', count=len(seen))}</summary>
    % for one in seen:
    ${one_change(one)}
    % endfor
  </details>
  % endif
</section>
