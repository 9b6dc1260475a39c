<%doc>What comes next in a tender, and which questions wait.</%doc>
<%page args="next_steps, done, count, today, to_ask, awaited, answered, words" expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<section class="data_display endi-ext-block" id="endi_ext_tender_calendar">
  <h2>${_('Calendrier et questions')}</h2>
  <p>${_('Étapes faites : {done} sur {count}.', done=done, count=count)}</p>
  % if next_steps:
  <ul class="endi-ext-sentences">
    % for step in next_steps:
    <li>
      % if step.on:
      <time datetime="${step.on.isoformat()}">${day(step.on)}</time> –
      % endif
      ${words.name_of(step, request.endi_ext)}
      % if step.member:
      (${step.member.name})
      % endif
      ${parts.badge(words.of_step(step, today))}
    </li>
    % endfor
  </ul>
  % endif
  % if to_ask or awaited or answered:
  <p>${_('Questions à l’acheteur : à poser {to_ask}, en attente de réponse {awaited}, avec leur réponse {answered}.', to_ask=to_ask, awaited=awaited, answered=answered)}</p>
  % endif
  <div class="endi-ext-buttons">
    ${parts.link_button(request.context.at('calendar'), _('Tout le calendrier'))}
    ${parts.link_button(request.context.at('questions'), _('Questions à l’acheteur'))}
  </div>
</section>
