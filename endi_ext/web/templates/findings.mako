<%doc>What does not agree: how much by code, then line by line; several decided at once.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="books" file="endi_ext:web/templates/books.mako" />
<%block name="actionmenucontent">
<div class="layout flex main_actions endi-ext-buttons">
  ${parts.post_button(request.route_path('endi_ext.findings.look'), _('Chercher les écarts maintenant'), '' if counts else 'btn-primary')}
  ${parts.link_button(request.route_path('endi_ext.documents'), _('Documents des échanges'))}
</div>
</%block>
<%block name="content">
<% kept = [(name, asked.typed[name]) for name in ('month', 'code', 'state', 'party', 'whose') if asked.typed[name]] %>
<div class="endi-ext">
  <p class="endi-ext-intro">
    ${_('Ce qui ne concorde pas entre les documents des deux enseignes, ou entre eux et le livre. Chaque écart se répare, ou se laisse passer avec un motif.')}
    % if look and look.finished_at:
    ${_('Dernière recherche : {at}, {count} documents relus.', at=moment(look.finished_at), count=look.looked_count)}
    % elif look and look.started_at:
    ${_('Une recherche a été commencée {at} et n’est pas allée au bout : relancez-la.', at=moment(look.started_at))}
    % else:
    ${_('Personne n’a encore cherché : commencez par « Chercher les écarts maintenant ».')}
    % endif
  </p>
  ${books.filter_form(asked)}
  % if counts:
  <section class="data_display endi-ext-block">
    <h2>${_('Par nature')}</h2>
    <div class="table_container endi-ext-reflow">
      <table class="hover_table endi-ext-cards">
        <caption class="screen-reader-text">${_('Écarts par nature, ce qui pèse le plus d’abord')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_text">${_('Écart')}</th>
            <th scope="col" class="col_number">${_('Nombre')}</th>
            <th scope="col" class="col_number">${_('Montant en jeu')}</th>
          </tr>
        </thead>
        <tbody>
          % for one in counts:
          <tr>
            <th scope="row" class="col_text" data-label="${_('Écart')}"><a href="${address(request, code=one.code, cursor='')}" ${'aria-current="true"' if asked['code'] == one.code else ''|n}>${_(shown.title(one.code))}</a></th>
            <td class="col_number" data-label="${_('Nombre')}">${one.count}</td>
            <td class="col_number" data-label="${_('Montant en jeu')}">${money(one.cents)}</td>
          </tr>
          % endfor
        </tbody>
        <tfoot>
          <tr class="row_recap">
            <th scope="row" class="col_text" data-label="">${_('Total')}</th>
            <td class="col_number" data-label="${_('Nombre')}"><strong>${sum(one.count for one in counts)}</strong></td>
            <td class="col_number" data-label="${_('Montant en jeu')}"><strong>${money(sum(one.cents for one in counts))}</strong></td>
          </tr>
        </tfoot>
      </table>
    </div>
  </section>
  % endif
  % if found.rows:
  <form method="post" action="${request.route_path('endi_ext.findings.decide')}" class="endi-ext-bulk endi-ext-form">
    <%doc>The first button is what Enter in a field presses: one that does nothing.</%doc>
    <button type="submit" disabled="disabled" hidden="hidden"></button>
    <input type="hidden" name="csrf_token" value="${get_csrf_token()}" />
    % for name, value in kept:
    <input type="hidden" name="${name}" value="${value}" />
    % endfor
    <section class="data_display endi-ext-block">
      <h2>${_('Un par un')}</h2>
      <p class="endi-ext-tick-all" hidden><label><input type="checkbox" data-ticks="finding" /> ${_('Cocher toute la page')}</label></p>
      <div class="table_container endi-ext-reflow">
        <table class="hover_table endi-ext-cards">
          <caption class="screen-reader-text">${_('Écarts, du plus récent au plus ancien')}</caption>
          <thead>
            <tr>
              <th scope="col" class="col_text"><span class="screen-reader-text">${_('Cocher')}</span></th>
              <th scope="col" class="col_date">${_('Date')}</th>
              <th scope="col" class="col_text">${_('Écart')}</th>
              <th scope="col" class="col_text">${_('Vendeur → acheteur')}</th>
              <th scope="col" class="col_number">${_('Montant en jeu')}</th>
              <th scope="col" class="col_text">${_('État')}</th>
            </tr>
          </thead>
          <tbody>
            % for one in found.rows:
            <% number = (one.sale_side or one.purchase_side).number if (one.sale or one.purchase) else one.told.get('number', '') %>
            <tr>
              <td class="col_text" data-label="${_('Cocher')}"><input type="checkbox" name="finding" value="${one.id}" id="finding-${one.id}" aria-label="${_('Cocher « {what} », {number}', what=_(shown.title(one.code)), number=number)}" /></td>
              <td class="col_date" data-label="${_('Date')}">${day(one.found_on)}</td>
              <th scope="row" class="col_text" data-label="${_('Écart')}"><a href="${request.route_path('endi_ext.finding', finding_id=one.id)}">${_(shown.title(one.code))}</a> <small class="endi-ext-whole">${number}</small></th>
              <td class="col_text" data-label="${_('Vendeur → acheteur')}">${one.seller.name if one.seller else '?'} → ${one.buyer.name if one.buyer else '?'}</td>
              <td class="col_number" data-label="${_('Montant en jeu')}">${money(one.amount_cents)}</td>
              <td class="col_text" data-label="${_('État')}">${parts.badge(shown.STATES[one.state])}
                % if one.assigned_name and one.state == 'assigned':
                <small>${one.assigned_name}</small>
                % elif one.state == 'waived' and one.waiver_reason:
                <small>${one.waiver_reason.label}</small>
                % endif
              </td>
            </tr>
            % endfor
          </tbody>
        </table>
      </div>
    </section>
    <fieldset class="endi-ext-filter endi-ext-bulk-actions">
      <legend>${_('Les écarts cochés')}</legend>
      <div class="form-group endi-ext-filter-buttons">
        <button type="submit" name="decision" value="take" formnovalidate class="btn btn-primary">${_('M’en charger')}</button>
      </div>
      <div class="form-group">
        <label class="control-label" for="assignee">${_('Attribuer à')}</label>
        <select class="form-control" id="assignee" name="assignee">
          % for key, name in accountants:
          <option value="${key}">${name}</option>
          % endfor
        </select>
      </div>
      <div class="form-group endi-ext-filter-buttons">
        <button type="submit" name="decision" value="assign" formnovalidate class="btn">${_('Attribuer')}</button>
        <button type="submit" name="decision" value="hand_back" formnovalidate class="btn">${_('Remettre à tous')}</button>
      </div>
      % if not reasons:
      <p class="endi-ext-note">${_(shown.NO_REASONS)}</p>
      % else:
      <div class="form-group">
        <label class="control-label" for="reason">${_('Motif')}</label>
        <select class="form-control" id="reason" name="reason" required>
          <option value="">${_('Choisissez un motif')}</option>
          % for one in reasons:
          <option value="${one.id}">${one.label}</option>
          % endfor
        </select>
      </div>
      <div class="form-group">
        <label class="control-label" for="comment">${_('Commentaire')}</label>
        <input class="form-control" type="text" id="comment" name="comment" maxlength="500" />
      </div>
      <div class="form-group endi-ext-filter-buttons">
        <button type="submit" name="decision" value="waive" class="btn">${_('Laisser passer')}</button>
      </div>
      % endif
    </fieldset>
  </form>
  ${parts.pager(found)}
  % elif asked.active:
  ${parts.empty(_('Aucun écart ne correspond à ces filtres.'))}
  % elif look and look.finished_at:
  ${parts.empty(_('Aucun écart à traiter : les documents concordent.'))}
  % else:
  ${parts.empty(_('Aucun écart connu.'))}
  % endif
</div>
</%block>
