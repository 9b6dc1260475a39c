<%doc>What waits for an accountant: tick, validate, reject.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="books" file="endi_ext:web/templates/books.mako" />
<%namespace name="desk" file="endi_ext:web/templates/draft_parts.mako" />
<%block name="content">
<div class="endi-ext">
  ${desk.tabs('drafts')}
  % if journals:
  <p class="endi-ext-intro">${_('Ces écritures ne comptent nulle part tant qu’elles ne sont pas validées. Attendent : {journals}.', journals=', '.join(_(label) for label in journals))}</p>
  % else:
  <p class="endi-ext-intro">${_('Aucun journal n’attend de validation : les écritures vont au livre aussitôt. Cela se choisit dans les réglages, « Brouillard ».')}</p>
  % endif
  % if found.rows or asked.active:
  ${books.filter_form(asked)}
  % endif
  % if found.rows:
  <form method="post" action="${request.route_path('endi_ext.drafts.decide')}" class="endi-ext-bulk">
    <input type="hidden" name="csrf_token" value="${get_csrf_token()}" />
    ${desk.kept(asked)}
    <p class="endi-ext-tick-all" hidden><label><input type="checkbox" data-ticks="draft" /> ${_('Cocher toute la page')}</label></p>
    <div class="table_container endi-ext-reflow">
      <table class="hover_table endi-ext-cards">
        <caption class="screen-reader-text">${_('Écritures en attente, de la plus récente à la plus ancienne')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_text"><span class="screen-reader-text">${_('Cocher')}</span></th>
            <th scope="col" class="col_date">${_('Date')}</th>
            <th scope="col" class="col_text">${_('Écriture, pièce')}</th>
            <th scope="col" class="col_text">${_('Enseignes')}</th>
            <th scope="col" class="col_number">${_('Total (€)')}</th>
            <th scope="col" class="col_text">${_('Demandée par')}</th>
          </tr>
        </thead>
        <tbody>
          % for draft in found.rows:
          <% lines = lines_of(draft) %>
          <tr>
            <td class="col_text"><input type="checkbox" name="draft" value="${draft.id}" aria-label="${_('Cocher « {what} », {amount}', what=draft.text, amount=money(draft.total_cents))}" /></td>
            <td class="col_date" data-label="${_('Date')}">${day(draft.effective_on)}
              % if first_open and draft.effective_on < first_open:
              <span class="endi-ext-mark">${_('mois clôturé')}</span>
              % endif
            </td>
            <th scope="row" class="col_text" data-label="${_('Écriture, pièce')}"><a href="${request.route_path('endi_ext.draft', draft_id=draft.id)}"><span class="endi-ext-text">${draft.text}</span></a> <small>${draft.journal} ${draft.document}</small>
            </th>
            <td class="col_text" data-label="${_('Enseignes')}">${', '.join(dict.fromkeys(line.party_name for line in lines))}</td>
            <td class="col_number" data-label="${_('Total (€)')}">${amount(draft.total_cents)}</td>
            <td class="col_text" data-label="${_('Demandée par')}">${draft.recorded_by}, ${moment(draft.recorded_at)}</td>
          </tr>
          <tr>
            <td colspan="6" class="col_text">
              <details>
                <summary>${_('Voir les lignes')}<span class="screen-reader-text"> (${draft.text})</span></summary>
                <ul>
                  % for line in lines:
                  <li>${line.number}
                    % if titles.get(line.number):
                    <small>${_(titles[line.number])}</small>
                    % endif
                    – ${line.party_name} :
                    % if line.debit_cents:
                    ${_('débit {amount}', amount=money(line.debit_cents))}
                    % else:
                    ${_('crédit {amount}', amount=money(line.credit_cents))}
                    % endif
                  </li>
                  % endfor
                </ul>
                % if exchange_of[draft.id]:
                <p><a href="${request.route_path('endi_ext.exchange_any', exchange_id=exchange_of[draft.id])}">${_('Voir l’échange')}</a></p>
                % endif
              </details>
            </td>
          </tr>
          % endfor
        </tbody>
      </table>
    </div>
    <fieldset class="endi-ext-bulk-actions">
      <legend>${_('Décider')}</legend>
      <p><label><input type="radio" name="whole" value="" checked="checked" /> ${_('des écritures cochées')}</label><br />
        <label><input type="radio" name="whole" value="yes" /> ${_('de toutes celles de ce filtre, sur toutes les pages') if asked.active else _('de toutes celles qui attendent, sur toutes les pages')}</label></p>
      <div class="endi-ext-buttons"><button type="submit" name="decision" value="validate" class="btn btn-primary">${_('Valider')}</button></div>
      <div class="form-group">
        <label class="control-label" for="reason">${_('Motif, si vous rejetez : les deux enseignes le liront')}</label>
        <textarea class="form-control" id="reason" name="reason" rows="2" maxlength="2000"></textarea>
      </div>
      <div class="endi-ext-buttons"><button type="submit" name="decision" value="reject" class="btn negative">${_('Rejeter')}</button></div>
    </fieldset>
  </form>
  ${parts.pager(found)}
  % elif asked.active:
  ${parts.empty(_('Aucune écriture en attente ne correspond à ces filtres.'))}
  % else:
  ${parts.empty(_('Aucune écriture n’attend.'))}
  % endif
</div>
</%block>
