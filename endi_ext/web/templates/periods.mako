<%doc>The months of the books.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-intro">${_('Un mois clôturé ne reçoit plus d’écriture. Les mois se clôturent dans l’ordre ; seul le dernier clôturé se rouvre. La page de chaque mois dit ce qu’il reste à faire.')}</p>
  % if periods:
  <div class="table_container endi-ext-scroll" tabindex="0" role="region" aria-label="${_('Mois')}">
    <table class="hover_table endi-ext-book">
      <caption class="screen-reader-text">${_('Mois, du plus récent au plus ancien')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Mois')}</th>
          <th scope="col" class="col_text">${_('Exercice')}</th>
          <th scope="col" class="col_text">${_('État')}</th>
          <th scope="col" class="col_text">${_('Clôturé')}</th>
          <th scope="col" class="col_text">${_('Actions')}</th>
        </tr>
      </thead>
      <tbody>
        % for period in periods:
        <% month = '{:%m/%Y}'.format(period.starts_on) %>
        <tr>
          <th scope="row" class="col_text"><a href="${request.route_path('endi_ext.month_end.of', month='{:%Y-%m}'.format(period.starts_on))}">${month}</a></th>
          <td class="col_text">${period.fiscal_year}</td>
          <td class="col_text"><span class="endi-ext-state ${'valid' if period.state == 'closed' else 'neutral'}">${_('Clôturé') if period.state == 'closed' else _('Ouvert')}</span></td>
          <td class="col_text">${_('{at}, par {name}', at=moment(period.closed_at), name=period.closed_by) if period.closed_at else ''}</td>
          <td class="col_text">
            <div class="endi-ext-buttons">
            <a class="btn" href="${request.route_path('endi_ext.month_end.of', month='{:%Y-%m}'.format(period.starts_on))}">${_('Fin de mois')}<span class="screen-reader-text"> ${month}</span></a>
            % if period.certificate:
            <a class="btn" href="${request.route_path('endi_ext.period.certificate', period_id=period.id)}">${_('Certificat')}<span class="screen-reader-text"> ${month}</span></a>
            % endif
            % if period is closable:
            <a class="btn btn-primary" href="${request.route_path('endi_ext.period.close', period_id=period.id)}">${_('Clôturer')}<span class="screen-reader-text"> ${month}</span></a>
            % endif
            % if period is reopenable:
            <a class="btn" href="${request.route_path('endi_ext.period.reopen', period_id=period.id)}">${_('Rouvrir')}<span class="screen-reader-text"> ${month}</span></a>
            % endif
            </div>
          </td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
  % else:
  ${parts.empty(_('Aucun mois encore : le premier s’ouvre avec la première écriture.'))}
  % endif
</div>
</%block>
