<%doc>One campaign: how far it is prepared, then how many of each state, in all and by pair of parties.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="matching" file="endi_ext:web/templates/matching_parts.mako" />
<% at = lambda route, **query: request.route_path('endi_ext.matching.' + route, campaign_id=campaign.id, _query=query) %>
<%block name="actionmenucontent">
<% at = lambda route, **query: request.route_path('endi_ext.matching.' + route, campaign_id=campaign.id, _query=query) %>
<div class="layout flex main_actions endi-ext-buttons">
  % if not loading:
  ${parts.link_button(at('file', format='xlsx'), _('Télécharger (XLSX)'))}
  ${parts.link_button(at('file', format='csv'), _('Télécharger (CSV)'))}
  % if campaign.state == 'closed':
  ${parts.post_button(at('reopen'), _('Rouvrir'), '')}
  % else:
  ${parts.link_button(at('close'), _('Clore'))}
  % endif
  % endif
  ${parts.link_button(at('delete'), _('Supprimer'))}
</div>
</%block>
<%block name="content">
<% at = lambda route, **query: request.route_path('endi_ext.matching.' + route, campaign_id=campaign.id, _query=query) %>
${matching.assets()}
<div class="endi-ext">
  <p class="endi-ext-lead">${parts.badge(badge)} ${_('{sales} ventes et {purchases} achats, du {first} au {last}.', sales=campaign.sales_count, purchases=campaign.purchases_count, first=day(campaign.starts_on), last=day(campaign.ends_on))}</p>
  % if loading:
  <% done_batches = campaign.batches - campaign.batches_left %>
  <section class="data_display endi-ext-block" aria-live="polite">
    <h2>${_('En préparation')}</h2>
    <p><label for="progress">${_('Partie {done} sur {total}', done=done_batches, total=campaign.batches)}</label>
      <progress id="progress" max="${campaign.batches}" value="${done_batches}">${done_batches} / ${campaign.batches}</progress></p>
    <form method="post" class="endi-ext-inline" action="${at('advance')}" data-continues>
      <input type="hidden" name="csrf_token" value="${get_csrf_token()}" />
      <button type="submit" class="btn btn-primary">${_('Continuer')}</button>
    </form>
    <p class="endi-ext-hint">${_('La page continue toute seule. Si vous la quittez, elle reprendra ici.')}</p>
  </section>
  % else:
  ${matching.tabs(campaign, 'campaign')}
  % if campaign.undecided == 0:
  <p class="endi-ext-intro">${_('Tout est décidé : vous pouvez clore ce rapprochement et télécharger son résultat.') if campaign.state == 'open' else _('Tout est décidé.')}</p>
  % endif
  <section class="data_display endi-ext-block">
    <h2>${_('Par enseignes')}</h2>
    ${parts.picks(_('Enseignes'), (
      (address(request, pairs='waiting', cursor=''), _('Où il reste à décider'), waiting),
      (address(request, pairs='all', cursor=''), _('Toutes'), not waiting),
    ))}
    % if pairs.rows:
    <div class="table_container endi-ext-reflow">
      <table class="hover_table endi-ext-cards">
        <caption class="screen-reader-text">${_('Combien de rapprochements et de documents, par vendeur et acheteur')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_text">${_('Vendeur')}</th>
            <th scope="col" class="col_text">${_('Acheteur')}</th>
            <th scope="col" class="col_number">${_('Proposés')}</th>
            <th scope="col" class="col_number">${_('Seuls')}</th>
            <th scope="col" class="col_number">${_('Sûrs')}</th>
            <th scope="col" class="col_number">${_('Acceptés')}</th>
            <th scope="col" class="col_number">${_('Écartés')}</th>
          </tr>
        </thead>
        <tbody>
          % for pair in pairs.rows:
          <tr>
            <th scope="row" class="col_text">${pair.seller}</th>
            <td class="col_text" data-label="${_('Acheteur')}">${pair.buyer}</td>
            ${count(at('matches', state='suggested', pair=pair.id), _('Proposés'), pair.suggested_count)}
            ${count(at('left', pair=pair.id), _('Seuls'), pair.left_count)}
            ${count(at('matches', state='confirmed', pair=pair.id), _('Sûrs'), pair.confirmed_count)}
            ${count(at('matches', state='accepted', pair=pair.id), _('Acceptés'), pair.accepted_count)}
            ${count(at('left', place='waived', pair=pair.id), _('Écartés'), pair.waived_count)}
          </tr>
          % endfor
        </tbody>
        <tfoot>
          <tr class="row_recap">
            <th scope="row" colspan="2" class="col_text">${_('Total du rapprochement')}</th>
            <td class="col_number" data-label="${_('Proposés')}"><strong>${campaign.suggested_count}</strong></td>
            <td class="col_number" data-label="${_('Seuls')}"><strong>${campaign.left_count}</strong></td>
            <td class="col_number" data-label="${_('Sûrs')}"><strong>${campaign.confirmed_count}</strong></td>
            <td class="col_number" data-label="${_('Acceptés')}"><strong>${campaign.accepted_count}</strong></td>
            <td class="col_number" data-label="${_('Écartés')}"><strong>${campaign.waived_count}</strong></td>
          </tr>
        </tfoot>
      </table>
    </div>
    ${matching.pager(pairs)}
    % else:
    ${parts.empty(_('Plus rien n’attend de décision.'))}
    % endif
  </section>
  % if acceptable and campaign.state == 'open':
  <section class="data_display endi-ext-block">
    <h2>${_('Accepter d’un coup ce qui est sans écart de montant')}</h2>
    <ul class="endi-ext-tasks">
      % for rule in acceptable:
      <li><p>${_(rules[rule])}</p> ${parts.link_button(at('accept_rule', rule=rule), _('Accepter…'))}</li>
      % endfor
    </ul>
  </section>
  % endif
  % endif
  <details class="endi-ext-details">
    <summary>${_('Qui a fait quoi')}</summary>
    ${parts.history([one for one in events if one.action != 'accept_rule'], step_of)}
    % for one in events:
    % if one.action == 'accept_rule':
    <% rule, _sep, number = one.reason.partition(':') %>
    <p>${_('Propositions de la règle « {rule} » acceptées d’un coup par {name}, {at} : {count}.', name=one.actor_name, count=number, rule=_(rules[rule]), at=moment(one.at))}</p>
    % endif
    % endfor
  </details>
</div>
</%block>
<%def name="count(url, label, number)"><td class="col_number ${'' if number else 'endi-ext-void'}" data-label="${label}">
% if number:
<a href="${url}">${number}</a>
% endif
</td></%def>
