<%page expression_filter="h"/>
<%inherit file="${context['main_template'].uri}" />
<%block name="content">
<div class="table_container">
  <table class="hover_table">
    <caption class="screen-reader-text">Utilisateurs</caption>
    <thead>
      <tr>
        <th scope="col" class="col_text">Nom</th>
        <th scope="col" class="col_text no_mobile">Identifiant</th>
        <th scope="col" class="col_text">Enseignes</th>
        <th scope="col" class="col_text no_mobile">Droits</th>
        <th scope="col" class="col_actions"><span class="screen-reader-text">Actions</span></th>
      </tr>
    </thead>
    <tbody>
      % for user in users:
      <tr>
        <th scope="row" class="col_text">${user.name}
          % if not user.active:
          <span class="status neutral">inactif</span>
          % endif
        </th>
        <td class="col_text no_mobile">${user.login}</td>
        <td class="col_text">${", ".join(company.name for company in user.companies) or "–"}</td>
        <td class="col_text no_mobile">${", ".join(labels[right] for right in sorted(user.access_rights)) or "–"}</td>
        <td class="col_actions"><a class="btn" href="${request.route_path('/admin/users/{id}', id=user.id)}">Modifier<span
          class="screen-reader-text"> ${user.name}</span></a></td>
      </tr>
      % endfor
    </tbody>
  </table>
</div>
</%block>
