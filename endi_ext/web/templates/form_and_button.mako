<%doc>One form, and above it a button that posts elsewhere: `beside` is (address, label).</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/form.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  ${parts.post_button(beside[0], _(beside[1]), 'negative')}
</div></div>
</%block>
