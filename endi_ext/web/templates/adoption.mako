<%doc>The host's internal documents brought into the books: what it means, and the readings so far.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="actionmenucontent">
<div class="layout flex main_actions endi-ext-buttons">
  ${parts.post_button(request.route_path('endi_ext.adoption.look'), _('Regarder ce qui peut être repris'), hidden=(('request_key', request_key),))}
</div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-intro">${_('Les factures internes que votre application tient déjà deviennent des échanges du livre, avec leurs règlements et leurs avoirs, quand les deux côtés concordent. Ce qui ne concorde pas est laissé de côté, avec la raison. Rien n’est changé dans l’application.')}</p>
  <section class="data_display endi-ext-block">
    <h2>${_('Lectures')}</h2>
    % if runs:
    <div class="table_container endi-ext-reflow">
      <table class="hover_table endi-ext-cards">
        <caption class="screen-reader-text">${_('Lectures, de la plus récente à la plus ancienne')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_text">${_('Quand')}</th>
            <th scope="col" class="col_text">${_('Quoi')}</th>
            <th scope="col" class="col_text">${_('État')}</th>
            <th scope="col" class="col_number">${_('Documents lus')}</th>
            <th scope="col" class="col_number">${_('Laissés de côté')}</th>
          </tr>
        </thead>
        <tbody>
          % for run in runs:
          <tr>
            <th scope="row" class="col_text" data-label="${_('Quand')}"><a href="${request.route_path('endi_ext.adoption.run', adoption_id=run.id)}">${_('{at}, par {name}', at=moment(run.started_at), name=run.started_by)}</a></th>
            <td class="col_text" data-label="${_('Quoi')}">${_('Regard, rien au livre') if run.dry_run else _('Reprise au livre')}</td>
            <td class="col_text" data-label="${_('État')}"><span class="endi-ext-state ${badges[run.state].css}">${_(badges[run.state].label)}</span>
              % if run.state == 'running':
              <p class="endi-ext-before">${_('Depuis le {at}, pas encore au bout : si elle n’avance plus, arrêtez-la. Ce qui est repris le reste.', at=moment(run.started_at))}</p>
              ${parts.post_button(request.route_path('endi_ext.adoption.stop', adoption_id=run.id), _('Arrêter'), '')}
              % endif
            </td>
            <td class="col_number" data-label="${_('Documents lus')}">${run.seen}</td>
            <td class="col_number" data-label="${_('Laissés de côté')}">${left_of(run)}</td>
          </tr>
          % endfor
        </tbody>
      </table>
    </div>
    % else:
    ${parts.empty(_('Aucune lecture encore. Commencez par regarder : rien n’est porté au livre avant votre accord.'))}
    % endif
  </section>
  % if began:
  <section class="data_display endi-ext-block">
    <h2>${_('Chaque nuit')}</h2>
    % if nightly:
    <p>${_('Ce qui change dans l’application est repris chaque nuit : une facture validée, un règlement, un avoir.')}</p>
    ${parts.post_button(request.route_path('endi_ext.adoption.nightly'), _('Ne plus reprendre la nuit'), '', hidden=(('nightly', 'no'),))}
    % else:
    <p>${_('Rien n’est repris la nuit.')}</p>
    ${parts.post_button(request.route_path('endi_ext.adoption.nightly'), _('Reprendre chaque nuit'), hidden=(('nightly', 'yes'),))}
    % endif
  </section>
  % endif
</div>
</%block>
