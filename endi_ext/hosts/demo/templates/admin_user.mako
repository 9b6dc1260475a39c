<%page expression_filter="h"/>
<%inherit file="${context['main_template'].uri}" />
<%block name="content">
<form method="post" class="limited_width width60" id="user-form">
  <input type="hidden" name="csrf_token" value="${get_csrf_token()}">
  % if problem:
  <div class="alert alert-danger" role="alert"><p>${problem}</p></div>
  % endif
  <fieldset class="checkbox">
    <legend>Compte</legend>
    <label for="active"><input type="checkbox" id="active" name="active" value="1" ${"checked" if values["active"] else ""}>
      <span>${user.name} peut se connecter</span></label>
  </fieldset>
  <fieldset class="checkbox">
    <legend>Enseignes</legend>
    % for company in companies:
    <label for="company_${company.id}"><input type="checkbox" id="company_${company.id}" name="company" value="${company.id}"
      ${"checked" if company.id in values["companies"] else ""}>
      <span>${company.name}${"" if company.active else " (inactive)"}</span></label>
    % endfor
  </fieldset>
  <fieldset class="checkbox">
    <legend>Droits</legend>
    % for right, label in labels.items():
    <label for="right_${right}"><input type="checkbox" id="right_${right}" name="right" value="${right}"
      ${"checked" if right in values["rights"] else ""}>
      <span>${label}</span></label>
    % endfor
  </fieldset>
  <div class="form-actions layout flex">
    <button type="submit" class="btn btn-primary">Enregistrer</button>
    <a class="btn" href="${request.route_path('/admin/users')}">Annuler</a>
  </div>
</form>
</%block>
