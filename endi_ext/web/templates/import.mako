<%doc>Import a spreadsheet: choose, read what would happen, confirm.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="content">
<div class="endi-ext">
  % if report is None:
  <div class="limited_width width60">
    <p class="endi-ext-intro">${_('Le fichier est d’abord vérifié, rien n’est enregistré avant votre confirmation. Tout passe ou rien ne passe.')}</p>
    ${form|n}
  </div>
  <section class="data_display endi-ext-block">
    <h2>${_('Ce que le fichier doit contenir')}</h2>
    <p>${_('Une première ligne avec les noms des colonnes, dans l’ordre que vous voulez :')}</p>
    <ul>
      <li>${_('obligatoires :')} ${', '.join(columns['required'])}</li>
      <li>${_('facultatives :')} ${', '.join(columns['optional'])}</li>
    </ul>
    <p>${_('Vendeur et acheteur : code analytique ou nom exact. Dates : 22/11/2026 ou 2026-11-22. Montants : 1 234,56 ou 1234.56. Une référence déjà importée pour le même vendeur n’est pas reprise.')}</p>
  </section>
  % elif report.sound:
  <section class="data_display endi-ext-block">
    <h2>${_('« {filename} » est prêt', filename=filename)}</h2>
    <dl class="endi-ext-facts">
      <%parts:fact name="${_('Nouveaux échanges')}"><strong>${report.accepted}</strong></%parts:fact>
      <%parts:fact name="${_('Déjà connus, laissés tels quels')}">${report.existing}</%parts:fact>
      <%parts:fact name="${_('Règlements')}">${report.settled}</%parts:fact>
    </dl>
    % if report.accepted or report.settled:
    <p>${_('Rien n’est encore enregistré.')}</p>
    <div class="endi-ext-buttons">
      ${parts.post_button(request.route_path('endi_ext.import.confirm'), _('Importer maintenant'), hidden=(('kept', kept), ('filename', filename)))}
      ${parts.link_button(request.route_path('endi_ext.import'), _('Choisir un autre fichier'))}
    </div>
    % else:
    <p>${_('Tout ce fichier est déjà au livre : il n’y a rien à importer.')}</p>
    ${parts.link_button(request.route_path('endi_ext.import'), _('Choisir un autre fichier'))}
    % endif
  </section>
  % else:
  <div class="alert alert-danger" role="alert">
    <p><strong>${_('« {filename} » ne peut pas être importé : rien n’a été enregistré.', filename=filename)}</strong></p>
    <p>${_('Corrigez les lignes ci-dessous dans votre fichier, puis choisissez-le de nouveau.')}</p>
  </div>
  <div class="table_container endi-ext-scroll" tabindex="0" role="region" aria-label="${_('Lignes refusées')}">
    <table class="endi-ext-book">
      <caption>${_('Lignes refusées : {count}', count=len(report.refused))}
        % if len(report.refused) > len(refused):
        ${_('(les {count} premières)', count=len(refused))}
        % endif
      </caption>
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
          <th scope="row" class="col_number">${one.line or _('fichier')}</th>
          <td class="col_text">${one.column}</td>
          <td class="col_text"><span class="endi-ext-text">${one.why}</span></td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
  <p>${parts.link_button(request.route_path('endi_ext.import'), _('Choisir un autre fichier'), 'btn-primary')}</p>
  % endif
</div>
</%block>
