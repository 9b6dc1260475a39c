<%doc>A question with all that was written, as the accountants or the party asked see it.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  % if for_accountants:
  % if question.state != 'closed':
  ${parts.post_button(request.route_path('endi_ext.question_any.close', question_id=question.id), _('Fermer la question'), 'btn-primary' if question.state == 'answered' else '')}
  % endif
  % if subject_url:
  ${parts.link_button(subject_url, _('Voir ce dont il s’agit'))}
  % endif
  ${parts.link_button(request.route_path('endi_ext.questions'), _('Retour à la liste'))}
  % else:
  ${parts.link_button(request.context.path('home'), _('Retour à ce qui vous attend'))}
  % endif
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-lead">${parts.badge(badge)}
    % if for_accountants and question.state == 'asked':
    ${_('{name} doit répondre.', name=question.party.name)}
    % elif question.state == 'asked':
    ${_('La comptabilité attend votre réponse.')}
    % elif question.state == 'closed':
    ${_('Cette question est close depuis le {at}.', at=moment(question.closed_at))}
    % elif not for_accountants:
    ${_('Votre réponse est transmise ; vous pouvez la compléter.')}
    % endif
  </p>
  <section class="data_display endi-ext-block">
    <h2>${question.title}</h2>
    <dl class="endi-ext-facts">
      % if for_accountants:
      <%parts:fact name="${_('Enseigne')}">${question.party.name}</%parts:fact>
      % endif
      <%parts:fact name="${_('Date')}">${day(question.on_day)}</%parts:fact>
      % if question.amount_cents:
      <%parts:fact name="${_('Montant')}">${money(question.amount_cents)}</%parts:fact>
      % endif
    </dl>
  </section>
  <section class="data_display endi-ext-block">
    <h2>${_('Messages')}</h2>
    <ol class="endi-ext-messages">
      % for message in question.messages:
      <li>
        <p><strong>${message.author_name}</strong> <small>${_('pour la comptabilité') if message.side == 'accountant' else _('pour {name}', name=question.party.name)}, ${moment(message.written_at)}</small></p>
        % if message.text:
        <blockquote class="endi-ext-text">${message.text}</blockquote>
        % endif
        % if message.files:
        <ul>
          % for file in message.files:
          <li><a href="${file_url(file)}">${file.name}</a> <small>(${_('{size} Ko', size=quantity((file.size_bytes + 1023) // 1024 * 1000))})</small></li>
          % endfor
        </ul>
        % endif
      </li>
      % endfor
    </ol>
  </section>
  % if may_answer or failed:
  <section class="endi-ext-block limited_width width60">
    <h2>${_('Demander autre chose') if for_accountants else _('Répondre')}</h2>
    ${form|n}
  </section>
  % endif
  <section class="data_display endi-ext-block">
    <h2>${_('Historique')}</h2>
    ${parts.history(events, step_of)}
  </section>
</div>
</%block>
