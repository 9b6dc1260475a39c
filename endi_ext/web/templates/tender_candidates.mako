<%doc>Who of the cooperative could be in the team, and why.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="css">
${parent.css()}
<link rel="stylesheet" href="${static('team.css')}" />
</%block>
<%def name="reasons(one)">
% if not (one.trade_words or one.together.exchanges or one.together.tenders or words.NEARNESS[one.nearness]):
–
% else:
<ul class="endi-ext-reasons">
  % if one.trade_words:
  <li>${_('son métier ou ses compétences répondent à : {words}', words=', '.join(one.trade_words))}</li>
  % endif
  % if one.together.exchanges:
  <li>${_('échanges ensemble : {count} ({amount} en tout), le dernier le {on}', count=one.together.exchanges, amount=money(one.together.net_cents), on=day(one.together.last_on))}</li>
  % endif
  % if one.together.tenders:
  <li>${_('réponses déposées ensemble : {count}, gagnées : {won}', count=one.together.tenders, won=one.together.won)}</li>
  % endif
  % if words.NEARNESS[one.nearness]:
  <li>${_(words.NEARNESS[one.nearness])}</li>
  % endif
</ul>
% endif
</%def>
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  % if steers:
  ${parts.link_button(request.context.at('invite_firm'), _('Inviter une entreprise extérieure'))}
  % endif
  ${parts.link_button(request.context.at('team'), _('Retour à l’équipe'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  <form method="get" class="endi-ext-search" action="${request.path}">
    <div class="form-group">
      <label for="endi_ext_text">${_('Métier, compétence ou nom')}</label>
      <input type="search" class="form-control" id="endi_ext_text" name="text" value="${wanted.text}" maxlength="100" list="endi_ext_trades" />
      <datalist id="endi_ext_trades">
        % for trade in trades:
        <option value="${trade}"></option>
        % endfor
      </datalist>
    </div>
    <div class="form-group">
      <label for="endi_ext_place">${_('Ville, code postal ou département')}</label>
      <input type="search" class="form-control" id="endi_ext_place" name="place" value="${wanted.place}" maxlength="100" />
    </div>
    <div class="form-group endi-ext-ticked endi-ext-wide">
      <label><input type="checkbox" name="available" value="1" ${'checked="checked"' if wanted.available else ''|n} /> ${_('disponible, au moins en partie')}</label>
      <label><input type="checkbox" name="together" value="1" ${'checked="checked"' if wanted.together else ''|n} /> ${_('a déjà travaillé avec vous')}</label>
    </div>
    <p class="endi-ext-buttons endi-ext-wide"><button type="submit" class="btn btn-primary">${_('Chercher')}</button>
      % if wanted.text or wanted.place or wanted.available or wanted.together:
      <a class="btn" href="${request.path}">${_('Tout voir')}</a>
      % endif
    </p>
  </form>
  % if not found.candidates:
  ${parts.empty(_('Personne dans la coopérative ne correspond. Cherchez plus largement, ou invitez une entreprise extérieure.'))}
  % else:
  <p class="endi-ext-intro" aria-live="polite">${_('{count} enseignes, les plus proches de cette consultation d’abord.', count=found.total)}
    % if found.total > len(found.candidates):
    ${_('Les {count} premières sont affichées : précisez votre recherche.', count=len(found.candidates))}
    % endif
  </p>
  <div class="table_container endi-ext-reflow">
    <table class="hover_table endi-ext-cards">
      <caption class="screen-reader-text">${_('Enseignes de la coopérative')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Enseigne')}</th>
          <th scope="col" class="col_text">${_('Où')}</th>
          <th scope="col" class="col_text">${_('Disponibilité')}</th>
          <th scope="col" class="col_text">${_('Pourquoi')}</th>
          <th scope="col" class="col_actions"><span class="screen-reader-text">${_('Actions')}</span></th>
        </tr>
      </thead>
      <tbody>
        % for one in found.candidates:
        <tr>
          <th scope="row" class="col_text" data-label="${_('Enseigne')}">${one.party.name}
            <span class="endi-ext-before">${one.party.trade or '–'}</span>
            % if one.profile.skills:
            <span class="endi-ext-before endi-ext-text">${one.profile.skills}</span>
            % endif
          </th>
          <td class="col_text" data-label="${_('Où')}">${' '.join(part for part in (one.party.postcode, one.party.city) if part) or '–'}
            % if one.profile.area:
            <span class="endi-ext-before">${one.profile.area}</span>
            % endif
          </td>
          <td class="col_text" data-label="${_('Disponibilité')}">
            % if one.profile.availability == 'unknown':
            ${_('non précisée')}
            % else:
            ${parts.badge(words.AVAILABILITY[one.profile.availability])}
            % endif
            % if one.profile.available_from:
            <span class="endi-ext-before">${_('disponible à partir du {on}', on=day(one.profile.available_from))}</span>
            % endif
            % if one.profile.note:
            <span class="endi-ext-before endi-ext-text">${one.profile.note}</span>
            % endif
          </td>
          <td class="col_text" data-label="${_('Pourquoi')}">${reasons(one)}</td>
          <td class="col_actions" data-label="${_('Actions')}">
            % if one.member is not None:
            ${parts.badge(states.of_member(one.member))}
            % elif steers:
            <span class="endi-ext-buttons"><a class="btn" href="${request.context.at('invite', query={'party': one.party.id})}">${_('Inviter')}<span class="screen-reader-text"> ${one.party.name}</span></a></span>
            % endif
          </td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
  % endif
</div>
</%block>
