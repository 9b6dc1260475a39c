<%doc>Pieces shared by the pages, given words already translated: badges, buttons, lists of facts, history, pages of a list.</%doc>
<%page expression_filter="h"/>

<%def name="badge(state)"><span class="endi-ext-state ${state.css}">${_(state.label)}</span></%def>

<%def name="post_button(url, label, css='btn-primary', hidden=())">
<form class="endi-ext-inline" method="post" action="${url}">
  <input type="hidden" name="csrf_token" value="${get_csrf_token()}" />
  % for name, value in hidden:
  <input type="hidden" name="${name}" value="${value}" />
  % endfor
  <button type="submit" class="btn ${css}">${label}</button>
</form>
</%def>

<%def name="link_button(url, label, css='')"><a class="btn ${css}" href="${url}">${label}</a></%def>

<%def name="file_links()">
<%doc>What a page shows, as files: the address of the page with a format.</%doc>
% for shape, label in (('pdf', _('PDF')), ('xlsx', _('XLSX')), ('csv', _('CSV'))):
<a class="btn" href="${address(request, format=shape, cursor='')}" title="${_('Télécharger ({shape})', shape=label)}">${label}</a>
% endfor
</%def>

<%def name="panel_buttons(panels)">
<%doc>The buttons that panels (web/panels) put at the top of a page, the one that matters most first.</%doc>
% for button in sorted((one for panel in panels for one in panel.buttons), key=lambda one: 'btn-primary' not in one.css):
% if button.posts:
${post_button(button.url, _(button.label), button.css, button.hidden)}
% else:
${link_button(button.url, _(button.label), button.css)}
% endif
% endfor
</%def>

<%def name="lead(state, panels)">
<p class="endi-ext-lead">${badge(state)}
  % for panel in panels:
  % for note in panel.notes:
  ${_(note.text, **note.facts)}
  % endfor
  % endfor
</p>
</%def>

<%def name="sections(panels)">
% for panel in panels:
% if panel.template:
<%include file="${panel.template}" args="**panel.values" />
% endif
% endfor
</%def>

<%def name="fact(name)">
<div><dt>${name}</dt><dd>${caller.body()}</dd></div>
</%def>

<%def name="history(events, step_of, numbers={})">
<ol class="endi-ext-history">
  % for event in events:
  <li>
    <p><strong>${event.actor_name}</strong> ${_(step_of(event))}
      % if event.subject == 'delivery' and event.subject_id in numbers:
      (${_('livraison n° {number}', number=numbers[event.subject_id])})
      % endif
    </p>
    <p class="endi-ext-when"><time datetime="${event.at.isoformat()}">${moment(event.at)}</time></p>
    % if event.reason:
    <blockquote class="endi-ext-text">${event.reason}</blockquote>
    % endif
  </li>
  % endfor
</ol>
</%def>

<%def name="pager(found)">
% if found.next_cursor or found.previous_cursor:
<nav class="pager endi-ext-pager" aria-label="${_('Pages de la liste')}">
  % if found.previous_cursor:
  <a class="btn" rel="prev" href="${address(request, cursor=found.previous_cursor)}">${_('Plus récents')}</a>
  % endif
  % if found.next_cursor:
  <a class="btn" rel="next" href="${address(request, cursor=found.next_cursor)}">${_('Plus anciens')}</a>
  % endif
</nav>
% endif
</%def>

<%def name="tabs(label, items)">
<%doc>items: (address, label, whether it is the one shown)</%doc>
<nav aria-label="${label}">
  <ul class="nav nav-tabs endi-ext-tabs">
    % for url, text, current in items:
    <li class="${'active' if current else ''}"><a href="${url}" ${'aria-current="page"' if current else ''|n}>${text}</a></li>
    % endfor
  </ul>
</nav>
</%def>

<%def name="host_papers(papers, waiting)">
<%doc>The host's own documents of an exchange, on both sides; nothing where the host makes none.</%doc>
% if papers or waiting:
<section class="data_display endi-ext-block">
  <h2>${_('Documents')}</h2>
  <ul class="endi-ext-sentences">
    % for paper in papers:
    <li>${_(paper.label)}
      % if paper.address:
      <a href="${paper.address}">${paper.number}</a>
      % else:
      ${paper.number}
      % endif
    </li>
    % endfor
    % if waiting:
    <li>${_('Un document est en préparation : il paraîtra ici.')}</li>
    % endif
  </ul>
</section>
% endif
</%def>

<%def name="due(exchange)">
<%doc>When what remains of an exchange is due, or what it waits for.</%doc>
% if exchange.due_on:
${day(exchange.due_on)}
% elif exchange.awaiting_cents:
${_('quand le client aura payé')}
% elif exchange.retained_cents:
${_('à la libération de la retenue')}
% else:
${_('rien n’est à régler')}
% endif
</%def>

<%def name="held_facts(exchange)">
<%doc>What keeps a part of an exchange from being due: facts of a list.</%doc>
% if exchange.retained_cents:
<div><dt>${_('En retenue de garantie')}</dt><dd>${money(exchange.retained_cents)}</dd></div>
% endif
% if exchange.awaiting_cents:
<div><dt>${_('En attente du client')}</dt><dd>${money(exchange.awaiting_cents)}</dd></div>
% endif
</%def>

<%def name="empty(text)"><p class="endi-ext-empty">${text}</p></%def>

<%def name="picks(label, items)">
<%doc>items: (address, label, whether it is on)</%doc>
<nav class="endi-ext-filters" aria-label="${label}">
  <ul>
    % for url, text, current in items:
    <li><a class="btn ${'btn-primary' if current else ''}" href="${url}" ${'aria-current="true"' if current else ''|n}>${text}</a></li>
    % endfor
  </ul>
</nav>
</%def>
