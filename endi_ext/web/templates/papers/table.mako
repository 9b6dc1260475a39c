<%doc>A table of the books, printed on A4 by WeasyPrint: a statement, a trial balance.</%doc>
<%page expression_filter="h"/>
<!DOCTYPE html>
<html lang="${language}">
<head>
  <meta charset="utf-8">
  <title>${table.title}</title>
  <meta name="author" content="${cooperative.name}">
  <meta name="generator" content="endi_ext">
  <style>
    @page {
      size: A4; margin: 18mm 14mm 20mm;
      @bottom-left { content: "${cooperative.name.replace('\\', '').replace('"', "'").replace('<', '').replace('\n', ' ')|n} – ${moment(made_at)|n}"; color: #4f5f64; font: 8pt "Open Sans", "Noto Sans", sans-serif; }
      @bottom-right { content: "${_('Page')|n} " counter(page) " / " counter(pages); color: #4f5f64; font: 8pt "Open Sans", "Noto Sans", sans-serif; }
    }
    body { color: #1c2a2d; font: 8.5pt/1.35 "Open Sans", "Noto Sans", sans-serif; margin: 0; overflow-wrap: break-word; }
    h1 { font-size: 16pt; line-height: 1.2; margin: 0 0 2mm; }
    .cooperative { color: #4f5f64; margin: 0 0 1mm; }
    dl { display: grid; grid-template-columns: 40mm 1fr; margin: 0 0 4mm; row-gap: 0.7mm; }
    dt { color: #4f5f64; } dd { margin: 0; }
    table { border-collapse: collapse; margin: 0 0 3mm; width: 100%; }
    th, td { border-bottom: 0.5pt solid #c9c5b8; font-weight: normal; padding: 1mm 1.2mm; text-align: left; vertical-align: top; }
    thead { display: table-header-group; }
    thead th { color: #4f5f64; font-size: 8pt; vertical-align: bottom; }
    tr { break-inside: avoid; }
    .cents, .day, .code { white-space: nowrap; }
    .cents { text-align: right; }
    tfoot { display: table-row-group; }
    tfoot th, tfoot td { border-bottom: 0; border-top: 1.2pt solid #1c2a2d; font-weight: bold; }
    .quiet { color: #4f5f64; font-size: 8pt; }
  </style>
</head>
<body>
  <p class="cooperative">${cooperative.name}</p>
  <h1>${table.title}</h1>
  <dl>
    % for label, value in table.facts:
    <dt>${label}</dt><dd>${value}</dd>
    % endfor
    <dt>${_('Établi le')}</dt><dd>${moment(made_at)}</dd>
  </dl>
  <table>
    <thead><tr>
      % for column in table.columns:
      <th scope="col" class="${column.kind}">${_(column.title)}</th>
      % endfor
    </tr></thead>
    <tbody>
      % for row in rows:
      <tr>${cells(row)}</tr>
      % endfor
    </tbody>
    % if table.total:
    <tfoot><tr>${cells(table.total)}</tr></tfoot>
    % endif
  </table>
  % if not rows:
  <p>${_('Aucun mouvement.')}</p>
  % endif
  % for note in table.notes:
  <p class="quiet">${note}</p>
  % endfor
  <p class="quiet">${_('D’après les livres des échanges internes, en euros. Ce document ne vaut pas facture.')}</p>
</body>
</html>

<%def name="cells(row)">
% for column, cell in zip(table.columns, row):
${'<th scope="row"' if loop.first else '<td'|n} class="${column.kind}">${shown(column, cell)}${'</th>' if loop.first else '</td>'|n}
% endfor
</%def>

<%def name="shown(column, cell)"><%
  if cell is None or cell == '':
      text = ''
  elif column.kind == 'cents':
      text = amount(cell)
  elif column.kind == 'day':
      text = day(cell)
  else:
      text = cell
%>${text}</%def>
