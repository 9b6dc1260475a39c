<%doc>The team of a tender: who bids towards the buyer, who is in it, who is not any more.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="css">
${parent.css()}
<link rel="stylesheet" href="${static('team.css')}" />
</%block>
<%def name="asked(member)">
<span class="endi-ext-text">${member.mission or '–'}</span>
% if member.state == 'invited' and member.answer_by:
<span class="endi-ext-before">${_('réponse attendue le {on}', on=day(member.answer_by))}
  % if member.answer_by < today:
  ${_('– cette date est passée')}
  % endif
</span>
% endif
</%def>
<%def name="steps(member)">
<% may, ids = actions_of(member), {'member_id': member.id} %>
<% arranges = [one for one in ('change', 'hand_over', 'remove') if one in may] %>
<% answers = [one for one in ('accept', 'decline', 'invite_again', 'leave') if one in may and (one != 'leave' or not member.outside)] %>
% if answers:
<span class="endi-ext-buttons">
  % if 'accept' in may:
  ${parts.post_button(request.context.at('member.accept', **ids), _('Noter son accord') if member.outside else _('Rejoindre l’équipe'))}
  % endif
  % if 'decline' in may:
  ${parts.link_button(request.context.at('member.decline', **ids), _('Noter son refus') if member.outside else _('Décliner'), 'negative')}
  % endif
  % if 'invite_again' in may:
  ${parts.link_button(request.context.at('member.invite_again', **ids), _('Inviter de nouveau'))}
  % endif
  % if 'leave' in answers:
  ${parts.link_button(request.context.at('member.leave', **ids), _('Quitter l’équipe'), 'negative')}
  % endif
</span>
% endif
% if arranges:
<details class="endi-ext-more">
  <summary>${_('Gérer')}<span class="screen-reader-text"> ${member.name}</span></summary>
  <span class="endi-ext-buttons">
    % if 'change' in arranges:
    ${parts.link_button(request.context.at('member.change', **ids), _('Changer'))}
    % endif
    % if 'hand_over' in arranges:
    ${parts.link_button(request.context.at('member.hand_over', **ids), _('Confier la réponse'))}
    % endif
    % if 'remove' in arranges:
    ${parts.link_button(request.context.at('member.remove', **ids), _('Retirer'), 'negative')}
    % endif
  </span>
</details>
% endif
</%def>
<%def name="table(listed, caption, why)">
<div class="table_container endi-ext-reflow">
  <table class="hover_table endi-ext-cards">
    <caption class="screen-reader-text">${caption}</caption>
    <thead>
      <tr>
        <th scope="col" class="col_text">${_('Qui')}</th>
        <th scope="col" class="col_text">${_('Rôle')}</th>
        <th scope="col" class="col_text">${_('Pourquoi') if why else _('Mission')}</th>
        <th scope="col" class="col_text">${_('État')}</th>
        <th scope="col" class="col_actions"><span class="screen-reader-text">${_('Actions')}</span></th>
      </tr>
    </thead>
    <tbody>
      % for member in listed:
      <tr>
        <th scope="row" class="col_text" data-label="${_('Qui')}">${member.name}
          % if member.party is not None and (member.party.trade or member.party.city):
          <span class="endi-ext-before">${' · '.join(one for one in (member.party.trade, member.party.city) if one)}</span>
          % elif member.via == 'firm':
          <span class="endi-ext-before">${_('Entreprise extérieure, SIRET {siret}', siret=member.siret)}</span>
          % elif member.outside:
          <span class="endi-ext-before">${_('Membre de la coopérative de SIRET {siret}', siret=member.siret)}</span>
          % endif
          % if member.email:
          <span class="endi-ext-before">${member.email}</span>
          % endif
        </th>
        <td class="col_text" data-label="${_('Rôle')}">${_(words.role_of(member))}</td>
        % if why:
        <td class="col_text" data-label="${_('Pourquoi')}"><span class="endi-ext-text">${member.reason or '–'}</span></td>
        % else:
        <td class="col_text" data-label="${_('Mission')}">${asked(member)}</td>
        % endif
        <td class="col_text" data-label="${_('État')}">${parts.badge(states.of_member(member))}</td>
        <td class="col_actions" data-label="${_('Actions')}">${steps(member)}</td>
      </tr>
      % endfor
    </tbody>
  </table>
</div>
</%def>
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  % if steers:
  ${parts.link_button(request.context.at('candidates'), _('Trouver des partenaires'), 'btn-primary')}
  ${parts.link_button(request.context.at('invite_firm'), _('Inviter une entreprise extérieure'))}
  % endif
  ${parts.link_button(request.context.path('tender', tender_id=tender.id), _('Retour à la consultation'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  <section class="data_display endi-ext-block">
    <h2>${_('Dans l’équipe')} <span class="endi-ext-count">${len(present)}</span></h2>
    ${table(present, _('Dans l’équipe'), False)}
  </section>
  <section class="data_display endi-ext-block">
    <h2>${_('Qui répond à l’acheteur')}</h2>
    % if bidder.grouped:
    <p>${_('{name} répond en groupement avec {firms} : ce sont des personnes morales distinctes.', name=bidder.name, firms=', '.join(one.name for one in bidder.partners))}</p>
    <ul class="endi-ext-points">
      <li>${_('Un DC1 pour tout le groupement : ses membres, sa forme (conjoint ou solidaire) et son mandataire.')}</li>
      <li>${_('Un DC2 par membre du groupement et par lot : pour {name}, et pour {firms}. Les enseignes de la coopérative n’en ont pas : elles ne sont pas des entreprises distinctes.', name=bidder.name, firms=', '.join(one.name for one in bidder.partners))}</li>
      <li>${_('La composition du groupement ne change plus entre la remise des offres et la signature du marché (article R2142-26 du code de la commande publique).')}</li>
    </ul>
    % else:
    <p>${_('Pour l’acheteur, le candidat est {name} : une seule entreprise, un seul numéro SIREN.', name=bidder.name)}</p>
    <ul class="endi-ext-points">
      <li>${_('Un seul DC1, et un DC2 par lot, au nom de la coopérative, quel que soit le nombre d’enseignes de l’équipe.')}</li>
      <li>${_('Entre vous, ce n’est ni un groupement ni de la sous-traitance : ni DC4, ni facture. Vos parts se règlent ensuite par des accords internes.')}</li>
      <li>${_('Les références, les moyens et le chiffre d’affaires à déclarer sont ceux de la coopérative.')}</li>
      <li>${_('Un groupement n’existe qu’avec des entreprises extérieures ou une autre coopérative.')}</li>
    </ul>
    % endif
    % if bidder.subcontractors:
    <p>${_('En sous-traitance, déclarée à l’acheteur par un DC4 : {firms}.', firms=', '.join(one.name for one in bidder.subcontractors))}</p>
    % endif
    % if bidder.cooperatives:
    <p>${_('Un membre d’une autre coopérative répond par sa coopérative : c’est elle qui signe.')}</p>
    % endif
    % if bidder.grouped or bidder.subcontractors:
    <p>${_('Groupement ou sous-traitance : la forme de la réponse se choisit avec les engagements, la place de chaque entreprise dans le dossier ; avec l’équipe d’appui.')}</p>
      % if has_joined:
    <p class="endi-ext-buttons">${parts.link_button(request.context.at('exposure'), _('Qui risque combien'))}</p>
      % endif
    % endif
    % if tender.group_form:
    <p>${_('Ce que l’acheteur demande d’un groupement :')}</p>
    <blockquote class="endi-ext-text">${tender.group_form}</blockquote>
    % endif
    <p class="endi-ext-note">${_('À confirmer avec l’équipe d’appui : c’est elle qui signe pour la coopérative.')}</p>
  </section>
  % if gone:
  <section class="data_display endi-ext-block">
    <h2>${_('Hors de l’équipe')}</h2>
    ${table(gone, _('Hors de l’équipe'), True)}
  </section>
  % endif
</div>
</%block>
