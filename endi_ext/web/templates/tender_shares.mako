<%doc>What stays with each member of a bid, and when it is expected.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="pieces" file="endi_ext:web/templates/price_pieces.mako" />
<%block name="css">
${parent.css()}
<link rel="stylesheet" href="${static('prices.css')}" />
</%block>
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  % if 'steer' in actions:
  ${parts.link_button(request.context.at('shares.terms'), _('Rémunération, frais et retenue'))}
  ${parts.link_button(request.context.at('shares.instalments'), _('Factures prévues au client'))}
  % endif
  ${parts.link_button(request.context.at('prices'), _('Prix et répartition'))}
  ${parts.link_button(request.context.path('tender', tender_id=tender.id), _('Retour à la consultation'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  ${pieces.state(split)}
  <section class="data_display endi-ext-block">
    <h2>${_('Ce qui reste à chacun')}</h2>
    <dl class="endi-ext-facts">
      <%parts:fact name="${_('Rémunération du mandataire')}">${percent(tender.fee_bp)}</%parts:fact>
      <%parts:fact name="${_('Frais communs HT')}">${money(tender.common_cents)}</%parts:fact>
      <%parts:fact name="${_('Retenue de garantie')}">${percent(tender.retention_rate_bp)}</%parts:fact>
      <%parts:fact name="${_('Libération prévue de la retenue')}">${day(terms.retention_release_on) if terms.retention_release_on else _('à fixer')}</%parts:fact>
      <%parts:fact name="${_('Délai de paiement du client')}">${_('{days} jours, à confirmer', days=terms.payment_days)}</%parts:fact>
    </dl>
    <div class="table_container endi-ext-reflow endi-ext-scroll" tabindex="0" role="region" aria-label="${_('Ce qui reste à chacun, offre de base, montants HT')}">
      <table class="endi-ext-cards endi-ext-wide">
        <caption class="screen-reader-text">${_('Ce qui reste à chacun, offre de base, montants HT')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_text">${_('Membre')}</th>
            <th scope="col" class="col_number">${_('Travaux')}</th>
            <th scope="col" class="col_number">${_('Rémunération du mandataire')}</th>
            <th scope="col" class="col_number">${_('Frais communs')}</th>
            <th scope="col" class="col_number">${_('Convenu')}</th>
            <th scope="col" class="col_number">${_('Contribution')}</th>
            <th scope="col" class="col_number">${_('Lui reste')}</th>
            <th scope="col" class="col_number">${_('dont retenu d’abord')}</th>
          </tr>
        </thead>
        <tbody>
          % for member in team:
          <% share = split.members[member.id] %>
          <tr>
            <th scope="row" class="col_text" data-label="${_('Membre')}">${member.name}
              % if member.id == split.lead_member_id:
              <span class="endi-ext-mark">${_('mandataire')}</span>
              % elif member.outside:
              <span class="endi-ext-mark">${_('entreprise extérieure')}</span>
              % endif
            </th>
            <td class="col_number" data-label="${_('Travaux')}">${money(share.gross_cents)}</td>
            <td class="col_number" data-label="${_('Rémunération du mandataire')}">${money(share.fee_cents)}</td>
            <td class="col_number" data-label="${_('Frais communs')}">${money(-share.common_cents)}</td>
            <td class="col_number" data-label="${_('Convenu')}">${money(share.agreed_cents)}</td>
            <td class="col_number" data-label="${_('Contribution')}">${money(-share.contribution_cents)}</td>
            <td class="col_number" data-label="${_('Lui reste')}"><strong>${money(share.net_cents)}</strong></td>
            <td class="col_number" data-label="${_('dont retenu d’abord')}">${money(share.retention_cents)}</td>
          </tr>
          % endfor
        </tbody>
        <tfoot>
          <tr class="row_recap">
            <th scope="row" class="col_text">${_('Ensemble')}</th>
            <td class="col_number" data-label="${_('Travaux')}">${money(sums.gross_cents)}</td>
            <td class="col_number" data-label="${_('Rémunération du mandataire')}">${money(sums.fee_cents)}</td>
            <td class="col_number" data-label="${_('Frais communs')}">${money(-sums.common_cents)}</td>
            <td class="col_number" data-label="${_('Convenu')}">${money(sums.agreed_cents)}</td>
            <td class="col_number" data-label="${_('Contribution')}">${money(-sums.contribution_cents)}</td>
            <td class="col_number" data-label="${_('Lui reste')}"><strong>${money(sums.net_cents)}</strong></td>
            <td class="col_number" data-label="${_('dont retenu d’abord')}">${money(sums.retention_cents)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
    <p class="endi-ext-note">${_('Convenu : ce que dira l’accord de chacun avec le mandataire ; pour le mandataire, ce qu’il garde. La contribution est une estimation, au taux de chaque enseigne ; une entreprise extérieure n’en doit pas et facture avec sa TVA.')}</p>
  </section>
  ${pieces.members(split, team, tender)}
  ${pieces.apart(split, team)}
  <section class="data_display endi-ext-block" id="endi_ext_cash">
    <h2>${_('Quand l’argent arrive')}</h2>
    % if not planned:
    <p class="endi-ext-empty">${_('Aucune facture n’est prévue : rien n’a de date.')}</p>
    % if 'steer' in actions:
    <p>${parts.link_button(request.context.at('shares.instalments'), _('Prévoir les factures au client'), 'btn-primary')}</p>
    % endif
    % endif
    % if chart:
    <div class="endi-ext-chart">${chart|n}</div>
    % endif
    % if any(one.total_cents for one in payments):
    <div class="table_container endi-ext-reflow endi-ext-scroll" tabindex="0" role="region" aria-label="${_('Ce que chacun recevra, et quand, après contribution')}">
      <table class="endi-ext-cards endi-ext-wide">
        <caption class="screen-reader-text">${_('Ce que chacun recevra, et quand, après contribution')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_text">${_('Date prévue')}</th>
            <th scope="col" class="col_text">${_('Étape')}</th>
            <th scope="col" class="col_number">${_('Ensemble')}</th>
            % for member in team:
            <th scope="col" class="col_number">${member.name}</th>
            % endfor
          </tr>
        </thead>
        <tbody>
          % for one in payments:
          <tr>
            <th scope="row" class="col_text" data-label="${_('Date prévue')}">${day(one.on) if one.on else _('sans date')}</th>
            <td class="col_text" data-label="${_('Étape')}">
              % if one.kind == 'release':
              ${_('Libération de la retenue')}
              % elif one.kind == 'undated':
              ${_('Part du prix sans facture prévue')}
              % else:
              ${one.label or _('Paiement du client')}
              % endif
            </td>
            <td class="col_number" data-label="${_('Ensemble')}"><strong>${money(one.total_cents)}</strong></td>
            % for member in team:
            <td class="col_number" data-label="${member.name}">${money(one.by_member[member.id])}</td>
            % endfor
          </tr>
          % endfor
        </tbody>
        <tfoot>
          <tr class="row_recap">
            <th scope="row" class="col_text" colspan="2">${_('Ensemble')}</th>
            <td class="col_number" data-label="${_('Ensemble')}"><strong>${money(sums.net_cents)}</strong></td>
            % for member in team:
            <td class="col_number" data-label="${member.name}">${money(split.members[member.id].net_cents)}</td>
            % endfor
          </tr>
        </tfoot>
      </table>
    </div>
    <p class="endi-ext-note">${_('Prévision : chaque membre est payé quand le client paie, après sa contribution. Les frais communs sont payés à part.')}</p>
    % endif
  </section>
</div>
</%block>
