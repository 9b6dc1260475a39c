<%page expression_filter="h"/>
<%inherit file="${context['main_template'].uri}" />
<% base = request.route_path('/companies/{id}/invoices/{invoice_id}', id=invoice.company_id, invoice_id=invoice.id) %>
<%def name="hidden()">
<input type="hidden" name="csrf_token" value="${get_csrf_token()}">
<input type="hidden" name="request_key" value="${key}">
</%def>
<%block name="actionmenucontent">
<div class="main_actions"><a class="btn" href="${request.route_path('/companies/{id}/invoices', id=invoice.company_id)}">Retour aux factures</a></div>
</%block>
<%block name="content">
<% base = request.route_path('/companies/{id}/invoices/{invoice_id}', id=invoice.company_id, invoice_id=invoice.id) %>
<p>${invoice.client} · ${invoice.label}${f" · {invoice.deal.label}" if invoice.deal else ""}${f" · émise le {api.format_date(invoice.issued_on)}" if invoice.issued_on else ""}</p>
<div class="table_container">
  <table>
    <caption class="screen-reader-text">Lignes de la facture</caption>
    <thead><tr><th scope="col" class="col_text">Ligne</th><th scope="col" class="col_number">Montant HT</th></tr></thead>
    <tbody>
      % for line in invoice.lines:
      <tr><td class="col_text">${line.label}</td><td class="col_number">${api.format_amount(line.net_cents)} €</td></tr>
      % endfor
    </tbody>
    <tfoot>
      <tr><th scope="row" class="col_text">Total TTC</th><td class="col_number">${api.format_amount(invoice.total_cents)} €</td></tr>
      % for credit in invoice.credits:
      <tr><th scope="row" class="col_text">Avoir du ${api.format_date(credit.credited_on)}</th><td class="col_number">−${api.format_amount(credit.amount_cents)} €</td></tr>
      % endfor
      <tr><th scope="row" class="col_text">Reste dû par le client</th><td class="col_number"><strong>${api.format_amount(invoice.remaining_cents)} €</strong></td></tr>
    </tfoot>
  </table>
</div>
% if invoice.issued_on is None:
% if acting:
<form method="post" action="${base}/issue" id="issue-form">${hidden()}<button type="submit" class="btn btn-primary">Valider la facture</button></form>
% endif
% else:
<h2>Encaissements</h2>
<div class="table_container">
  <table>
    <caption class="screen-reader-text">Encaissements</caption>
    <thead><tr><th scope="col" class="col_date">Date</th><th scope="col" class="col_number">Montant TTC</th><th scope="col" class="col_actions"><span class="screen-reader-text">Actions</span></th></tr></thead>
    <tbody>
      % for receipt in invoice.receipts:
      <tr>
        <td class="col_date">${api.format_date(receipt.received_on)}</td>
        <td class="col_number">${api.format_amount(receipt.amount_cents)} €</td>
        <td class="col_actions">
          % if receipt.cancelled_on:
          <span class="status neutral">annulé le ${api.format_date(receipt.cancelled_on)}</span>
          % elif acting:
          <form method="post" action="${base}/cancel" id="cancel-${receipt.id}">${hidden()}<input type="hidden" name="receipt" value="${receipt.id}"><button type="submit" class="btn negative">Annuler<span class="screen-reader-text"> l’encaissement du ${api.format_date(receipt.received_on)}</span></button></form>
          % endif
        </td>
      </tr>
      % endfor
      % if not invoice.receipts:
      <tr><td colspan="3"><em>Le client n’a encore rien payé.</em></td></tr>
      % endif
    </tbody>
  </table>
</div>
% if acting and invoice.remaining_cents > 0:
<form method="post" action="${base}/receive" id="receive-form" class="limited_width width40">
  ${hidden()}
  <div class="form-group"><label class="control-label" for="received_on">Encaissé le</label><input class="form-control" type="date" id="received_on" name="received_on" value="${today.isoformat()}" required></div>
  <div class="form-group"><label class="control-label" for="amount">Montant TTC</label><input class="form-control" id="amount" name="amount" inputmode="decimal" value="${f'{invoice.remaining_cents // 100},{invoice.remaining_cents % 100:02d}'}" required></div>
  <div class="form-actions layout flex"><button type="submit" class="btn btn-primary">Enregistrer l’encaissement</button></div>
</form>
<h2>Avoir</h2>
<form method="post" action="${base}/credit" id="credit-form" class="limited_width width40">
  ${hidden()}
  <div class="form-group"><label class="control-label" for="credit_amount">Montant TTC de l’avoir</label><input class="form-control" id="credit_amount" name="amount" inputmode="decimal" required></div>
  <div class="form-actions layout flex"><button type="submit" class="btn">Faire un avoir</button></div>
</form>
% endif
% endif
</%block>
