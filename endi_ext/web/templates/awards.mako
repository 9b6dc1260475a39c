<%doc>Contracts that public buyers awarded, searched.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="of_awards" file="endi_ext:web/templates/award_parts.mako" />
<%def name="field(name, label, hint='', kind='text')">
<% wrong = errors.get(name) %>
<div class="form-group ${'has-error' if wrong else ''}">
  <label class="control-label" for="award-${name}">${label}</label>
  <input class="form-control" id="award-${name}" name="${name}" type="${kind}" maxlength="100" value="${typed[name]}" placeholder="${hint}"
    ${'aria-invalid="true" aria-describedby="award-%s-wrong"' % name if wrong else ''|n} />
  % if wrong:
  <p class="help-block" id="award-${name}-wrong">${_(wrong)}</p>
  % endif
</div>
</%def>
<%block name="css">
${parent.css()}
<link rel="stylesheet" href="${static('prices.css')}" />
</%block>
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  ${parts.link_button(request.context.path('tenders'), _('Retour aux appels d’offres'))}
  ${parts.link_button(request.context.path('tenders.memory'), _('Mémoire des réponses'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-intro">${_('Qui a obtenu quoi, pour combien, de quel acheteur, seul ou en groupement : les données essentielles que les acheteurs publics publient. Montants HT, à la notification.')}</p>
  <form method="get" action="${request.path}" class="endi-ext-filter" aria-label="${_('Chercher')}">
    ${field('words', _('Mots (objet, acheteur, titulaire)'), kind='search')}
    ${field('cpv', _('Code CPV, ou son début'))}
    ${field('buyer', _('SIRET ou SIREN de l’acheteur'))}
    ${field('winner', _('SIRET ou SIREN du titulaire'))}
    <div class="form-group">
      <label class="control-label" for="award-grouping">${_('Groupement')}</label>
      <select class="form-control" id="award-grouping" name="grouping">
        % for value, text in groupings:
        <option value="${value}" ${'selected="selected"' if value == typed['grouping'] else ''|n}>${_(text)}</option>
        % endfor
      </select>
    </div>
    ${field('since', _('Notifié depuis le'), kind='date')}
    <div class="form-group endi-ext-filter-buttons">
      <button type="submit" class="btn btn-primary">${_('Chercher')}</button>
      % if any(typed.values()):
      <a class="btn" href="${request.path}">${_('Tout afficher')}</a>
      % endif
    </div>
  </form>
  % for one in prices:
  ${of_awards.ranges(one)}
  % endfor
  % if found.rows:
  ${of_awards.listed(found.rows, grouping_words)}
  ${parts.pager(found)}
  % elif any_kept:
  ${parts.empty(_('Aucun marché ne correspond. Essayez moins de mots, ou un code CPV plus court.'))}
  % else:
  ${of_awards.how_to_fill()}
  % endif
</div>
</%block>
