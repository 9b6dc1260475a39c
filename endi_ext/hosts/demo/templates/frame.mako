<%doc>Parts of the layout: the banner with its menus, the messages said once.</%doc>
<%page expression_filter="h"/>

<%def name="icon(name)"><span class="icon">${api.icon(name)}</span></%def>

<%def name="banner(layout)">
<header class="banner">
  <div class="banner_top">
    <a class="brand" href="${request.route_path('/')}">
      <img src="${layout.static('favicon.svg')}" alt="" width="34" height="34">
      <span>${layout.cooperative_name}</span>
    </a>
    % if layout.user:
    <button type="button" id="menu_button" class="menu_button" aria-expanded="false" aria-controls="menu">
      ${icon("bars")}<span>Menu</span>
    </button>
    % endif
  </div>
  % if layout.user:
  <div id="menu" class="menu">
    <nav aria-label="Menu principal">
      % if layout.company:
      ${company_menu(layout)}
      % endif
      ${menu(layout, "accounting", "Comptabilité")}
      ${menu(layout, "admin", "Administration")}
    </nav>
    ${who(layout)}
  </div>
  % endif
</header>
</%def>

<%def name="company_menu(layout)">
<% own = layout.companies(); others = [one for one in own if one.id != layout.company.id] %>
<section class="menu_section" aria-labelledby="menu_company">
  <h2 id="menu_company" class="screen-reader-text">Enseigne ${layout.company.name}</h2>
  % if layout.company in own and others:
  <details class="switcher">
    <summary>
      <span class="switcher_name"><small>Mon activité</small> ${layout.company.name}</span>
      ${icon("chevron-down")}
    </summary>
    <ul>
      % for other in others:
      <li><a href="${layout.home_of(other)}"><span class="screen-reader-text">Passer à </span>${other.name}</a></li>
      % endfor
    </ul>
  </details>
  % else:
  <p class="switcher_name"><small>${"Mon activité" if layout.company in own else "Enseigne consultée"}</small> ${layout.company.name}</p>
  % endif
  ${entries(layout, layout.menu("company"))}
  % if layout.company not in own:
  <ul class="menu_entries">
    <li><a href="${request.route_path('/')}">${icon("arrow-left")}<span>Quitter cette enseigne</span></a></li>
  </ul>
  % endif
</section>
</%def>

<%def name="menu(layout, name, label)">
<% items = layout.menu(name) %>
% if items:
<section class="menu_section" aria-labelledby="menu_${name}">
  <h2 id="menu_${name}">${label}</h2>
  ${entries(layout, items)}
</section>
% endif
</%def>

<%def name="entries(layout, items)">
<ul class="menu_entries">
  % for item in items:
  <li><a href="${layout.address(item)}"\
% if item is layout.current:
 aria-current="page"\
% endif
>${icon(item.icon)}<span>${item.label}</span></a></li>
  % endfor
</ul>
</%def>

<%def name="who(layout)">
<div class="who">
  <p><a class="bell" href="${request.route_path('/notifications')}">${icon("envelope")}<span>Notifications</span>
    % if layout.unread():
    <strong class="count">${layout.unread()}<span class="screen-reader-text"> à lire</span></strong>
    % endif
  </a></p>
  <p>${icon("user-circle")}<span><span class="screen-reader-text">Vous êtes </span>${layout.user.name}</span></p>
  <form method="post" action="${request.route_path('/logout')}">
    <input type="hidden" name="csrf_token" value="${get_csrf_token()}">
    <button type="submit" class="link_button">Se déconnecter</button>
  </form>
</div>
</%def>

<%def name="messages(request)">
<div class="messages" role="status">
  % for kind, message in request.flashes():
  <div class="alert alert-${kind}">
    ${icon("success" if kind == "success" else "danger")}
    <p>${message}</p>
    <button type="button" class="close" data-close hidden>${icon("times")}<span class="screen-reader-text">Masquer ce message</span></button>
  </div>
  % endfor
</div>
</%def>
