<%doc>The amendments, newest first.</%doc>
<%page args="rows, amendment_badge, amendment_url" expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<section class="data_display endi-ext-block">
  <h2>${_('Avenants')}</h2>
  <div class="table_container endi-ext-reflow">
    <table class="hover_table endi-ext-cards">
      <caption class="screen-reader-text">${_('Avenants')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Avenant')}</th>
          <th scope="col" class="col_text">${_('Proposé par')}</th>
          <th scope="col" class="col_number">${_('Avant')}</th>
          <th scope="col" class="col_number">${_('Après')}</th>
          <th scope="col" class="col_text">${_('État')}</th>
        </tr>
      </thead>
      <tbody>
        % for amendment, base, version in rows:
        <tr>
          <th scope="row" class="col_text" data-label="${_('Avenant')}"><a href="${amendment_url(amendment)}">${_('Avenant n° {number}', number=amendment.number)}</a></th>
          <td class="col_text" data-label="${_('Proposé par')}">${version.proposed_by.name}, ${day(version.created_at)}</td>
          <td class="col_number" data-label="${_('Avant')}">${money(base.total_cents)}</td>
          <td class="col_number" data-label="${_('Après')}">${money(version.total_cents)}</td>
          <td class="col_text" data-label="${_('État')}">${parts.badge(amendment_badge(amendment))}</td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
</section>
