<%doc>Every tender of the cooperative, for the support team and the accountants.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="search" file="endi_ext:web/templates/tender_search.mako" />
<%block name="actionmenucontent">
<div class="layout flex main_actions endi-ext-buttons">
  <a class="btn" href="${address(request, format='csv')}">${_('Télécharger (CSV)')}</a>
</div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-intro">${_('Toutes les réponses des équipes. Le candidat est la coopérative : la dernière colonne dit pour combien elle est engagée envers l’acheteur. Montants HT.')}</p>
  ${search.form(typed, choices, _('État'))}
  % if not found:
  ${parts.empty(_('Rien ne correspond.') if any(typed.values()) else _('Aucune équipe ne répond encore à un appel d’offres.'))}
  % else:
  <div class="table_container endi-ext-reflow">
    <table class="hover_table endi-ext-cards">
      <caption class="screen-reader-text">${_('Appels d’offres de la coopérative')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Consultation')}</th>
          <th scope="col" class="col_text">${_('État')}</th>
          <th scope="col" class="col_date">${_('Date limite')}</th>
          <th scope="col" class="col_text">${_('Équipe')}</th>
          <th scope="col" class="col_number">${_('Prix déposé')}</th>
          <th scope="col" class="col_number">${_('Engagement')}</th>
        </tr>
      </thead>
      <tbody>
        % for tender in found:
        <% team = team_of(tender) %>
        <tr>
          <th scope="row" class="col_text" data-label="${_('Consultation')}">
            <a href="${request.route_path('endi_ext.tender', id=tender.lead.host_id, tender_id=tender.id)}">${tender.title}</a>
            <span class="endi-ext-before">${tender.buyer_name}</span>
            % for other in clashes.get(tender.id, ()):
            <span class="endi-ext-state invalid">${_('même lot que {name}', name=other.lead.name)}</span>
            % endfor
          </th>
          <td class="col_text" data-label="${_('État')}">${parts.badge(badges[tender.state])}</td>
          <td class="col_date" data-label="${_('Date limite')}">${moment(tender.deadline) if tender.deadline else '–'}
            % if tender.deadline and tender.deadline < now and tender.state in ('preparing', 'answering'):
            <span class="endi-ext-mark">${_('passée')}</span>
            % endif
          </td>
          <td class="col_text" data-label="${_('Équipe')}">${tender.lead.name}
            % if len(team) > 1:
            <span class="endi-ext-before">${_('et un autre membre') if len(team) == 2 else _('et {count} autres membres', count=len(team) - 1)}</span>
            % endif
            % if any(one.outside for one in team):
            <span class="endi-ext-before">${_(liabilities[tender.liability])} : ${', '.join(one.name for one in team if one.outside)}</span>
            % endif
          </td>
          <td class="col_number" data-label="${_('Prix déposé')}">${money(prices[tender.id]) if tender.id in prices else '–'}</td>
          <td class="col_number" data-label="${_('Engagement')}">${money(at_risk[tender.id]) if at_risk.get(tender.id) else '–'}</td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
  % if cut:
  <p class="endi-ext-note">${_('Seules les plus récentes sont montrées : cherchez par mot, par code CPV ou par état pour trouver les autres.')}</p>
  % endif
  % endif
</div>
</%block>
