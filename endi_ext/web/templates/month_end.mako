<%doc>The end of a month: what is left to do, what may wait, what is done.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="actionmenucontent">
<div class="layout flex main_actions endi-ext-buttons">
  % if desk.closed:
  <a class="btn btn-primary" href="${request.route_path('endi_ext.period.certificate', period_id=desk.period.id)}">${_('Télécharger le certificat')}</a>
  % if reopenable:
  <a class="btn" href="${request.route_path('endi_ext.period.reopen', period_id=desk.period.id)}">${_('Rouvrir le mois')}</a>
  % endif
  % elif not desk.blocking:
  <a class="btn ${'' if desk.left else 'btn-primary'}" href="${request.route_path('endi_ext.month_end.close', month=span.name)}">${_('Clôturer le mois')}</a>
  % endif
  <a class="btn" href="${request.route_path('endi_ext.periods')}">${_('Tous les mois')}</a>
  <a class="btn" href="${request.route_path('endi_ext.year_end')}">${_('Fin d’exercice')}</a>
</div>
</%block>
<%def name="row(line)">
<% told = words[line.code] %>
<tr>
  <td class="col_text" data-label="${_('État')}"><span class="endi-ext-state ${looks[line.state]}">${_(states[line.state])}</span></td>
  <th scope="row" class="col_text" data-label="${_('Point')}"><strong>${_(told.title)}</strong>
    % if line.state != 'done':
    <p class="endi-ext-before">${_(told.meaning)}</p>
    % endif
    % if line.state == 'passed':
    <blockquote class="endi-ext-text">${line.passed.reason} <small>${_('{name}, {at}', name=line.passed.passed_by, at=moment(line.passed.passed_at))}</small></blockquote>
    % endif
  </th>
  <td class="col_number" data-label="${_('Nombre')}">${line.count if line.count else ''}</td>
  <td class="col_number" data-label="${_('En jeu')}">${money(line.cents) if line.cents else ''}</td>
  <td class="col_text" data-label="${_('Actions')}">
    % if line.state != 'done':
    <div class="endi-ext-buttons">
      <a class="btn ${'btn-primary' if line.state in ('blocks', 'to_do') else ''}" href="${told.link(request, span)}">${_(told.button)}</a>
      % if line.state == 'to_do' and not desk.closed:
      <a class="btn" href="${request.route_path('endi_ext.month_end.pass', month=span.name, check=line.code)}">${_('Passer outre')}<span class="screen-reader-text"> : ${_(told.title)}</span></a>
      % elif line.state == 'passed' and not desk.closed:
      ${parts.post_button(request.route_path('endi_ext.month_end.unpass', month=span.name, check=line.code), _('Reprendre'), '')}
      % endif
    </div>
    % endif
  </td>
</tr>
</%def>
<%def name="table(lines, caption)">
<div class="table_container endi-ext-reflow">
  <table class="hover_table endi-ext-cards endi-ext-checks">
    <caption class="screen-reader-text">${caption}</caption>
    <thead>
      <tr>
        <th scope="col" class="col_text">${_('État')}</th>
        <th scope="col" class="col_text">${_('Point')}</th>
        <th scope="col" class="col_number">${_('Nombre')}</th>
        <th scope="col" class="col_number">${_('En jeu')}</th>
        <th scope="col" class="col_text">${_('Actions')}</th>
      </tr>
    </thead>
    <tbody>
      % for line in lines:
      ${row(line)}
      % endfor
    </tbody>
  </table>
</div>
</%def>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-lead">
    % if desk.closed:
    <span class="endi-ext-state valid">${_('Clôturé')}</span> ${_('{at}, par {name}', at=moment(desk.period.closed_at), name=desk.period.closed_by)}
    % elif desk.left:
    <span class="endi-ext-state ${'invalid' if desk.blocking else 'caution'}">${_('À faire : {count}', count=len(desk.left))}</span>
    % if desk.cents:
    ${_('avant de clôturer {month} ; {amount} en jeu.', month=month, amount=money(desk.cents))}
    % else:
    ${_('avant de clôturer {month}.', month=month)}
    % endif
    % else:
    <span class="endi-ext-state valid">${_('Prêt')}</span> ${_('Tout est fait : {month} peut être clôturé.', month=month)}
    % endif
  </p>
  % if not desk.closed and not over:
  <p class="endi-ext-note">${_('Ce mois n’est pas terminé : il se prépare dès maintenant, il se clôture après sa fin.')}</p>
  % endif
  <form method="get" action="${request.route_path('endi_ext.month_end')}" class="endi-ext-filter" id="month-chosen">
    <div class="form-group">
      <label class="control-label" for="month">${_('Mois')}</label>
      <select class="form-control" id="month" name="month">
        % for name, starts_on, closed in months:
        <option value="${name}" ${'selected="selected"' if name == span.name else ''|n}>${request.endi_ext.month(starts_on)}${' – ' + _('clôturé') if closed else ''}</option>
        % endfor
      </select>
    </div>
    <div class="form-group endi-ext-filter-buttons"><button type="submit" class="btn">${_('Voir')}</button></div>
  </form>
  % if desk.closed:
  <section class="data_display endi-ext-block">
    <h2>${_('Certificat')}</h2>
    <p>${_('Le certificat dit ce que contenait le mois à sa clôture : écritures, balance, empreinte du journal, avec une signature. Il se vérifie sur une autre machine, sans enDI : exportez le journal du mois en CSV, puis lancez la commande.')}</p>
    <p><code>python verify_certificate.py certificat-${span.name}.json --journal journal-${span.name}.csv --key ${public_key or _('CLÉ_PUBLIQUE')}</code></p>
    % if public_key:
    <p class="endi-ext-before">${_('La clé publique de la coopérative est la même pour tous les mois : notez-la une fois, ailleurs que sur ce serveur.')}</p>
    % endif
    <p><a href="${request.route_path('endi_ext.journal.file', _query={'period': span.name, 'format': 'csv'})}">${_('Télécharger le journal du mois (CSV)')}</a></p>
  </section>
  % endif
  % if desk.closed:
  <details>
    <summary>${_('Les points du mois, tels qu’ils sont aujourd’hui')}</summary>
    ${table(desk.lines, _('Les points du mois, tels qu’ils sont aujourd’hui'))}
  </details>
  % elif desk.shown:
  ${table(desk.shown, _('Ce qui n’est pas fait'))}
  % endif
  % if desk.done and not desk.closed:
  <details ${'open="open"' if not desk.shown else ''|n}>
    <summary>${_('Fait ({count})', count=len(desk.done))}</summary>
    ${table(desk.done, _('Ce qui est fait'))}
  </details>
  % endif
  % if events:
  <section class="data_display endi-ext-block">
    <h2>${_('Historique du mois')}</h2>
    ${parts.history(events, step_of)}
  </section>
  % endif
</div>
</%block>
