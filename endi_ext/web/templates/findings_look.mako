<%doc>How far the look for findings is; it goes on by itself where there is a script.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="content">
<div class="endi-ext">
  <div role="status" aria-live="polite">
    % if under_way:
    <p class="endi-ext-lead">${_('{looked} documents relus sur {total} environ. Écarts à traiter jusqu’ici : {found}.', looked=look.looked_count, total=max(total, look.looked_count), found=look.found_count)}</p>
    <p><progress class="endi-ext-progress" max="${max(total, look.looked_count, 1)}" value="${look.looked_count}" aria-label="${_('Avancement de la recherche')}"></progress></p>
    % else:
    <p class="endi-ext-lead">${_('Chaque document des deux enseignes est relu et comparé à celui d’en face. Rien n’est modifié.')}</p>
    % endif
  </div>
  <form class="endi-ext-inline" method="post" action="${request.route_path('endi_ext.findings.look')}" ${'data-goes-on="yes"' if under_way else ''|n}>
    <input type="hidden" name="csrf_token" value="${get_csrf_token()}" />
    <div class="endi-ext-buttons">
      <button type="submit" class="btn btn-primary">${_('Continuer la recherche') if under_way else _('Chercher les écarts maintenant')}</button>
      ${parts.link_button(request.route_path('endi_ext.findings'), _('Voir les écarts déjà trouvés'))}
    </div>
  </form>
</div>
</%block>
