<%doc>Who chose what, and what it was before.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="content">
<div class="endi-ext">
  % if changes:
  <div class="table_container endi-ext-scroll" tabindex="0" role="region" aria-label="${_('Réglages modifiés')}">
    <table class="hover_table endi-ext-book">
      <caption class="screen-reader-text">${_('Réglages modifiés, du plus récent au plus ancien')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Quand')}</th>
          <th scope="col" class="col_text">${_('Qui')}</th>
          <th scope="col" class="col_text">${_('Réglage')}</th>
          <th scope="col" class="col_text">${_('Avant')}</th>
          <th scope="col" class="col_text">${_('Après')}</th>
        </tr>
      </thead>
      <tbody>
        % for change in changes:
        <tr>
          <td class="col_text">${moment(change.at)}</td>
          <td class="col_text">${change.actor_name}</td>
          <th scope="row" class="col_text">${_(called(change.reason))}</th>
          <td class="col_text">${shown(request.endi_ext, change.reason, change.state_before)}</td>
          <td class="col_text">${shown(request.endi_ext, change.reason, change.state_after)}</td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
  % else:
  ${parts.empty(_('Aucun réglage n’a été modifié.'))}
  % endif
  <p>${parts.link_button(request.route_path('endi_ext.admin'), _('Retour à la configuration'))}</p>
</div>
</%block>
