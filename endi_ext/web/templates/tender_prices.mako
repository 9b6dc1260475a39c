<%doc>The price schedule lot by lot: what, for how much, who does it, what is left to share.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="pieces" file="endi_ext:web/templates/price_pieces.mako" />
<%block name="headjs">
${parent.headjs()}
<script src="${static('prices.js')}" defer="defer"></script>
</%block>
<%block name="css">
${parent.css()}
<link rel="stylesheet" href="${static('prices.css')}" />
</%block>
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  % if 'prepare' in actions:
  ${parts.link_button(request.context.at('prices.new'), _('Ajouter une ligne'), '' if not split.lines else 'btn-primary')}
  ${parts.link_button(request.context.at('prices.import'), _('Importer un bordereau'), 'btn-primary' if not split.lines else '')}
  % endif
  % if split.lines:
  ${parts.link_button(request.context.at('prices.export', query={'format': 'xlsx'}), _('Exporter en XLSX'))}
  ${parts.link_button(request.context.at('prices.export', query={'format': 'csv'}), _('Exporter en CSV'))}
  ${parts.link_button(request.context.at('shares'), _('Qui reçoit combien'))}
  % endif
  ${parts.link_button(request.context.path('tender', tender_id=tender.id), _('Retour à la consultation'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  ${pieces.state(split)}
  % if not split.lines:
  ${parts.empty(_('Aucun prix encore. Importez le bordereau de l’acheteur (BPU, DQE ou DPGF, en XLSX ou CSV), ou ajoutez les lignes une à une.'))}
  % else:
  <form method="post" action="${request.context.at('prices.assign')}" class="endi-ext-form" id="endi_ext_prices">
    <input type="hidden" name="csrf_token" value="${get_csrf_token()}" />
    % for one in lots:
    <section class="data_display endi-ext-block">
      <h2>${one.lot.title}
        % if not one.lot.answered:
        <span class="endi-ext-mark">${_('lot sans réponse : ne compte pas')}</span>
        % endif
      </h2>
      % if one.lines:
      % if 'steer' in actions:
      <p class="endi-ext-buttons">${parts.link_button(request.context.at('prices.share', lot_id=one.lot.id), _('Répartir ce lot, ligne par ligne'))}</p>
      % endif
      <div class="table_container endi-ext-reflow">
        <table class="hover_table endi-ext-cards endi-ext-prices">
          <caption class="screen-reader-text">${_('Prix du lot {lot}', lot=one.lot.title)}</caption>
          <thead>
            <tr>
              % if 'prepare' in actions:
              <th scope="col" class="col_text"><span class="screen-reader-text">${_('Choisir')}</span></th>
              % endif
              <th scope="col" class="col_text">${_('Désignation')}</th>
              <th scope="col" class="col_number">${_('Quantité')}</th>
              <th scope="col" class="col_number">${_('Prix unitaire HT')}</th>
              <th scope="col" class="col_number">${_('Montant HT')}</th>
              <th scope="col" class="col_text">${_('Qui le fait')}</th>
            </tr>
          </thead>
          <tbody>
            % for each in one.lines:
            <% line = each.line %>
            <tr class="${'' if each.settled else 'endi-ext-open'}">
              % if 'prepare' in actions:
              <td class="endi-ext-tick"><label class="screen-reader-text" for="line-${line.id}">${_('Choisir : {line}', line=line.description)}</label><input type="checkbox" name="line" value="${line.id}" id="line-${line.id}" /></td>
              % endif
              <th scope="row" class="col_text" data-label="${_('Désignation')}">
                % if 'prepare' in actions:
                <a class="endi-ext-text" href="${request.context.at('prices.line', line_id=line.id)}">${f'{line.reference} – ' if line.reference else ''}${line.description}</a>
                % else:
                <span class="endi-ext-text">${f'{line.reference} – ' if line.reference else ''}${line.description}</span>
                % endif
                % if line.part != 'base':
                <span class="endi-ext-mark">${_('option : {label}', label=line.label) if line.part == 'option' else _('variante : {label}', label=line.label)}</span>
                % endif
              </th>
              <td class="col_number" data-label="${_('Quantité')}">${f'{quantity(line.quantity_thousandths)} {line.unit}' if line.quantity_thousandths else line.unit or '–'}</td>
              <td class="col_number" data-label="${_('Prix unitaire HT')}">
                % if line.priced:
                ${money(line.unit_price_cents)}
                % else:
                <span class="endi-ext-over">${_('à fixer')}</span>
                % endif
              </td>
              <td class="col_number" data-label="${_('Montant HT')}">${money(line.total_cents)}</td>
              <td class="col_text" data-label="${_('Qui le fait')}">${pieces.doers(each, names)}
                % if 'steer' in actions and not each.settled:
                <a href="${request.context.at('prices.share', lot_id=one.lot.id, query={'line': line.id})}">${_('Répartir')}<span class="screen-reader-text"> : ${line.description}</span></a>
                % endif
              </td>
            </tr>
            % endfor
          </tbody>
          <tfoot>
            <tr class="row_recap">
              <th scope="row" class="col_text" colspan="${4 if 'prepare' in actions else 3}">${_('Total du lot, offre de base')}</th>
              <td class="col_number" data-label="${_('Montant HT')}"><strong>${money(one.total_cents)}</strong></td>
              <td class="endi-ext-void"></td>
            </tr>
          </tfoot>
        </table>
      </div>
      % else:
      ${parts.empty(_('Aucun prix pour ce lot.'))}
      % endif
    </section>
    % endfor
    % if 'steer' in actions:
    <fieldset class="endi-ext-block endi-ext-choose">
      <legend>${_('Les lignes cochées')}</legend>
      <p>${_('Donnez-les à une personne, ou à plusieurs à parts égales. Pour d’autres parts, répartissez le lot ligne par ligne.')}</p>
      <ul class="endi-ext-ticks">
        % for member in team:
        <li><label><input type="checkbox" name="member" value="${member.id}" /> ${member.name}</label></li>
        % endfor
      </ul>
      <p class="endi-ext-buttons"><button type="submit" class="btn btn-primary">${_('Attribuer les lignes cochées')}</button>
        <button type="button" class="btn" data-tick-all="" hidden="hidden">${_('Cocher tout')}</button>
        <button type="button" class="btn" data-tick-open="" hidden="hidden">${_('Cocher ce qui reste à répartir')}</button>
        <button type="submit" class="btn negative" formaction="${request.context.at('prices.remove')}">${_('Retirer les lignes cochées')}</button></p>
    </fieldset>
    % elif 'prepare' in actions:
    <p class="endi-ext-buttons"><button type="submit" class="btn negative" formaction="${request.context.at('prices.remove')}">${_('Retirer les lignes cochées')}</button></p>
    <p class="endi-ext-note">${_('La répartition est faite par qui mène la réponse.')}</p>
    % endif
  </form>
  ${pieces.members(split, team, tender)}
  ${pieces.apart(split, team)}
  % endif
</div>
</%block>
