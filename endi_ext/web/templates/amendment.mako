<%doc>An amendment beside what it changes, and how one answers.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="terms" file="endi_ext:web/templates/terms.mako" />
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  % if 'accept' in actions:
  ${parts.post_button(request.context.address('amendment.accept'), _('Accepter et signer l’avenant'), hidden=(('version', version.number),))}
  % endif
  % if 'counter' in actions:
  ${parts.link_button(request.context.address('amendment.counter'), _('Répondre avec des changements'))}
  % endif
  % if 'decline' in actions:
  ${parts.link_button(request.context.address('amendment.decline'), _('Refuser l’avenant'), 'negative')}
  % endif
  % if 'withdraw' in actions:
  ${parts.link_button(request.context.address('amendment.withdraw'), _('Retirer mon avenant'), 'negative')}
  % endif
  ${parts.link_button(request.context.address('amendment.paper'), _('Avenant (PDF)'))}
  ${parts.link_button(request.context.path('subcontract', subcontract_id=subcontract.id), _('Retour à la sous-traitance'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-lead">${parts.badge(badge)}
    % if 'accept' in actions:
    ${_('{name} attend votre réponse.', name=amendment.proposed_by.name)}
    % elif amendment.state == 'proposed':
    ${_('{name} doit répondre.', name=request.context.partner.name if amendment.proposed_by_id == request.context.party.id else request.context.party.name)}
    % endif
  </p>
  <section class="data_display endi-ext-block">
    <h2>${_('Ce qui change')}</h2>
    <dl class="endi-ext-facts">
      <%parts:fact name="${_('Accord modifié')}"><a href="${request.context.path('subcontract', subcontract_id=subcontract.id)}">${subcontract.title}</a></%parts:fact>
      ${terms.facts(version, previous, conditions, subcontract.kind == 'frame')}
      <%parts:fact name="${_('Version')}">
        ${_('n° {number}, proposée par {name} le {at}', number=version.number, name=version.proposed_by.name, at=moment(version.created_at))}
        % if answered:
        <a href="${request.context.path('subcontract.version', subcontract_id=subcontract.id, version_number=version.number)}">${_('Voir ce qui diffère de la version {number}', number=answered.number)}</a>
        % endif
      </%parts:fact>
    </dl>
    % if version.message:
    <blockquote class="endi-ext-text">${version.message}</blockquote>
    % endif
    ${terms.lines(version, changes, False, subcontract.kind == 'frame')}
    ${terms.signatures(version)}
  </section>
  <section class="data_display endi-ext-block">
    <h2>${_('Historique')}</h2>
    ${parts.history(events, step_of)}
  </section>
</div>
</%block>
