<%doc>A part of the technical proposal: what is asked, what is written, the form that writes it.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  % if may:
  ${parts.link_button(request.context.at('part.arrange', part_id=part.id), _('Qui l’écrit, pour quand'))}
  ${parts.post_button(request.context.at('part.remove', part_id=part.id), _('Retirer du plan'), 'negative')}
  % endif
  ${parts.link_button(request.context.at('proposal'), _('Retour au mémoire'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-lead">${parts.badge(words.PART[part.state])}
    % if part.member:
    ${_('{name} l’écrit.', name=part.member.name)}
    % endif
    % if part.due_on:
    ${_('Pour le {on}.', on=day(part.due_on))}
    % endif
    ${_('Dernier changement : {name}, le {at}.', name=part.changed_name, at=moment(part.changed_at))}
  </p>
  % if part.guidance:
  <p class="endi-ext-intro">${part.guidance}</p>
  % endif
  % if part.file:
  <p>${_('Fichier joint :')}
    % if request.context.may_act:
    <a href="${request.context.at('part.file', part_id=part.id)}">${part.file.name}</a>
    % else:
    ${part.file.name}
    % endif
  </p>
  % endif
  % if form:
  <div class="limited_width width60">${form|n}</div>
  % elif part.text:
  <blockquote class="endi-ext-text">${part.text}</blockquote>
  % else:
  ${parts.empty(_('Rien n’est encore écrit ici.'))}
  % endif
</div>
</%block>
