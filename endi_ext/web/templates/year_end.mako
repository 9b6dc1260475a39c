<%doc>The end of a fiscal year: what is left to do, the eliminations, what is carried forward.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="actionmenucontent">
<div class="layout flex main_actions endi-ext-buttons">
  <a class="btn" href="${request.route_path('endi_ext.month_end.of', month=last_month)}">${_('Fin de mois du dernier mois')}</a>
  <a class="btn" href="${request.route_path('endi_ext.journal.file', _query={'period': span.name, 'format': 'fec'})}">${_('Télécharger l’exercice au format du FEC')}</a>
</div>
</%block>
<%def name="step(is_done, title, meaning, address='', label='', told=False, entry=None)">
<tr>
  <td class="col_text" data-label="${_('État')}"><span class="endi-ext-state ${'valid' if is_done else 'neutral' if told else 'caution'}">${_('Fait') if is_done else _('Pour information') if told else _('À faire')}</span></td>
  <th scope="row" class="col_text" data-label="${_('Point')}"><strong>${title}</strong>
    % if meaning:
    <p class="endi-ext-before">${meaning}
      % if entry is not None:
      <a href="${request.route_path('endi_ext.entry', entry_id=entry.id)}">${_('Écriture {code} {number}', code=entry.journal.code, number=entry.number)}</a>
      % endif
    </p>
    % endif
  </th>
  <td class="col_text ${'' if address else 'endi-ext-void'}" data-label="${_('Actions')}">
    % if address:
    <div class="endi-ext-buttons"><a class="btn ${'' if is_done or told else 'btn-primary'}" href="${address}">${label}</a></div>
    % endif
  </td>
</tr>
</%def>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-lead">
    % if found.open_months:
    <span class="endi-ext-state caution">${_('Mois à clôturer : {count}', count=found.open_months)}</span> ${_('avant le dernier, puis l’élimination.')}
    % elif found.to_eliminate:
    <span class="endi-ext-state caution">${_('À éliminer')}</span> ${_('Les opérations internes gonflent encore les comptes de la coopérative.')}
    % else:
    <span class="endi-ext-state valid">${_('Prêt')}</span> ${_('Rien d’interne ne reste dans les produits et les charges de la coopérative.')}
    % endif
  </p>
  <form method="get" action="${request.route_path('endi_ext.year_end')}" class="endi-ext-filter" id="year-chosen">
    <div class="form-group">
      <label class="control-label" for="year">${_('Exercice')}</label>
      <select class="form-control" id="year" name="year">
        % for name in years:
        <option value="${name}" ${'selected="selected"' if name == span.name else ''|n}>${name}</option>
        % endfor
      </select>
    </div>
    <div class="form-group endi-ext-filter-buttons"><button type="submit" class="btn">${_('Voir')}</button></div>
  </form>
  <p class="endi-ext-hint">${_('Exercice du {first} au {last}.', first=day(span.starts_on), last=day(span.ends_on))}</p>
  <div class="table_container endi-ext-reflow">
    <table class="hover_table endi-ext-cards">
      <caption class="screen-reader-text">${_('Ce qu’il faut faire pour finir l’exercice')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('État')}</th>
          <th scope="col" class="col_text">${_('Point')}</th>
          <th scope="col" class="col_text">${_('Actions')}</th>
        </tr>
      </thead>
      <tbody>
        ${step(not found.open_months, _('Tous les mois clôturés, sauf le dernier'), '' if not found.open_months else _('Les montants à éliminer ne bougent plus ensuite.'), request.route_path('endi_ext.periods') if found.open_months else '', _('Voir les mois'))}
        <%
          why_closed = reopening = reopen_label = ''
          if found.to_reopen:
              why_closed = _('L’écriture se passe au {on} : rouvrez d’abord {month}, le dernier mois clôturé.', on=day(span.ends_on), month=request.endi_ext.month(found.to_reopen))
              reopening = request.route_path('endi_ext.month_end.of', month=format(found.to_reopen, '%Y-%m'))
              reopen_label = _('Voir le mois à rouvrir')
        %>
        % for one in found.proposals:
        % if one.entry is not None and one.accounts and found.to_reopen:
        ${step(False, name_of(one.group), _('Des écritures ont été ajoutées depuis : annulez l’élimination, puis refaites-la.') + ' ' + why_closed, reopening, reopen_label, entry=one.entry)}
        % elif one.entry is not None and found.to_reopen:
        ${step(True, name_of(one.group), _('L’écriture est passée.'), entry=one.entry)}
        % elif one.entry is not None:
        ${step(not one.accounts, name_of(one.group), _('L’écriture est passée.') if not one.accounts else _('Des écritures ont été ajoutées depuis : annulez l’élimination, puis refaites-la.'), request.route_path('endi_ext.year_end.undo', year=span.name, group=slug_of(one.group)), _('Annuler l’élimination'), entry=one.entry)}
        % elif one.left_cents:
        ${step(False, name_of(one.group), _('Produits et charges diffèrent de {amount} : il manque un côté.', amount=money(abs(one.left_cents))), request.route_path('endi_ext.trial_balance', _query={'as_of': span.ends_on.isoformat()}), _('Voir la balance'))}
        % elif one.accounts and found.open_months:
        ${step(False, name_of(one.group), _('{amount} de produits et autant de charges à ce jour ; à sortir une fois les mois clôturés.', amount=money(one.total_cents)))}
        % elif one.accounts and found.to_reopen:
        ${step(False, name_of(one.group), _('{amount} de produits et autant de charges, à sortir des comptes généraux.', amount=money(one.total_cents)) + ' ' + why_closed, reopening, reopen_label)}
        % elif one.accounts:
        ${step(False, name_of(one.group), _('{amount} de produits et autant de charges, à sortir des comptes généraux.', amount=money(one.total_cents)), request.route_path('endi_ext.year_end.eliminate', year=span.name, group=slug_of(one.group)), _('Relire et éliminer'))}
        % else:
        ${step(True, name_of(one.group), '')}
        % endif
        % endfor
        ${step(not found.owed_cents, _('Comptes de tiers soldés'), '' if not found.owed_cents else _('{amount} restent dus entre enseignes : ce n’est pas une erreur, l’exercice suivant les reprend.', amount=money(found.owed_cents)), request.route_path('endi_ext.accounting') if found.owed_cents else '', _('Voir ce qui est dû'), told=True)}
      </tbody>
    </table>
  </div>
  <section class="endi-ext-block">
    <h2>${_('De l’exercice {year} au suivant', year=span.name)}</h2>
    <p class="endi-ext-intro">${_('Le livre est continu : aucune écriture ne ferme ni n’ouvre un exercice. Les soldes de bilan sont repris d’eux-mêmes, ceux des produits et des charges repartent de zéro. Le fichier de l’exercice {year} au format du FEC commence par ces à-nouveaux (journal AN).', year=next_year)}</p>
    % if found.accounts:
    <div class="table_container endi-ext-scroll" tabindex="0" role="region" aria-label="${_('Comptes de l’exercice')}">
      <table class="hover_table endi-ext-book">
        <caption>${_('Comptes généraux de l’exercice, toutes enseignes réunies')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_text">${_('Compte')}</th>
            <th scope="col" class="col_number">${_('À nouveau (€)')}</th>
            <th scope="col" class="col_number">${_('Débit (€)')}</th>
            <th scope="col" class="col_number">${_('Crédit (€)')}</th>
            <th scope="col" class="col_number">${_('Solde (€)')}</th>
            <th scope="col" class="col_number">${_('Repris en {year} (€)', year=next_year)}</th>
          </tr>
        </thead>
        <tbody>
          % for row in found.accounts:
          <tr>
            <th scope="row" class="col_text">${row.number}
              % if titles.get(row.number):
              <small>${_(titles[row.number])}</small>
              % endif
            </th>
            <td class="col_number">${amount(row.opening_cents)}</td>
            <td class="col_number">${amount(row.debit_cents)}</td>
            <td class="col_number">${amount(row.credit_cents)}</td>
            <td class="col_number"><strong>${amount(row.closing_cents)}</strong></td>
            <td class="col_number">${amount(row.carried_cents) if row.is_carried else _('non repris')}</td>
          </tr>
          % endfor
        </tbody>
      </table>
    </div>
    % else:
    ${parts.empty(_('Aucune écriture sur cet exercice.'))}
    % endif
  </section>
</div>
</%block>
