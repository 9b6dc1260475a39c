<%doc>Who may do what.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-intro">${_('Les droits se donnent aux personnes dans l’écran des droits de votre application ; cette page dit ce que chacun permet.')}
    ${_('Une personne de l’équipe d’appui qui suit une enseigne lit ses pages sans pouvoir agir.')}</p>
  <div class="table_container endi-ext-scroll" tabindex="0" role="region" aria-label="${_('Qui peut faire quoi')}">
    <table class="hover_table endi-ext-book">
      <caption class="screen-reader-text">${_('Ce que permet chaque droit')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Droit')}</th>
          % for name, label in permissions:
          <th scope="col" class="col_text">${_(label)}</th>
          % endfor
        </tr>
      </thead>
      <tbody>
        % for row in rows:
        <tr>
          <th scope="row" class="col_text">${_(row.name)}</th>
          % for name, label in permissions:
          <td class="col_text">${_('oui') if name in row.gives else '–'}</td>
          % endfor
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
  <div class="endi-ext-buttons">
    % if rights_address:
    ${parts.link_button(rights_address, _('Donner des droits aux personnes'), 'btn-primary')}
    % endif
    ${parts.link_button(request.route_path('endi_ext.admin'), _('Retour à la configuration'))}
  </div>
</div>
</%block>
