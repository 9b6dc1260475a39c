<%doc>The life of an agreement: what happened, oldest first, then what is to come.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  ${parts.link_button(request.context.path('subcontract', subcontract_id=subcontract.id), _('Retour à la sous-traitance'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  <section class="data_display endi-ext-block">
    <h2>${_('Ce qui s’est passé')}</h2>
    <ol class="endi-ext-history">
      % for moment_ in moments:
      <% event = moment_.event %>
      <li>
        <p><strong>${event.actor_name}</strong> ${_(step_of(event))}
          % if moment_.delivery_number:
          (${_('livraison n° {number}', number=moment_.delivery_number)})
          % endif
          % if moment_.cents is not None:
          – <strong>${money(moment_.cents)}</strong>
          % endif
        </p>
        <p class="endi-ext-when"><time datetime="${event.at.isoformat()}">${moment(event.at)}</time></p>
        % if event.reason:
        <blockquote class="endi-ext-text">${event.reason}</blockquote>
        % endif
      </li>
      % endfor
    </ol>
  </section>
  <section class="data_display endi-ext-block">
    <h2>${_('À venir')}</h2>
    % if not milestones:
    ${parts.empty(_('Aucune date à venir.'))}
    % else:
    <ol class="endi-ext-history">
      % for one in milestones:
      <li>
        <p>${_(to_come[one.kind])}
          % if one.delivery_number:
          (${_('livraison n° {number}', number=one.delivery_number)})
          % endif
          % if one.cents is not None:
          – <strong>${money(one.cents)}</strong>
          % endif
        </p>
        <p class="endi-ext-when"><time datetime="${one.on.isoformat()}">${day(one.on)}</time></p>
      </li>
      % endfor
    </ol>
    % endif
  </section>
</div>
</%block>
