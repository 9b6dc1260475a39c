<%doc>A document of a tender's dossier, printed on A4 by WeasyPrint from its blocks; always in French, for a French buyer.</%doc>
<%page expression_filter="h"/>
<%! from endi_ext.web.dossier import blocks %>
<!DOCTYPE html>
<html lang="fr">
<head>
  <meta charset="utf-8">
  <title>${document.title} – ${document.work}</title>
  <meta name="author" content="${author}">
  <meta name="generator" content="endi_ext">
  <style>
    @page {
      size: A4; margin: 18mm 18mm 20mm;
      @bottom-left { content: string(mention); color: #9c2720; font: 8pt "Open Sans", "Noto Sans", sans-serif; }
      @bottom-right { content: counter(page) " / " counter(pages); color: #4f5f64; font: 8pt "Open Sans", "Noto Sans", sans-serif; }
    }
    body { color: #1c2a2d; font: 9.5pt/1.4 "Open Sans", "Noto Sans", sans-serif; margin: 0; overflow-wrap: anywhere; }
    h1 { font-size: 17pt; line-height: 1.2; margin: 0 0 1mm; }
    h2 { border-top: 1.5pt solid #0e605c; break-after: avoid; color: #0a4a47; font-size: 11pt; margin: 5mm 0 1.5mm; padding-top: 1.5mm; }
    h3 { break-after: avoid; font-size: 9.5pt; margin: 3mm 0 1mm; }
    p { margin: 0 0 1.5mm; white-space: pre-line; }
    .subtitle { color: #4f5f64; font-size: 11.5pt; margin: 0; }
    .mention { border: 1pt solid #9c2720; color: #9c2720; display: inline-block; font-weight: bold; margin: 2.5mm 0 3mm; padding: 1mm 3.5mm; string-set: mention content(); white-space: normal; }
    .fact { break-inside: avoid; }
    .fact span { color: #4f5f64; }
    .blank { border-bottom: 0.6pt dotted #4f5f64; display: inline-block; min-width: 70mm; }
    .box { break-inside: avoid; padding-left: 9mm; position: relative; }
    .box .tick { font-family: "DejaVu Sans", "Noto Sans Symbols2", sans-serif; font-size: 11pt; left: 3mm; line-height: 1.1; position: absolute; }
    .box.deep { margin-left: 7mm; }
    .hint { color: #4f5f64; font-size: 8.5pt; }
    .check { color: #9c2720; font-size: 8.5pt; }
    table { border-collapse: collapse; margin: 1mm 0 3mm; table-layout: fixed; width: 100%; }
    caption { font-weight: bold; margin-bottom: 1mm; text-align: left; }
    thead { display: table-header-group; }
    th, td { border-bottom: 0.5pt solid #c9c5b8; padding: 1.2mm 1.4mm; box-sizing: border-box; text-align: left; vertical-align: top; white-space: pre-line; }
    thead th { color: #4f5f64; font-size: 8.5pt; vertical-align: bottom; }
    tbody td { font-size: 9pt; height: 4mm; }
    tr { break-inside: avoid; }
    .number { text-align: right; }
    td.number { overflow-wrap: normal; }
    .total th, .total td { border-bottom: 0; border-top: 1.2pt solid #1c2a2d; font-weight: bold; }
    .signature { border: 0.5pt solid #c9c5b8; break-inside: avoid; margin: 2mm 0; min-height: 22mm; padding: 2mm 3mm; }
    .signature p { margin: 0 0 1mm; }
  </style>
</head>
<body>
  <h1>${document.title}</h1>
  % if document.subtitle:
  <p class="subtitle">${document.subtitle}</p>
  % endif
  <p class="subtitle">${document.work}</p>
  <p class="mention">${document.mention}</p>
  % for block in document.blocks:
  ${shown(block)}
  % endfor
</body>
</html>

<%def name="shown(block)">
% if isinstance(block, blocks.Rubric):
<h2>${block.text}</h2>
% elif isinstance(block, blocks.Part):
<h3>${block.text}</h3>
% elif isinstance(block, blocks.Said):
<p>${block.text}</p>
% elif isinstance(block, blocks.Hint):
<p class="hint">${block.text}</p>
% elif isinstance(block, blocks.Check):
<p class="check">À vérifier : ${block.text}</p>
% elif isinstance(block, blocks.Fact):
<p class="fact"><span>${block.label} :</span> \
% if block.value:
${"\n" if "\n" in block.value else ""}${block.value}</p>
% else:
<span class="blank">&nbsp;</span></p>
% endif
% elif isinstance(block, blocks.Box):
<p class="box ${'deep' if block.deep else ''}"><span class="tick">${"☒" if block.ticked else "☐"}</span>${block.text}</p>
% if block.left:
<p class="box check">Case laissée au signataire : c’est une déclaration.</p>
% endif
% elif isinstance(block, blocks.Signature):
<div class="signature"><p><strong>${block.who}</strong></p>
% if block.note:
<p>${block.note}</p>
% endif
<p class="hint">À …………………………, le …………………  Signature :</p></div>
% elif isinstance(block, blocks.Table):
${table(block)}
% endif
</%def>

<%def name="table(block)">
<table>
  % if block.title:
  <caption>${block.title}</caption>
  % endif
  <thead>
    <tr>
      % for place, cell in enumerate(block.head):
      <th scope="col" style="width: ${block.widths[place] if block.widths else 100 // len(block.head)}%" class="${'number' if place in block.numbers else ''}">${cell}</th>
      % endfor
    </tr>
  </thead>
  <tbody>
    % for row in block.rows:
    <tr>
      % for place, cell in enumerate(row):
      <td class="${'number' if place in block.numbers else ''}">${cell}</td>
      % endfor
    </tr>
    % endfor
    % if block.total:
    <tr class="total">
      % for cell, place, wide in blocks.spans(block.total):
      <td colspan="${wide}" class="${'number' if place in block.numbers else ''}">${cell}</td>
      % endfor
    </tr>
    % endif
  </tbody>
</table>
</%def>
