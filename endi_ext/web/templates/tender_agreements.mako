<%doc>The agreements made of the shares of a tender that is won, and where the money of each stands.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="actionmenucontent">
<% at = request.context.at %>
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  % if 'send_agreements' in actions and any(one.obstacle is None for one in prepared):
  ${parts.link_button(at('agreements.send'), _('Préparer les accords'), 'btn-primary')}
  % endif
  % if 'link_deal' in actions and knows_clients:
  ${parts.link_button(at('deal'), _('Rattacher l’affaire du client'))}
  ${parts.link_button(at('invoice'), _('Suivre une facture du client'))}
  % endif
  ${parts.link_button(at('trace'), _('L’argent, ligne par ligne'))}
  ${parts.link_button(request.context.url, _('Retour à la consultation'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-lead">${parts.badge(tender_badge)}
    % if tender.state != 'won':
    ${_('Les accords se préparent à partir des parts, une fois un lot gagné.')}
    % elif 'send_agreements' in actions and any(one.obstacle is None for one in prepared):
    ${_('Les parts sont prêtes à devenir des accords : relisez-les, puis envoyez-les tous à la signature.')}
    % endif
  </p>
  % if deal:
  <dl class="endi-ext-facts">
    <%parts:fact name="${_('Affaire du client')}">${deal.label} – ${deal.client}</%parts:fact>
    <%parts:fact name="${_('Vendu HT')}">${money(deal.sold_cents)}</%parts:fact>
  </dl>
  % endif
  % if made:
  <div class="table_container endi-ext-reflow">
    <table class="endi-ext-cards">
      <caption class="screen-reader-text">${_('Accords de l’équipe')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Avec')}</th>
          <th scope="col" class="col_text">${_('État')}</th>
          <th scope="col" class="col_number">${_('Convenu HT')}</th>
          <th scope="col" class="col_number">${_('Accepté')}</th>
          <th scope="col" class="col_number">${_('Réglé')}</th>
          <th scope="col" class="col_number">${_('Retenu')}</th>
          <th scope="col" class="col_number">${_('En attente du client')}</th>
        </tr>
      </thead>
      <tbody>
        % for one in made:
        <% where = positions[one.subcontract.id] %>
        <tr>
          <th scope="row" class="col_text" data-label="${_('Avec')}"><a href="${request.context.path('subcontract', subcontract_id=one.subcontract.id)}">${one.member.name if one.subcontract.buyer_id == request.context.party.id else one.subcontract.buyer.name}</a></th>
          <td class="col_text" data-label="${_('État')}">${parts.badge(badge_of(one))}</td>
          <td class="col_number" data-label="${_('Convenu HT')}">${money(where.contract_cents)}</td>
          <td class="col_number" data-label="${_('Accepté')}">${money(where.accepted_cents)}</td>
          <td class="col_number" data-label="${_('Réglé')}">${money(where.settled_cents)}</td>
          <td class="col_number" data-label="${_('Retenu')}">${money(where.retained_cents + where.disputed_cents)}</td>
          <td class="col_number" data-label="${_('En attente du client')}">${money(where.awaiting_cents)}</td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
  % elif tender.state == 'won' and tender.lead_id != request.context.party.id:
  ${parts.empty(_('Votre accord n’est pas encore envoyé : {name} le prépare à partir des parts.', name=tender.lead.name))}
  % endif
  <% others = [one for one in prepared if one.obstacle in ('outside', 'inactive', 'nothing')] %>
  % if others and tender.lead_id == request.context.party.id:
  <section class="data_display endi-ext-block">
    <h2>${_('Sans accord interne')}</h2>
    <ul class="endi-ext-sentences">
      % for one in others:
      % if one.obstacle == 'outside':
      <li>${_('{name} est une autre entreprise : sa part ({amount} HT) relève d’un contrat et de factures avec TVA, à voir avec la coopérative.', name=one.member.name, amount=money(one.agreed_cents))}</li>
      % elif one.obstacle == 'inactive':
      <li>${_('{name} a quitté la coopérative : répartissez sa part ({amount} HT) autrement.', name=one.member.name, amount=money(one.agreed_cents))}</li>
      % elif one.gross_cents:
      <li>${_('{name} : rémunération du mandataire et frais communs prennent toute sa part, il n’y a rien à convenir.', name=one.member.name)}</li>
      % else:
      <li>${_('{name} n’a aucune part dans les lots gagnés.', name=one.member.name)}</li>
      % endif
      % endfor
    </ul>
  </section>
  % endif
</div>
</%block>
