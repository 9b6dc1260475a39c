<%doc>Pieces of the pages of findings: both documents side by side, what changes.</%doc>
<%page expression_filter="h"/>

<%def name="side_by_side(rows, finding, addresses)">
% if rows:
<section class="data_display endi-ext-block">
  <h2>${_('Les deux documents')}</h2>
  <p class="endi-ext-when">${_('Tels qu’ils étaient le {at}.', at=moment(finding.seen_at))}</p>
  <div class="table_container endi-ext-scroll" tabindex="0" role="region" aria-label="${_('Les deux documents')}">
    <table class="endi-ext-book endi-ext-sides">
      <caption class="screen-reader-text">${_('Les deux documents, ligne à ligne')}</caption>
      <thead>
        <tr>
          <td></td>
          <th scope="col" class="col_text">${_('Chez le vendeur')}</th>
          <th scope="col" class="col_text">${_('Chez l’acheteur')}</th>
        </tr>
      </thead>
      <tbody>
        % for row in rows:
        <tr class="${'endi-ext-differs' if row.differs else ''}">
          <th scope="row" class="col_text">${_(row.label)}
            % if row.differs:
            <span class="endi-ext-mark">${_('diffère')}</span>
            % endif
          </th>
          <td class="col_text">${row.sale}</td>
          <td class="col_text">${row.purchase}</td>
        </tr>
        % endfor
        % if any(addresses):
        <tr>
          <th scope="row" class="col_text">${_('Page du document')}</th>
          % for one in addresses:
          <td class="col_text">
            % if one:
            <a href="${one}">${_('Ouvrir')}</a>
            % else:
            –
            % endif
          </td>
          % endfor
        </tr>
        % endif
      </tbody>
    </table>
  </div>
</section>
% endif
</%def>

<%def name="payments(ours, theirs)">
% if ours or theirs:
<section class="data_display endi-ext-block">
  <h2>${_('Les règlements, aujourd’hui')}</h2>
  <div class="table_container endi-ext-scroll" tabindex="0" role="region" aria-label="${_('Les règlements, aujourd’hui')}">
    <table class="endi-ext-book">
      <caption class="screen-reader-text">${_('Les règlements des deux côtés, par date')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Chez le vendeur')}</th>
          <th scope="col" class="col_text">${_('Chez l’acheteur')}</th>
        </tr>
      </thead>
      <tbody>
        % for place in range(max(len(ours), len(theirs))):
        <tr>
          % for side in (ours, theirs):
          <td class="col_text">
            % if place < len(side):
            ${_('{amount} le {on}', amount=money(side[place].cents), on=day(side[place].on))}
            % if side[place].exported:
            <small>${_('exporté')}</small>
            % endif
            % else:
            –
            % endif
          </td>
          % endfor
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
</section>
% endif
</%def>

<%def name="changes(sentences)">
<ul class="endi-ext-sentences">
  % for one in sentences:
  <li>${one}</li>
  % endfor
</ul>
</%def>
