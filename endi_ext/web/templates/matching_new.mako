<%doc>A new campaign from two files: what they must contain, what of them cannot be read.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%block name="content">
<div class="endi-ext">
  % if files is not None:
  <div class="alert alert-danger" role="alert" tabindex="-1" id="endi_ext_form_errors">
    <p><strong>${_('Rien n’a été rapproché : corrigez ce qui suit, puis choisissez de nouveau le fichier corrigé.')}</strong></p>
  </div>
  % for side, one in files.of.items():
  % if one.refused:
  <div class="table_container endi-ext-scroll" tabindex="0" role="region" aria-label="${_('Lignes refusées')} : ${_('Ventes') if side == 'sales' else _('Achats')}">
    <table class="endi-ext-book">
      <caption>${_('Ventes') if side == 'sales' else _('Achats')}${' : ' + one.name if one.name else ''}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_number">${_('Ligne')}</th>
          <th scope="col" class="col_text">${_('Colonne')}</th>
          <th scope="col" class="col_text">${_('Pourquoi')}</th>
        </tr>
      </thead>
      <tbody>
        % for refusal in one.refused:
        <tr>
          <th scope="row" class="col_number">${refusal.line or _('fichier')}</th>
          <td class="col_text">${refusal.column}</td>
          <td class="col_text"><span class="endi-ext-text">${refusal.why}</span></td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
  % else:
  <p class="endi-ext-note">${_('« {name} » est lu et gardé ({count} documents) : inutile de le choisir de nouveau.', name=one.name, count=len(one.found.documents))}</p>
  % endif
  % endfor
  % endif
  <div class="limited_width width60">
    ${form|n}
  </div>
  <section class="data_display endi-ext-block">
    <h2>${_('Ce que chaque fichier doit contenir')}</h2>
    <p>${_('Une première ligne avec les noms des colonnes, dans l’ordre que vous voulez :')}</p>
    <ul>
      <li>${_('obligatoires :')} ${', '.join(columns['required'])}</li>
      <li>${_('facultatives :')} ${', '.join(columns['optional'])}</li>
      <li>${_('ou leurs noms français :')} ${', '.join(columns['french'])}</li>
    </ul>
    <p>${_('Dates : 22/11/2026 ou 2026-11-22. Montants : 1 234,56 ou 1234.56, négatifs pour un avoir. Il n’y a pas besoin de numéro commun aux deux listes.')}</p>
  </section>
</div>
</%block>
