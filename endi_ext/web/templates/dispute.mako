<%doc>A dispute seen by one of its two sides: what is at stake, the outcome proposed, what was said.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="pieces" file="endi_ext:web/templates/dispute_parts.mako" />
<%block name="actionmenucontent">
<%
    mine = {'subcontract_id': subcontract.id, 'dispute_id': dispute.id}
    of_delivery = {'subcontract_id': subcontract.id, 'delivery_id': delivery.id}
%>
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  % if 'propose' in actions and on_the_table is None:
  ${parts.link_button(request.context.path('dispute.propose', **mine), _('Proposer une issue'), 'btn-primary')}
  % elif 'propose' in actions:
  ${parts.link_button(request.context.path('dispute.propose', **mine), _('Proposer une autre issue'))}
  % endif
  % if 'accept' in actions:
  ${parts.post_button(request.context.path('dispute.give_way', **mine), _('Lever mon opposition') if retention else _('Tout accepter'), '')}
  % endif
  % if 'withdraw' in actions and retention:
  ${parts.post_button(request.context.path('dispute.give_way', **mine), _('Renoncer à cette retenue'), 'negative')}
  % elif 'withdraw' in actions:
  ${parts.post_button(request.context.path('delivery.withdraw', **of_delivery), _('Retirer et corriger'), 'negative', hidden=(('again', '1'),))}
  % endif
  % if 'ask_arbitration' in actions:
  ${parts.link_button(request.context.path('dispute.arbitration', **mine), _('Demander l’arbitrage'))}
  % endif
  ${parts.link_button(request.context.path('delivery', **of_delivery), _('Retour à la livraison'))}
</div></div>
</%block>
<%block name="content">
<%
    mine = {'subcontract_id': subcontract.id, 'dispute_id': dispute.id}
    partner = request.context.partner.name
    theirs = on_the_table is not None and on_the_table.side != role
%>
<div class="endi-ext">
  <p class="endi-ext-lead">${parts.badge(badge)}
    % if dispute.state == 'closed':
    ${_('Ce différend est clos depuis le {at}.', at=moment(dispute.closed_at))}
    % elif theirs:
    ${_('{name} propose une issue : acceptez-la ou proposez-en une autre.', name=partner)}
    % elif dispute.expected in (role, 'both'):
    ${_('Une réponse de votre part est attendue.')}
    % elif dispute.expected == 'arbiter':
    ${_('L’arbitre doit se prononcer.') if dispute.arbiter_name else _('L’équipe d’appui doit désigner un arbitre.')}
    % else:
    ${_('{name} doit répondre.', name=partner)}
    % endif
    % if dispute.state != 'closed':
    ${(_('{amount} restent retenus jusqu’à la fin du différend.') if retention else _('{amount} sont en jeu : rien n’en est dû avant la fin du différend.')).format(amount=money(dispute.amount_cents))}
    % endif
  </p>
  % if outcome:
  ${pieces.ending(dispute, retention, outcome, ending, ended_by)}
  % endif
  % if on_the_table is not None:
  <section class="data_display endi-ext-block endi-ext-outcome">
    <h2>${_('L’issue proposée par {name}', name=names[on_the_table.side])}</h2>
    ${pieces.result(result_of(on_the_table))}
    % if on_the_table.text:
    <blockquote class="endi-ext-text">${on_the_table.text}</blockquote>
    % endif
    % if theirs and 'agree' in actions:
    <div class="endi-ext-buttons">
      ${parts.post_button(request.context.path('dispute.agree', **mine), _('Accepter cette issue'), hidden=(('proposal', on_the_table.number),))}
    </div>
    % endif
  </section>
  % endif
  ${pieces.contested(dispute, delivery, subcontract, retention)}
  ${pieces.conversation(dispute, messages, names, kinds, result_of, (lambda file: request.context.path('dispute.file', file_id=file.id, **mine)) if may_open_files else None)}
  % if form:
  <section class="endi-ext-block limited_width width60">
    <h2>${_('Répondre')}</h2>
    ${form|n}
  </section>
  % endif
  <section class="data_display endi-ext-block">
    <h2>${_('Historique')}</h2>
    ${parts.history(events, step_of)}
  </section>
</div>
</%block>
