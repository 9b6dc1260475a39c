<%doc>The choices in force, with a way to change each.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="content">
<div class="endi-ext">
  <section class="data_display endi-ext-block">
    <h2>${_('Schéma comptable')}</h2>
    <p>${_(chosen.scheme.label)}</p>
    <p>${parts.link_button(request.route_path('endi_ext.admin.scheme'), _('Choisir le schéma'))}</p>
  </section>
  <section class="data_display endi-ext-block">
    <h2>${_('Comptes')}</h2>
    <div class="table_container endi-ext-scroll" tabindex="0" role="region" aria-label="${_('Comptes')}">
      <table class="endi-ext-book">
        <caption class="screen-reader-text">${_('Compte de chaque rôle')}</caption>
        <thead><tr><th scope="col" class="col_text">${_('Rôle')}</th><th scope="col" class="col_text">${_('Compte')}</th></tr></thead>
        <tbody>
          % for role, number in roles:
          <tr><th scope="row" class="col_text">${_(role)}</th><td class="col_text">${number or _('aucun')}</td></tr>
          % endfor
        </tbody>
      </table>
    </div>
    <p>${parts.link_button(request.route_path('endi_ext.admin.accounts'), _('Choisir les comptes'))}</p>
  </section>
  <section class="data_display endi-ext-block">
    <h2>${_('Contribution et délai de règlement')}</h2>
    <dl class="endi-ext-facts">
      <%parts:fact name="${_('Taux de contribution par défaut')}"><strong>${percent(chosen.default_rate_bp)}</strong></%parts:fact>
      <%parts:fact name="${_('Délai de règlement')}">${_('{days} jours', days=chosen.payment_days)}</%parts:fact>
    </dl>
    <p>${parts.link_button(request.route_path('endi_ext.admin.rates'), _('Changer le taux ou le délai'))}</p>
    <details>
      <summary>${_('Taux de chaque enseigne ({count})', count=len(parties))}</summary>
      <p>${_('Ces taux viennent de la fiche de chaque enseigne : c’est là qu’ils se changent.')}
        % if rates_address:
        <a href="${rates_address}">${_('Voir les enseignes')}</a>
        % endif
      </p>
      <div class="table_container endi-ext-scroll" tabindex="0" role="region" aria-label="${_('Taux de chaque enseigne')}">
        <table class="endi-ext-book">
          <caption class="screen-reader-text">${_('Taux de chaque enseigne')}</caption>
          <thead>
            <tr>
              <th scope="col" class="col_text">${_('Enseigne')}</th>
              <th scope="col" class="col_text">${_('Analytique')}</th>
              <th scope="col" class="col_number">${_('Taux')}</th>
            </tr>
          </thead>
          <tbody>
            % for party in parties:
            <tr>
              <th scope="row" class="col_text">${party.name}</th>
              <td class="col_text">${party.analytic_code}</td>
              <td class="col_number">${percent(chosen.default_rate_bp if party.contribution_rate_bp is None else party.contribution_rate_bp)}
                % if party.contribution_rate_bp is None:
                <small>${_('par défaut')}</small>
                % endif
              </td>
            </tr>
            % endfor
          </tbody>
        </table>
      </div>
    </details>
  </section>
  <section class="data_display endi-ext-block">
    <h2>${_('Documents')}</h2>
    <p>
      % if not documents_made:
      ${_('Cette application ne fait pas de documents : chaque échange a son bon d’échange interne (PDF).')}
      % elif documents_wanted:
      ${_('Chaque échange accepté a sa facture interne et sa facture fournisseur.')}
      % else:
      ${_('Livre seul : les nouveaux échanges n’ont pas de facture interne.')}
      % endif
    </p>
    <p>${parts.link_button(request.route_path('endi_ext.admin.documents'), _('Choisir les documents'))}</p>
  </section>
  <section class="data_display endi-ext-block">
    <h2>${_('Identité de la coopérative')}</h2>
    <p>${_('Ce que les formulaires DC1, DC2 et DC4 des appels d’offres disent de la coopérative : adresse, SIRET, chiffres d’affaires, assurances, qui signe.')}</p>
    <p>${parts.link_button(request.route_path('endi_ext.admin.identity'), _('Compléter l’identité'))}</p>
  </section>
  <section class="data_display endi-ext-block">
    <h2>${_('Appels d’offres')}</h2>
    <p>${_('La liste des pièces que la coopérative demande dans chaque réponse, en plus de celles de l’acheteur.')}</p>
    <p>${parts.link_button(request.route_path('endi_ext.admin.papers'), _('Pièces demandées'))}</p>
  </section>
  <section class="data_display endi-ext-block">
    <h2>${_('Brouillard')}</h2>
    <p>
      % if draft_journals:
      ${_('Attendent que la comptabilité les valide : {journals}.', journals=', '.join(_(label) for label in draft_journals))}
      % else:
      ${_('Les écritures vont au livre aussitôt.')}
      % endif
    </p>
    <p>${parts.link_button(request.route_path('endi_ext.admin.drafts'), _('Choisir ce qui attend'))}</p>
  </section>
  <section class="data_display endi-ext-block">
    <h2>${_('Fichiers pour Sage')}</h2>
    <p>${_('Les journaux, libellés, comptes de tiers et longueurs sont ceux de la configuration comptable d’enDI ; une application qui n’en a pas reçoit des valeurs usuelles.')}</p>
    <p>${parts.link_button(request.route_path('endi_ext.admin.sage'), _('Choisir les comptes et l’échéance'))}</p>
  </section>
  <section class="data_display endi-ext-block">
    <h2>${_('Écarts')}</h2>
    <p>${_('Les motifs pour lesquels un écart entre deux documents peut se laisser passer.')}</p>
    <p>${parts.link_button(request.route_path('endi_ext.admin.waivers'), _('Motifs des écarts'))}</p>
  </section>
  <section class="data_display endi-ext-block">
    <h2>${_('Droits et historique')}</h2>
    <div class="endi-ext-buttons">
      ${parts.link_button(request.route_path('endi_ext.admin.rights'), _('Qui peut faire quoi'))}
      ${parts.link_button(request.route_path('endi_ext.admin.changes'), _('Réglages modifiés'))}
    </div>
  </section>
</div>
</%block>
