<%page expression_filter="h"/>
<%inherit file="${context['main_template'].uri}" />
<%block name="content">
<form id="login-form" method="post" action="${request.route_path('/login')}" class="login">
  <input type="hidden" name="csrf_token" value="${get_csrf_token()}">
  <input type="hidden" name="nextpage" value="${nextpage}">
  % if problem:
  <div class="alert alert-danger" role="alert"><p>${problem}</p></div>
  % endif
  <div class="form-group">
    <label for="login" class="control-label">Identifiant</label>
    <input id="login" name="login" class="form-control" value="${login}" required maxlength="60"
           autocomplete="username" autocapitalize="none" spellcheck="false">
  </div>
  <div class="form-group">
    <label for="password" class="control-label">Mot de passe</label>
    <input id="password" name="password" type="password" ${"autofocus" if login else ""} class="form-control" required maxlength="200"
           autocomplete="current-password">
  </div>
  <button class="btn btn-primary" type="submit">Se connecter</button>
</form>
% if to_try:
<section class="to_try">
  <h2>Qui essayer ?</h2>
  <p>Tous ont le mot de passe <code>${demo_password}</code>.</p>
  <ul>
    % for name, role in to_try.items():
    <li><a href="${request.route_path('/login', _query={'login': name, 'nextpage': nextpage} if nextpage else {'login': name})}">${name}</a>, ${role}</li>
    % endfor
  </ul>
</section>
% endif
</%block>
