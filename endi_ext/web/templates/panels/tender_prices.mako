<%doc>The bid in one glance: its total, what is left to share, what each has.</%doc>
<%page args="split, team" expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<section class="data_display endi-ext-block" id="endi_ext_prices">
  <h2>${_('Prix et parts')}</h2>
  % if not split.lines:
  ${parts.empty(_('Aucun prix encore : importez le bordereau de l’acheteur, ou ajoutez les lignes une à une.'))}
  % else:
  <dl class="endi-ext-facts">
    <%parts:fact name="${_('Offre de base HT')}"><strong>${money(split.total_cents)}</strong></%parts:fact>
    <%parts:fact name="${_('Reste à répartir')}">${money(split.unassigned_cents)}</%parts:fact>
    <%parts:fact name="${_('Prix')}">
      % if split.complete:
      <span class="endi-ext-state valid">${_('Complet')}</span>
      % else:
      <span class="endi-ext-state caution">${_('À compléter')}</span>
      % endif
    </%parts:fact>
  </dl>
  <div class="table_container endi-ext-reflow">
    <table class="endi-ext-cards endi-ext-sums">
      <caption class="screen-reader-text">${_('Parts de chacun, montants HT')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Membre')}</th>
          <th scope="col" class="col_number">${_('Travaux')}</th>
          <th scope="col" class="col_number">${_('Lui reste')}</th>
        </tr>
      </thead>
      <tbody>
        % for member in team:
        <tr>
          <th scope="row" class="col_text" data-label="${_('Membre')}">${member.name}</th>
          <td class="col_number" data-label="${_('Travaux')}">${money(split.members[member.id].gross_cents)}</td>
          <td class="col_number" data-label="${_('Lui reste')}">${money(split.members[member.id].net_cents)}</td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
  % endif
  <p class="endi-ext-buttons">
    ${parts.link_button(request.context.at('prices'), _('Prix et répartition'))}
    % if split.lines:
    ${parts.link_button(request.context.at('shares'), _('Qui reçoit combien'))}
    % endif
  </p>
</section>
