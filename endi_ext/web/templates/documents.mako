<%doc>The papers the host makes of exchanges: what waits, what failed, what differs from the books.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="actionmenucontent">
<div class="layout flex main_actions endi-ext-buttons">
  ${parts.post_button(request.route_path('endi_ext.documents.compare'), _('Comparer les documents au livre'))}
  <a class="btn" href="${request.route_path('endi_ext.adoption')}">${_('Reprise des documents internes')}</a>
</div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-intro">
    % if not made_by_host:
    ${_('Cette application ne fait pas de documents : chaque échange a son bon d’échange interne (PDF), et le livre fait foi.')}
    % elif not wanted:
    ${_('Le réglage « livre seul » est choisi : les nouveaux échanges n’ont pas de facture interne. Ceux qui en ont déjà une la gardent à jour.')}
    % else:
    ${_('Chaque échange accepté a sa facture interne et sa facture fournisseur, faites, numérotées et validées une seule fois. Ce qui n’a pas pu l’être est ici, avec ce qu’il faut faire.')}
    % endif
  </p>
  % if counts:
  <dl class="endi-ext-facts">
    <%parts:fact name="${_('Documents faits')}">${counts.get('done', 0)}</%parts:fact>
    <%parts:fact name="${_('En préparation')}">${counts.get('pending', 0)}</%parts:fact>
    <%parts:fact name="${_('En échec')}">${counts.get('failed', 0)}</%parts:fact>
    <%parts:fact name="${_('Abandonnés')}">${counts.get('given_up', 0)}</%parts:fact>
  </dl>
  % endif
  <section class="data_display endi-ext-block">
    <h2>${_('Documents à faire')}</h2>
    % if tasks:
    <div class="table_container endi-ext-reflow">
      <table class="hover_table endi-ext-cards">
        <caption class="screen-reader-text">${_('Documents à faire')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_text">${_('Échange')}</th>
            <th scope="col" class="col_text">${_('Document')}</th>
            <th scope="col" class="col_text">${_('Demandé')}</th>
            <th scope="col" class="col_text">${_('Ce qui manque')}</th>
            <th scope="col" class="col_text">${_('Actions')}</th>
          </tr>
        </thead>
        <tbody>
          % for task in tasks:
          <tr>
            <th scope="row" class="col_text" data-label="${_('Échange')}"><a href="${request.route_path('endi_ext.exchange_any', exchange_id=task.exchange_id)}">${task.exchange.label}</a></th>
            <td class="col_text" data-label="${_('Document')}">${_(actions[task.action])}</td>
            <td class="col_text" data-label="${_('Demandé')}">${_('{at}, par {name}', at=moment(task.asked_at), name=task.asked_by)}</td>
            <td class="col_text" data-label="${_('Ce qui manque')}">${reason_of(task) or _('Rien : il sera fait dès que le traitement de fond y arrive.')}</td>
            <td class="col_text" data-label="${_('Actions')}">
              <div class="endi-ext-buttons">
                ${parts.post_button(request.route_path('endi_ext.document.retry', task_id=task.id), _('Refaire'))}
                ${parts.link_button(request.route_path('endi_ext.document.give_up', task_id=task.id), _('Renoncer'))}
              </div>
            </td>
          </tr>
          % endfor
        </tbody>
      </table>
    </div>
    % else:
    ${parts.empty(_('Tous les documents demandés sont faits.'))}
    % endif
  </section>
  <section class="data_display endi-ext-block">
    <h2>${_('Écarts entre les documents et le livre')}</h2>
    % if differences:
    <div class="table_container endi-ext-reflow">
      <table class="hover_table endi-ext-cards">
        <caption class="screen-reader-text">${_('Écarts entre les documents et le livre')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_text">${_('Échange')}</th>
            <th scope="col" class="col_text">${_('Écart')}</th>
            <th scope="col" class="col_number">${_('Montant en jeu')}</th>
            <th scope="col" class="col_text">${_('Constaté')}</th>
            <th scope="col" class="col_text">${_('Actions')}</th>
          </tr>
        </thead>
        <tbody>
          % for finding in differences:
          <tr>
            <th scope="row" class="col_text" data-label="${_('Échange')}"><a href="${request.route_path('endi_ext.exchange_any', exchange_id=finding.exchange_id)}">${finding.exchange.label}</a></th>
            <td class="col_text" data-label="${_('Écart')}"><a href="${request.route_path('endi_ext.finding', finding_id=finding.id)}">${sentence_of(finding)}</a></td>
            <td class="col_number" data-label="${_('Montant en jeu')}">${money(finding.amount_cents)}</td>
            <td class="col_text" data-label="${_('Constaté')}">${moment(finding.found_at)}</td>
            <td class="col_text" data-label="${_('Actions')}">
              % if finding.code in alignable:
              ${parts.post_button(request.route_path('endi_ext.documents.align', exchange_id=finding.exchange_id), _('Porter au livre'))}
              % endif
            </td>
          </tr>
          % endfor
        </tbody>
      </table>
    </div>
    % else:
    ${parts.empty(_('Aucun écart : les deux côtés et le livre disent la même chose.'))}
    % endif
  </section>
</div>
</%block>
