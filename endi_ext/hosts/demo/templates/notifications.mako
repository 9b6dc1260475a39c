<%page expression_filter="h"/>
<%inherit file="${context['main_template'].uri}" />
<%block name="content">
% if any(not one.read for one in notifications):
<form method="post" action="${request.route_path('/notifications')}">
  <input type="hidden" name="csrf_token" value="${get_csrf_token()}">
  <p><button type="submit" class="btn">Tout marquer comme lu</button></p>
</form>
% endif
<ul class="notifications">
  % for one in notifications:
  <li class="${'' if one.read else 'unread'}">
    <p>
      % if not one.read:
      <span class="screen-reader-text">Nouveau : </span>
      % endif
      <a href="${one.url}">${one.title}</a>
      <small>${api.format_date(one.at)}</small>
    </p>
    % if one.body:
    <blockquote>${one.body}</blockquote>
    % endif
  </li>
  % endfor
</ul>
% if not notifications:
<div class="alert"><span class="icon">${api.icon("info-circle")}</span>
  <p>Rien pour l’instant : ce que vos partenaires font apparaît ici.</p></div>
% endif
</%block>
