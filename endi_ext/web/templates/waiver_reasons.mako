<%doc>Why findings may be let pass: the list an admin keeps.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  ${parts.link_button(request.route_path('endi_ext.admin.waivers.new'), _('Ajouter un motif'), 'btn-primary')}
  ${parts.link_button(request.route_path('endi_ext.admin'), _('Retour à la configuration'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-intro">${_('Un écart se laisse passer avec l’un de ces motifs. Un motif qui a servi n’est jamais supprimé : il n’est plus proposé.')}</p>
  % if reasons:
  <div class="table_container endi-ext-reflow">
    <table class="hover_table endi-ext-cards">
      <caption class="screen-reader-text">${_('Motifs')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Motif')}</th>
          <th scope="col" class="col_text">${_('Proposé')}</th>
          <th scope="col" class="col_text">${_('Actions')}</th>
        </tr>
      </thead>
      <tbody>
        % for one in reasons:
        <tr>
          <th scope="row" class="col_text" data-label="${_('Motif')}"><a href="${request.route_path('endi_ext.admin.waiver.change', reason_id=one.id)}">${one.label}</a></th>
          <td class="col_text" data-label="${_('Proposé')}">${_('non, depuis le {at}', at=moment(one.retired_at)) if one.retired_at else _('oui')}</td>
          <td class="col_text" data-label="${_('Actions')}">
            % if one.retired_at:
            ${parts.post_button(request.route_path('endi_ext.admin.waiver.restore', reason_id=one.id), _('Proposer de nouveau'), '')}
            % else:
            ${parts.post_button(request.route_path('endi_ext.admin.waiver.withdraw', reason_id=one.id), _('Ne plus proposer') if one.id in used else _('Supprimer'), '')}
            % endif
          </td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
  % else:
  ${parts.empty(_('La liste est vide : ajoutez au moins un motif.'))}
  % endif
</div>
</%block>
