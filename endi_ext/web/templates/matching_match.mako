<%doc>One match: both sides beside each other, what differs marked, what may be decided.</%doc>
<%page expression_filter="h"/>
<%! from endi_ext.web.campaigns import name_of %>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="matching" file="endi_ext:web/templates/matching_parts.mako" />
<%block name="content">
<% sides = [[one for one in documents if one.side == side] for side in ('sales', 'purchases')] %>
${matching.assets()}
<div class="endi-ext" data-rows>
  <p class="endi-ext-lead">${parts.badge(words.BADGES[match.state])} ${_(words.RULES[match.rule])}, ${_('indice {score}', score=percent(match.score_permille * 10))}.
    % if match.decided_by:
    ${_('{at}, par {name}', at=moment(match.decided_at), name=match.decided_by)}
    % endif
  </p>
  <p><a href="${request.route_path('endi_ext.matching.matches', campaign_id=campaign.id, _query=query, _anchor='row-{}'.format(match.id))}">${_('Retour à la liste')}</a>
    % if following:
    · <a data-page-key="j" href="${request.route_path('endi_ext.matching.match', campaign_id=campaign.id, match_id=following, _query=query)}">${_('Rapprochement suivant')}</a>
    % endif
  </p>
  % if open and match.state != 'split':
  ${matching.keys(('j', _('suivant')), ('a', _('accepter')), ('s', _('défaire')))}
  % endif
  <div class="endi-ext-facing">
    % for title, some in ((_('Vente'), sides[0]), (_('Achat'), sides[1])):
    <section class="data_display endi-ext-block">
      <h2>${title}</h2>
      % for one in some:
      <dl class="endi-ext-facts">
        <div><dt>${_('Document')}</dt><dd>${name_of(one.name, _)}</dd></div>
        <div class="${'endi-ext-differs' if differs['amount'] else ''}"><dt>${_('Montant')}</dt><dd><strong>${money(one.cents)}</strong></dd></div>
        <div class="${'endi-ext-differs' if differs['day'] else ''}"><dt>${_('Date')}</dt><dd>${day(one.dated_on)}</dd></div>
        <div class="${'endi-ext-differs' if differs['parties'] else ''}"><dt>${_('Enseignes')}</dt><dd>${matching.parties(one.pair)}</dd></div>
        <div class="${'endi-ext-differs' if differs['label'] else ''}"><dt>${_('Libellé')}</dt><dd>${one.label or _('aucun')}</dd></div>
        <div class="${'endi-ext-differs' if differs['reference'] else ''}"><dt>${_('Référence')}</dt><dd>${one.reference or _('aucune')}</dd></div>
      </dl>
      % endfor
      % if len(some) > 1:
      <p>${_('Ensemble :')} <strong>${money(sum(one.cents for one in some))}</strong></p>
      % endif
    </section>
    % endfor
  </div>
  <section class="data_display endi-ext-block">
    <h2>${_('Ce qui diffère')}</h2>
    ${matching.differences(match, differs)}
  </section>
  % if open:
  <div class="endi-ext-buttons">
    % if match.state == 'suggested':
    ${matching.decide(match, 'accept', _('Accepter'), 'a', back, 'btn-primary', 'match')}
    % endif
    % if match.state != 'split':
    ${matching.decide(match, 'split', _('Défaire'), 's', back, '', 'match')}
    % endif
  </div>
  % endif
  % if events:
  <section class="data_display endi-ext-block">
    <h2>${_('Qui a fait quoi')}</h2>
    ${parts.history(events, step_of)}
  </section>
  % endif
</div>
</%block>
