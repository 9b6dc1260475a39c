<%doc>What a repair will change, then its confirmation.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="pieces" file="endi_ext:web/templates/finding_pieces.mako" />
<%block name="content">
<div class="endi-ext">
  <p>${explanation}</p>
  % if preview is None:
  <p class="alert alert-info">${_('Cet écart n’est plus à traiter.')}</p>
  ${parts.link_button(request.context.url, _('Retour à l’écart'))}
  % elif refused:
  <p class="alert alert-info">${refused}</p>
  ${parts.link_button(request.context.url, _('Retour à l’écart'))}
  % else:
  <section class="data_display endi-ext-block">
    <h2>${_('Ce qui va changer')}</h2>
    ${pieces.changes(changes)}
    <p>${_('Vous pourrez annuler cette réparation.') if preview.undoable else _('Cette réparation ne s’annule pas d’ici : relisez avant de confirmer.')}</p>
  </section>
  <div class="limited_width width60">${form|n}</div>
  % endif
</div>
</%block>
