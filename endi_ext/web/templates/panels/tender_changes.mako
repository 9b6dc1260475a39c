<%doc>What newer notices changed and was not seen yet.</%doc>
<%page args="shown, seen_url" expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="of_tenders" file="endi_ext:web/templates/tender_parts.mako" />
<section class="data_display endi-ext-block" id="endi_ext_tender_changes">
  <h2>${_('L’acheteur a changé la consultation')}</h2>
  <div class="alert alert-warning" role="note"><p>${_('Relisez ce qui suit avec votre équipe : les prix, les pièces et les dates peuvent en dépendre.')}</p></div>
  % for one in shown:
  ${of_tenders.one_change(one)}
  % endfor
  % if seen_url:
  <div class="endi-ext-buttons">${parts.post_button(seen_url, _('J’ai vu ce qui a changé'))}</div>
  % endif
</section>
