<%doc>Go or no-go: positions, the rule, the grid, and earlier rounds.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="css">
${parent.css()}
<link rel="stylesheet" href="${static('team.css')}" />
</%block>
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  % if request.context.member is not None and 'take_position' in actions and not stands.over:
  ${parts.link_button(request.context.at('position', member_id=request.context.member.id), _('Changer ma position') if spoke else _('Prendre position'), '' if spoke else 'btn-primary')}
  % endif
  % if 'go' in actions and stands.verdict == 'go':
  ${parts.link_button(request.context.at('decision.go'), _('Conclure : nous répondons'), 'btn-primary')}
  % endif
  % if 'no_go' in actions and stands.verdict == 'no_go':
  ${parts.link_button(request.context.at('decision.no_go'), _('Conclure : nous ne répondons pas'), 'btn-primary')}
  % endif
  % if 'steer' in actions and deciding:
  ${parts.link_button(request.context.at('decision.arrange'), _('Règle et date'))}
  ${parts.link_button(request.context.at('decision.criteria'), _('Critères'))}
  % endif
  % if 'reconsider' in actions:
  ${parts.link_button(request.context.at('decision.reconsider'), _('Revenir sur la décision'))}
  % endif
  % if 'reopen' in actions:
  ${parts.link_button(request.context.at('decision.reopen'), _('Reprendre cette consultation'))}
  % endif
  ${parts.link_button(request.context.path('tender', tender_id=tender.id), _('Retour à la consultation'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-lead">
    % if deciding:
    ${parts.badge(words.DECISIONS['open'])} ${_(words.VERDICTS[stands.verdict])}
    % if stands.verdict == 'open' and stands.count.missing:
    ${_('Réponses attendues : {count}.', count=stands.count.missing)}
    % endif
    % elif latest is not None and latest.state != 'open':
    ${parts.badge(words.DECISIONS[latest.state])} ${_('décidé par {name} le {on}', name=latest.closed_by, on=moment(latest.closed_at))}
    % endif
  </p>
  % if deciding:
  <section class="data_display endi-ext-block">
    <h2>${_('Positions')}</h2>
    <dl class="endi-ext-facts">
      <%parts:fact name="${_('Règle')}">${_(words.RULES[stands.rule])}</%parts:fact>
      <%parts:fact name="${_('Dernier jour pour s’exprimer')}">${day(stands.closes_on) if stands.closes_on else _('Jusqu’à la conclusion')}${' – ' + _('ce jour est passé') if stands.over else ''}</%parts:fact>
      <%parts:fact name="${_('Voix')}">${_('Pour : {go} · Contre : {no_go} · Abstentions : {abstain} · Attendus : {missing}', go=stands.count.go, no_go=stands.count.no_go, abstain=stands.count.abstain, missing=stands.count.missing)}</%parts:fact>
    </dl>
    <div class="table_container endi-ext-reflow">
      <table class="hover_table endi-ext-cards">
        <caption class="screen-reader-text">${_('Positions')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_text">${_('Qui')}</th>
            <th scope="col" class="col_text">${_('Position')}</th>
            <th scope="col" class="col_text">${_('Pourquoi')}</th>
            <th scope="col" class="col_number">${_('Note de la grille')}</th>
            <th scope="col" class="col_actions"><span class="screen-reader-text">${_('Actions')}</span></th>
          </tr>
        </thead>
        <tbody>
          % for member, position in stands.said:
          <tr>
            <th scope="row" class="col_text" data-label="${_('Qui')}">${member.name}
              % if not counts(member):
              <span class="endi-ext-before">${_('conseil : entendu, sans voix')}</span>
              % endif
            </th>
            <td class="col_text" data-label="${_('Position')}">${parts.badge(words.STANCES[position.stance if position else None])}</td>
            <td class="col_text" data-label="${_('Pourquoi')}">
              % if position is not None:
              <span class="endi-ext-text">${position.reason}</span>
              <span class="endi-ext-before">${_('{name}, le {on}', name=position.actor_name, on=moment(position.taken_at))}</span>
              % else:
              –
              % endif
            </td>
            <td class="col_number" data-label="${_('Note de la grille')}">${amount(grid.by_member[member.id]) if member.id in grid.by_member else '–'}</td>
            <td class="col_actions" data-label="${_('Actions')}">
              % if speaks_for(member) and not stands.over:
              <span class="endi-ext-buttons"><a class="btn" href="${request.context.at('position', member_id=member.id)}">${_('Changer') if position else _('Noter')}<span class="screen-reader-text"> ${_('la position de {name}', name=member.name)}</span></a></span>
              % endif
            </td>
          </tr>
          % endfor
        </tbody>
      </table>
    </div>
  </section>
  % endif
  % for decision in over:
  <section class="data_display endi-ext-block">
    <h2>${_('Décision n° {number}', number=decision.number)} ${parts.badge(words.DECISIONS[decision.state])}</h2>
    <p>${_('{name}, le {on}', name=decision.closed_by, on=moment(decision.closed_at))} – ${_(words.RULES[decision.rule])}</p>
    % if decision.statement:
    <blockquote class="endi-ext-text">${decision.statement}</blockquote>
    % endif
    <details class="endi-ext-details">
      <summary>${_('Qui a dit quoi')}</summary>
      <ul class="endi-ext-sentences">
        % for said in decision.positions_said:
        <li><strong>${said['name']}</strong> ${parts.badge(words.STANCES[said['stance']])}
          % if not said['counts']:
          <small>${_('conseil : entendu, sans voix')}</small>
          % endif
          % if said['reason']:
          <span class="endi-ext-text">${said['reason']}</span>
          % endif
        </li>
        % endfor
      </ul>
    </details>
  </section>
  % endfor
  <section class="data_display endi-ext-block">
    <h2>${_('Grille de critères')}</h2>
    % if grid.rows:
    <p>${_('Notes de 1 (défavorable) à 5 (favorable) ; la moyenne tient compte des poids et des seules notes données.')}</p>
    <div class="table_container endi-ext-reflow">
      <table class="endi-ext-cards endi-ext-grid">
        <caption class="screen-reader-text">${_('Grille de critères')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_text">${_('Critère')}</th>
            <th scope="col" class="col_number">${_('Poids')}</th>
            % for member, _position in stands.said:
            <th scope="col" class="col_number">${member.name}</th>
            % endfor
            <th scope="col" class="col_number">${_('Moyenne')}</th>
          </tr>
        </thead>
        <tbody>
          % for row in grid.rows:
          <tr>
            <th scope="row" class="col_text" data-label="${_('Critère')}">${row.criterion.label}</th>
            <td class="col_number" data-label="${_('Poids')}">${row.criterion.weight}</td>
            % for member, _position in stands.said:
            <td class="col_number" data-label="${member.name}">${row.scores.get(member.id, '–')}</td>
            % endfor
            <td class="col_number" data-label="${_('Moyenne')}"><strong>${amount(row.average) if row.average is not None else '–'}</strong></td>
          </tr>
          % endfor
        </tbody>
        <tfoot>
          <tr class="row_recap">
            <th scope="row" class="col_text" colspan="2">${_('Moyenne pondérée')}</th>
            % for member, _position in stands.said:
            <td class="col_number" data-label="${member.name}">${amount(grid.by_member[member.id]) if member.id in grid.by_member else '–'}</td>
            % endfor
            <td class="col_number" data-label="${_('Moyenne')}"><strong>${amount(grid.overall) if grid.overall is not None else '–'}</strong></td>
          </tr>
        </tfoot>
      </table>
    </div>
    % else:
    ${parts.empty(_('Aucun critère. La personne qui mène la réponse peut en proposer : chacun les notera en prenant position.'))}
    % endif
  </section>
</div>
</%block>
