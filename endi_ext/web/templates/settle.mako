<%doc>Settle all or part of an exchange.</%doc>
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
  % if exchange.payable_cents or failed:
  <div class="limited_width width60">${form|n}</div>
  % elif exchange.retained_cents:
  <p class="alert alert-info">${_('Ce qui reste est en retenue de garantie : cela se règle une fois la retenue libérée.')}</p>
  ${parts.link_button(request.context.url, _('Retour à l’échange'))}
  % else:
  <p class="alert alert-info">${_('Il ne reste rien à régler.')}</p>
  ${parts.link_button(request.context.url, _('Retour à l’échange'))}
  % endif
</div>
</%block>
