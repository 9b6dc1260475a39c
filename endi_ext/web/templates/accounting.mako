<%doc>What remains to be settled: tick several, or open one.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="books" file="endi_ext:web/templates/books.mako" />
<%block name="actionmenucontent">
<div class="layout flex main_actions endi-ext-buttons">
  ${parts.link_button(request.route_path('endi_ext.import'), _('Importer des échanges'))}
  ${parts.link_button(request.route_path('endi_ext.journal'), _('Journal'))}
  ${parts.link_button(request.route_path('endi_ext.deliveries_any'), _('Livraisons en suspens'))}
</div>
</%block>
<%block name="content">
<div class="endi-ext">
  ${parts.tabs(_('Ce qui reste à régler'), [(address(request, part=value, cursor=''), _(label), value == part) for value, label in parts_shown])}
  ${books.filter_form(asked, (('part', part),) if part != 'due' else ())}
  % if found.rows and part != 'due':
  ${books.held_exchanges(found.rows, part, held, badge)}
  ${books.due_pager(found)}
  % elif found.rows:
  <form method="post" action="${request.route_path('endi_ext.settle_many')}" class="endi-ext-bulk">
    <input type="hidden" name="csrf_token" value="${get_csrf_token()}" />
    <input type="hidden" name="request_key" value="${request_key}" />
    <div class="table_container endi-ext-scroll" tabindex="0" role="region" aria-label="${_('Échanges à régler')}">
      <table class="hover_table endi-ext-book">
        <caption>${_('Échanges à régler, le plus ancien d’abord')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_text"><span class="screen-reader-text">${_('Cocher')}</span></th>
            <th scope="col" class="col_date">${_('À régler avant le')}</th>
            <th scope="col" class="col_text">${_('Échange')}</th>
            <th scope="col" class="col_text">${_('Vendeur')}</th>
            <th scope="col" class="col_text">${_('Acheteur')}</th>
            <th scope="col" class="col_number">${_('Montant HT (€)')}</th>
            <th scope="col" class="col_number">${_('Dû (€)')}</th>
            <th scope="col" class="col_text">${_('État')}</th>
          </tr>
        </thead>
        <tbody>
          % for row in found.rows:
          <tr>
            <td class="col_text"><input type="checkbox" name="exchange" value="${row.id}" id="exchange-${row.id}" aria-label="${_('Régler « {label} », {amount}', label=row.label, amount=money(row.due_cents))}" /></td>
            <td class="col_date">${day(row.due_on)}
              % if row.due_on < today:
              <span class="endi-ext-mark">${_('en retard')}</span>
              % endif
            </td>
            <th scope="row" class="col_text"><a href="${request.route_path('endi_ext.exchange_any', exchange_id=row.id)}">${row.label}</a>
              % if row.reference:
              <small>${row.reference}</small>
              % endif
            </th>
            <td class="col_text">${row.seller.name}</td>
            <td class="col_text">${row.buyer.name}</td>
            <td class="col_number">${amount(row.net_cents)}</td>
            <td class="col_number"><strong>${amount(row.due_cents)}</strong>
              % if row.remaining_cents != row.due_cents:
              <small>${_('sur {amount} €', amount=amount(row.remaining_cents))}</small>
              % endif
</td>
            <td class="col_text">${parts.badge(badge(row))}</td>
          </tr>
          % endfor
        </tbody>
        <tfoot>
          <tr class="row_recap">
            <th scope="row" colspan="5" class="col_text">${_('Total de la page')}</th>
            <td class="col_number"><strong>${amount(sum(row.net_cents for row in found.rows))}</strong></td>
            <td class="col_number"><strong>${amount(sum(row.due_cents for row in found.rows))}</strong></td>
            <td></td>
          </tr>
        </tfoot>
      </table>
    </div>
    <div class="endi-ext-filter endi-ext-bulk-actions">
      <div class="form-group">
        <label class="control-label" for="settled_on">${_('Date du règlement')}</label>
        <input class="form-control" type="date" id="settled_on" name="settled_on" value="${today.isoformat()}" required="required" />
      </div>
      <div class="form-group endi-ext-filter-buttons">
        <button type="submit" class="btn btn-primary">${_('Régler ce qui est dû des échanges cochés')}</button>
      </div>
    </div>
  </form>
  ${books.due_pager(found)}
  % elif asked.active:
  ${parts.empty(_('Aucun échange à régler ne correspond à ces filtres.'))}
  % elif part == 'awaiting':
  ${parts.empty(_('Aucun échange n’attend le paiement d’un client.'))}
  % elif part == 'retained':
  ${parts.empty(_('Aucune retenue de garantie n’est en cours.'))}
  % else:
  ${parts.empty(_('Tout est réglé.'))}
  % endif
</div>
</%block>
