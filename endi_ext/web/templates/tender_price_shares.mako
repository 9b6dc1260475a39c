<%doc>Who does what of a lot, line by line, with what remains while one types.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="headjs">
${parent.headjs()}
<script src="${static('prices.js')}" defer="defer"></script>
</%block>
<%block name="css">
${parent.css()}
<link rel="stylesheet" href="${static('prices.css')}" />
</%block>
<%block name="content">
<div class="endi-ext">
  % if empty:
  ${parts.empty(_('Ce lot n’a pas encore de prix à répartir.'))}
  ${parts.link_button(request.context.url, _('Retour aux prix'))}
  % else:
  % if pages:
  ${parts.picks(_('Pages de lignes'), [(address(request, page=number), str(number), current) for number, current in pages])}
  % endif
  ${form|n}
  % endif
</div>
</%block>
