<%doc>The campaigns of matching.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="matching" file="endi_ext:web/templates/matching_parts.mako" />
<%block name="actionmenucontent">
<div class="layout flex main_actions endi-ext-buttons">
  ${parts.link_button(request.route_path('endi_ext.matching.new'), _('Rapprocher deux fichiers'), 'btn-primary')}
  ${parts.link_button(request.route_path('endi_ext.matching.period'), _('Rapprocher les documents d’une période'))}
</div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-intro">${_('Ce que disent les vendeurs et ce que disent les acheteurs, mis face à face : ce qui est sûr est confirmé, le reste vous est proposé. Rien n’est jamais enregistré au livre par un rapprochement.')}</p>
  % if found.rows:
  <div class="table_container endi-ext-reflow">
    <table class="hover_table endi-ext-cards">
      <caption class="screen-reader-text">${_('Rapprochements, du plus récent au plus ancien')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Rapprochement')}</th>
          <th scope="col" class="col_text">${_('Période')}</th>
          <th scope="col" class="col_number">${_('Sûrs')}</th>
          <th scope="col" class="col_number">${_('Acceptés')}</th>
          <th scope="col" class="col_number">${_('Proposés')}</th>
          <th scope="col" class="col_number">${_('Seuls')}</th>
          <th scope="col" class="col_number">${_('Écartés')}</th>
          <th scope="col" class="col_text">${_('État')}</th>
        </tr>
      </thead>
      <tbody>
        % for one in found.rows:
        <tr>
          <th scope="row" class="col_text"><a href="${request.route_path('endi_ext.matching.campaign', campaign_id=one.id)}">${one.name}</a></th>
          <td class="col_text" data-label="${_('Période')}">${_('du {first} au {last}', first=day(one.starts_on), last=day(one.ends_on))}</td>
          <td class="col_number" data-label="${_('Sûrs')}">${one.confirmed_count}</td>
          <td class="col_number" data-label="${_('Acceptés')}">${one.accepted_count}</td>
          <td class="col_number" data-label="${_('Proposés')}">${one.suggested_count}</td>
          <td class="col_number" data-label="${_('Seuls')}">${one.left_count}</td>
          <td class="col_number" data-label="${_('Écartés')}">${one.waived_count}</td>
          <td class="col_text" data-label="${_('État')}">${parts.badge(badges[one.state])}</td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
  ${matching.pager(found)}
  % else:
  ${parts.empty(_('Aucun rapprochement encore.'))}
  % endif
</div>
</%block>
