<%doc>Disputes submitted to arbitration: what waits for a decision, what is over.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%def name="table(caption, disputes)">
<div class="table_container endi-ext-reflow">
  <table class="hover_table endi-ext-cards">
    <caption class="screen-reader-text">${caption}</caption>
    <thead>
      <tr>
        <th scope="col" class="col_text">${_('Différend')}</th>
        <th scope="col" class="col_text">${_('Entre')}</th>
        <th scope="col" class="col_number">${_('Montant en jeu')}</th>
        <th scope="col" class="col_text">${_('Arbitre')}</th>
        <th scope="col" class="col_date">${_('Demandé le')}</th>
        <th scope="col" class="col_text">${_('État')}</th>
      </tr>
    </thead>
    <tbody>
      % for dispute in disputes:
      <tr>
        <th scope="row" class="col_text" data-label="${_('Différend')}"><a href="${request.route_path('endi_ext.arbitration', dispute_id=dispute.id)}">${dispute.subcontract.title}</a>
          <span class="endi-ext-before">${title_of(dispute)}</span></th>
        <td class="col_text" data-label="${_('Entre')}">${_('{buyer} et {seller}', buyer=dispute.subcontract.buyer.name, seller=dispute.subcontract.seller.name)}</td>
        <td class="col_number" data-label="${_('Montant en jeu')}">${money(dispute.amount_cents)}</td>
        <td class="col_text" data-label="${_('Arbitre')}">${dispute.arbiter_name or '–'}</td>
        <td class="col_date" data-label="${_('Demandé le')}">${moment(dispute.arbitration_at)}</td>
        <td class="col_text" data-label="${_('État')}">${parts.badge(badge_of(dispute))}</td>
      </tr>
      % endfor
    </tbody>
  </table>
</div>
</%def>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-intro">${_('Les différends dont l’une des parties a demandé l’arbitrage. Qui en prend un en charge est nommé aux deux parties, et tranche seul.')}</p>
  <section class="endi-ext-block">
    <h2>${_('À trancher')}</h2>
    % if waiting:
    ${table(_('À trancher'), waiting)}
    % else:
    ${parts.empty(_('Aucun différend n’attend de décision.'))}
    % endif
  </section>
  % if over:
  <section class="endi-ext-block">
    <h2>${_('Clos')}</h2>
    ${table(_('Clos'), over)}
  </section>
  % endif
</div>
</%block>
