<%page expression_filter="h"/>
<%inherit file="${context['main_template'].uri}" />
<%block name="actionmenucontent">
<div class="main_actions"><a class="btn btn-primary" href="${request.route_path('/admin/companies/new')}"><span
  class="icon">${api.icon("plus")}</span>Ajouter une enseigne</a></div>
</%block>
<%block name="content">
<div class="table_container">
  <table class="hover_table">
    <caption class="screen-reader-text">Enseignes de la coopérative</caption>
    <thead>
      <tr>
        <th scope="col" class="col_text">Enseigne</th>
        <th scope="col" class="col_text no_mobile">Code analytique</th>
        <th scope="col" class="col_text no_mobile">Personnes</th>
        <th scope="col" class="col_text no_mobile">Suivie par</th>
        <th scope="col" class="col_text">État</th>
        <th scope="col" class="col_actions"><span class="screen-reader-text">Actions</span></th>
      </tr>
    </thead>
    <tbody>
      % for company in companies:
      <tr>
        <th scope="row" class="col_text">${company.name}</th>
        <td class="col_text no_mobile">${company.analytic_code or "–"}</td>
        <td class="col_text no_mobile">${", ".join(user.name for user in company.people) or "–"}</td>
        <td class="col_text no_mobile">${company.follower.name if company.follower else "–"}</td>
        <td class="col_text"><span class="status ${'valid' if company.active else 'neutral'}">${"active" if company.active else "inactive"}</span></td>
        <td class="col_actions"><a class="btn" href="${request.route_path('/admin/companies/{id}', id=company.id)}">Modifier<span
          class="screen-reader-text"> ${company.name}</span></a></td>
      </tr>
      % endfor
    </tbody>
  </table>
</div>
</%block>
