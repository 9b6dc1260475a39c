<%doc>What is at risk for each member, and for the cooperative, when one of them fails.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="css">
${parent.css()}
<link rel="stylesheet" href="${static('prices.css')}" />
</%block>
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  % if 'steer' in actions:
  ${parts.link_button(request.context.at('exposure.group'), _('Forme de la réponse'))}
  % endif
  % if 'prepare' in actions and mine is not None:
  ${parts.link_button(request.context.at('exposure.cap', member_id=mine.id), _('Mon plafond'))}
  % endif
  ${parts.link_button(request.context.path('tender', tender_id=tender.id), _('Retour à la consultation'))}
</div></div>
</%block>
<%block name="content">
<% over = [risk for risk in exposure.risks if risk.exceeds_cents] %>
<div class="endi-ext">
  <p class="endi-ext-lead">
    % if over:
    <span class="endi-ext-state invalid">${_('Plafond dépassé')}</span>
    ${_('Au-delà de leur plafond : {names}.', names=', '.join(members[risk.member].name for risk in over))}
    % else:
    <span class="endi-ext-state valid">${_('Aucun plafond dépassé')}</span>
    % endif
  </p>
  <section class="data_display endi-ext-block">
    <h2>${_('Envers l’acheteur')}</h2>
    <dl class="endi-ext-facts">
      <%parts:fact name="${_('Forme de la réponse')}">${_(liability)}</%parts:fact>
      % if tender.liability == 'several':
      <%parts:fact name="${_('Mandataire')}">${_('solidaire de chaque membre') if tender.lead_is_liable else _('engagé pour sa part seulement')}</%parts:fact>
      % endif
      <%parts:fact name="${_('Offre de base HT')}">${money(exposure.total_cents)}</%parts:fact>
      <%parts:fact name="${_('Faite par les enseignes de la coopérative')}">${money(exposure.own_cents)}</%parts:fact>
      <%parts:fact name="${_('Engagement de la coopérative')}"><strong>${money(exposure.cooperative_cents)}</strong></%parts:fact>
    </dl>
    % if tender.group_form:
    <p class="endi-ext-text">${_('L’avis dit du groupement : {said}', said=tender.group_form)}</p>
    % endif
    <p class="endi-ext-note">${_('La coopérative est le seul candidat pour toutes ses enseignes : si l’une fait défaut, c’est la coopérative qui doit l’ouvrage à l’acheteur. À confirmer avec l’équipe d’appui avant de déposer.')}</p>
  </section>
  <section class="data_display endi-ext-block">
    <h2>${_('Pour chaque membre')}</h2>
    <div class="table_container endi-ext-reflow">
      <table class="endi-ext-cards">
        <caption class="screen-reader-text">${_('Ce que chaque membre risque, montants HT')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_text">${_('Membre')}</th>
            <th scope="col" class="col_number">${_('Sa part')}</th>
            <th scope="col" class="col_number">${_('Au pire, à reprendre d’un autre')}</th>
            <th scope="col" class="col_number">${_('Exposition')}</th>
            <th scope="col" class="col_number">${_('Plafond')}</th>
            <th scope="col" class="col_text">${_('Verdict')}</th>
          </tr>
        </thead>
        <tbody>
          % for risk in exposure.risks:
          <% member = members[risk.member] %>
          <tr>
            <th scope="row" class="col_text" data-label="${_('Membre')}">${member.name}
              % if member.outside:
              <span class="endi-ext-mark">${_('entreprise extérieure')}</span>
              % endif
            </th>
            <td class="col_number" data-label="${_('Sa part')}">${money(risk.own_cents)}</td>
            <td class="col_number" data-label="${_('Au pire, à reprendre d’un autre')}">${money(risk.taken_over_cents)}
              % if risk.worst:
              <span class="endi-ext-before">${_('si {name} fait défaut', name=members[risk.worst].name)}</span>
              % endif
            </td>
            <td class="col_number" data-label="${_('Exposition')}"><strong>${money(risk.total_cents)}</strong></td>
            <td class="col_number" data-label="${_('Plafond')}">
              ${money(risk.cap_cents) if risk.cap_cents is not None else '–'}
              % if risk.cap_cents is not None and member.cap_cents is None:
              <span class="endi-ext-before">${_('de la coopérative')}</span>
              % endif
              % if 'prepare' in actions and member.outside and lead:
              <a href="${request.context.at('exposure.cap', member_id=member.id)}">${_('Changer')}<span class="screen-reader-text"> : ${member.name}</span></a>
              % endif
            </td>
            <td class="col_text" data-label="${_('Verdict')}">
              % if risk.exceeds_cents:
              <span class="endi-ext-over">${_('dépassé de {excess}', excess=money(risk.exceeds_cents))}</span>
              % elif risk.cap_cents is not None:
              <span class="endi-ext-within">${_('dans le plafond')}</span>
              % else:
              ${_('sans plafond')}
              % endif
            </td>
          </tr>
          % endfor
        </tbody>
        <tfoot>
          <tr class="row_recap">
            <th scope="row" class="col_text">${_('La coopérative')}</th>
            <td class="col_number" data-label="${_('Sa part')}">${money(exposure.own_cents)}</td>
            <td class="col_number" data-label="${_('Au pire, à reprendre d’un autre')}">${money(exposure.cooperative_cents - exposure.own_cents)}</td>
            <td class="col_number" data-label="${_('Exposition')}"><strong>${money(exposure.cooperative_cents)}</strong></td>
            <td class="endi-ext-void" colspan="2"></td>
          </tr>
        </tfoot>
      </table>
    </div>
    <p class="endi-ext-note">${_('Entre enseignes, ce qui serait à reprendre est réparti ici en proportion du travail de chacune : une mesure, pas une règle. Comment la coopérative répercute un défaut est à confirmer avec elle.')}</p>
    % if default_cap_cents is None:
    <p>${_('La coopérative n’a pas choisi de plafond par enseigne.')}</p>
    % endif
  </section>
  <section class="data_display endi-ext-block">
    <h2>${_('Si l’un d’eux fait défaut')}</h2>
    <div class="table_container endi-ext-reflow">
      <table class="endi-ext-cards">
        <caption class="screen-reader-text">${_('Ce que le défaut de chacun ferait, montants HT')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_text">${_('Qui fait défaut')}</th>
            <th scope="col" class="col_number">${_('Travaux à reprendre')}</th>
            <th scope="col" class="col_number">${_('dus par la coopérative')}</th>
            <th scope="col" class="col_number">${_('dus aussi par chaque autre entreprise')}</th>
          </tr>
        </thead>
        <tbody>
          % for one in exposure.defaults:
          <tr>
            <th scope="row" class="col_text" data-label="${_('Qui fait défaut')}">${members[one.member].name}</th>
            <td class="col_number" data-label="${_('Travaux à reprendre')}">${money(one.gross_cents)}</td>
            <td class="col_number" data-label="${_('dus par la coopérative')}">${money(one.cooperative_cents)}</td>
            <td class="col_number" data-label="${_('dus aussi par chaque autre entreprise')}">${money(one.others_cents)}</td>
          </tr>
          % endfor
        </tbody>
      </table>
    </div>
  </section>
</div>
</%block>
