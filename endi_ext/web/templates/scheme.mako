<%doc>The posting schemes, each explained by the same worked example.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%block name="content">
<div class="endi-ext">
  <div class="limited_width width60">
    <p class="endi-ext-intro">${_(later_only)}</p>
    ${form|n}
  </div>
  <h2>${_('Un exemple : 1 000,00 € de travail accepté, avec 10 % de contribution, puis réglé')}</h2>
  % for scheme, entries in examples:
  <section class="data_display endi-ext-block">
    <h3>${_(scheme.label)}</h3>
    % for entry in entries:
    <div class="table_container endi-ext-scroll" tabindex="0" role="region" aria-label="${_(scheme.label)} – ${_(entry.text)}">
      <table class="endi-ext-book">
        <caption>${_(entry.text)}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_text">${_('Compte')}</th>
            <th scope="col" class="col_text">${_('Enseigne')}</th>
            <th scope="col" class="col_number">${_('Débit (€)')}</th>
            <th scope="col" class="col_number">${_('Crédit (€)')}</th>
          </tr>
        </thead>
        <tbody>
          % for line in entry.lines:
          <tr>
            <th scope="row" class="col_text">${line.number} <small>${_(titles.get(line.number, ''))}</small></th>
            <td class="col_text">${_(line.party_name)}</td>
            <td class="col_number">${amount(line.debit_cents) if line.debit_cents else ''}</td>
            <td class="col_number">${amount(line.credit_cents) if line.credit_cents else ''}</td>
          </tr>
          % endfor
        </tbody>
      </table>
    </div>
    % endfor
  </section>
  % endfor
</div>
</%block>
