<%doc>The tenders a party sees.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%block name="content">
<div class="endi-ext">
  % if found:
  <ul>
    % for tender in found:
    <li><a href="${request.context.path('tender', tender_id=tender.id)}">${tender.title}</a></li>
    % endfor
  </ul>
  % else:
  <p>${_('Aucune consultation pour l’instant.')}</p>
  % endif
</div>
</%block>
