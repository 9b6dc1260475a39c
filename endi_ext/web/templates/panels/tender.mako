<%doc>What a tender is about.</%doc>
<%page args="tender" expression_filter="h"/>
<section class="data_display endi-ext-block" id="endi_ext_tender">
  <h2>${_('La consultation')}</h2>
  <dl class="endi-ext-facts">
    <dt>${_('Acheteur')}</dt><dd>${tender.buyer_name or '–'}</dd>
    % if tender.deadline:
    <dt>${_('Date limite')}</dt><dd><time datetime="${tender.deadline.isoformat()}">${moment(tender.deadline)}</time></dd>
    % endif
  </dl>
  <ul>
    % for lot in tender.lots:
    <li>${lot.title}</li>
    % endfor
  </ul>
</section>
