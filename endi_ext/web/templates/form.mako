<%doc>One form and nothing else.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%block name="content">
<div class="endi-ext limited_width width60">
  % if intro is not UNDEFINED and intro:
  <p class="endi-ext-intro">${_(intro)}</p>
  % endif
  ${form|n}
</div>
</%block>
