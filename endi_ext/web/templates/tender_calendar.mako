<%doc>The calendar of a tender: steps counted back from the deadline.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  % if may:
  ${parts.link_button(request.context.at('step.add'), _('Ajouter une étape'))}
  % endif
  ${parts.link_button(request.context.at('calendar.ics'), _('Vers mon agenda (.ics)'))}
  ${parts.link_button(request.context.path('tender', tender_id=tender.id), _('Retour à la consultation'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-lead">
    % if tender.deadline:
    ${_('Date limite de remise : {at}.', at=moment(tender.deadline))}
    ${_('Les dates se comptent à rebours : si l’acheteur la déplace, elles suivent. Quand le temps manque, elles se resserrent.')}
    % else:
    ${_('La date limite n’est pas connue : donnez une date aux étapes qui en ont une.')}
    % endif
  </p>
  <section class="data_display endi-ext-block">
    <h2>${_('Étapes')}</h2>
    <div class="table_container endi-ext-reflow">
      <table class="hover_table endi-ext-cards">
        <caption class="screen-reader-text">${_('Étapes')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_date">${_('Pour le')}</th>
            <th scope="col" class="col_text">${_('Étape')}</th>
            <th scope="col" class="col_text">${_('Qui s’en charge')}</th>
            <th scope="col" class="col_text">${_('État')}</th>
            % if may:
            <th scope="col" class="col_text">${_('Actions')}</th>
            % endif
          </tr>
        </thead>
        <tbody>
          % for step in steps:
          <% name = words.name_of(step, request.endi_ext) %>
          <tr>
            <td class="col_date ${'' if step.on else 'endi-ext-void'}" data-label="${_('Pour le')}">${day(step.on) if step.on else ''}</td>
            <th scope="row" class="col_text" data-label="${_('Étape')}">
              % if may and not step.done:
              <a href="${request.context.at('step.arrange', step_key=step.key)}">${name}</a>
              % else:
              ${name}
              % endif
            </th>
            <td class="col_text" data-label="${_('Qui s’en charge')}">${step.member.name if step.member else _('Qui mène la réponse')}</td>
            <td class="col_text" data-label="${_('État')}">${parts.badge(words.of_step(step, today))}
              % if step.done_by:
              <small>${step.done_by}</small>
              % endif
            </td>
            % if may:
            <td class="col_text ${'' if step.done_by or not step.done else 'endi-ext-void'}" data-label="${_('Actions')}">
              % if not step.done:
              ${parts.post_button(request.context.at('step.finish', step_key=step.key), _('C’est fait'), '', hidden=(('done', '1'),))}
              % elif step.done_by:
              ${parts.post_button(request.context.at('step.finish', step_key=step.key), _('Pas encore'), '', hidden=(('done', '0'),))}
              % endif
            </td>
            % endif
          </tr>
          % endfor
        </tbody>
      </table>
    </div>
  </section>
</div>
</%block>
