<%doc>Import a price schedule: choose the file, read what it would do, confirm.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="css">
${parent.css()}
<link rel="stylesheet" href="${static('prices.css')}" />
</%block>
<%block name="content">
<div class="endi-ext">
  % if plan is None:
  <div class="limited_width width60">
    <p class="endi-ext-intro">${_('Le fichier est d’abord lu, rien n’est enregistré avant votre confirmation. Tout passe ou rien ne passe.')}</p>
    ${form|n}
  </div>
  <section class="data_display endi-ext-block">
    <h2>${_('Ce que le fichier doit contenir')}</h2>
    <ul>
      <li>${_('une ligne d’en-têtes, même sous un titre : désignation, et au moins unité, quantité, prix unitaire ou montant HT ;')}</li>
      <li>${_('si vous voulez : le n° de prix, le lot, la partie (option, variante) et la répartition, par exemple « Menuiserie du Lac : 60 % ; Trait Juste : 40 % » ;')}</li>
      <li>${_('dans un classeur, la première feuille visible. Les titres, sous-totaux et totaux sont laissés de côté ; les montants sont recalculés.')}</li>
    </ul>
    <p>${_('Une ligne est reconnue à son lot, son numéro et sa désignation : réimporter le même fichier avec des prix garde la répartition déjà faite.')}</p>
  </section>
  % elif wrong or refused:
  <div class="alert alert-danger" role="alert">
    <p><strong>${_('Ce fichier ne peut pas être importé : rien n’a été enregistré.')}</strong></p>
    % if wrong:
    <p>${wrong}</p>
    % else:
    <p>${_('Corrigez les lignes ci-dessous dans votre fichier, puis choisissez-le de nouveau.')}</p>
    % endif
  </div>
  % if refused:
  <div class="table_container endi-ext-scroll" tabindex="0" role="region" aria-label="${_('Lignes refusées')}">
    <table class="endi-ext-book">
      <caption>${_('Lignes refusées : {count}', count=len(plan.refused))}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_number">${_('Ligne')}</th>
          <th scope="col" class="col_text">${_('Colonne')}</th>
          <th scope="col" class="col_text">${_('Pourquoi')}</th>
        </tr>
      </thead>
      <tbody>
        % for one in refused:
        <tr>
          <th scope="row" class="col_number">${one.line}</th>
          <td class="col_text">${one.column}</td>
          <td class="col_text"><span class="endi-ext-text">${one.why}</span></td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
  % endif
  <p>${parts.link_button(request.context.at('prices.import'), _('Choisir un autre fichier'), 'btn-primary')}</p>
  % else:
  % if again:
  <div class="alert alert-danger" role="alert"><p>${again}</p></div>
  % endif
  <section class="data_display endi-ext-block">
    <h2>${_('Ce que l’import ferait')}</h2>
    <dl class="endi-ext-facts">
      <%parts:fact name="${_('Lignes nouvelles')}"><strong>${len(plan.new)}</strong></%parts:fact>
      <%parts:fact name="${_('Lignes modifiées')}"><strong>${len(plan.changed)}</strong></%parts:fact>
      <%parts:fact name="${_('Lignes inchangées')}">${plan.same}</%parts:fact>
      <%parts:fact name="${_('Lignes retirées')}"><strong>${len(plan.removed)}</strong></%parts:fact>
      <%parts:fact name="${_('Total HT avant')}">${money(plan.before_cents)}</%parts:fact>
      <%parts:fact name="${_('Total HT après')}"><strong>${money(plan.after_cents)}</strong></%parts:fact>
    </dl>
    % if plan.changes:
    <p>${_('Rien n’est encore enregistré.')}</p>
    % if not steers and any(one.claims is not None for one in plan.new):
    <p class="endi-ext-note">${_('La répartition du fichier n’est pas reprise : elle revient à qui mène la réponse.')}</p>
    % endif
    <div class="endi-ext-buttons">
      ${parts.post_button(request.context.at('prices.import.confirm'), _('Importer maintenant'), hidden=(('kept', asked.kept), ('mode', asked.mode), ('lot_id', asked.lot_id), ('digest', plan.digest)))}
      ${parts.link_button(request.context.at('prices.import'), _('Choisir un autre fichier'))}
    </div>
    % else:
    <p>${_('Tout ce fichier est déjà dans vos prix : il n’y a rien à importer.')}</p>
    ${parts.link_button(request.context.url, _('Retour aux prix'))}
    % endif
  </section>
  % if plan.changes:
  <section class="data_display endi-ext-block">
    <h2>${_('Les lignes')}</h2>
    <div class="table_container endi-ext-reflow">
      <table class="endi-ext-cards">
        <caption class="screen-reader-text">${_('Ce que l’import ferait')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_text">${_('Désignation')}</th>
            <th scope="col" class="col_number">${_('Quantité')}</th>
            <th scope="col" class="col_number">${_('Prix unitaire HT')}</th>
            <th scope="col" class="col_number">${_('Montant HT')}</th>
          </tr>
        </thead>
        <tbody>
          % for kind, one, before in [*(('added', one, None) for one in plan.new), *(('changed', one, line) for line, one in plan.changed)][:shown]:
          <tr class="endi-ext-${kind}">
            <th scope="row" class="col_text" data-label="${_('Désignation')}"><span class="endi-ext-text">${f'{one.facts.reference} – ' if one.facts.reference else ''}${one.facts.description}</span>
              <span class="endi-ext-mark">${_('nouvelle') if kind == 'added' else _('modifiée')}</span></th>
            <td class="col_number" data-label="${_('Quantité')}">${f'{quantity(one.facts.quantity_thousandths)} {one.facts.unit}' if one.facts.quantity_thousandths else one.facts.unit or '–'}</td>
            <td class="col_number" data-label="${_('Prix unitaire HT')}">${money(one.facts.unit_price_cents) if one.facts.unit_price_cents is not None else '–'}</td>
            <td class="col_number" data-label="${_('Montant HT')}">${money(one.facts.total_cents)}
              % if before is not None and before.total_cents != one.facts.total_cents:
              <span class="endi-ext-before">${_('avant : {before}', before=money(before.total_cents))}</span>
              % endif
            </td>
          </tr>
          % endfor
          % for line in plan.removed[:shown]:
          <tr class="endi-ext-removed">
            <th scope="row" class="col_text" data-label="${_('Désignation')}"><span class="endi-ext-text">${line.description}</span> <span class="endi-ext-mark">${_('retirée')}</span></th>
            <td class="endi-ext-void"></td><td class="endi-ext-void"></td>
            <td class="col_number" data-label="${_('Montant HT')}">${money(line.total_cents)}</td>
          </tr>
          % endfor
        </tbody>
      </table>
    </div>
  </section>
  % endif
  % if aside:
  <details class="endi-ext-details">
    <summary>${_('Lignes laissées de côté (titres, totaux) : {count}', count=len(aside))}</summary>
    <ul>
      % for line, text in aside[:shown]:
      <li>${_('Ligne {line} :', line=line)} ${text}</li>
      % endfor
    </ul>
  </details>
  % endif
  % endif
</div>
</%block>
