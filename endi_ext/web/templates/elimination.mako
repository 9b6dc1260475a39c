<%doc>The lines of an elimination, before they are posted.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%block name="content">
<div class="endi-ext limited_width width60">
  <p class="endi-ext-intro">${_('Entre deux enseignes de la coopérative, un produit de l’une est une charge de l’autre : pour la coopérative entière, ce n’est ni l’un ni l’autre. Cette écriture, au {last}, ramène les comptes généraux à zéro sur l’exercice.', last=day(span.ends_on))}</p>
  <div class="table_container endi-ext-scroll" tabindex="0" role="region" aria-label="${name}">
    <table class="endi-ext-book">
      <caption>${name}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Compte')}</th>
          <th scope="col" class="col_number">${_('Débit (€)')}</th>
          <th scope="col" class="col_number">${_('Crédit (€)')}</th>
        </tr>
      </thead>
      <tbody>
        % for line in proposal.lines:
        <tr>
          <th scope="row" class="col_text">${line.number}
            % if titles.get(line.number):
            <small>${_(titles[line.number])}</small>
            % endif
          </th>
          <td class="col_number">${amount(line.debit_cents) if line.debit_cents else ''}</td>
          <td class="col_number">${amount(line.credit_cents) if line.credit_cents else ''}</td>
        </tr>
        % endfor
      </tbody>
      <tfoot>
        <tr class="row_recap">
          <th scope="row" class="col_text">${_('Total')}</th>
          <td class="col_number"><strong>${amount(sum(line.debit_cents for line in proposal.lines))}</strong></td>
          <td class="col_number"><strong>${amount(sum(line.credit_cents for line in proposal.lines))}</strong></td>
        </tr>
      </tfoot>
    </table>
  </div>
  ${form|n}
</div>
</%block>
