<%doc>The money of a subcontract: what became of each cent that was accepted, what is held back, the final account.</%doc>
<%page args="position, amounts, held, accounts" expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<section class="data_display endi-ext-block" id="money">
  <h2>${_('Argent')}</h2>
  <div class="table_container">
    <table class="endi-ext-sums">
      <caption class="screen-reader-text">${_('Où en est l’argent de cette sous-traitance')}</caption>
      <tbody>
        <tr><th scope="row" class="col_text">${_('Convenu')}</th><td class="col_number"><strong>${money(position.contract_cents)}</strong></td></tr>
        % if position.claimed_cents:
        <tr><th scope="row" class="col_text">${_('Déclaré, à vérifier')}</th><td class="col_number">${money(position.claimed_cents)}</td></tr>
        % endif
        % if position.contested_cents:
        <tr><th scope="row" class="col_text">${_('En litige')}</th><td class="col_number">${money(position.contested_cents)}</td></tr>
        % endif
        <tr class="row_recap"><th scope="row" class="col_text">${_('Accepté')}</th><td class="col_number"><strong>${money(position.accepted_cents)}</strong></td></tr>
        % for label, cents in amounts:
        <tr class="endi-ext-part"><th scope="row" class="col_text">${_(label)}</th><td class="col_number">${money(cents)}</td></tr>
        % endfor
        <tr class="row_recap"><th scope="row" class="col_text">${_('Reste à accepter')}</th><td class="col_number">${money(position.remaining_cents)}</td></tr>
      </tbody>
    </table>
  </div>
  % if held:
  <h3>${_('Retenues de garantie')}</h3>
  <div class="table_container endi-ext-reflow">
    <table class="endi-ext-cards">
      <caption class="screen-reader-text">${_('Retenues de garantie')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Livraison')}</th>
          <th scope="col" class="col_number">${_('Retenu')}</th>
          <th scope="col" class="col_number">${_('Libéré')}</th>
          <th scope="col" class="col_number">${_('Reste retenu')}</th>
          <th scope="col" class="col_text">${_('Libération')}</th>
          <th scope="col" class="col_text">${_('État')}</th>
        </tr>
      </thead>
      <tbody>
        % for row in held:
        <tr>
          <th scope="row" class="col_text" data-label="${_('Livraison')}"><a href="${row.url}">${_('Livraison n° {number}', number=row.number)}</a></th>
          <td class="col_number" data-label="${_('Retenu')}">${money(row.retention.held_cents)}</td>
          <td class="col_number" data-label="${_('Libéré')}">${money(row.retention.released_cents)}</td>
          <td class="col_number" data-label="${_('Reste retenu')}"><strong>${money(row.retention.remaining_cents)}</strong></td>
          <td class="col_text" data-label="${_('Libération')}">${day(row.retention.release_on) if row.retention.release_on else _('à la réception')}</td>
          <td class="col_text" data-label="${_('État')}">${parts.badge(row.badge)}
            % if row.retention.reason:
            <blockquote class="endi-ext-text">${row.retention.reason}</blockquote>
            % endif
            % if row.release_url or row.contest_url or row.lift_url:
            <div class="endi-ext-buttons">
              % if row.release_url:
              <a class="btn" href="${row.release_url}">${_('Libérer')}<span class="screen-reader-text"> ${_('la retenue de la livraison n° {number}', number=row.number)}</span></a>
              % endif
              % if row.contest_url:
              <a class="btn negative" href="${row.contest_url}">${_('M’opposer')}<span class="screen-reader-text"> ${_('à la libération de la retenue de la livraison n° {number}', number=row.number)}</span></a>
              % endif
              % if row.lift_url:
              ${parts.post_button(row.lift_url, _('Lever mon opposition'), '')}
              % endif
            </div>
            % endif
          </td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
  % endif
  % if accounts:
  <h3>${_('Décompte général')}</h3>
  <ul class="endi-ext-sentences">
    % for account, badge, url in accounts:
    <li><a href="${url}">${_('Décompte général n° {number}', number=account.number)}</a>, ${_('établi par {name} le {on}', name=account.drawn_by.name, on=day(account.drawn_on))} ${parts.badge(badge)}</li>
    % endfor
  </ul>
  % endif
</section>
