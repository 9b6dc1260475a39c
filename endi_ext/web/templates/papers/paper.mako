<%doc>The frame of the papers of a subcontract, printed on A4 by WeasyPrint; a cooperative restyles them by overriding these templates.</%doc>
<%page expression_filter="h"/>
<!DOCTYPE html>
<html lang="${language}">
<head>
  <meta charset="utf-8">
  <title><%block name="title"/></title>
  <meta name="author" content="${cooperative.name}">
  <meta name="generator" content="endi_ext">
  <style>
    @page {
      size: A4; margin: 20mm 18mm 22mm;
      @bottom-left { content: string(mention); color: #9c2720; font: 8pt "Open Sans", "Noto Sans", sans-serif; }
      @bottom-right { content: counter(page) " / " counter(pages); color: #4f5f64; font: 8pt "Open Sans", "Noto Sans", sans-serif; }
    }
    body { color: #1c2a2d; font: 9.5pt/1.42 "Open Sans", "Noto Sans", sans-serif; margin: 0; overflow-wrap: anywhere; }
    h1 { font-size: 18pt; line-height: 1.2; margin: 0 0 1mm; }
    h2 { border-top: 1.5pt solid #0e605c; break-after: avoid; color: #0a4a47; font-size: 11.5pt; margin: 5.5mm 0 1.5mm; padding-top: 1.5mm; }
    p { margin: 0 0 1.5mm; }
    .cooperative { color: #4f5f64; }
    .work { font-size: 12pt; margin: 0 0 1mm; }
    .mention { border: 1pt solid #9c2720; color: #9c2720; display: inline-block; font-weight: bold; margin: 2.5mm 0 5mm; padding: 1mm 3.5mm; string-set: mention content(); }
    .sides { display: flex; gap: 10mm; margin-bottom: 4mm; }
    .sides section { border-top: 1.5pt solid #0e605c; flex: 1; padding-top: 2mm; }
    .sides h2 { border: 0; color: #4f5f64; font-size: 9pt; font-weight: 600; margin: 0; padding: 0; }
    .sides strong { display: block; font-size: 11.5pt; }
    .sides p { margin: 0; }
    dl { display: grid; grid-template-columns: 52mm 1fr; margin: 0 0 3mm; row-gap: 1mm; }
    dt { color: #4f5f64; } dd { margin: 0; }
    table { border-collapse: collapse; margin: 0 0 3mm; width: 100%; }
    th, td { border-bottom: 0.5pt solid #c9c5b8; padding: 1.4mm 1.5mm; text-align: left; vertical-align: top; }
    thead { display: table-header-group; }
    thead th { color: #4f5f64; font-size: 8.5pt; vertical-align: bottom; }
    tr { break-inside: avoid; }
    .number { text-align: right; white-space: nowrap; }
    tfoot { display: table-row-group; }
    tfoot th, tfoot td { border-bottom: 0; border-top: 1.2pt solid #1c2a2d; font-weight: bold; }
    .sum { border-top: 1.2pt solid #1c2a2d; margin: 4mm 0 0 auto; width: 62%; }
    .sum th { color: #1c2a2d; font-weight: normal; }
    .sum .last th, .sum .last td { border-bottom: 0; border-top: 1.2pt solid #1c2a2d; font-size: 12pt; font-weight: bold; }
    .before { color: #4f5f64; display: block; font-size: 8.5pt; }
    .quiet { color: #4f5f64; }
    .text { border-left: 2pt solid #c9c5b8; margin: 0 0 3mm; padding-left: 3mm; white-space: pre-line; }
    .digest { display: block; font: 7.5pt "DejaVu Sans Mono", "Liberation Mono", monospace; }
    .signatures { break-inside: avoid; }
    footer { border-top: 0.5pt solid #c9c5b8; color: #4f5f64; font-size: 8pt; margin-top: 7mm; padding-top: 2mm; break-inside: avoid; }
    footer p { margin: 0 0 0.7mm; }
  </style>
</head>
<body>
  <p class="cooperative">${cooperative.name}</p>
  <h1>${self.title()}</h1>
  <p class="work">${subcontract.title}</p>
  <p class="mention">${_("Document interne – ne vaut pas facture")}</p>
  <div class="sides">
    ${side(_("Donneur d’ordre"), subcontract.buyer)}
    ${side(_("Sous-traitant"), subcontract.seller)}
  </div>
  ${next.body()}
  <footer>
    % if "external" not in (subcontract.seller.kind, subcontract.buyer.kind):
    <p>${_("Échange entre deux activités d’une même personne morale : il n’est pas soumis à la TVA. Montants hors taxes.")}</p>
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
