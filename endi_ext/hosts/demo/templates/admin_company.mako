<%page expression_filter="h"/>
<%inherit file="${context['main_template'].uri}" />
<%def name="field(name, label, help='', required=False, **attributes)">
<% error = errors.get(name) %>
<div class="form-group ${'has-error' if error else ''}">
  <label class="control-label" for="${name}">${label}</label>
  <input class="form-control" id="${name}" name="${name}" value="${values.get(name, '')}" maxlength="190" ${"required" if required else ""}
    % for key, value in attributes.items():
    ${key}="${value}"
    % endfor
    % if error:
    aria-invalid="true"
    % endif
    aria-describedby="${f'error_{name}' if error else f'help_{name}'}">
  <p class="help-block" id="help_${name}">${help}</p>
  % if error:
  <p class="help-block error-message" id="error_${name}">${error}</p>
  % endif
</div>
</%def>
<%block name="content">
<form method="post" class="limited_width width40" id="company-form">
  <input type="hidden" name="csrf_token" value="${get_csrf_token()}">
  % if errors:
  <div class="alert alert-danger" role="alert"><p>Votre saisie n’a pas pu être enregistrée.</p></div>
  % endif
  ${field("name", "Nom de l’enseigne", required=True)}
  ${field("trade", "Métier")}
  ${field("analytic_code", "Code analytique", "Lettres et chiffres, sans espace. Sans code, l’enseigne ne peut pas être retrouvée à l’import.", autocapitalize="characters", spellcheck="false")}
  ${field("email", "Adresse électronique", inputmode="email")}
  ${field("postcode", "Code postal", autocomplete="off")}
  ${field("city", "Ville")}
  ${field("contribution_rate", "Contribution à la coopérative, en %", "Vide : le taux par défaut de la coopérative.", inputmode="decimal")}
  <div class="form-group">
    <label class="control-label" for="follower">Suivie par</label>
    <select class="form-control" id="follower" name="follower">
      <option value="">Personne</option>
      % for user in users:
      <option value="${user.id}" ${"selected" if values.get("follower") == str(user.id) else ""}>${user.name}</option>
      % endfor
    </select>
  </div>
  <fieldset class="checkbox">
    <label for="active"><input type="checkbox" id="active" name="active" value="1" ${"checked" if values.get("active") else ""}>
      <span>Enseigne active : ses membres y accèdent et elle peut échanger</span></label>
  </fieldset>
  <div class="form-actions layout flex">
    <button type="submit" class="btn btn-primary">Enregistrer</button>
    <a class="btn" href="${request.route_path('/admin/companies')}">Annuler</a>
  </div>
</form>
</%block>
