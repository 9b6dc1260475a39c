<%doc>The end of a tender: its deposits, what became of each lot, who else bid.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="actionmenucontent">
<% at = request.context.at %>
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  % if 'submit' in actions:
  ${parts.link_button(at('submit'), _('Noter le dépôt de l’offre'), 'btn-primary')}
  % endif
  % if 'send_agreements' in actions:
  ${parts.link_button(at('agreements'), _('Accords de l’équipe'), 'btn-primary')}
  % endif
  % if 'take_back' in actions:
  ${parts.link_button(at('take_back'), _('Reprendre l’offre'))}
  % endif
  % if 'correct_outcome' in actions:
  ${parts.link_button(at('correct'), _('Corriger le résultat'))}
  % endif
  % if 'abandon' in actions:
  ${parts.link_button(at('abandon'), _('Abandonner'), 'negative')}
  % endif
  ${parts.link_button(request.context.url, _('Retour à la consultation'))}
</div></div>
</%block>
<%block name="content">
<% at = request.context.at %>
<div class="endi-ext">
  <p class="endi-ext-lead">${parts.badge(badge)}
    % if tender.state == 'submitted':
    ${_('L’offre est chez l’acheteur : notez le résultat de chaque lot dès que vous le recevez.')}
    % elif tender.state == 'answering':
    ${_('L’offre n’est pas encore déposée.')}
    % elif tender.state == 'preparing':
    ${_('L’équipe n’a pas encore décidé de répondre.')}
    % endif
  </p>
  % if tender.outcome_reason:
  <blockquote class="endi-ext-text">${tender.outcome_reason}</blockquote>
  % endif
  <section class="data_display endi-ext-block">
    <h2>${_('Dépôts')}</h2>
    % if not submissions:
    ${parts.empty(_('Aucun dépôt n’est noté.'))}
    % else:
    <div class="table_container endi-ext-reflow">
      <table class="endi-ext-cards">
        <caption class="screen-reader-text">${_('Dépôts')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_text">${_('Dépôt')}</th>
            <th scope="col" class="col_date">${_('Déposé')}</th>
            <th scope="col" class="col_number">${_('Prix déposé HT')}</th>
            <th scope="col" class="col_text">${_('Accusé de réception')}</th>
            <th scope="col" class="col_text">${_('Noté par')}</th>
          </tr>
        </thead>
        <tbody>
          % for one in submissions:
          <tr>
            <th scope="row" class="col_text" data-label="${_('Dépôt')}">${_('n° {number}', number=one.number)}
              % if one.taken_back_at:
              <span class="endi-ext-mark">${_('repris le {on}', on=moment(one.taken_back_at))}</span>
              % endif
            </th>
            <td class="col_date" data-label="${_('Déposé')}">${moment(one.submitted_at)}
              % if one.late:
              <span class="endi-ext-mark">${_('après la date limite')}</span>
              % endif
            </td>
            <td class="col_number" data-label="${_('Prix déposé HT')}">${money(one.total_cents) if one.total_cents is not None else '–'}</td>
            <td class="col_text" data-label="${_('Accusé de réception')}">${one.reference or '–'}
              % if one.file:
              <a class="endi-ext-before" href="${at('proof', submission_id=one.id)}">${one.file.name}</a>
              % endif
            </td>
            <td class="col_text" data-label="${_('Noté par')}">${one.actor_name}
              % if one.note:
              <span class="endi-ext-before endi-ext-text">${one.note}</span>
              % endif
            </td>
          </tr>
          % endfor
        </tbody>
      </table>
    </div>
    % endif
  </section>
  <section class="data_display endi-ext-block">
    <h2>${_('Résultat de chaque lot')}</h2>
    % for lot in tender.lots:
    % if lot.answered:
    <% row = results.get(lot.id) %>
    <article class="endi-ext-lot">
      <h3>${f'{lot.key} – ' if lot.key else ''}${lot.title} ${parts.badge(outcome_badges[lot.outcome])}</h3>
      % if row and (row.outcome == lot.outcome or row.competitors):
      <dl class="endi-ext-facts">
        % if row.decided_on and row.outcome == lot.outcome:
        <%parts:fact name="${_('Décidé le')}">${day(row.decided_on)}</%parts:fact>
        % endif
        % if row.our_cents is not None:
        <%parts:fact name="${_('Notre prix HT')}">${money(row.our_cents)}</%parts:fact>
        % endif
        % if row.our_rank:
        <%parts:fact name="${_('Notre classement')}">${_('{rank} sur {count}', rank=row.our_rank, count=row.bidder_count) if row.bidder_count else row.our_rank}</%parts:fact>
        % elif row.bidder_count:
        <%parts:fact name="${_('Offres reçues')}">${row.bidder_count}</%parts:fact>
        % endif
        % if row.reason_kind:
        <%parts:fact name="${_('Pourquoi')}">${_(reason_words[row.reason_kind])}</%parts:fact>
        % endif
      </dl>
      % if row.reason:
      <blockquote class="endi-ext-text">${row.reason}</blockquote>
      % endif
      % if row.competitors:
      <div class="table_container endi-ext-reflow">
        <table class="endi-ext-cards">
          <caption class="screen-reader-text">${_('Concurrents connus : {lot}', lot=lot.title)}</caption>
          <thead>
            <tr>
              <th scope="col" class="col_text">${_('Concurrent')}</th>
              <th scope="col" class="col_number">${_('Prix HT')}</th>
            </tr>
          </thead>
          <tbody>
            % for rival in row.competitors:
            <tr>
              <th scope="row" class="col_text" data-label="${_('Concurrent')}">${rival.name}
                % if rival.is_winner:
                <span class="endi-ext-mark">${_('attributaire')}</span>
                % endif
              </th>
              <td class="col_number" data-label="${_('Prix HT')}">${money(rival.amount_cents) if rival.amount_cents is not None else '–'}</td>
            </tr>
            % endfor
          </tbody>
        </table>
      </div>
      % endif
      % endif
      % if 'note_result' in actions:
      <p><a class="btn" href="${at('result', lot_id=lot.id)}">${_('Noter le résultat') if lot.outcome == 'none' else _('Compléter')}<span class="screen-reader-text"> : ${lot.title}</span></a></p>
      % endif
    </article>
    % endif
    % endfor
  </section>
</div>
</%block>
