<%doc>Awarded contracts: lists of them, and what they were worth.</%doc>
<%page expression_filter="h"/>

<%def name="winners(row, grouping_words)">
% for one in row.winners[:4]:
% if one.name:
<div class="endi-ext-text">${one.name}</div>
<span class="endi-ext-before endi-ext-whole">${one.id_kind} ${one.identifier}</span>
% else:
<div class="endi-ext-whole">${one.id_kind} ${one.identifier}</div>
% endif
% endfor
% if len(row.winners) > 4:
<div>${_('et {count} autres', count=len(row.winners) - 4)}</div>
% endif
% if not row.winners:
–
% endif
<span class="endi-ext-before">${' · '.join(one for one in (_(grouping_words[row.grouping_kind]) if row.grouping_kind else '', _('Offres reçues : {count}', count=row.offers) if row.offers else '') if one)}</span>
</%def>

<%def name="amounts(row)">
${money(row.amount_cents) if row.amount_cents is not None else '–'}
% if row.last_amount_cents is not None and row.last_amount_cents != row.amount_cents:
<span class="endi-ext-before">${_('porté à {amount}', amount=money(row.last_amount_cents))}</span>
% endif
</%def>

<%def name="listed(rows, grouping_words)">
<div class="table_container endi-ext-reflow">
  <table class="hover_table endi-ext-cards">
    <caption class="screen-reader-text">${_('Marchés attribués')}</caption>
    <thead>
      <tr>
        <th scope="col" class="col_date">${_('Notifié le')}</th>
        <th scope="col" class="col_text">${_('Marché')}</th>
        <th scope="col" class="col_text">${_('Acheteur')}</th>
        <th scope="col" class="col_text">${_('Titulaire')}</th>
        <th scope="col" class="col_number">${_('Montant HT')}</th>
      </tr>
    </thead>
    <tbody>
      % for row in rows:
      <tr>
        <td class="col_date" data-label="${_('Notifié le')}">${day(row.notified_on)}</td>
        <th scope="row" class="col_text" data-label="${_('Marché')}"><span class="endi-ext-text">${row.title}</span>
          <span class="endi-ext-before">${' · '.join(one for one in ('CPV ' + row.cpv if row.cpv else '', row.procedure, _('{months} mois', months=row.months) if row.months else '') if one)}</span>
        </th>
        <td class="col_text" data-label="${_('Acheteur')}"><a class="${'' if row.buyer_name else 'endi-ext-whole'}" href="${request.context.path('tenders.awards', query={'buyer': row.buyer_id})}">${row.buyer_name or row.buyer_id}</a></td>
        <td class="col_text" data-label="${_('Titulaire')}">${winners(row, grouping_words)}</td>
        <td class="col_number" data-label="${_('Montant HT')}">${amounts(row)}</td>
      </tr>
      % endfor
    </tbody>
  </table>
</div>
</%def>

<%def name="ranges(one)">
<section class="endi-ext-block data_display">
  <h2>${one['title']}</h2>
  <div class="endi-ext-chart">${one['chart']|n}</div>
  <div class="table_container endi-ext-reflow">
    <table class="endi-ext-cards">
      <caption class="screen-reader-text">${one['title']}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Marchés')}</th>
          <th scope="col" class="col_number">${_('Nombre')}</th>
          <th scope="col" class="col_number">${_('1 sur 10 sous')}</th>
          <th scope="col" class="col_number">${_('1 sur 4 sous')}</th>
          <th scope="col" class="col_number">${_('1 sur 2 sous')}</th>
          <th scope="col" class="col_number">${_('3 sur 4 sous')}</th>
          <th scope="col" class="col_number">${_('9 sur 10 sous')}</th>
        </tr>
      </thead>
      <tbody>
        % for name, row in one['rows']:
        <tr>
          <th scope="row" class="col_text" data-label="${_('Marchés')}">${name}</th>
          <td class="col_number" data-label="${_('Nombre')}">${row.count}</td>
          <td class="col_number" data-label="${_('1 sur 10 sous')}">${money(row.low_cents)}</td>
          <td class="col_number" data-label="${_('1 sur 4 sous')}">${money(row.first_quarter_cents)}</td>
          <td class="col_number" data-label="${_('1 sur 2 sous')}"><strong>${money(row.median_cents)}</strong></td>
          <td class="col_number" data-label="${_('3 sur 4 sous')}">${money(row.third_quarter_cents)}</td>
          <td class="col_number" data-label="${_('9 sur 10 sous')}">${money(row.high_cents)}</td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
</section>
</%def>

<%def name="how_to_fill()">
<p class="endi-ext-empty">${_('Aucun marché attribué n’est encore retenu. L’équipe d’appui les reprend des données essentielles publiées sur data.gouv.fr (commande « endi-ext import decp »).')}</p>
</%def>
