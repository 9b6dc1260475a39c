<%doc>How tenders are searched: by words, by CPV, by where they stand.</%doc>
<%page expression_filter="h"/>
<%def name="form(typed, choices, label)">
<form method="get" action="${request.path}" class="endi-ext-filter" aria-label="${_('Chercher')}">
  <div class="form-group">
    <label class="control-label" for="search-words">${_('Mots (consultation, acheteur)')}</label>
    <input class="form-control" id="search-words" name="words" type="search" maxlength="100" value="${typed['words']}" />
  </div>
  <div class="form-group">
    <label class="control-label" for="search-cpv">${_('Code CPV, ou son début')}</label>
    <input class="form-control" id="search-cpv" name="cpv" type="text" inputmode="numeric" maxlength="8" value="${typed['cpv']}" />
  </div>
  <div class="form-group">
    <label class="control-label" for="search-state">${label}</label>
    <select class="form-control" id="search-state" name="state">
      % for value, text, _states in choices:
      <option value="${value}" ${'selected="selected"' if value == typed['state'] else ''|n}>${_(text)}</option>
      % endfor
    </select>
  </div>
  <div class="form-group endi-ext-filter-buttons">
    <button type="submit" class="btn btn-primary">${_('Chercher')}</button>
    % if any(typed.values()):
    <a class="btn" href="${request.path}">${_('Tout afficher')}</a>
    % endif
  </div>
</form>
</%def>
