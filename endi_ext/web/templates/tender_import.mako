<%doc>Import a notice: choose a file, read what was recognised, keep it or begin.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="of_tenders" file="endi_ext:web/templates/tender_parts.mako" />
<%def name="buttons(one)">
<div class="endi-ext-buttons">
  % if one.outcome in ('new', 'changed') and not one.begun:
  ${parts.post_button(request.context.path('tenders.import.confirm'), _('Commencer une réponse'), hidden=(('kept', kept), ('place', one.place), ('begin', 1)))}
  % endif
  % if one.outcome == 'changed':
  ${parts.post_button(request.context.path('tenders.import.confirm'), _('Mettre à jour'), 'btn-primary' if one.begun else '', hidden=(('kept', kept), ('place', one.place)))}
  % elif one.outcome in ('new', 'older'):
  ${parts.post_button(request.context.path('tenders.import.confirm'), _('Garder l’avis sans répondre'), '', hidden=(('kept', kept), ('place', one.place)))}
  % endif
  % if one.known:
  ${parts.link_button(request.context.path('tenders.notice', notice_id=one.known.id), _('Voir l’avis connu'))}
  % endif
</div>
</%def>
<%def name="detail(one)">
% if one.elsewhere:
${of_tenders.one_bidder()}
% endif
<p class="endi-ext-lead"><span class="endi-ext-state ${'valid' if one.outcome == 'new' else 'caution'}">${_(one.words)}</span></p>
% if one.outcome == 'new' and one.read.changes is not None:
${of_tenders.changes_unknown(one.read.said)}
% endif
% for tender in one.begun:
<p>${_('Votre réponse :')} <a href="${request.context.path('tender', tender_id=tender.id)}">${tender.title}</a></p>
% endfor
% if one.outcome == 'changed':
<h3>${_('Ce que cet avis change')}</h3>
% if one.read.said:
<blockquote class="endi-ext-text endi-ext-lines-kept">${one.read.said}</blockquote>
% endif
% if one.changes:
${of_tenders.changes(one.changes, _('Ce que cet avis change'))}
% else:
<p>${_('Rien de ce que nous savons lire ne change : relisez le dossier de l’acheteur.')}</p>
% endif
% endif
${buttons(one)}
<h3>${_('Ce que demande l’acheteur')}</h3>
${of_tenders.facts(one.shown, one.left)}
<h3>${_('Lots')}</h3>
${of_tenders.lots(one.shown.lots, one.shown.title)}
<p class="endi-ext-note">${_('Lu dans : {source}.', source=_(one.source))} ${_('Ce qui manque n’était pas dans l’avis : vérifiez toujours dans le dossier de consultation.')}</p>
</%def>
<%block name="content">
<div class="endi-ext">
  % if previews is None:
  <div class="limited_width width60">
    <p class="endi-ext-intro">${_('Choisissez le fichier d’un avis : vous verrez d’abord ce qui y est reconnu, rien n’est gardé avant votre accord.')}</p>
    ${form|n}
  </div>
  <section class="data_display endi-ext-block">
    <h2>${_('Quels fichiers')}</h2>
    <ul>
      <li>${_('BOAMP : le fichier JSON de l’avis (données ouvertes de la DILA), ou l’ancien XML.')}</li>
      <li>${_('TED : le fichier XML (eForms) de l’avis.')}</li>
      <li>${_('Un fichier de plusieurs avis convient aussi. Un avis rectificatif met à jour les réponses déjà commencées.')}</li>
    </ul>
    <p>${_('Les noms et les adresses des agents de l’acheteur ne sont pas gardés : ce sont des données personnelles.')}</p>
  </section>
  % else:
  % for text, count in refused:
  <div class="alert alert-warning" role="note"><p>${_('Laissés de côté : {count}.', count=count)} ${text}</p></div>
  % endfor
  % if len(previews) == 1:
  <section class="data_display endi-ext-block">
    <h2>${previews[0].shown.title or _('Sans intitulé')}</h2>
    ${detail(previews[0])}
  </section>
  % else:
  <p class="endi-ext-intro">${_('{count} avis reconnus.', count=len(found.notices))}
    % if len(found.notices) > len(previews):
    ${_('Les {count} premiers sont montrés.', count=len(previews))}
    % endif
  </p>
  <div class="endi-ext-buttons">
    ${parts.post_button(request.context.path('tenders.import.confirm'), _('Garder tous les avis'), hidden=(('kept', kept),))}
    ${parts.link_button(request.context.path('tenders.import'), _('Choisir un autre fichier'))}
  </div>
  % for one in previews:
  <details class="endi-ext-details"><summary>${one.shown.title or _('Sans intitulé')} – ${one.shown.buyer_name or _('acheteur non précisé')} – ${_(one.words)}</summary>
    ${detail(one)}
  </details>
  % endfor
  % endif
  % if len(previews) == 1:
  <p>${parts.link_button(request.context.path('tenders.import'), _('Choisir un autre fichier'))}</p>
  % endif
  % endif
</div>
</%block>
