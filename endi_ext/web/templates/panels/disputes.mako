<%doc>The disputes of a subcontract that are not closed.</%doc>
<%page args="rows" expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<section class="data_display endi-ext-block">
  <h2>${_('Différends en cours')}</h2>
  <ul class="endi-ext-tasks">
    % for row in rows:
    <li>
      <p>${parts.badge(row.badge)} <a href="${row.url}">${row.title}</a> (${money(row.amount_cents)})</p>
    </li>
    % endfor
  </ul>
</section>
