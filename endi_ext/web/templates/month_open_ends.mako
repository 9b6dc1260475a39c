<%doc>The deliveries nobody answered and the disputes that are open, by the end of a month.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="actionmenucontent">
<div class="layout flex main_actions endi-ext-buttons">${parts.link_button(back, _('Retour à la fin de mois'))}</div>
</%block>
<%block name="content">
<div class="endi-ext">
  <section class="endi-ext-block">
    <h2>${_('Livraisons sans réponse')}</h2>
    % if deliveries:
    <p class="endi-ext-intro">${_('L’acheteur n’a pas encore répondu. Écrivez-lui : l’accord dit si son silence vaut acceptation.')}</p>
    <div class="table_container endi-ext-reflow">
      <table class="hover_table endi-ext-cards">
        <caption class="screen-reader-text">${_('Livraisons sans réponse')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_text">${_('Livraison')}</th>
            <th scope="col" class="col_text">${_('Réalisé par')}</th>
            <th scope="col" class="col_text">${_('Pour')}</th>
            <th scope="col" class="col_date">${_('Date')}</th>
            <th scope="col" class="col_number">${_('Montant HT')}</th>
          </tr>
        </thead>
        <tbody>
          % for delivery in deliveries:
          <tr>
            <th scope="row" class="col_text" data-label="${_('Livraison')}"><a href="${request.route_path('endi_ext.delivery_any', delivery_id=delivery.id)}">${_('{title}, livraison n° {number}', title=delivery.subcontract.title, number=delivery.number)}</a></th>
            <td class="col_text" data-label="${_('Réalisé par')}">${delivery.subcontract.seller.name}</td>
            <td class="col_text" data-label="${_('Pour')}">${delivery.subcontract.buyer.name}</td>
            <td class="col_date" data-label="${_('Date')}">${day(delivery.delivered_on)}</td>
            <td class="col_number" data-label="${_('Montant HT')}">${money(delivery.net_cents)}</td>
          </tr>
          % endfor
        </tbody>
      </table>
    </div>
    % if len(deliveries) == most:
    <p class="endi-ext-note">${_('Les {count} plus anciennes seulement.', count=most)}</p>
    % endif
    % else:
    ${parts.empty(_('Toutes les livraisons ont leur réponse.'))}
    % endif
  </section>
  <section class="endi-ext-block">
    <h2>${_('Différends ouverts')}</h2>
    % if disputes:
    <div class="table_container endi-ext-reflow">
      <table class="hover_table endi-ext-cards">
        <caption class="screen-reader-text">${_('Différends ouverts')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_text">${_('Sous-traitance')}</th>
            <th scope="col" class="col_text">${_('Entre')}</th>
            <th scope="col" class="col_date">${_('Ouvert le')}</th>
            <th scope="col" class="col_number">${_('Montant en jeu')}</th>
          </tr>
        </thead>
        <tbody>
          % for dispute in disputes:
          <tr>
            <th scope="row" class="col_text" data-label="${_('Sous-traitance')}">${dispute.subcontract.title}</th>
            <td class="col_text" data-label="${_('Entre')}">${_('{buyer} et {seller}', buyer=dispute.subcontract.buyer.name, seller=dispute.subcontract.seller.name)}</td>
            <td class="col_date" data-label="${_('Ouvert le')}">${moment(dispute.opened_at)}</td>
            <td class="col_number" data-label="${_('Montant en jeu')}">${money(dispute.amount_cents)}</td>
          </tr>
          % endfor
        </tbody>
      </table>
    </div>
    % else:
    ${parts.empty(_('Aucun différend n’est ouvert.'))}
    % endif
  </section>
</div>
</%block>
