<%doc>One version of a subcontract: what it said, what it changed, who signed it.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="terms" file="endi_ext:web/templates/terms.mako" />
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  ${parts.link_button(request.context.path('subcontract', subcontract_id=subcontract.id), _('Retour à la sous-traitance'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-intro">
    ${_('Proposée par {name} le {at}.', name=version.proposed_by.name, at=moment(version.created_at))}
    % if version.amendment:
    ${_('Elle appartient à l’avenant n° {number}.', number=version.amendment.number)}
    % endif
    % if previous:
    ${_('Les changements par rapport à la version {number} sont signalés ci-dessous.', number=previous.number)}
    % endif
  </p>
  <section class="data_display endi-ext-block">
    <dl class="endi-ext-facts">
      ${terms.facts(version, previous, conditions, subcontract.kind == 'frame')}
    </dl>
    % if version.message:
    <blockquote class="endi-ext-text">${version.message}</blockquote>
    % endif
    ${terms.lines(version, changes, False, subcontract.kind == 'frame')}
    ${terms.signatures(version)}
  </section>
</div>
</%block>
