<%doc>What happened to a delivery.</%doc>
<%page args="events, step_of" expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<section class="data_display endi-ext-block">
  <h2>${_('Historique')}</h2>
  ${parts.history(events, step_of)}
</section>
