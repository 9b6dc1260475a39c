<%page expression_filter="h"/>
<%inherit file="${context['main_template'].uri}" />
<%block name="content">
% if companies:
<section>
  <h2>Vos activités</h2>
  <ul class="cards">
    % for company in companies:
    <li><a href="${layout.home_of(company)}"><span class="icon">${api.icon("building")}</span>
      <span><strong>${company.name}</strong> <small>${company.trade}</small></span></a></li>
    % endfor
  </ul>
</section>
% endif
% if followed:
<section>
  <h2>Les enseignes que vous suivez</h2>
  <ul class="cards">
    % for company in followed:
    <li><a href="${layout.home_of(company)}"><span class="icon">${api.icon("eye")}</span>
      <span><strong>${company.name}</strong> <small>${company.trade}</small></span></a></li>
    % endfor
  </ul>
</section>
% endif
% for label, items in tools:
<section>
  <h2>${label}</h2>
  <ul class="cards">
    % for item in items:
    <li><a href="${layout.address(item)}"><span class="icon">${api.icon(item.icon)}</span>
      <span><strong>${item.label}</strong></span></a></li>
    % endfor
  </ul>
</section>
% endfor
% if not (companies or followed or tools):
<div class="alert"><span class="icon">${api.icon("info-circle")}</span>
  <p>Aucune enseigne ne vous est rattachée pour l’instant. L’administrateur de la coopérative peut vous en confier une.</p></div>
% endif
</%block>
