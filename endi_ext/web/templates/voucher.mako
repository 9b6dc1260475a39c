<%doc>The voucher, printed on one A4 page by WeasyPrint; a cooperative restyles it by overriding this template.</%doc>
<%page expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<!DOCTYPE html>
<html lang="fr">
<head>
  <meta charset="utf-8">
  <title>${_("Bon d’échange interne n° {number}", number=exchange.id)}</title>
  <style>
    @page { size: A4; margin: 22mm 20mm; @bottom-right { content: counter(page) " / " counter(pages); color: #555; font: 8.5pt "Open Sans", "Noto Sans", sans-serif; } }
    body { color: #1c2a2d; font: 10.5pt/1.45 "Open Sans", "Noto Sans", sans-serif; margin: 0; }
    h1 { font-size: 20pt; margin: 0 0 1mm; }
    .cooperative { color: #4f5f64; margin: 0 0 2mm; }
    h2 { font-size: 10pt; margin: 0 0 1mm; color: #4f5f64; font-weight: 600; }
    .mention { border: 1pt solid #9c2720; color: #9c2720; display: inline-block; font-weight: bold; margin: 3mm 0 9mm; padding: 1.5mm 4mm; }
    .sides { display: flex; gap: 10mm; margin-bottom: 8mm; }
    .sides section { border-top: 1.5pt solid #0e605c; flex: 1; padding-top: 2.5mm; }
    .sides strong { display: block; font-size: 12.5pt; }
    .sides p { margin: 0; }
    dl { display: grid; grid-template-columns: 48mm 1fr; margin: 0 0 8mm; row-gap: 1.5mm; }
    dt { color: #4f5f64; } dd { margin: 0; }
    table { border-collapse: collapse; margin-bottom: 8mm; width: 100%; }
    th, td { border-bottom: 0.5pt solid #c9c5b8; padding: 2mm 2mm; text-align: left; vertical-align: top; }
    thead th { color: #4f5f64; font-size: 9pt; }
    .number { text-align: right; white-space: nowrap; }
    tfoot th, tfoot td { border-bottom: 0; border-top: 1.5pt solid #1c2a2d; font-size: 12.5pt; font-weight: bold; }
    footer { border-top: 0.5pt solid #c9c5b8; color: #4f5f64; font-size: 8.5pt; padding-top: 3mm; }
    footer p { margin: 0 0 1mm; }
  </style>
</head>
<body>
  <p class="cooperative">${cooperative.name}</p>
  <h1>${_("Bon d’échange interne n° {number}", number=exchange.id)}</h1>
  <p class="mention">${_("Document interne – ne vaut pas facture")}</p>
  <div class="sides">
    ${side(_("Réalisé par"), exchange.seller)}
    ${side(_("Pour"), exchange.buyer)}
  </div>
  <dl>
    <dt>${_("Objet")}</dt><dd>${exchange.label}</dd>
    % if exchange.reference:
    <dt>${_("Référence")}</dt><dd>${exchange.reference}</dd>
    % endif
    <dt>${_("Accepté le")}</dt><dd>${day(exchange.accepted_on)}</dd>
    <dt>${_("À régler avant le") if exchange.due_on else _("À régler")}</dt><dd>${parts.due(exchange)}</dd>
  </dl>
  <table>
    <thead>
      <tr>
        <th scope="col">${_("Prestation")}</th>
        <th scope="col" class="number">${_("Quantité")}</th>
        <th scope="col" class="number">${_("Prix unitaire")}</th>
        <th scope="col" class="number">${_("Montant HT")}</th>
      </tr>
    </thead>
    <tbody>
      % if delivery:
      % for done in delivery.lines:
      <tr>
        <td>${done.line.description}</td>
        <td class="number">${quantity(done.quantity_thousandths)} ${done.line.unit}</td>
        <td class="number">${money(done.line.unit_price_cents)}</td>
        <td class="number">${money(done.net_cents)}</td>
      </tr>
      % endfor
      % else:
      <tr><td>${exchange.label}</td><td class="number">1</td><td class="number">${money(exchange.net_cents)}</td><td
        class="number">${money(exchange.net_cents)}</td></tr>
      % endif
    </tbody>
    <tfoot>
      <tr><th scope="row" colspan="3">${_("Total")}</th><td class="number">${money(exchange.net_cents)}</td></tr>
    </tfoot>
  </table>
  <p>${situation(exchange)}</p>
  <footer>
    % if "external" not in (exchange.seller.kind, exchange.buyer.kind):
    <p>${_("Échange entre deux activités d’une même personne morale : il n’est pas soumis à la TVA.")}</p>
    % endif
    <p>${_("Établi le {moment} d’après les livres de la coopérative.", moment=moment(made_at))}</p>
  </footer>
</body>
</html>

<%def name="side(label, party)">
<section>
  <h2>${label}</h2>
  <strong>${party.name}</strong>
  % if party.trade:
  <p>${party.trade}</p>
  % endif
  % if party.analytic_code:
  <p>${_("Code analytique {code}", code=party.analytic_code)}</p>
  % endif
</section>
</%def>

<%def name="situation(exchange)">
% if exchange.state == "cancelled":
<strong>${_("Cet échange a été annulé.")}</strong>
% elif exchange.state == "waiting":
<strong>${_("Cet échange attend d’être validé par la comptabilité : rien n’en est encore dû.")}</strong>
% elif exchange.remaining_cents == 0:
${_("Cet échange est réglé en totalité.")}
% elif exchange.settled_cents:
${_("Réglé à ce jour : {settled}. Reste à régler : {remaining}.", settled=money(exchange.settled_cents), remaining=money(exchange.remaining_cents))}
% else:
${_("Rien n’est encore réglé.")}
% endif
% if exchange.retained_cents:
${_("Retenue de garantie : {amount}.", amount=money(exchange.retained_cents))}
% endif
% if exchange.awaiting_cents:
${_("En attente du paiement du client : {amount}.", amount=money(exchange.awaiting_cents))}
% endif
</%def>
