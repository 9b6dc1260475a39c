<%doc>The form that closes a month: what closing means, what is left, how it goes on.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%block name="content">
<div class="endi-ext limited_width width60">
  <p class="endi-ext-intro">${meaning}</p>
  % if not over:
  <p class="endi-ext-note">${_('Attention, ce mois n’est pas terminé : clôturé, il empêche d’accepter une livraison jusqu’à sa fin.')}</p>
  % endif
  % if desk.left:
  <p>${_('À régler d’abord :') if desk.blocking else _('Ce qui reste sera passé avec le motif ci-dessous :')}</p>
  <ul class="endi-ext-sentences">
    % for line in desk.blocking or desk.left:
    <li>${_(words[line.code].title)}
      % if line.cents:
      (${_('{count}, pour {amount}', count=line.count, amount=money(line.cents))})
      % elif line.count > 1:
      (${line.count})
      % endif
    </li>
    % endfor
  </ul>
  % endif
  <div data-busy hidden="hidden" role="status">
    <p><progress aria-label="${_('Clôture en cours')}"></progress></p>
    <p>${_('Clôture en cours : chaque ligne du mois est relue pour le certificat. Ne fermez pas cette page.')}</p>
  </div>
  ${form|n}
</div>
</%block>
