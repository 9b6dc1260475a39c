<%doc>Pieces of the pages of a dispute, the same for both sides and for the arbiter.</%doc>
<%page expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />

<%def name="ending(dispute, retention, outcome, ending, ended_by)">
<div class="endi-ext-outcome" role="status">
  <p><strong>${_(outcome)}</strong>
    % if ending:
    ${_(ending, name=ended_by)}
    % endif
  </p>
  % if retention:
  <p>${_('{awarded} libérés sur {amount} retenus.', awarded=money(dispute.awarded_cents), amount=money(dispute.amount_cents))}</p>
  % else:
  <p>${_('{awarded} acceptés sur {amount} en jeu.', awarded=money(dispute.awarded_cents), amount=money(dispute.amount_cents))}</p>
  % endif
</div>
</%def>

<%def name="contested(dispute, delivery, subcontract, retention)">
<section class="data_display endi-ext-block">
  <h2>${_('Ce qui est contesté')}</h2>
  <dl class="endi-ext-facts">
    <%parts:fact name="${_('Montant en jeu')}"><strong>${money(dispute.amount_cents)}</strong></%parts:fact>
    <%parts:fact name="${_('Livraison')}">${_('n° {number}', number=delivery.number)}</%parts:fact>
    <%parts:fact name="${_('Réalisé par')}">${subcontract.seller.name}</%parts:fact>
    <%parts:fact name="${_('Pour')}">${subcontract.buyer.name}</%parts:fact>
    <%parts:fact name="${_('Date de la livraison')}">${day(delivery.delivered_on)}</%parts:fact>
    % if retention:
    <%parts:fact name="${_('Retenue de garantie')}">${_('{held} retenus, {released} déjà libérés', held=money(retention.held_cents), released=money(retention.released_cents))}</%parts:fact>
    <%parts:fact name="${_('Libération prévue')}">${day(retention.release_on) if retention.release_on else _('à la réception')}</%parts:fact>
    % endif
    % if dispute.arbitration_at:
    <%parts:fact name="${_('Arbitre')}">${dispute.arbiter_name or _('à nommer par l’équipe d’appui')}</%parts:fact>
    % endif
  </dl>
  % if delivery.note:
  <blockquote class="endi-ext-text">${delivery.note}</blockquote>
  % endif
  <div class="table_container endi-ext-reflow">
    <table class="endi-ext-cards">
      <caption class="screen-reader-text">${_('Ce qui est contesté')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Prestation')}</th>
          <th scope="col" class="col_number">${_('Convenu')}</th>
          <th scope="col" class="col_number">${_('Prix unitaire HT')}</th>
          <th scope="col" class="col_number">${_('Déclaré')}</th>
          <th scope="col" class="col_number">${_('Montant HT')}</th>
        </tr>
      </thead>
      <tbody>
        % for part in delivery.lines:
        <tr>
          <th scope="row" class="col_text" data-label="${_('Prestation')}"><span class="endi-ext-text">${part.line.description}</span></th>
          <td class="col_number" data-label="${_('Convenu')}">${quantity(part.line.quantity_thousandths)} ${part.line.unit}</td>
          <td class="col_number" data-label="${_('Prix unitaire HT')}">${money(part.line.unit_price_cents)}</td>
          <td class="col_number" data-label="${_('Déclaré')}">${quantity(part.quantity_thousandths)} ${part.line.unit}</td>
          <td class="col_number" data-label="${_('Montant HT')}">${money(part.net_cents)}</td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
</section>
</%def>

<%def name="result(found)">
% if found.rows:
<p>${_(found.words)}</p>
${lines_of(found)}
% else:
<p>${_(found.words)} ${_('Montant libéré')} : <strong>${money(found.accepted_cents)}</strong></p>
% endif
</%def>

<%def name="lines_of(found)">
<div class="table_container endi-ext-reflow">
  <table class="endi-ext-cards">
    <caption class="screen-reader-text">${_('Ce qui serait accepté, ligne par ligne')}</caption>
    <thead>
      <tr>
        <th scope="col" class="col_text">${_('Prestation')}</th>
        <th scope="col" class="col_number">${_('Déclaré')}</th>
        <th scope="col" class="col_number">${_('Accepté')}</th>
        <th scope="col" class="col_number">${_('Montant HT')}</th>
      </tr>
    </thead>
    <tbody>
      % for row in found.rows:
      <tr>
        <th scope="row" class="col_text" data-label="${_('Prestation')}"><span class="endi-ext-text">${row.part.line.description}</span>
          % if row.refusal:
          <span class="endi-ext-before">${_('Pourquoi pas tout :')} ${row.refusal}</span>
          % endif
        </th>
        <td class="col_number" data-label="${_('Déclaré')}">${quantity(row.part.quantity_thousandths)} ${row.part.line.unit}</td>
        <td class="col_number" data-label="${_('Accepté')}">${quantity(row.accepted_thousandths)} ${row.part.line.unit}</td>
        <td class="col_number" data-label="${_('Montant HT')}">${money(row.accepted_cents)}</td>
      </tr>
      % endfor
    </tbody>
    <tfoot>
      <tr class="row_recap">
        <th scope="row" class="col_text" colspan="3">${_('Total HT accepté')}</th>
        <td class="col_number" data-label="${_('Total HT accepté')}"><strong>${money(found.accepted_cents)}</strong></td>
      </tr>
    </tfoot>
  </table>
</div>
</%def>

<%def name="conversation(dispute, messages, names, kinds, result_of, file_url)">
<section class="data_display endi-ext-block">
  <h2>${_('Ce qui s’est dit')}</h2>
  <ol class="endi-ext-talk">
    <li class="endi-ext-said">
      <p class="endi-ext-speaker"><strong>${dispute.opened_by.name}</strong> <span class="endi-ext-mark">${_('Contestation')}</span></p>
      <p class="endi-ext-when"><time datetime="${dispute.opened_at.isoformat()}">${moment(dispute.opened_at)}</time></p>
      <p class="endi-ext-text">${dispute.reason}</p>
    </li>
    % for message in messages:
    <% found = result_of(message) %>
    <li class="endi-ext-said endi-ext-of-${message.side}" id="message-${message.number}">
      <p class="endi-ext-speaker"><strong>${message.author_name}</strong> (${names[message.side]})
        % if message.kind in kinds:
        <span class="endi-ext-mark">${_(kinds[message.kind])}</span>
        % endif
      </p>
      <p class="endi-ext-when"><time datetime="${message.written_at.isoformat()}">${moment(message.written_at)}</time></p>
      % if message.text:
      <p class="endi-ext-text">${message.text}</p>
      % endif
      % if found and not found.rows:
      ${result(found)}
      % elif found:
      <p>${_(found.words)} ${_('Total HT accepté')} : <strong>${money(found.accepted_cents)}</strong></p>
      <details><summary>${_('Ligne par ligne')}</summary>
        ${lines_of(found)}
      </details>
      % endif
      % if message.files:
      <ul class="endi-ext-files">
        % for file in message.files:
        <li>
          % if file_url:
          <a href="${file_url(file)}" download="${file.name}">${file.name}</a>
          % else:
          ${file.name}
          % endif
          <span class="endi-ext-when">${_('{size} Ko', size=quantity((file.size_bytes + 1023) // 1024 * 1000))}</span>
          <details><summary>${_('Empreinte')}</summary><code>SHA-256 ${file.sha256}</code></details>
        </li>
        % endfor
      </ul>
      % endif
    </li>
    % endfor
  </ol>
</section>
</%def>
