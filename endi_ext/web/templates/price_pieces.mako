<%doc>Pieces of the pages of prices and shares.</%doc>
<%page expression_filter="h"/>

<%def name="state(split)">
<p class="endi-ext-lead">
  % if not split.lines:
  <span class="endi-ext-state">${_('Aucun prix')}</span>
  % elif split.complete:
  <span class="endi-ext-state valid">${_('Complet')}</span>
  ${_('Toutes les lignes ont un prix et sont réparties : {total} HT.', total=money(split.total_cents))}
  % else:
  <span class="endi-ext-state caution">${_('À compléter')}</span>
  <% unpriced = sum(1 for one in split.lines if one.line.part == 'base' and one.line.lot_id in split.lots and not one.line.priced) %>
  ${_('Total {total} HT.', total=money(split.total_cents))}
  % if unpriced:
  ${_('Lignes sans prix : {count}.', count=unpriced)}
  % endif
  % if split.unassigned_cents < 0:
  ${_('Réparti en trop : {excess}.', excess=money(-split.unassigned_cents))}
  % elif split.unassigned_cents:
  ${_('Reste à répartir : {rest}.', rest=money(split.unassigned_cents))}
  % endif
  % endif
</p>
</%def>

<%def name="doers(each, names)">
<% known = [(names[member], cents) for member, cents in each.parts.items()] %>
% for name, cents in known:
<span class="endi-ext-doer">${name}
  % if len(known) > 1 or each.unassigned_cents:
  <span class="endi-ext-before">${money(cents)}</span>
  % endif
</span>
% endfor
% if each.unassigned_cents > 0:
<span class="endi-ext-over">${_('reste {rest}', rest=money(each.unassigned_cents))}</span>
% elif each.unassigned_cents < 0:
<span class="endi-ext-over">${_('{excess} de trop', excess=money(-each.unassigned_cents))}</span>
% elif not known:
<span class="endi-ext-before">${_('personne')}</span>
% endif
</%def>

<%def name="members(split, team, tender)">
<%doc>What each has of each lot: it sums to the bid both ways.</%doc>
<% lots = [lot for lot in tender.lots if lot.answered] %>
% if team and lots:
<section class="data_display endi-ext-block">
  <h2>${_('Par membre et par lot')}</h2>
  <div class="table_container endi-ext-reflow endi-ext-scroll" tabindex="0" role="region" aria-label="${_('Travaux de chaque membre, lot par lot, offre de base, montants HT')}">
    <table class="endi-ext-cards endi-ext-wide">
      <caption class="screen-reader-text">${_('Travaux de chaque membre, lot par lot, offre de base, montants HT')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Membre')}</th>
          % for lot in lots:
          <th scope="col" class="col_number">${lot.title}</th>
          % endfor
          <th scope="col" class="col_number">${_('Ensemble')}</th>
        </tr>
      </thead>
      <tbody>
        % for member in team:
        <tr>
          <th scope="row" class="col_text" data-label="${_('Membre')}">${member.name}</th>
          % for lot in lots:
          <td class="col_number" data-label="${lot.title}">${money(split.by_lot[lot.id][member.id])}</td>
          % endfor
          <td class="col_number" data-label="${_('Ensemble')}"><strong>${money(split.members[member.id].gross_cents)}</strong></td>
        </tr>
        % endfor
        <tr>
          <th scope="row" class="col_text" data-label="${_('Membre')}">${_('Reste à répartir')}</th>
          % for lot in lots:
          <td class="col_number" data-label="${lot.title}">${money(split.lots[lot.id] - sum(split.by_lot[lot.id].values()))}</td>
          % endfor
          <td class="col_number" data-label="${_('Ensemble')}">${money(split.unassigned_cents)}</td>
        </tr>
      </tbody>
      <tfoot>
        <tr class="row_recap">
          <th scope="row" class="col_text">${_('Offre de base HT')}</th>
          % for lot in lots:
          <td class="col_number" data-label="${lot.title}">${money(split.lots[lot.id])}</td>
          % endfor
          <td class="col_number" data-label="${_('Ensemble')}"><strong>${money(split.total_cents)}</strong></td>
        </tr>
      </tfoot>
    </table>
  </div>
</section>
% endif
</%def>

<%def name="apart(split, team)">
<%doc>Options and variants, beside the bid.</%doc>
% if split.apart:
<section class="data_display endi-ext-block">
  <h2>${_('Options et variantes')}</h2>
  <p>${_('Elles ne comptent pas dans l’offre de base.')}</p>
  <div class="table_container endi-ext-reflow endi-ext-scroll" tabindex="0" role="region" aria-label="${_('Options et variantes, montants HT')}">
    <table class="endi-ext-cards endi-ext-wide">
      <caption class="screen-reader-text">${_('Options et variantes, montants HT')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Nom')}</th>
          <th scope="col" class="col_number">${_('Reste à répartir')}</th>
          <th scope="col" class="col_number">${_('Montant HT')}</th>
          % for member in team:
          <th scope="col" class="col_number">${member.name}</th>
          % endfor
        </tr>
      </thead>
      <tbody>
        % for one in split.apart:
        <tr>
          <th scope="row" class="col_text" data-label="${_('Nom')}">${_('Option {label}', label=one.label) if one.part == 'option' else _('Variante {label}', label=one.label)}</th>
          <td class="col_number" data-label="${_('Reste à répartir')}">${money(one.unassigned_cents)}</td>
          <td class="col_number" data-label="${_('Montant HT')}"><strong>${money(one.total_cents)}</strong></td>
          % for member in team:
          <td class="col_number" data-label="${member.name}">${money(one.members[member.id])}</td>
          % endfor
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
</section>
% endif
</%def>
