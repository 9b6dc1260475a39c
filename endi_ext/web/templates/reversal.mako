<%doc>Undo what was posted: what will be posted, then a reason and a date.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="books" file="endi_ext:web/templates/books.mako" />
<%block name="content">
<div class="endi-ext">
  <section class="data_display endi-ext-block">
    <h2>${exchange.label} ${parts.badge(badge)}</h2>
    ${books.exchange_facts(exchange)}
  </section>
  % if future:
  <section class="data_display endi-ext-block">
    <h2>${_('Ce qui sera enregistré')}</h2>
    <p>${_('Rien n’est effacé : les écritures d’origine restent au livre, et celles-ci les annulent.')}</p>
    % for entry in future:
    ${books.lines(entry.lines, _('Annulation de « {what} »', what=entry.text), titles)}
    % endfor
  </section>
  <div class="limited_width width60">${form|n}</div>
  % else:
  <p class="alert alert-info">${_('C’est déjà annulé : il n’y a plus rien à annuler.')}</p>
  ${parts.link_button(request.context.url, _('Retour à l’échange'))}
  % endif
</div>
</%block>
