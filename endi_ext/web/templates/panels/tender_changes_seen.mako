<%doc>What newer notices changed and was seen.</%doc>
<%page args="shown" expression_filter="h"/>
<%namespace name="of_tenders" file="endi_ext:web/templates/tender_parts.mako" />
<details class="endi-ext-details"><summary>${_('Changements de l’acheteur, déjà vus ({count})', count=len(shown))}</summary>
  % for one in shown:
  ${of_tenders.one_change(one)}
  % endfor
</details>
