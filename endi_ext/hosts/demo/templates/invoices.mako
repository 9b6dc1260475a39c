<%page expression_filter="h"/>
<%inherit file="${context['main_template'].uri}" />
<%def name="field(name, label, help='', **attributes)">
<% error = errors.get(name) %>
<div class="form-group ${'has-error' if error else ''}">
  <label class="control-label" for="${name}">${label}</label>
  <input class="form-control" id="${name}" name="${name}" value="${values.get(name, '')}" maxlength="190"
    % for key, value in attributes.items():
    ${key}="${value}"
    % endfor
    % if error:
    aria-invalid="true"
    % endif
    aria-describedby="${f'error_{name}' if error else f'help_{name}'}">
  <p class="help-block" id="help_${name}">${help}</p>
  % if error:
  <p class="help-block error-message" id="error_${name}">${error}</p>
  % endif
</div>
</%def>
<%block name="content">
<p>Les factures que ${company.name} envoie à ses clients. Dans une vraie installation, ce sont celles du logiciel de gestion.</p>
<div class="table_container">
  <table class="hover_table">
    <caption class="screen-reader-text">Factures clients</caption>
    <thead>
      <tr>
        <th scope="col" class="col_text">Facture</th>
        <th scope="col" class="col_text no_mobile">Client</th>
        <th scope="col" class="col_text no_mobile">Affaire</th>
        <th scope="col" class="col_number">Total TTC</th>
        <th scope="col" class="col_number">Reste dû</th>
      </tr>
    </thead>
    <tbody>
      % for invoice in invoices:
      <tr>
        <th scope="row" class="col_text"><a href="${request.route_path('/companies/{id}/invoices/{invoice_id}', id=company.id, invoice_id=invoice.id)}">${invoice.number or "Brouillon"}<span class="screen-reader-text"> ${invoice.label}</span></a></th>
        <td class="col_text no_mobile">${invoice.client}</td>
        <td class="col_text no_mobile">${invoice.deal.label if invoice.deal else "–"}</td>
        <td class="col_number">${api.format_amount(invoice.total_cents)} €</td>
        <td class="col_number">${api.format_amount(invoice.remaining_cents)} €</td>
      </tr>
      % endfor
      % if not invoices:
      <tr><td colspan="5" class="col_text"><em>Aucune facture pour l’instant.</em></td></tr>
      % endif
    </tbody>
  </table>
</div>
% if acting:
<h2>Nouvelle facture</h2>
<form method="post" action="${request.path}" class="limited_width width40" id="invoice-form">
  <input type="hidden" name="csrf_token" value="${get_csrf_token()}">
  <input type="hidden" name="request_key" value="${values.get('request_key', key)}">
  % if errors:
  <div class="alert alert-danger" role="alert"><p>Votre saisie n’a pas pu être enregistrée.</p></div>
  % endif
  ${field("client", "Client")}
  ${field("label", "Objet")}
  ${field("deal", "Affaire", "Une affaire déjà connue ou une nouvelle ; vide : l’objet de la facture.", list="deals")}
  <datalist id="deals">
    % for deal in deals:
    <option value="${deal.label}"></option>
    % endfor
  </datalist>
  ${field("sold", "Montant vendu HT de l’affaire", "Pour une nouvelle affaire ; vide : le montant de la facture.", inputmode="decimal")}
  ${field("net", "Montant HT de la facture", inputmode="decimal")}
  ${field("vat_rate", "Taux de TVA, en %", inputmode="decimal")}
  <fieldset class="checkbox">
    <label for="draft"><input type="checkbox" id="draft" name="draft" value="1" ${"checked" if values.get("draft") else ""}>
      <span>La garder en brouillon : elle peut encore recevoir des lignes</span></label>
  </fieldset>
  <div class="form-actions layout flex"><button type="submit" class="btn btn-primary">Créer la facture</button></div>
</form>
% endif
</%block>
