<%doc>One reading of the host's documents: how far it is, what became of them, what was left out and why.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="actionmenucontent">
<div class="layout flex main_actions endi-ext-buttons">
  % if run.dry_run and run.state == 'done':
  ${parts.post_button(request.route_path('endi_ext.adoption.adopt', adoption_id=run.id), _('Porter au livre ce qui concorde'))}
  % endif
  <a class="btn" href="${request.route_path('endi_ext.adoption')}">${_('Toutes les lectures')}</a>
</div>
</%block>
<%block name="content">
<% here = request.route_path('endi_ext.adoption.run', adoption_id=run.id) %>
<div class="endi-ext">
  <p class="endi-ext-lead">
    <span class="endi-ext-state ${badge.css}">${_(badge.label)}</span>
    % if run.dry_run:
    ${_('Un regard seulement : rien n’est porté au livre.')}
    % else:
    ${_('Ce qui concorde est porté au livre.')}
    % endif
    ${_('{at}, par {name}', at=moment(run.started_at), name=run.started_by)}
  </p>
  % if run.state == 'running':
  <section class="data_display endi-ext-block" aria-live="polite">
    <p><label for="adoption-progress">${_('Documents lus : {seen} sur {expected} environ', seen=run.seen, expected=max(run.expected, run.seen))}</label></p>
    <progress id="adoption-progress" class="endi-ext-progress" max="${max(run.expected, run.seen, 1)}" value="${run.seen}"></progress>
    <div class="endi-ext-buttons">
      <form class="endi-ext-inline" method="post" action="${request.route_path('endi_ext.adoption.go_on', adoption_id=run.id)}" data-goes-on="yes">
        <input type="hidden" name="csrf_token" value="${get_csrf_token()}" />
        <button type="submit" class="btn btn-primary">${_('Continuer')}</button>
      </form>
      ${parts.post_button(request.route_path('endi_ext.adoption.stop', adoption_id=run.id), _('Arrêter'), '')}
    </div>
  </section>
  % endif
  % if lines:
  <section class="data_display endi-ext-block">
    <h2>${_('Ce que deviennent les documents')}</h2>
    <div class="table_container endi-ext-reflow">
      <table class="hover_table endi-ext-cards">
        <caption class="screen-reader-text">${_('Nombre de documents par sorte et par raison')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_text">${_('Documents')}</th>
            <th scope="col" class="col_text">${_('Ce qu’ils deviennent')}</th>
            <th scope="col" class="col_number">${_('Nombre')}</th>
          </tr>
        </thead>
        <tbody>
          % for kind, word, count, left in lines:
          <tr>
            <td class="col_text" data-label="${_('Documents')}">${_(kind)}</td>
            <th scope="row" class="col_text" data-label="${_('Ce qu’ils deviennent')}">
              % if left:
              <span class="endi-ext-state caution">${_('Laissés de côté')}</span> <a href="${here}?reason=${left}#left-out">${_(word)}</a>
              % else:
              <span class="endi-ext-state valid">${_('Concordent')}</span> ${_(word)}
              % endif
            </th>
            <td class="col_number" data-label="${_('Nombre')}">${count}</td>
          </tr>
          % endfor
        </tbody>
      </table>
    </div>
  </section>
  % endif
  % if rows or reason:
  <section class="data_display endi-ext-block" id="left-out">
    <h2>${_('Laissés de côté')}</h2>
    % if reason:
    <p><strong>${_(reasons[reason])}.</strong> ${_(advice[reason])} <a href="${here}#left-out">${_('Voir toutes les raisons')}</a></p>
    % endif
    % if rows:
    <div class="table_container endi-ext-reflow">
      <table class="hover_table endi-ext-cards">
        <caption class="screen-reader-text">${_('Documents laissés de côté, avec la raison')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_text">${_('Document')}</th>
            <th scope="col" class="col_text">${_('Date')}</th>
            <th scope="col" class="col_text">${_('Vendeur')}</th>
            <th scope="col" class="col_text">${_('Acheteur')}</th>
            <th scope="col" class="col_number">${_('Montant')}</th>
            <th scope="col" class="col_text">${_('Raison et que faire')}</th>
          </tr>
        </thead>
        <tbody>
          % for row in rows:
          <tr>
            <th scope="row" class="col_text" data-label="${_('Document')}">
              % if row.exchange_id:
              <a href="${request.route_path('endi_ext.exchange_any', exchange_id=row.exchange_id)}">${row.number or _('Sans numéro')}</a>
              % else:
              ${row.number or _('Sans numéro')}
              % endif
            </th>
            <td class="col_text" data-label="${_('Date')}">${day(row.said_on)}</td>
            <td class="col_text" data-label="${_('Vendeur')}">${names.get(row.seller_key, '')}</td>
            <td class="col_text" data-label="${_('Acheteur')}">${names.get(row.buyer_key, '')}</td>
            <td class="col_number" data-label="${_('Montant')}">${money(row.amount_cents)}</td>
            <td class="col_text" data-label="${_('Raison et que faire')}"><strong>${_(reasons[row.reason])}</strong>
              <p class="endi-ext-note">${_(advice[row.reason])}</p>
            </td>
          </tr>
          % endfor
        </tbody>
      </table>
    </div>
    % if more:
    <nav class="pager endi-ext-pager" aria-label="${_('Pages de la liste')}">
      <a class="btn" rel="next" href="${here}?after=${more}${'&reason=' + reason if reason else ''}#left-out">${_('Suite')}</a>
    </nav>
    % endif
    % else:
    ${parts.empty(_('Aucun document laissé de côté pour cette raison.'))}
    % endif
  </section>
  % endif
</div>
</%block>
