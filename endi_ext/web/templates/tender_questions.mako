<%doc>The questions to the buyer, and the answers.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  % if may:
  ${parts.link_button(request.context.at('question.new'), _('Écrire une question'), 'btn-primary')}
  % endif
  ${parts.link_button(request.context.path('tender', tender_id=tender.id), _('Retour à la consultation'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-intro">${_('Une question se pose sur la plateforme de l’acheteur, et tous les candidats lisent la réponse. Préparez-les ici à plusieurs, posez-les là-bas, puis notez ce qui est répondu.')}
    % if tender.submission_url or tender.documents_url:
    <a href="${tender.submission_url or tender.documents_url}" rel="noopener noreferrer">${_('Ouvrir la plateforme')}</a>
    % endif
    % if last_step and last_step.on and not last_step.done:
    ${_('À poser avant le {on} ; le règlement de la consultation dit jusqu’à quand elles sont reçues.', on=day(last_step.on))}
    % endif
  </p>
  % for question in questions:
  <section class="data_display endi-ext-block">
    <h2>${_('Question n° {number}', number=question.number)} ${parts.badge(words.QUESTION[question.state])}</h2>
    <blockquote class="endi-ext-text">${question.text}</blockquote>
    <p class="endi-ext-when">${_('{name}, le {at}', name=question.written_name, at=moment(question.written_at))}
      % if question.sent_on:
      – ${_('posée le {on}', on=day(question.sent_on))}
      % endif
    </p>
    % if question.answer:
    <h3>${_('Réponse de l’acheteur, le {on}', on=day(question.answered_on))}</h3>
    <blockquote class="endi-ext-text">${question.answer}</blockquote>
    % endif
    % if may:
    <div class="endi-ext-buttons">
      % if question.state == 'draft':
      ${parts.link_button(request.context.at('question.ask', question_id=question.id), _('Elle est posée'), 'btn-primary')}
      ${parts.link_button(request.context.at('question.change', question_id=question.id), _('Changer'))}
      ${parts.post_button(request.context.at('question.withdraw', question_id=question.id), _('Abandonner'), '')}
      % elif question.state == 'sent':
      ${parts.link_button(request.context.at('question.answer', question_id=question.id), _('Noter la réponse'), 'btn-primary')}
      % elif question.state == 'answered':
      ${parts.link_button(request.context.at('question.answer', question_id=question.id), _('Corriger la réponse notée'))}
      % endif
    </div>
    % endif
  </section>
  % endfor
  % if not questions:
  ${parts.empty(_('Aucune question pour l’instant.'))}
  % endif
</div>
</%block>
