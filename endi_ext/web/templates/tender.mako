<%doc>A tender: a badge, what waits, then the sections each domain adds (web/panels).</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  ${parts.panel_buttons(panels)}
  ${parts.link_button(request.context.path('tenders'), _('Retour à la liste'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  ${parts.lead(badge, panels)}
  ${parts.sections(panels)}
</div>
</%block>
