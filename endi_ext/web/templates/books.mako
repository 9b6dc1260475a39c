<%doc>Pieces of the accountants' pages: filters, tables of entries.</%doc>
<%page expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />

<%def name="filter_form(asked, kept=())">
<%doc>kept: (name, value) of what the address says beside the filters</%doc>
<form method="get" action="${request.path}" class="endi-ext-filter" aria-label="${_('Filtrer')}">
  % for name, value in kept:
  <input type="hidden" name="${name}" value="${value}" />
  % endfor
  % for field in asked.fields:
  <% wrong = asked.errors.get(field.name) %>
  <div class="form-group ${'has-error' if wrong else ''}">
    <label class="control-label" for="filter-${field.name}">${_(field.label)}</label>
    % if field.kind == 'choice':
    <select class="form-control" id="filter-${field.name}" name="${field.name}">
      % for value, label in field.choices:
      <option value="${value}" ${'selected="selected"' if value == asked.typed[field.name] else ''|n}>${_(label)}</option>
      % endfor
    </select>
    % elif field.kind == 'party':
    <input class="form-control" id="filter-${field.name}" name="${field.name}" type="text" list="list-${field.name}" autocomplete="off" value="${asked.typed[field.name]}"
      ${'aria-invalid="true" aria-describedby="wrong-{}"'.format(field.name) if wrong else ''|n} />
    <datalist id="list-${field.name}">
      % for one in field.parties:
      <option value="${field.type.label(one)}"></option>
      % endfor
    </datalist>
    % else:
    <input class="form-control" id="filter-${field.name}" name="${field.name}" type="${'text' if wrong else 'date'}" value="${asked.typed[field.name]}"
      ${'aria-invalid="true" aria-describedby="wrong-{}"'.format(field.name) if wrong else ''|n} />
    % endif
    % if wrong:
    <p class="help-block error-message" id="wrong-${field.name}">${_(wrong)}</p>
    % endif
  </div>
  % endfor
  <div class="form-group endi-ext-filter-buttons">
    <button type="submit" class="btn btn-primary">${_('Filtrer')}</button>
    % if asked.active:
    <a class="btn" href="${request.path}${'?' + '&'.join(name + '=' + value for name, value in kept) if kept else ''}">${_('Tout afficher')}</a>
    % endif
  </div>
</form>
</%def>

<%def name="csv_link()"><a class="btn" href="${address(request, format='csv', cursor='')}">${_('Télécharger (CSV)')}</a></%def>

<%def name="file_links()">${parts.file_links()}</%def>

<%def name="lines(rows, caption, titles=None)">
<%doc>The lines of one entry, posted (Line) or to be posted (forms/reversals.py): number, party, counterparty, debit, credit.</%doc>
<div class="table_container endi-ext-scroll" tabindex="0" role="region" aria-label="${caption}">
  <table class="endi-ext-book">
    <caption>${caption}</caption>
    <thead>
      <tr>
        <th scope="col" class="col_text">${_('Compte')}</th>
        <th scope="col" class="col_text">${_('Enseigne')}</th>
        <th scope="col" class="col_text">${_('Tiers')}</th>
        <th scope="col" class="col_number">${_('Débit (€)')}</th>
        <th scope="col" class="col_number">${_('Crédit (€)')}</th>
      </tr>
    </thead>
    <tbody>
      % for row in rows:
      <tr>
        <th scope="row" class="col_text">${row.number}
          % if titles and titles.get(row.number):
          <small>${_(titles[row.number])}</small>
          % endif
        </th>
        <td class="col_text">${row.party_name} <small>${row.analytic_code}</small></td>
        <td class="col_text">${row.counterparty_name}</td>
        <td class="col_number">${amount(row.debit_cents) if row.debit_cents else ''}</td>
        <td class="col_number">${amount(row.credit_cents) if row.credit_cents else ''}</td>
      </tr>
      % endfor
    </tbody>
    <tfoot>
      <tr class="row_recap">
        <th scope="row" colspan="3" class="col_text">${_('Total')}</th>
        <td class="col_number"><strong>${amount(sum(row.debit_cents for row in rows))}</strong></td>
        <td class="col_number"><strong>${amount(sum(row.credit_cents for row in rows))}</strong></td>
      </tr>
    </tfoot>
  </table>
</div>
</%def>

<%def name="released(retention)">
% if retention.state == 'contested':
${_('contestée')}
% else:
${day(retention.release_on) if retention.release_on else _('à la réception')}
% endif
</%def>

<%def name="held_exchanges(rows, part, held, badge)">
<%doc>Exchanges of which a part waits for the client or is held back: each is opened to see more.</%doc>
<div class="table_container endi-ext-scroll" tabindex="0" role="region" aria-label="${_('Échanges')}">
  <table class="hover_table endi-ext-book">
    <caption>${_('En attente du client, le plus ancien d’abord') if part == 'awaiting' else _('En retenue de garantie, le plus ancien d’abord')}</caption>
    <thead>
      <tr>
        <th scope="col" class="col_date">${_('Accepté le')}</th>
        <th scope="col" class="col_text">${_('Échange')}</th>
        <th scope="col" class="col_text">${_('Vendeur')}</th>
        <th scope="col" class="col_text">${_('Acheteur')}</th>
        <th scope="col" class="col_number">${_('Montant HT (€)')}</th>
        <th scope="col" class="col_number">${_('Réglé (€)')}</th>
        <th scope="col" class="col_number">${_('En attente du client (€)') if part == 'awaiting' else _('En retenue (€)')}</th>
        % if part == 'retained':
        <th scope="col" class="col_date">${_('Libération')}</th>
        % endif
        <th scope="col" class="col_text">${_('État')}</th>
      </tr>
    </thead>
    <tbody>
      % for row in rows:
      <tr>
        <td class="col_date">${day(row.accepted_on)}</td>
        <th scope="row" class="col_text"><a href="${request.route_path('endi_ext.exchange_any', exchange_id=row.id)}">${row.label}</a>
          % if row.reference:
          <small>${row.reference}</small>
          % endif
        </th>
        <td class="col_text">${row.seller.name}</td>
        <td class="col_text">${row.buyer.name}</td>
        <td class="col_number">${amount(row.net_cents)}</td>
        <td class="col_number">${amount(row.settled_cents)}</td>
        <td class="col_number"><strong>${amount(row.awaiting_cents if part == 'awaiting' else row.retained_cents)}</strong></td>
        % if part == 'retained':
        <td class="col_date">${released(held[row.id])}</td>
        % endif
        <td class="col_text">${parts.badge(badge(row))}</td>
      </tr>
      % endfor
    </tbody>
    <tfoot>
      <tr class="row_recap">
        <th scope="row" colspan="4" class="col_text">${_('Total de la page')}</th>
        <td class="col_number"><strong>${amount(sum(row.net_cents for row in rows))}</strong></td>
        <td class="col_number"><strong>${amount(sum(row.settled_cents for row in rows))}</strong></td>
        <td class="col_number"><strong>${amount(sum(row.awaiting_cents if part == 'awaiting' else row.retained_cents for row in rows))}</strong></td>
        <td colspan="${2 if part == 'retained' else 1}"></td>
      </tr>
    </tfoot>
  </table>
</div>
</%def>

<%def name="due_pager(found)">
<%doc>Pages of a list that begins with the longest due.</%doc>
% if found.next_cursor or found.previous_cursor:
<nav class="pager endi-ext-pager" aria-label="${_('Pages de la liste')}">
  % if found.previous_cursor:
  <a class="btn" rel="prev" href="${address(request, cursor=found.previous_cursor)}">${_('Page précédente')}</a>
  % endif
  % if found.next_cursor:
  <a class="btn" rel="next" href="${address(request, cursor=found.next_cursor)}">${_('Page suivante')}</a>
  % endif
</nav>
% endif
</%def>

<%def name="exchange_facts(exchange)">
<dl class="endi-ext-facts">
  <div><dt>${_('Vendeur')}</dt><dd>${exchange.seller.name} <small>${exchange.seller.analytic_code}</small></dd></div>
  <div><dt>${_('Acheteur')}</dt><dd>${exchange.buyer.name} <small>${exchange.buyer.analytic_code}</small></dd></div>
  <div><dt>${_('Accepté le')}</dt><dd>${day(exchange.accepted_on)}</dd></div>
  <div><dt>${_('À régler avant le') if exchange.due_on else _('À régler')}</dt><dd>${parts.due(exchange)}</dd></div>
  <div><dt>${_('Montant HT')}</dt><dd><strong>${money(exchange.net_cents)}</strong></dd></div>
  <div><dt>${_('Déjà réglé')}</dt><dd>${money(exchange.settled_cents)}</dd></div>
  <div><dt>${_('Reste à régler')}</dt><dd><strong>${money(exchange.remaining_cents)}</strong></dd></div>
  ${parts.held_facts(exchange)}
  <div><dt>${_('Contribution coopérative')}</dt><dd>${money(exchange.contribution_cents)}</dd></div>
  % if exchange.reference:
  <div><dt>${_('Pièce')}</dt><dd>${exchange.reference}</dd></div>
  % endif
</dl>
</%def>
