<%doc>What was handed to the accounting software, and what is to be.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%def name="period(name, on)">${request.endi_ext.month(on) if '-' in name else _('Exercice {year}', year=name)}</%def>
<%block name="actionmenucontent">
<div class="layout flex main_actions endi-ext-buttons">
  ${parts.link_button(request.route_path('endi_ext.journal'), _('Journal'))}
</div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-lead">${_('Un fichier pour le logiciel comptable est noté ici : une écriture n’y part deux fois que si vous le demandez. Une écriture saisie ou extournée après un export part avec le suivant.')}</p>
  % if spans:
  <form id="journal-export" method="post" action="${request.route_path('endi_ext.journal.exports')}" class="endi-ext-filter">
    <input type="hidden" name="csrf_token" value="${get_csrf_token()}" />
    <div class="form-group">
      <label class="control-label" for="export-period">${_('Période')}</label>
      <select class="form-control" id="export-period" name="period">
        % for name, starts_on in spans:
        <option value="${name}" ${'selected="selected"' if name == request.GET.get('period') else ''|n}>${period(name, starts_on)}</option>
        % endfor
      </select>
    </div>
    <div class="form-group">
      <label class="control-label" for="export-format">${_('Format')}</label>
      <select class="form-control" id="export-format" name="format">
        % for shape, label in shapes.items():
        <option value="${shape}">${_(label)}</option>
        % endfor
      </select>
    </div>
    <div class="form-group">
      <label for="export-again"><input type="checkbox" id="export-again" name="again" value="yes" aria-describedby="export-again-hint" /> ${_('Exporter aussi ce qui l’a déjà été')}</label>
    </div>
    <div class="form-group endi-ext-filter-buttons">
      <button type="submit" class="btn btn-primary">${_('Exporter')}</button>
    </div>
  </form>
  <p class="endi-ext-hint" id="export-again-hint">${_('Sans cocher, seul part ce qui n’a pas encore été exporté dans ce format. Cochez si un fichier s’est perdu : le logiciel comptable, lui, ne reconnaît pas ce qu’il a déjà reçu.')}</p>
  <ul class="endi-ext-sentences">
    <li>${_('Sage : les fichiers que fait enDI pour les factures, encaissements, factures fournisseur et paiements fournisseur internes, dans les mêmes colonnes. Si la coopérative exporte aussi ces documents depuis enDI, choisissez l’un ou l’autre : les deux ensemble compteraient tout en double.')}</li>
    <li>${_('FEC : le seul journal des échanges internes, à importer ; il ne remplace pas le FEC de la coopérative.')}</li>
    <li>${_('Les CSV et XLSX du journal se lisent et ne s’importent pas : ils ne sont pas notés ici.')} <a href="${request.route_path('endi_ext.journal')}">${_('Journal')}</a></li>
  </ul>
  % endif
  % if made_by_host and spans:
  <h2>${_('Comparer avec les exports d’enDI')}</h2>
  <p>${_('Ce qu’enDI a exporté de ses propres documents est recalculé et comparé ligne à ligne avec nos livres ; ce qui diffère rejoint les écarts.')}</p>
  <form id="journal-compare" method="post" action="${request.route_path('endi_ext.journal.exports.compare')}" class="endi-ext-filter">
    <input type="hidden" name="csrf_token" value="${get_csrf_token()}" />
    <div class="form-group">
      <label class="control-label" for="compare-period">${_('Période')}</label>
      <select class="form-control" id="compare-period" name="period">
        % for name, starts_on in spans:
        <option value="${name}">${period(name, starts_on)}</option>
        % endfor
      </select>
    </div>
    <div class="form-group endi-ext-filter-buttons">
      <button type="submit" class="btn">${_('Comparer')}</button>
    </div>
  </form>
  % endif
  <h2>${_('Exports faits')}</h2>
  % if marks:
  <div class="table_container endi-ext-scroll" tabindex="0" role="region" aria-label="${_('Exports faits')}">
    <table class="hover_table endi-ext-cards">
      <caption class="screen-reader-text">${_('Du plus récent au plus ancien')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Fait le')}</th>
          <th scope="col" class="col_text">${_('Par')}</th>
          <th scope="col" class="col_text">${_('Période')}</th>
          <th scope="col" class="col_text">${_('Format')}</th>
          <th scope="col" class="col_number">${_('Écritures')}</th>
          <th scope="col" class="col_text">${_('Rangs au livre')}</th>
          <th scope="col" class="col_text">${_('Fichier et empreinte')}</th>
        </tr>
      </thead>
      <tbody>
        % for mark in marks:
        <tr>
          <th scope="row" class="col_text" data-label="${_('Fait le')}">${moment(mark.made_at)}</th>
          <td class="col_text" data-label="${_('Par')}">${mark.made_by}</td>
          <td class="col_text" data-label="${_('Période')}">${period(mark.span, mark.starts_on)}</td>
          <td class="col_text" data-label="${_('Format')}">${mark.shape.upper()}</td>
          <td class="col_number" data-label="${_('Écritures')}">${mark.entry_count}
            % if mark.repeated_count:
            <small>${_('dont {count} déjà exportées', count=mark.repeated_count)}</small>
            % endif
          </td>
          <td class="col_text" data-label="${_('Rangs au livre')}">${_('{first} à {last}', first=mark.first_sequence, last=mark.last_sequence)}</td>
          <td class="col_text" data-label="${_('Fichier et empreinte')}">${mark.file_name} <small title="${mark.file_digest}">${mark.file_digest[:12]}…</small></td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
  % else:
  ${parts.empty(_('Rien n’a encore été exporté.'))}
  % endif
</div>
</%block>
