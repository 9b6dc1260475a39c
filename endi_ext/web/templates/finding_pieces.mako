<%doc>Pieces of the pages of findings: both documents side by side, what changes.</%doc>
<%page expression_filter="h"/>

<%def name="side_by_side(rows, finding)">
% if rows:
<section class="data_display endi-ext-block">
  <h2>${_('Les deux documents')}</h2>
  <p class="endi-ext-when">${_('Tels qu’ils étaient {at}.', at=moment(finding.seen_at))}</p>
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
