<%doc>Pieces of the pages of matching: documents of one side, what differs, the two piles, help for the keyboard.</%doc>
<%page expression_filter="h"/>
<%! from endi_ext.web.campaigns import name_of %>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />

<%def name="parties(pair)">${pair.seller} <span aria-hidden="true">→</span><span class="screen-reader-text">${_('vend à')}</span> ${pair.buyer}</%def>

<%def name="tabs(campaign, here)">
${parts.tabs(_('Rapprochement'), (
  (request.route_path('endi_ext.matching.campaign', campaign_id=campaign.id), _('Résumé'), here == 'campaign'),
  (request.route_path('endi_ext.matching.matches', campaign_id=campaign.id, _query={'state': 'suggested'}), _('Proposés ({count})', count=campaign.suggested_count), here == 'suggested'),
  (request.route_path('endi_ext.matching.left', campaign_id=campaign.id), _('Seuls ({count})', count=campaign.left_count), here == 'left'),
  (request.route_path('endi_ext.matching.matches', campaign_id=campaign.id, _query={'state': 'confirmed'}), _('Sûrs ({count})', count=campaign.confirmed_count), here == 'confirmed'),
  (request.route_path('endi_ext.matching.matches', campaign_id=campaign.id, _query={'state': 'accepted'}), _('Acceptés ({count})', count=campaign.accepted_count), here == 'accepted'),
))}
</%def>

<%def name="side(documents, differs, with_parties)">
<%doc>Documents of one side of a match, what differs from the other side marked.</%doc>
<ul class="endi-ext-side">
  % for one in documents:
  <li>
    <span class="endi-ext-number-of">${name_of(one.name, _)}</span>
    <span class="${'endi-ext-differs' if differs['day'] else ''}">${day(one.dated_on)}</span>
    <strong class="${'endi-ext-differs' if differs['amount'] else ''}">${money(one.cents)}</strong>
    % if with_parties or differs['parties']:
    <small class="${'endi-ext-differs' if differs['parties'] else ''}">${parties(one.pair)}</small>
    % endif
    % if one.label or one.reference:
    <small>
      % if one.label:
      <span class="${'endi-ext-differs' if differs['label'] else ''}">${one.label}</span>
      % endif
      % if one.reference:
      <span class="${'endi-ext-differs' if differs['reference'] else ''}">${_('réf. {reference}', reference=one.reference)}</span>
      % endif
    </small>
    % endif
  </li>
  % endfor
</ul>
</%def>

<%def name="differences(match, differs)">
<ul class="endi-ext-side">
  % if match.difference_cents:
  <li><strong>${_('{amount} de plus à l’achat', amount=money(match.difference_cents)) if match.difference_cents > 0 else _('{amount} de moins à l’achat', amount=money(-match.difference_cents))}</strong></li>
  % endif
  % if match.day_difference:
  <li>${_('{days} j plus tard à l’achat', days=match.day_difference) if match.day_difference > 0 else _('{days} j plus tôt à l’achat', days=-match.day_difference)}</li>
  % endif
  % if differs['parties']:
  <li>${_('autres enseignes')}</li>
  % endif
  % if differs['reference']:
  <li>${_('référence')}</li>
  % endif
  % if differs['label']:
  <li>${_('libellé')}</li>
  % endif
  % if not any(differs.values()):
  <li>${_('rien')}</li>
  % endif
</ul>
</%def>

<%def name="decide(match, route, label, key, back, css='', page='')">
<form class="endi-ext-inline" method="post" action="${request.route_path('endi_ext.matching.' + route, campaign_id=match.campaign_id, match_id=match.id)}">
  <input type="hidden" name="csrf_token" value="${get_csrf_token()}" />
  <input type="hidden" name="back" value="${back}" />
  % if page:
  <input type="hidden" name="page" value="${page}" />
  % endif
  <button type="submit" class="btn ${css}" data-key="${key}" aria-keyshortcuts="${key}">${label}<span class="screen-reader-text"> ${_('le rapprochement n° {number}', number=match.number)}</span></button>
</form>
</%def>

<%def name="keys(*pairs)">
<p class="endi-ext-hint endi-ext-keys" data-scripted hidden>${_('Au clavier :')}
  % for key, does in pairs:
  <span><kbd>${key}</kbd> ${does}</span>
  % endfor
</p>
</%def>

<%def name="narrowed(pair)">
% if pair:
<p class="endi-ext-note">${_('Seulement :')} ${parties(pair)} <a href="${address(request, pair='', cursor='')}">${_('toutes les enseignes')}</a></p>
% endif
</%def>

<%def name="pager(found)">
% if found.next_cursor or found.previous_cursor:
<nav class="pager endi-ext-pager" aria-label="${_('Pages de la liste')}">
  % if found.previous_cursor:
  <a class="btn" rel="prev" href="${address(request, cursor=found.previous_cursor)}">${_('Page précédente')}</a>
  % endif
  % if found.next_cursor:
  <a class="btn" rel="next" href="${address(request, cursor=found.next_cursor)}">${_('Page suivante')}</a>
  % endif
</nav>
% endif
</%def>

<%def name="assets()">
<link rel="stylesheet" href="${static('matching.css')}" />
<script src="${static('matching.js')}" defer="defer"></script>
</%def>
