<%doc>A pile of matches: both sides, what differs, and what may be decided, line by line.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="books" file="endi_ext:web/templates/books.mako" />
<%namespace name="matching" file="endi_ext:web/templates/matching_parts.mako" />
<%block name="content">
${matching.assets()}
<div class="endi-ext">
  ${matching.tabs(campaign, state)}
  ${matching.narrowed(pair)}
  ${books.filter_form(asked, kept=(('pair', pair.id),) if pair else ())}
  % if found.rows:
  % if open:
  ${matching.keys(('j', _('suivant')), ('k', _('précédent')), ('a', _('accepter')), ('s', _('défaire')), ('↵', _('ouvrir')))}
  % endif
  <div class="table_container endi-ext-reflow">
    <table class="hover_table endi-ext-cards endi-ext-matches" data-rows>
      <caption class="screen-reader-text">${_(words.PILES[state])}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('N°')}</th>
          <th scope="col" class="col_text">${_('Vente')}</th>
          <th scope="col" class="col_text">${_('Achat')}</th>
          <th scope="col" class="col_text">${_('Ce qui diffère')}</th>
          <th scope="col" class="col_text">${_('Règle')}</th>
          <th scope="col" class="col_text">${_('Actions')}</th>
        </tr>
      </thead>
      <tbody>
        % for match in found.rows:
        <%
          held = documents[match.id]
          differs_here = differs[match.id]
          sides = [[one for one in held if one.side == side] for side in ('sales', 'purchases')]
        %>
        <tr id="row-${match.id}" tabindex="-1">
          <th scope="row" class="col_text"><a href="${request.route_path('endi_ext.matching.match', campaign_id=campaign.id, match_id=match.id, _query=words.list_query(back))}" data-key="Enter">${match.number}</a> <small>${matching.parties(match.pair)}</small></th>
          <td class="col_text" data-label="${_('Vente')}">${matching.side(sides[0], differs_here, False)}</td>
          <td class="col_text" data-label="${_('Achat')}">${matching.side(sides[1], differs_here, False)}</td>
          <td class="col_text" data-label="${_('Ce qui diffère')}">${matching.differences(match, differs_here)}</td>
          <td class="col_text" data-label="${_('Règle')}">${_(words.RULES[match.rule])} <small>${_('indice {score}', score=percent(match.score_permille * 10))}</small>
            % if match.decided_by:
            <small>${_('{at}, par {name}', at=moment(match.decided_at), name=match.decided_by)}</small>
            % endif
          </td>
          <td class="col_text">
            <div class="endi-ext-buttons">
              % if open and match.state == 'suggested':
              ${matching.decide(match, 'accept', _('Accepter'), 'a', back, 'btn-primary')}
              % endif
              % if open and match.state != 'split':
              ${matching.decide(match, 'split', _('Défaire'), 's', back)}
              % endif
            </div>
          </td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
  ${matching.pager(found)}
  % else:
  ${parts.empty(_('Rien dans cette pile.'))}
  % endif
</div>
</%block>
