<%doc>Who answers a tender together; to who is invited, what they are asked.</%doc>
<%page args="present, mine, bidder, steers, words, states" expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<section class="data_display endi-ext-block" id="endi_ext_tender_team">
  <h2>${_('L’équipe')}</h2>
  % if mine is not None:
  <dl class="endi-ext-facts">
    <%parts:fact name="${_('Votre rôle')}">${_(words.role_of(mine))}</%parts:fact>
    % if mine.mission:
    <%parts:fact name="${_('Votre mission')}"><span class="endi-ext-text">${mine.mission}</span></%parts:fact>
    % endif
    % if mine.answer_by:
    <%parts:fact name="${_('Réponse attendue au plus tard le')}">${day(mine.answer_by)}</%parts:fact>
    % endif
  </dl>
  % endif
  <ul class="endi-ext-sentences">
    % for member in present:
    <li class="${'endi-ext-out' if member.state == 'invited' else ''}"><strong>${member.name}</strong> – ${_(words.role_of(member))} ${parts.badge(states.of_member(member))}
      % if member.outside:
      <small>${_('extérieure, SIRET {siret}', siret=member.siret)}</small>
      % endif
    </li>
    % endfor
  </ul>
  <p>
    % if bidder.grouped:
    ${_('{name} répond en groupement avec {firms}.', name=bidder.name, firms=', '.join(one.name for one in bidder.partners))}
    % else:
    ${_('Pour l’acheteur, le candidat est {name} : une seule entreprise, une seule offre.', name=bidder.name)}
    % endif
    % if bidder.subcontractors:
    ${_('En sous-traitance : {firms}.', firms=', '.join(one.name for one in bidder.subcontractors))}
    % endif
  </p>
  <p class="endi-ext-buttons">
    % if steers:
    ${parts.link_button(request.context.at('candidates'), _('Trouver des partenaires'))}
    % endif
    ${parts.link_button(request.context.at('team'), _('Toute l’équipe'))}
  </p>
</section>
