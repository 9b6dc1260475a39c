<%doc>Ordering on a frame agreement, and what was ordered.</%doc>
<%page args="orders, order_form, order_badge, order_url, end_url" expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
% if order_form:
<section class="data_display endi-ext-block">
  <h2>${_('Commander à ces prix')}</h2>
  <p class="endi-ext-intro">${_('Votre partenaire a déjà accepté ces prix : la commande vous engage tous les deux aussitôt.')}</p>
  ${order_form|n}
</section>
% endif
% if orders:
<section class="data_display endi-ext-block">
  <h2>${_('Commandes')}</h2>
  <div class="table_container endi-ext-reflow">
    <table class="hover_table endi-ext-cards">
      <caption class="screen-reader-text">${_('Commandes passées sur cet accord-cadre')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Commande du')}</th>
          <th scope="col" class="col_text">${_('Prestations')}</th>
          <th scope="col" class="col_date">${_('À terminer pour le')}</th>
          <th scope="col" class="col_number">${_('Montant HT')}</th>
          <th scope="col" class="col_text">${_('État')}</th>
        </tr>
      </thead>
      <tbody>
        % for order in orders:
        <tr>
          <th scope="row" class="col_text" data-label="${_('Commande du')}"><a href="${order_url(order)}">${moment(order.created_at)}</a></th>
          <td class="col_text" data-label="${_('Prestations')}">${', '.join(line.description for line in order.version.lines)}</td>
          <td class="col_date" data-label="${_('À terminer pour le')}">${day(order.version.due_on)}</td>
          <td class="col_number" data-label="${_('Montant HT')}">${money(order.version.total_cents)}</td>
          <td class="col_text" data-label="${_('État')}">${parts.badge(order_badge(order))}</td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
</section>
% endif
% if end_url:
<p>${parts.link_button(end_url, _('Mettre fin à l’accord-cadre'), 'negative')}</p>
% endif
