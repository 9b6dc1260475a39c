<%doc>How a tender ends, in short: the deposit, what became of the lots, the agreements; the rest on its pages.</%doc>
<%page args="party, tender, deposit, results, agreements, deal_label, at" expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<section class="data_display endi-ext-block" id="endi_ext_outcome">
  <h2>${_('Dépôt et résultat')}</h2>
  % if not (deposit or results or deal_label):
  <p>${_('L’offre n’est pas encore déposée.') if tender.state == 'answering' else _('Aucun dépôt n’est noté.')}</p>
  % else:
  <dl class="endi-ext-facts">
    % if deposit:
    <%parts:fact name="${_('Offre déposée')}">${moment(deposit.submitted_at)}
      % if deposit.late:
      <span class="endi-ext-mark">${_('après la date limite')}</span>
      % endif
    </%parts:fact>
    % if deposit.total_cents is not None:
    <%parts:fact name="${_('Prix déposé HT')}"><strong>${money(deposit.total_cents)}</strong></%parts:fact>
    % endif
    % if deposit.file:
    <%parts:fact name="${_('Preuve')}"><a href="${at('proof', submission_id=deposit.id)}">${deposit.file.name}</a></%parts:fact>
    % endif
    % endif
    % for lot, badge in results:
    <%parts:fact name="${lot.title}">${parts.badge(badge)}</%parts:fact>
    % endfor
    % if deal_label:
    <%parts:fact name="${_('Affaire du client')}">${deal_label}</%parts:fact>
    % endif
  </dl>
  % endif
  % if tender.outcome_reason:
  <blockquote class="endi-ext-text">${tender.outcome_reason}</blockquote>
  % endif
  % if agreements:
  <ul class="endi-ext-sentences">
    % for made, badge in agreements:
    <li>${_('Accord avec {name}', name=made.member.name if made.subcontract.seller_id != party.id else made.subcontract.buyer.name)} ${parts.badge(badge)}</li>
    % endfor
  </ul>
  % endif
  <p class="endi-ext-buttons">
    ${parts.link_button(at('outcome'), _('Dépôt et résultat'))}
    % if tender.state == 'won':
    ${parts.link_button(at('agreements'), _('Accords de l’équipe'))}
    ${parts.link_button(at('trace'), _('L’argent, ligne par ligne'))}
    % endif
  </p>
</section>
