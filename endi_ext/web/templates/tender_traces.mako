<%doc>Every line of the price schedule, with what was agreed, accepted and settled of it.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  ${parts.link_button(request.context.at('agreements'), _('Accords de l’équipe'))}
  ${parts.link_button(request.context.url, _('Retour à la consultation'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  % if not traces:
  ${parts.empty(_('Il n’y a pas encore de bordereau de prix : ses lignes apparaîtront ici.'))}
  % else:
  <p class="endi-ext-intro">${_('Ce que devient le prix de chaque ligne : la part de chacun, ce qui en est convenu, accepté et réglé. D’un accord, seules ses deux parties voient la suite. Montants HT, en euros.')}</p>
  <div class="table_container endi-ext-reflow">
    <table class="hover_table endi-ext-cards">
      <caption class="screen-reader-text">${_('L’argent, ligne par ligne')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Ligne')}</th>
          <th scope="col" class="col_text">${_('À qui')}</th>
          <th scope="col" class="col_number">${_('Prix')}</th>
          <th scope="col" class="col_number">${_('Convenu')}</th>
          <th scope="col" class="col_number">${_('Accepté')}</th>
          <th scope="col" class="col_number">${_('Réglé')}</th>
        </tr>
      </thead>
      <tbody>
        % for one in traces:
        <tr>
          <th scope="row" class="col_text" data-label="${_('Ligne')}"><a href="${request.context.at('trace.line', line_id=one.line.id)}">${f'{one.line.reference} – ' if one.line.reference else ''}${one.line.description}</a>
            % if one.line.part != 'base':
            <span class="endi-ext-before endi-ext-mark">${_('option') if one.line.part == 'option' else _('variante')}</span>
            % elif one.line.lot.outcome == 'lost' or not one.line.lot.answered:
            <span class="endi-ext-before endi-ext-mark">${_('lot perdu') if one.line.lot.answered else _('lot sans réponse')}</span>
            % endif
          </th>
          <td class="col_text" data-label="${_('À qui')}">${', '.join(part.member.name for part in one.parts) or '–'}</td>
          <td class="col_number" data-label="${_('Prix')}">${amount(one.line.total_cents)}</td>
          <td class="col_number" data-label="${_('Convenu')}">${amount(one.agreed_cents) if one.agreed_cents else '–'}</td>
          <td class="col_number" data-label="${_('Accepté')}">${amount(one.accepted_cents) if one.accepted_cents else '–'}</td>
          <td class="col_number" data-label="${_('Réglé')}">${amount(one.settled_cents) if one.settled_cents else '–'}</td>
        </tr>
        % endfor
      </tbody>
      <tfoot>
        <tr class="row_recap">
          <th scope="row" class="col_text" colspan="2">${_('Total')}</th>
          <td class="col_number" data-label="${_('Prix')}"><strong>${amount(price_cents)}</strong></td>
          <td class="col_number" data-label="${_('Convenu')}">${amount(totals['agreed_cents'])}</td>
          <td class="col_number" data-label="${_('Accepté')}">${amount(totals['accepted_cents'])}</td>
          <td class="col_number" data-label="${_('Réglé')}">${amount(totals['settled_cents'])}</td>
        </tr>
      </tfoot>
    </table>
  </div>
  % endif
</div>
</%block>
