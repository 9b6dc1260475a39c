<%doc>A line of the price schedule: added, changed, or taken away.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="content">
<div class="endi-ext limited_width width60">
  ${form|n}
  % if line is not None:
  <section class="endi-ext-block">
    <h2>${_('Retirer cette ligne')}</h2>
    <p>${_('Sa répartition part avec elle.')}</p>
    ${parts.post_button(request.context.at('prices.remove'), _('Retirer la ligne'), 'negative', (('line', line.id),))}
  </section>
  % endif
</div>
</%block>
