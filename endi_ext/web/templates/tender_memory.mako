<%doc>What the teams of a party know of tenders that ended.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="search" file="endi_ext:web/templates/tender_search.mako" />
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  ${parts.link_button(request.context.path('tenders'), _('Retour aux appels d’offres'))}
  ${parts.link_button(request.context.path('tenders.awards'), _('Marchés attribués'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-intro">${_('Les réponses terminées de vos équipes : résultat, prix, concurrents, ce que l’acheteur en a dit. De quoi préparer la prochaine. Montants HT.')}</p>
  ${search.form(typed, choices, _('Résultat'))}
  % if not found:
  ${parts.empty(_('Rien ne correspond.') if any(typed.values()) else _('Aucune réponse n’est encore terminée : leurs résultats resteront ici.'))}
  % else:
  <div class="table_container endi-ext-reflow">
    <table class="hover_table endi-ext-cards">
      <caption class="screen-reader-text">${_('Mémoire des réponses')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Consultation')}</th>
          <th scope="col" class="col_text">${_('Résultat')}</th>
          <th scope="col" class="col_number">${_('Notre prix')}</th>
          <th scope="col" class="col_text">${_('Attributaire')}</th>
          <th scope="col" class="col_number">${_('Son prix')}</th>
          <th scope="col" class="col_number">${_('Écart')}</th>
        </tr>
      </thead>
      <tbody>
        % for one in found:
        <% result, winner = one.result, one.winner %>
        <tr>
          <th scope="row" class="col_text" data-label="${_('Consultation')}">
            <a href="${request.context.path('tender.outcome', tender_id=one.tender.id)}">${one.tender.title}</a>
            % if one.lot is not None and (one.lot.key or one.lot.title != one.tender.title):
            <span class="endi-ext-before">${one.lot.title}</span>
            % endif
            <span class="endi-ext-before">${one.tender.buyer_name}</span>
            % if result and result.reason:
            <span class="endi-ext-before endi-ext-text">« ${result.reason} »</span>
            % elif one.lot is None and one.tender.outcome_reason:
            <span class="endi-ext-before endi-ext-text">« ${one.tender.outcome_reason} »</span>
            % endif
          </th>
          <td class="col_text" data-label="${_('Résultat')}">${parts.badge(outcomes[one.outcome])}
            % if result and result.reason_kind and one.outcome == 'lost':
            <span class="endi-ext-before">${_(reason_words[result.reason_kind])}</span>
            % endif
            % if result and result.our_rank:
            <span class="endi-ext-before">${_('Classement : {rank} sur {count}', rank=result.our_rank, count=result.bidder_count) if result.bidder_count else _('Classement : {rank}', rank=result.our_rank)}</span>
            % endif
          </td>
          <td class="col_number" data-label="${_('Notre prix')}">${money(result.our_cents) if result and result.our_cents is not None else '–'}</td>
          <td class="col_text" data-label="${_('Attributaire')}">${winner.name if winner else '–'}</td>
          <td class="col_number" data-label="${_('Son prix')}">${money(winner.amount_cents) if winner and winner.amount_cents is not None else '–'}</td>
          <td class="col_number" data-label="${_('Écart')}">${('+' if one.gap_bp > 0 else '') + percent(one.gap_bp) if one.gap_bp is not None else '–'}</td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
  % if cut:
  <p class="endi-ext-note">${_('Seules les plus récentes sont montrées : cherchez par mot ou par code CPV pour trouver les autres.')}</p>
  % endif
  % endif
</div>
</%block>
