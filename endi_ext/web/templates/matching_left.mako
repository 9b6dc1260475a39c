<%doc>The documents that are in no match: ticked to be matched by hand or waived.</%doc>
<%page expression_filter="h"/>
<%! from endi_ext.web.campaigns import name_of %>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="books" file="endi_ext:web/templates/books.mako" />
<%namespace name="matching" file="endi_ext:web/templates/matching_parts.mako" />
<%block name="content">
<% at = lambda route: request.route_path('endi_ext.matching.' + route, campaign_id=campaign.id) %>
${matching.assets()}
<div class="endi-ext">
  ${matching.tabs(campaign, 'left')}
  ${matching.narrowed(pair)}
  ${books.filter_form(asked, kept=(('pair', pair.id),) if pair else ())}
  % if found.rows:
  % if open and place == 'left':
  ${matching.keys(('j', _('suivant')), ('k', _('précédent')), ('x', _('cocher')), ('m', _('rapprocher ce qui est coché')), ('w', _('écarter ce document')))}
  <form id="chosen" method="get" action="${at('by_hand')}">
    <input type="hidden" name="back" value="${back}" />
  </form>
  % endif
  <div class="table_container endi-ext-reflow">
    <table class="hover_table endi-ext-cards endi-ext-matches" data-rows>
      <caption class="screen-reader-text">${_('Documents qui ne sont dans aucun rapprochement')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Document')}</th>
          <th scope="col" class="col_text">${_('Côté')}</th>
          <th scope="col" class="col_date">${_('Date')}</th>
          <th scope="col" class="col_number">${_('Montant')}</th>
          <th scope="col" class="col_text">${_('Libellé')}</th>
          <th scope="col" class="col_text">${_('Raison')}</th>
          <th scope="col" class="col_text">${_('Actions')}</th>
        </tr>
      </thead>
      <tbody>
        % for one in found.rows:
        <tr id="row-${one.id}" tabindex="-1">
          <th scope="row" class="col_text">
            % if open and place == 'left':
            <input type="checkbox" form="chosen" name="document" value="${one.id}" id="document-${one.id}" data-key="x" data-side="${one.side}" data-cents="${one.cents}" />
            <label for="document-${one.id}">${name_of(one.name, _)}</label>
            % else:
            ${name_of(one.name, _)}
            % endif
            <small>${matching.parties(one.pair)}</small>
          </th>
          <td class="col_text" data-label="${_('Côté')}">${_(words.SIDES[one.side])}</td>
          <td class="col_date" data-label="${_('Date')}">${day(one.dated_on)}</td>
          <td class="col_number" data-label="${_('Montant')}">${money(one.cents)}</td>
          <td class="col_text" data-label="${_('Libellé')}">${one.label}
            % if one.reference:
            <small>${_('réf. {reference}', reference=one.reference)}</small>
            % endif
          </td>
          <td class="col_text" data-label="${_('Raison')}">
            % if one.note:
            <span class="endi-ext-text">${one.note}</span>
            % else:
            ${_(words.REASONS[one.reason])}
            % endif
            % if one.decided_by:
            <small>${_('{at}, par {name}', at=moment(one.decided_at), name=one.decided_by)}</small>
            % endif
          </td>
          <td class="col_text">
            % if open:
            <div class="endi-ext-buttons">
              % if place == 'left':
              <a class="btn" data-key="w" aria-keyshortcuts="w" href="${request.route_path('endi_ext.matching.waive', campaign_id=campaign.id, _query={'document': one.id, 'back': back})}">${_('Écarter')}<span class="screen-reader-text"> ${name_of(one.name, _)}</span></a>
              <a class="btn" href="${request.route_path('endi_ext.questions.ask', _query={'subject': 'leftover', 'id': one.id})}">${_('Poser une question')}<span class="screen-reader-text"> (${name_of(one.name, _)})</span></a>
              % else:
              ${parts.post_button(at('take_back'), _('Reprendre'), '', hidden=(('documents', one.id), ('back', back)))}
              % endif
            </div>
            % endif
          </td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
  % if open and place == 'left':
  <div class="endi-ext-chosen">
    <p data-scripted hidden aria-live="polite" data-sums>${_('Cochés : ventes')} <output data-sum="sales">0</output>, ${_('achats')} <output data-sum="purchases">0</output>, ${_('écart')} <output data-sum="difference">0</output></p>
    <div class="endi-ext-buttons">
      <button type="submit" form="chosen" class="btn btn-primary" data-page-key="m" aria-keyshortcuts="m">${_('Rapprocher les documents cochés')}</button>
      <button type="submit" form="chosen" formaction="${at('waive')}" class="btn">${_('Écarter les documents cochés')}</button>
    </div>
  </div>
  % endif
  ${matching.pager(found)}
  % else:
  ${parts.empty(_('Aucun document ici.'))}
  % endif
</div>
</%block>
