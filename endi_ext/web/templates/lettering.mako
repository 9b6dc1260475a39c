<%doc>Lettering: accounts with open lines or, of one, what is open, lettered or undone.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="books" file="endi_ext:web/templates/books.mako" />
<%block name="headjs">
${parent.headjs()}
<script src="${static('lettering.js')}" defer="defer"></script>
</%block>
<%block name="css">
${parent.css()}
<link rel="stylesheet" href="${static('lettering.css')}" />
</%block>
<%block name="actionmenucontent">
<div class="layout flex main_actions endi-ext-buttons">
  % if account is not None and tab == 'open' and found.rows:
  ${parts.link_button(address(request, suggest='1', tick=''), _('Proposer des lettrages'), 'btn-primary')}
  % endif
  % if account is not None:
  ${parts.link_button(request.route_path('endi_ext.lettering'), _('Tous les comptes'))}
  % endif
</div>
</%block>
<%block name="content">
<div class="endi-ext">
  ${parts.tabs(_('Lettrage et balance âgée'), [(request.route_path('endi_ext.lettering'), _('Lettrage'), True), (request.route_path('endi_ext.aged_balance'), _('Balance âgée'), False)])}
  ${books.filter_form(asked)}
  % if account is None:
  ${accounts_table()}
  % else:
  <h2>${_('Compte {number} de {name}', number=account.number, name=account.party.name)}
    % if titles.get(account.number):
    <small>${_(titles[account.number])}</small>
    % endif
  </h2>
  ${parts.tabs(_('Lignes du compte'), [(address(request, tab=value, cursor='', before='', tick='', suggest=''), _(label), value == tab) for value, label in tabs])}
  % if tab == 'open':
  ${open_lines()}
  % else:
  ${letters_list()}
  % endif
  % endif
</div>
</%block>

<%def name="accounts_table()">
% if accounts:
<p class="endi-ext-lead">${_('Comptes de {name}', name=party.name) if party else _('Comptes qui ont le plus de lignes ouvertes')}</p>
<div class="table_container endi-ext-reflow">
  <table class="hover_table endi-ext-cards">
    <caption class="screen-reader-text">${_('Comptes de {name}', name=party.name) if party else _('Comptes qui ont le plus de lignes ouvertes')}</caption>
    <thead>
      <tr>
        <th scope="col" class="col_text">${_('Compte')}</th>
        <th scope="col" class="col_text">${_('Enseigne')}</th>
        <th scope="col" class="col_number">${_('Lignes ouvertes')}</th>
        <th scope="col" class="col_number">${_('Solde')}</th>
      </tr>
    </thead>
    <tbody>
      % for row in accounts:
      <tr>
        <th scope="row" class="col_text" data-label="${_('Compte')}"><a href="${request.route_path('endi_ext.lettering', _query={'party': row.account.party.name, 'account': row.account.number})}">${row.account.number}<span class="screen-reader-text"> ${row.account.party.name}</span></a> <small>${_(titles.get(row.account.number, ''))}</small></th>
        <td class="col_text" data-label="${_('Enseigne')}">${row.account.party.name}</td>
        <td class="col_number" data-label="${_('Lignes ouvertes')}">${row.items}</td>
        <td class="col_number" data-label="${_('Solde')}">${balance(row.cents)}</td>
      </tr>
      % endfor
    </tbody>
  </table>
</div>
% else:
${parts.empty(_('Aucune ligne ouverte : tout est lettré.'))}
% endif
</%def>

<%def name="balance(cents)">
% if cents > 0:
${_('{amount} au débit', amount=money(cents))}
% elif cents < 0:
${_('{amount} au crédit', amount=money(-cents))}
% else:
${money(0)}
% endif
</%def>

<%def name="open_lines()">
<p class="endi-ext-lead">${_('Lignes ouvertes : {count}. Solde :', count=standing.items)} ${balance(standing.cents)}</p>
% if suggested is not None:
${suggestions()}
% endif
% if rows:
<form method="post" action="${request.route_path('endi_ext.lettering.letter')}" class="endi-ext-lettering" id="lettering" data-lettering="true">
  <input type="hidden" name="csrf_token" value="${get_csrf_token()}" />
  <input type="hidden" name="account_id" value="${account.id}" />
  <input type="hidden" name="partner" value="${partner.name if partner else ''}" />
  <div class="table_container endi-ext-reflow">
    <table class="hover_table endi-ext-cards">
      <caption class="screen-reader-text">${_('Lignes ouvertes, de la plus récente à la plus ancienne')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text"><span class="screen-reader-text">${_('Cocher')}</span></th>
          <th scope="col" class="col_date">${_('Date')}</th>
          <th scope="col" class="col_text">${_('Écriture, pièce')}</th>
          <th scope="col" class="col_text">${_('Tiers')}</th>
          <th scope="col" class="col_text">${_('Libellé')}</th>
          <th scope="col" class="col_text">${_('Lettre')}</th>
          <th scope="col" class="col_number">${_('Débit (€)')}</th>
          <th scope="col" class="col_number">${_('Crédit (€)')}</th>
        </tr>
      </thead>
      <tbody>
        % for item in rows:
        <% line = item.line %>
        <tr>
          <td class="col_text"><input type="checkbox" name="line" value="${line.id}" id="line-${line.id}" data-cents="${item.cents}" data-letter="${item.letter}" ${'checked="checked"' if line.id in ticked else ''|n} aria-label="${_('Cocher {entry} du {day}, {amount}', entry='{} {}'.format(line.entry.journal.code, line.entry.number), day=day(line.effective_on), amount=money(abs(item.cents)))}" /></td>
          <td class="col_date" data-label="${_('Date')}">${day(line.effective_on)}</td>
          <th scope="row" class="col_text" data-label="${_('Écriture, pièce')}"><a href="${request.route_path('endi_ext.entry', entry_id=line.entry_id)}">${line.entry.journal.code}&nbsp;${line.entry.number}</a> <small>${line.entry.entry_text.document}</small></th>
          <td class="col_text" data-label="${_('Tiers')}">${line.counterparty.name if line.counterparty else ''}</td>
          <td class="col_text" data-label="${_('Libellé')}"><label for="line-${line.id}" class="endi-ext-text">${line.entry.entry_text.text}</label></td>
          <td class="col_text ${'' if item.letter else 'endi-ext-void'}" data-label="${_('Lettre')}">${item.letter}</td>
          <td class="col_number ${'' if line.debit_cents else 'endi-ext-void'}" data-label="${_('Débit (€)')}">${amount(line.debit_cents) if line.debit_cents else ''}</td>
          <td class="col_number ${'' if line.credit_cents else 'endi-ext-void'}" data-label="${_('Crédit (€)')}">${amount(line.credit_cents) if line.credit_cents else ''}</td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
  <% shown_cents = [item.cents for item in rows if item.line.id in ticked] %>
  <div class="endi-ext-sum">
    <p role="status">
      <span data-sum-count="true">${_('Lignes cochées : {count}', count=len(shown_cents))}</span>
      <span>${_('Débit')} <strong data-sum="debit">${money(sum(one for one in shown_cents if one > 0))}</strong></span>
      <span>${_('Crédit')} <strong data-sum="credit">${money(-sum(one for one in shown_cents if one < 0))}</strong></span>
      <span>${_('Écart')} <strong data-sum="left">${money(abs(sum(shown_cents)))}</strong></span>
    </p>
    <div class="endi-ext-buttons">
      <button type="submit" class="btn btn-primary" data-letter-full="${_('Lettrer')}" data-letter-part="${_('Lettrer en partie')}">${_('Lettrer')}</button>
      <button type="submit" class="btn" name="preview" value="1" data-preview="true">${_('Faire la somme')}</button>
    </div>
  </div>
</form>
<p class="endi-ext-note">${_('Au clavier : flèches haut et bas d’une ligne à l’autre, espace pour cocher, L pour lettrer. Un lettrage dont l’écart est nul solde ses lignes ; sinon il est partiel, en minuscules, et ses lignes restent ouvertes.')}</p>
${parts.pager(found)}
% else:
${parts.empty(_('Aucune ligne ouverte sur ce compte.'))}
% endif
</%def>

<%def name="suggestions()">
<section class="data_display endi-ext-block">
  <h3>${_('Lettrages proposés')}</h3>
  % if suggested:
  <p class="endi-ext-note">${_('Rien n’est lettré tant que vous ne l’avez pas fait : cochez une proposition, vérifiez, puis lettrez.')}</p>
  <ul class="endi-ext-sentences">
    % for one in suggested:
    <li>
      ${_('Lignes : {count}', count=len(one.line_ids))},
      % if one.cents:
      ${_('écart de {amount}', amount=money(abs(one.cents)))}
      % else:
      ${_('sans écart')}
      % endif
      <a class="btn" href="${address(request, tick=','.join(map(str, one.line_ids)))}">${_('Cocher')}<span class="screen-reader-text"> ${_('la proposition {number}', number=loop.index + 1)}</span></a>
    </li>
    % endfor
  </ul>
  % else:
  <p>${_('Aucune ligne ouverte ne semble en solder une autre.')}</p>
  % endif
</section>
</%def>

<%def name="letters_list()">
% for matching in matchings:
<% lines = under[matching.id]; letters = partial_of(matching.number, partial=matching.state != full and tab != 'undone') %>
<section class="data_display endi-ext-block endi-ext-letter">
  <h3><span class="endi-ext-letters">${letters}</span>
    % if matching.state == 'partial':
    <span class="endi-ext-state caution">${_('en partie, reste {left}', left=money(abs(matching.cents)))}</span>
    % elif matching.state == full:
    <span class="endi-ext-state valid">${_('soldé')}</span>
    % else:
    <span class="endi-ext-state invalid">${_('annulé')}</span>
    % endif
  </h3>
  <p class="endi-ext-when">
    % if matching.automatic:
    ${_('Lettré avec le règlement par {name}, {at}.', name=matching.made_by, at=moment(matching.made_at))}
    % else:
    ${_('Lettré par {name}, {at}.', name=matching.made_by, at=moment(matching.made_at))}
    % endif
    % if matching.undone_at and matching.merged_into_id:
    ${_('Réuni avec un autre par {name}, {at}.', name=matching.undone_by, at=moment(matching.undone_at))}
    % elif matching.undone_at:
    ${_('Annulé par {name}, {at} :', name=matching.undone_by, at=moment(matching.undone_at))} <q>${matching.reason}</q>
    % endif
  </p>
  <div class="table_container endi-ext-scroll" tabindex="0" role="region" aria-label="${_('Lignes de {letters}', letters=letters)}">
    <table class="endi-ext-book">
      <caption class="screen-reader-text">${_('Lignes de {letters}', letters=letters)}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_date">${_('Date')}</th>
          <th scope="col" class="col_text">${_('Écriture, pièce')}</th>
          <th scope="col" class="col_text">${_('Tiers')}</th>
          <th scope="col" class="col_text">${_('Libellé')}</th>
          <th scope="col" class="col_number">${_('Débit (€)')}</th>
          <th scope="col" class="col_number">${_('Crédit (€)')}</th>
        </tr>
      </thead>
      <tbody>
        % for line in lines:
        <tr>
          <td class="col_date">${day(line.effective_on)}</td>
          <th scope="row" class="col_text"><a href="${request.route_path('endi_ext.entry', entry_id=line.entry_id)}">${line.entry.journal.code}&nbsp;${line.entry.number}</a> <small>${line.entry.entry_text.document}</small></th>
          <td class="col_text">${line.counterparty.name if line.counterparty else ''}</td>
          <td class="col_text"><span class="endi-ext-text">${line.entry.entry_text.text}</span></td>
          <td class="col_number">${amount(line.debit_cents) if line.debit_cents else ''}</td>
          <td class="col_number">${amount(line.credit_cents) if line.credit_cents else ''}</td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
  % if tab == 'lettered':
  <p>${parts.link_button(request.route_path('endi_ext.lettering.undo', matching_id=matching.id), _('Annuler le lettrage {letters}', letters=letters), 'negative')}</p>
  % endif
</section>
% endfor
% if not matchings:
${parts.empty(_('Aucun lettrage annulé sur ce compte.') if tab == 'undone' else _('Rien n’est encore lettré sur ce compte.'))}
% endif
% if following:
<nav class="pager endi-ext-pager" aria-label="${_('Pages de la liste')}"><a class="btn" rel="next" href="${address(request, before=str(following))}">${_('Plus anciens')}</a></nav>
% endif
</%def>
