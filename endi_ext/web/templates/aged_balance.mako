<%doc>The aged balance of one side: by party, or of a party by counterparty.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="books" file="endi_ext:web/templates/books.mako" />
<%block name="actionmenucontent">
<div class="layout flex main_actions endi-ext-buttons">
  <a class="btn" href="${address(request, format='csv', cursor='')}">${_('Télécharger (CSV)')}</a>
  <a class="btn" href="${address(request, format='xlsx', cursor='')}">${_('Télécharger (XLSX)')}</a>
</div>
</%block>
<%block name="content">
<div class="endi-ext">
  ${parts.tabs(_('Lettrage et balance âgée'), [(request.route_path('endi_ext.lettering'), _('Lettrage'), False), (request.route_path('endi_ext.aged_balance'), _('Balance âgée'), True)])}
  ${books.filter_form(asked, (('side', side),) if side == 'payable' else ())}
  ${parts.tabs(_('Sens'), [(address(request, side=value, cursor=''), _(label), value == side) for value, label in sides.items()])}
  % if party:
  <h2>${party.name}</h2>
  % endif
  % if found.rows:
  <p class="endi-ext-lead">${_('{total} en tout, dont {late} en retard.', total=money(sum(totals.values())), late=money(late_cents))}</p>
  % if past:
  <p class="endi-ext-note">${_('À une date passée, ce qui était ouvert est lu des écritures ; les échéances et ce qui attend le client sont ceux que l’on connaît aujourd’hui.')}</p>
  % endif
  % if chart:
  <div class="endi-ext-chart">${chart|n}</div>
  % endif
  <div class="table_container endi-ext-scroll" tabindex="0" role="region" aria-label="${_(sides[side])}">
    <table class="hover_table endi-ext-book">
      <caption>${_(sides[side])}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Tiers') if party else _('Enseigne')}</th>
          % for bucket in buckets:
          <th scope="col" class="col_number">${_(words[bucket])}</th>
          % endfor
          <th scope="col" class="col_number">${_('Total')}</th>
        </tr>
      </thead>
      <tbody>
        % for row in found.rows:
        <tr>
          <th scope="row" class="col_text">
            % if party:
            ${name_of(row)}
            % else:
            <a href="${address(request, party=name_of(row), cursor='')}">${name_of(row)}</a>
            % endif
          </th>
          % for bucket in buckets:
          <td class="col_number">${amount(row.cents[bucket]) if row.cents.get(bucket) else ''}</td>
          % endfor
          <td class="col_number"><strong>${amount(row.total_cents)}</strong></td>
        </tr>
        % endfor
      </tbody>
      <tfoot>
        <tr class="row_recap">
          <th scope="row" class="col_text">${_('Total')}</th>
          % for bucket in buckets:
          <td class="col_number"><strong>${amount(totals[bucket])}</strong></td>
          % endfor
          <td class="col_number"><strong>${amount(sum(totals.values()))}</strong></td>
        </tr>
      </tfoot>
    </table>
  </div>
  ${pages()}
  <p class="endi-ext-note">${_('Une retenue de garantie et ce qui attend le paiement du client ne sont jamais comptés en retard. Sans échéance connue, l’âge se compte depuis la date de l’écriture.')}</p>
  % if party:
  <p>${parts.link_button(request.route_path('endi_ext.lettering', _query={'party': party.name}), _('Voir les lignes ouvertes de {name}', name=party.name))}</p>
  % endif
  % else:
  ${parts.empty(_('Rien n’est ouvert à cette date.'))}
  % endif
</div>
</%block>

<%def name="pages()">
% if found.next_cursor or found.previous_cursor is not None:
<nav class="pager endi-ext-pager" aria-label="${_('Pages de la liste')}">
  % if found.previous_cursor is not None:
  <a class="btn" rel="prev" href="${address(request, cursor=found.previous_cursor)}">${_('Page précédente')}</a>
  % endif
  % if found.next_cursor:
  <a class="btn" rel="next" href="${address(request, cursor=found.next_cursor)}">${_('Page suivante')}</a>
  % endif
</nav>
% endif
</%def>
