<%doc>The journal: entries with their lines, newest first.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="books" file="endi_ext:web/templates/books.mako" />
<%block name="actionmenucontent">
<div class="layout flex main_actions endi-ext-buttons">
  ${books.csv_link()}
  ${parts.link_button(request.route_path('endi_ext.journal.exports'), _('Exports vers le logiciel comptable'))}
</div>
</%block>
<%block name="content">
<div class="endi-ext">
  ${books.filter_form(asked)}
  % if found.rows:
  <div class="table_container endi-ext-scroll" tabindex="0" role="region" aria-label="${_('Journal')}">
    <table class="endi-ext-book">
      <caption>${_('Écritures, de la plus récente à la plus ancienne')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_date">${_('Date')}</th>
          <th scope="col" class="col_text">${_('Écriture, pièce')}</th>
          <th scope="col" class="col_text">${_('Libellé')}</th>
          <th scope="col" class="col_text">${_('Compte')}</th>
          <th scope="col" class="col_text">${_('Enseigne')}</th>
          <th scope="col" class="col_text">${_('Tiers')}</th>
          <th scope="col" class="col_number">${_('Débit (€)')}</th>
          <th scope="col" class="col_number">${_('Crédit (€)')}</th>
        </tr>
      </thead>
      % for entry in found.rows:
      <tbody class="endi-ext-entry">
        % for line in entry.lines:
        <tr>
          % if loop.first:
          <td class="col_date" rowspan="${len(entry.lines)}">${day(entry.effective_on)}</td>
          <th scope="rowgroup" class="col_text" rowspan="${len(entry.lines)}"><a href="${request.route_path('endi_ext.entry', entry_id=entry.id)}">${entry.journal.code}&nbsp;${entry.number}</a> <small>${entry.entry_text.document}</small></th>
          <td class="col_text" rowspan="${len(entry.lines)}"><span class="endi-ext-text">${entry.entry_text.text}</span></td>
          % endif
          <td class="col_text">${line.account.number}</td>
          <td class="col_text">${line.account.party.name}</td>
          <td class="col_text">${line.counterparty.name if line.counterparty else ''}</td>
          <td class="col_number">${amount(line.debit_cents) if line.debit_cents else ''}</td>
          <td class="col_number">${amount(line.credit_cents) if line.credit_cents else ''}</td>
        </tr>
        % endfor
      </tbody>
      % endfor
      <tfoot>
        <tr class="row_recap">
          <th scope="row" colspan="6" class="col_text">${_('Total de la page')}</th>
          <td class="col_number"><strong>${amount(sum(entry.total_cents for entry in found.rows))}</strong></td>
          <td class="col_number"><strong>${amount(sum(line.credit_cents for entry in found.rows for line in entry.lines))}</strong></td>
        </tr>
      </tfoot>
    </table>
  </div>
  ${parts.pager(found)}
  <h2>${_('Télécharger un mois ou un exercice')}</h2>
  <form id="journal-file" method="get" action="${request.route_path('endi_ext.journal.file')}" class="endi-ext-filter">
    <div class="form-group">
      <label class="control-label" for="file-period">${_('Période')}</label>
      <select class="form-control" id="file-period" name="period">
        % for name, starts_on in spans:
        <option value="${name}">${request.endi_ext.month(starts_on) if '-' in name else _('Exercice {year}', year=name)}</option>
        % endfor
      </select>
    </div>
    <div class="form-group">
      <label class="control-label" for="file-format">${_('Format')}</label>
      <select class="form-control" id="file-format" name="format">
        <option value="csv">${_('CSV')}</option>
        <option value="xlsx">${_('XLSX (tableur)')}</option>
      </select>
    </div>
    <div class="form-group endi-ext-filter-buttons">
      <button type="submit" class="btn btn-primary">${_('Télécharger')}</button>
    </div>
  </form>
  <p class="endi-ext-hint">${_('Ces fichiers se lisent. Pour le logiciel comptable (Sage, FEC), il y a les exports, qui sont notés :')} <a href="${request.route_path('endi_ext.journal.exports')}">${_('Exports vers le logiciel comptable')}</a></p>
  % elif asked.active:
  ${parts.empty(_('Aucune écriture ne correspond à ces filtres.'))}
  % else:
  ${parts.empty(_('Le livre est vide : la première livraison acceptée ou le premier import y passera la première écriture.'))}
  % endif
</div>
</%block>
