<%doc>The trial balance.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="books" file="endi_ext:web/templates/books.mako" />
<%block name="actionmenucontent">
<div class="layout flex main_actions endi-ext-buttons">${books.file_links()}</div>
</%block>
<%block name="content">
<div class="endi-ext">
  ${books.filter_form(asked)}
  <p class="endi-ext-lead">
    % if party:
    ${_('Comptes de {name}, au {on}.', name=party.name, on=day(asked['as_of'] or today))}
    % else:
    <span class="endi-ext-state ${'valid' if debit_cents == credit_cents else 'invalid'}">${_('Équilibrée') if debit_cents == credit_cents else _('Déséquilibrée')}</span>
    ${_('Toute la coopérative, au {on} : {debit} au débit, {credit} au crédit.', on=day(asked['as_of'] or today), debit=money(debit_cents), credit=money(credit_cents))}
    % endif
  </p>
  % if party and debit_cents != credit_cents:
  <p class="endi-ext-note">${_('Les comptes d’une seule enseigne ne s’équilibrent pas entre eux : la contribution passe de l’enseigne à la coopérative.')}</p>
  % endif
  % if rows:
  <div class="table_container endi-ext-scroll" tabindex="0" role="region" aria-label="${_('Balance générale')}">
    <table class="hover_table endi-ext-book">
      <caption>${_('Balance arrêtée au {on}', on=day(asked['as_of'] or today))}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Compte')}</th>
          <th scope="col" class="col_text">${_('Intitulé')}</th>
          % if detailed:
          <th scope="col" class="col_text">${_('Enseigne')}</th>
          % endif
          <th scope="col" class="col_number">${_('Débit (€)')}</th>
          <th scope="col" class="col_number">${_('Crédit (€)')}</th>
          <th scope="col" class="col_number">${_('Solde débiteur (€)')}</th>
          <th scope="col" class="col_number">${_('Solde créditeur (€)')}</th>
        </tr>
      </thead>
      <tbody>
        % for row in rows:
        <tr>
          <th scope="row" class="col_text">${row.number}</th>
          <td class="col_text">${row.label or _(titles.get(row.number, ''))}</td>
          % if detailed:
          <td class="col_text"><a href="${request.route_path('endi_ext.statement_any', _query={'party': row.party_name, 'accounts': 'all'})}">${row.party_name}</a> <small>${codes.get(row.party_id, '')}</small></td>
          % endif
          <td class="col_number">${amount(row.debit_cents)}</td>
          <td class="col_number">${amount(row.credit_cents)}</td>
          <td class="col_number">${amount(row.balance_cents) if row.balance_cents > 0 else ''}</td>
          <td class="col_number">${amount(-row.balance_cents) if row.balance_cents < 0 else ''}</td>
        </tr>
        % endfor
      </tbody>
      <tfoot>
        <tr class="row_recap">
          <th scope="row" colspan="${3 if detailed else 2}" class="col_text">${_('Totaux')}</th>
          <td class="col_number"><strong>${amount(debit_cents)}</strong></td>
          <td class="col_number"><strong>${amount(credit_cents)}</strong></td>
          <td class="col_number"><strong>${amount(sum(max(row.balance_cents, 0) for row in rows))}</strong></td>
          <td class="col_number"><strong>${amount(sum(max(-row.balance_cents, 0) for row in rows))}</strong></td>
        </tr>
      </tfoot>
    </table>
  </div>
  % else:
  ${parts.empty(_('Aucun mouvement à cette date.'))}
  % endif
</div>
</%block>
