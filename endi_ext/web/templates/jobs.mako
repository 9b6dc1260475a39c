<%doc>The jobs of a principal, one row each, with what was entrusted for each below.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%def name="share(basis_points)">
% if basis_points is not None:
<span class="endi-ext-before">${percent(basis_points)}</span>
% endif
</%def>
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  ${parts.link_button(request.context.path('jobs', query={'format': 'csv'}), _('Exporter en CSV'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  % if not jobs:
  ${parts.empty(_('Vous n’avez encore confié aucun travail. Vos affaires apparaîtront ici dès qu’un partenaire aura accepté une proposition.'))}
  % else:
  <p class="endi-ext-intro">${_('Ce que vous avez vendu à vos clients, et ce que vous en avez confié. Vos partenaires ne voient pas cette page. Montants HT, en euros.')}</p>
  <div class="table_container endi-ext-reflow">
    <table class="hover_table endi-ext-cards">
      <caption class="screen-reader-text">${_('Mes affaires')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Affaire')}</th>
          <th scope="col" class="col_number">${_('Vendu')}</th>
          <th scope="col" class="col_number">${_('Confié')}</th>
          <th scope="col" class="col_number">${_('Accepté')}</th>
          <th scope="col" class="col_number">${_('Réglé')}</th>
          <th scope="col" class="col_number">${_('Dû')}</th>
          <th scope="col" class="col_number">${_('Retenu')}</th>
          <th scope="col" class="col_number">${_('En attente du client')}</th>
          <th scope="col" class="col_number">${_('Marge')}</th>
        </tr>
      </thead>
      <tbody>
        % for job in jobs:
        <tr>
          <th scope="row" class="col_text" data-label="${_('Affaire')}">
            <span class="endi-ext-text">${job.label}${f' – {job.client}' if job.client else ''}</span>
            % for part in job.parts:
            <a class="endi-ext-before" href="${request.context.path('subcontract', subcontract_id=part.subcontract.id)}">${part.subcontract.seller.name}<span class="screen-reader-text"> : ${part.subcontract.title}</span></a>
            % endfor
          </th>
          <td class="col_number" data-label="${_('Vendu')}">${amount(job.sold_cents) if job.sold_cents is not None else '–'}</td>
          <td class="col_number" data-label="${_('Confié')}">${amount(job.agreed_cents)}</td>
          <td class="col_number" data-label="${_('Accepté')}">${amount(job.accepted_cents)}</td>
          <td class="col_number" data-label="${_('Réglé')}">${amount(job.settled_cents)}</td>
          <td class="col_number" data-label="${_('Dû')}">${amount(job.due_cents)}</td>
          <td class="col_number" data-label="${_('Retenu')}">${amount(job.retained_cents)}</td>
          <td class="col_number" data-label="${_('En attente du client')}">${amount(job.awaiting_cents)}</td>
          <td class="col_number" data-label="${_('Marge')}">
            % if job.margin_cents is None:
            –
            % else:
            ${amount(job.margin_cents)}${share(job.margin_bp)}
            % endif
          </td>
        </tr>
        % endfor
      </tbody>
      <tfoot>
        <tr class="row_recap">
          <th scope="row" class="col_text">${_('Total')}</th>
          <td class="col_number" data-label="${_('Vendu')}">${amount(sold_cents)}</td>
          <td class="col_number" data-label="${_('Confié')}">${amount(totals['agreed_cents'])}</td>
          <td class="col_number" data-label="${_('Accepté')}">${amount(totals['accepted_cents'])}</td>
          <td class="col_number" data-label="${_('Réglé')}">${amount(totals['settled_cents'])}</td>
          <td class="col_number" data-label="${_('Dû')}">${amount(totals['due_cents'])}</td>
          <td class="col_number" data-label="${_('Retenu')}">${amount(totals['retained_cents'])}</td>
          <td class="col_number" data-label="${_('En attente du client')}">${amount(totals['awaiting_cents'])}</td>
          <td class="col_number" data-label="${_('Marge')}"><strong>${amount(margin_cents)}</strong>${share(margin_bp)}</td>
        </tr>
      </tfoot>
    </table>
  </div>
  % if partly_known:
  <p class="endi-ext-note">${_('Le montant vendu n’est connu que pour les travaux rattachés à une affaire : choisissez-la sur la page de la sous-traitance, par « Client et marge ». Les totaux vendu et marge ne comptent que ceux-là.')}</p>
  % endif
  % endif
</div>
</%block>
