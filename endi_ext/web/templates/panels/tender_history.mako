<%doc>What happened to a tender.</%doc>
<%page args="events, step_of" expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<section class="data_display endi-ext-block" id="endi_ext_tender_history">
  <h2>${_('Historique')}</h2>
  ${parts.history(events, step_of)}
</section>
