<%doc>The list of papers every tender asks for.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  ${parts.link_button(request.route_path('endi_ext.admin.papers.new'), _('Ajouter une pièce à la liste'), 'btn-primary' if kinds else '')}
  % if not kinds:
  ${parts.post_button(request.route_path('endi_ext.admin.papers.usual'), _('Commencer par la liste usuelle'))}
  % endif
  ${parts.link_button(request.route_path('endi_ext.admin'), _('Retour à la configuration'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-intro">${_('Chaque réponse demande ces pièces, en plus de celles de l’acheteur. Ce que la coopérative fournit se dépose une fois, dans « Pièces des appels d’offres ».')}</p>
  % if kinds:
  <div class="table_container endi-ext-reflow">
    <table class="hover_table endi-ext-cards">
      <caption class="screen-reader-text">${_('Pièces demandées dans chaque réponse')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Pièce')}</th>
          <th scope="col" class="col_text">${_('Qui la fournit')}</th>
          <th scope="col" class="col_text">${_('Date de validité')}</th>
        </tr>
      </thead>
      <tbody>
        % for kind in kinds:
        <tr>
          <th scope="row" class="col_text" data-label="${_('Pièce')}"><a href="${request.route_path('endi_ext.admin.paper.change', kind_id=kind.id)}">${kind.label}</a></th>
          <td class="col_text" data-label="${_('Qui la fournit')}">${_(words.WHO[kind.who])}</td>
          <td class="col_text" data-label="${_('Date de validité')}">${_('oui') if kind.has_term else _('non')}</td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
  % else:
  ${parts.empty(_('La liste est vide : les réponses ne demandent que les pièces de l’acheteur.'))}
  % endif
</div>
</%block>
