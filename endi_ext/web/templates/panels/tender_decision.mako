<%doc>What a team decided, or where it stands.</%doc>
<%page args="stands, latest, deciding, overall, words" expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<section class="data_display endi-ext-block" id="endi_ext_tender_decision">
  <h2>${_('Répondre ou non ?')}</h2>
  % if deciding:
  <p>${_('Pour : {go} · Contre : {no_go} · Abstentions : {abstain} · Attendus : {missing}', go=stands.count.go, no_go=stands.count.no_go, abstain=stands.count.abstain, missing=stands.count.missing)}</p>
  <p>${_(words.VERDICTS[stands.verdict])}
    % if stands.closes_on and not stands.over:
    ${_('Dernier jour pour s’exprimer : {on}.', on=day(stands.closes_on))}
    % endif
    % if overall is not None:
    ${_('La grille donne {score} sur 5.', score=amount(overall))}
    % endif
  </p>
  % elif latest is not None and latest.state != 'open':
  <p>${parts.badge(words.DECISIONS[latest.state])} ${_('décidé par {name} le {on}', name=latest.closed_by, on=moment(latest.closed_at))}</p>
  % if latest.statement:
  <blockquote class="endi-ext-text">${latest.statement}</blockquote>
  % endif
  % else:
  ${parts.empty(_('Aucune décision n’est notée.'))}
  % endif
  <p>${parts.link_button(request.context.at('decision'), _('Positions, règle et grille'))}</p>
</section>
