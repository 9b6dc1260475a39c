<%doc>The dossier of a tender, in short.</%doc>
<%page args="url, zip_url, bid, count" expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<section class="data_display endi-ext-block">
  <h2>${_('Dossier de réponse')}</h2>
  % if bid.grouped:
  <p>${_('DC1 du groupement, DC2 de chaque membre, annexe financière, bordereau, mémoire : tout est fait d’après ce que vous saisissez.')}</p>
  % else:
  <p>${_('DC1 et DC2 de la coopérative, annexe financière, bordereau, mémoire : tout est fait d’après ce que vous saisissez.')}</p>
  % endif
  % if count == 1:
  <p><strong>${_('Une chose est à voir avant de déposer.')}</strong></p>
  % elif count:
  <p><strong>${_('{count} choses sont à voir avant de déposer.', count=count)}</strong></p>
  % endif
  <p class="endi-ext-buttons">
    ${parts.link_button(url, _('Voir le dossier'))}
    ${parts.link_button(zip_url, _('Télécharger (ZIP)'))}
  </p>
</section>
