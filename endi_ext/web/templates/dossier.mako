<%doc>The dossier of a tender: what to look at, its documents, what the forms need.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%! from endi_ext.web import dossier_words as words %>
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  ${parts.link_button(request.context.at('dossier.zip'), _('Télécharger tout le dossier (ZIP)'), 'btn-primary')}
  ${parts.link_button(request.context.url, _('Retour à la consultation'))}
</div></div>
</%block>
<%block name="content">
<% here = request.context %>
<div class="endi-ext">
  <p class="endi-ext-intro">${_('Chaque document est fait maintenant, d’après ce que l’équipe a saisi : en PDF pour le relire, en ODT pour le compléter dans LibreOffice ou Word. Rien n’est coché ni signé à votre place.')}</p>
  % if under_way:
  <section class="data_display endi-ext-block">
    <h2>${_('À voir avant de déposer')}</h2>
    % if findings:
    <ul class="endi-ext-sentences">
      % for sentence, url in findings:
      <li>${sentence}
        % if url:
        <a href="${url}">${_('Compléter')}</a>
        % endif
      </li>
      % endfor
    </ul>
    % else:
    <p>${_('Rien ne manque. Relisez quand même chaque document avant de le signer : c’est vous qui déclarez.')}</p>
    % endif
  </section>
  % endif
  <section class="data_display endi-ext-block">
    <h2>${_('Qui candidate')}</h2>
    % if bid.grouped:
    <p>${_('Un groupement : la coopérative, mandataire, et {names}. Un DC1 pour le groupement, un DC2 par membre et par lot.', names=', '.join(one.member.name for one in bid.partners))}</p>
    % else:
    <p>${_('La coopérative seule : les activités de l’équipe sont une seule personne morale. Un DC1, un DC2 par lot, et entre vous aucune déclaration de sous-traitance.')}</p>
    % endif
    <dl class="endi-ext-facts">
      <%parts:fact name="${_('Candidat')}">${bid.identity.name or _('à compléter')}</%parts:fact>
      <%parts:fact name="${_('SIRET')}">${bid.identity.siret or _('à compléter')}</%parts:fact>
      <%parts:fact name="${_('Adresse de l’acheteur')}">${bid.consultation.buyer_address or _('à compléter')}</%parts:fact>
    </dl>
    <p class="endi-ext-buttons">
      % if may_tell:
      ${parts.link_button(here.at('dossier.facts'), _('Compléter la consultation'))}
      % endif
      % if may_configure:
      ${parts.link_button(request.route_path('endi_ext.admin.identity'), _('Identité de la coopérative'))}
      % endif
    </p>
    % if outsiders:
    <div class="table_container endi-ext-scroll" tabindex="0" role="region" aria-label="${_('Entreprises extérieures')}">
      <table class="endi-ext-cards">
        <caption class="screen-reader-text">${_('Entreprises extérieures')}</caption>
        <thead><tr>
          <th scope="col" class="col_text">${_('Entreprise extérieure')}</th><th scope="col" class="col_text">${_('Place')}</th>
          <th scope="col" class="col_number">${_('Montant HT')}</th><th scope="col" class="col_actions"><span class="screen-reader-text">${_('Actions')}</span></th>
        </tr></thead>
        <tbody>
          % for one in outsiders:
          <tr>
            <th scope="row" class="col_text">${one.member.name}</th>
            <td class="col_text" data-label="${_('Place')}">${_('cotraitante du groupement') if one in bid.partners else _('sous-traitante (DC4)')}</td>
            <td class="col_number" data-label="${_('Montant HT')}">${money(one.gross_cents if one in bid.partners else one.agreed_cents)}</td>
            <td class="col_actions">
              % if may_tell:
              <a class="btn" href="${here.at('dossier.firm', member_id=one.member.id)}">${_('Compléter')}<span class="screen-reader-text"> ${one.member.name}</span></a>
              % endif
            </td>
          </tr>
          % endfor
        </tbody>
      </table>
    </div>
    % endif
  </section>
  <section class="data_display endi-ext-block">
    <h2>${_('Documents')}</h2>
    <div class="table_container endi-ext-scroll" tabindex="0" role="region" aria-label="${_('Documents du dossier')}">
      <table class="endi-ext-cards">
        <caption class="screen-reader-text">${_('Documents du dossier')}</caption>
        <thead><tr>
          <th scope="col" class="col_text">${_('Document')}</th><th scope="col" class="col_text">${_('Dossier')}</th>
          <th scope="col" class="col_text">${_('Ouvrir')}</th>
        </tr></thead>
        <tbody>
          % for entry in entries:
          <tr>
            <th scope="row" class="col_text">${entry.label}</th>
            <td class="col_text" data-label="${_('Dossier')}">${_(words.FOLDERS[entry.folder])}</td>
            <td class="col_text" data-label="${_('Ouvrir')}">
              % for kind in ('pdf', 'odt'):
              ${'·' if kind == 'odt' else ''}
              <a href="${here.at('dossier.document', document=entry.key, format=kind)}">${kind.upper()}<span class="screen-reader-text"> ${entry.label}</span></a>
              % endfor
            </td>
          </tr>
          % endfor
        </tbody>
      </table>
    </div>
    <p>${_('Les formulaires suivent le DC1 du 01/04/2019, le DC2 du 21/11/2023 et le DC4 du 12/10/2023. Comparez-les avec ceux de la consultation : l’acheteur peut imposer les siens.')}</p>
  </section>
  <section class="data_display endi-ext-block">
    <h2>${_('Pièces jointes au dossier')}</h2>
    % if gathered:
    <details>
      <summary>${_('Fichiers fournis ({count})', count=len(gathered))}</summary>
      <ul>
        % for folder, file, label in gathered:
        <li>${label}</li>
        % endfor
      </ul>
    </details>
    % else:
    ${parts.empty(_('Aucun fichier n’est encore fourni.'))}
    % endif
    <p>${_('Le ZIP contient aussi un sommaire et l’empreinte SHA-256 de chaque fichier.')}</p>
  </section>
</div>
</%block>
