<%doc>The statement of any party, or between two, with the balance carried down.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="books" file="endi_ext:web/templates/books.mako" />
<%block name="actionmenucontent">
% if party:
<div class="layout flex main_actions endi-ext-buttons">
  ${books.file_links()}
  % if party.kind == 'internal':
  ${parts.link_button(request.route_path('endi_ext.home', id=party.host_id), _('Pages de l’enseigne'))}
  % endif
</div>
% endif
</%block>
<%block name="content">
<div class="endi-ext">
  ${books.filter_form(asked)}
  % if not party:
  ${parts.empty(_('Choisissez une enseigne ; avec une seconde, vous verrez ce qui s’est passé entre les deux.'))}
  % else:
  % for standing in owed:
  <p class="endi-ext-lead">
    % if standing.owed_to_us_cents:
    ${_('{debtor} doit {amount} à {creditor}.', debtor=standing.partner.name, amount=money(standing.owed_to_us_cents), creditor=party.name)}
    % endif
    % if standing.owed_by_us_cents:
    ${_('{debtor} doit {amount} à {creditor}.', debtor=party.name, amount=money(standing.owed_by_us_cents), creditor=standing.partner.name)}
    % endif
  </p>
  % endfor
  % if not owed:
  <p class="endi-ext-lead">${_('Tout est réglé.')}</p>
  % endif
  % if found.rows:
  <div class="table_container endi-ext-scroll" tabindex="0" role="region" aria-label="${_('Relevé')}">
    <table class="hover_table endi-ext-book">
      <caption>${_('Mouvements, du plus récent au plus ancien')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_date">${_('Date')}</th>
          <th scope="col" class="col_text">${_('Écriture, pièce')}</th>
          <th scope="col" class="col_text">${_('Compte')}</th>
          <th scope="col" class="col_text">${_('Tiers')}</th>
          <th scope="col" class="col_text">${_('Libellé')}</th>
          <th scope="col" class="col_text">${_('Lettre')}</th>
          <th scope="col" class="col_number">${_('Débit (€)')}</th>
          <th scope="col" class="col_number">${_('Crédit (€)')}</th>
          % if balances is not None:
          <th scope="col" class="col_number">${_('Solde (€)')}</th>
          % endif
        </tr>
      </thead>
      <tbody>
        % for line in found.rows:
        <tr>
          <td class="col_date">${day(line.effective_on)}</td>
          <th scope="row" class="col_text"><a href="${request.route_path('endi_ext.entry', entry_id=line.entry_id)}">${line.entry.journal.code}&nbsp;${line.entry.number}</a> <small>${line.entry.entry_text.document}</small></th>
          <td class="col_text">${line.account.number}</td>
          <td class="col_text">${line.counterparty.name if line.counterparty else ''}</td>
          <td class="col_text"><span class="endi-ext-text">${line.entry.entry_text.text}</span></td>
          <td class="col_text">${letters[line.id].text if line.id in letters else ''}</td>
          <td class="col_number">${amount(line.debit_cents) if line.debit_cents else ''}</td>
          <td class="col_number">${amount(line.credit_cents) if line.credit_cents else ''}</td>
          % if balances is not None:
          <td class="col_number">${amount(balances[loop.index])}</td>
          % endif
        </tr>
        % endfor
        % if opening_cents is not None:
        <tr class="row_recap">
          <td class="col_date">${day(span.starts_on)}</td>
          <th scope="row" colspan="7" class="col_text">${_('À nouveau')}</th>
          <td class="col_number"><strong>${amount(opening_cents)}</strong></td>
        </tr>
        % endif
      </tbody>
    </table>
  </div>
  ${parts.pager(found)}
  % elif opening_cents is not None:
  ${parts.empty(_('Aucun mouvement sur cet exercice. À nouveau au {on} : {amount}.', on=day(span.starts_on), amount=money(opening_cents)))}
  % else:
  ${parts.empty(_('Aucun mouvement.'))}
  % endif
  % endif
</div>
</%block>
