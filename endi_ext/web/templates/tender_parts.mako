<%doc>Pieces of the pages of tenders and notices: what the buyer asks, lots, what changed, how long is left.</%doc>
<%page expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%! from endi_ext.web.tender_words import ALLOWED, deadline_name, of_criteria, of_places, procedure %>

<%def name="left_of(left)">
% if left:
<span class="endi-ext-state ${left.css}">${_(left.text, **left.facts)}</span>
% endif
</%def>

<%def name="deadline(one, left)">
% if one.deadline:
<time datetime="${one.deadline.isoformat()}"><strong class="endi-ext-whole">${moment(one.deadline)}</strong></time> ${left_of(left)}
% else:
${_('non précisée')}
% endif
</%def>

<%def name="facts(one, left=None)">
<%doc>one: a tender, or what is known of a notice (tender_notices.shown).</%doc>
<dl class="endi-ext-facts">
  <%parts:fact name="${_('Acheteur')}">${one.buyer_name or _('non précisé')}
    % if one.buyer_siret:
    <span class="endi-ext-before">${_('SIRET {number}', number=one.buyer_siret)}</span>
    % endif
  </%parts:fact>
  <%parts:fact name="${_(deadline_name(one.procedure))}">${deadline(one, left)}</%parts:fact>
  % if one.procedure:
  <%parts:fact name="${_('Procédure')}">${_(procedure(one.procedure))}</%parts:fact>
  % endif
  % if one.estimated_value_cents is not None:
  <%parts:fact name="${_('Montant estimé HT')}">${money(one.estimated_value_cents)}</%parts:fact>
  % endif
  % if one.reference:
  <%parts:fact name="${_('Numéro')}"><span class="endi-ext-text">${one.reference}</span></%parts:fact>
  % endif
  % if one.variants_allowed is not None:
  <%parts:fact name="${_('Variantes')}">${_(ALLOWED[one.variants_allowed])}</%parts:fact>
  % endif
  % if one.places:
  <%parts:fact name="${_('Lieux')}">${of_places(one.places, request.endi_ext)}</%parts:fact>
  % endif
  % if one.cpv:
  <%parts:fact name="${_('Codes CPV')}">${', '.join(one.cpv)}</%parts:fact>
  % endif
  % if one.language and one.language.lower() not in ('fra', 'fr'):
  <%parts:fact name="${_('Langue')}">${one.language}</%parts:fact>
  % endif
</dl>
% if one.group_form:
<p><strong>${_('Forme du groupement demandée :')}</strong> <span class="endi-ext-text">${one.group_form}</span></p>
% endif
% if one.documents_url or one.submission_url:
<ul class="endi-ext-sentences">
  % if one.documents_url:
  <li>${_('Dossier de consultation :')} <a class="endi-ext-text" href="${one.documents_url}" rel="noreferrer noopener">${one.documents_url}</a></li>
  % endif
  % if one.submission_url and one.submission_url != one.documents_url:
  <li>${_('Dépôt des offres :')} <a class="endi-ext-text" href="${one.submission_url}" rel="noreferrer noopener">${one.submission_url}</a></li>
  % endif
</ul>
% endif
% if one.description:
<details class="endi-ext-details" ${'open="open"' if len(one.description) < 400 else ''|n}><summary>${_('Description')}</summary>
  <p class="endi-ext-text endi-ext-lines-kept">${one.description}</p>
</details>
% endif
% if one.requested_documents:
<details class="endi-ext-details"><summary>${_('Pièces demandées dans l’avis ({count})', count=len(one.requested_documents))}</summary>
  <ul>
    % for document in one.requested_documents:
    <li><span class="endi-ext-text">${document}</span></li>
    % endfor
  </ul>
</details>
% endif
</%def>

<%def name="lots(listed, title, taken=(), gone=(), of_team=False)">
<%doc>listed: lots of a tender or of a notice; taken: those another team answers too; gone: keys that the notice no longer has.</%doc>
<div class="table_container endi-ext-reflow">
  <table class="hover_table endi-ext-cards">
    <caption class="screen-reader-text">${_('Lots')}</caption>
    <thead>
      <tr>
        <th scope="col" class="col_text">${_('Lot')}</th>
        <th scope="col" class="col_text">${_('Critères')}</th>
        <th scope="col" class="col_number">${_('Montant estimé HT')}</th>
        % if of_team:
        <th scope="col" class="col_text">${_('Votre équipe')}</th>
        % endif
      </tr>
    </thead>
    <tbody>
      % for lot in listed:
      <tr>
        <th scope="row" class="col_text" data-label="${_('Lot')}"><span class="endi-ext-text">${lot.title}</span>
          % if lot.key and lot.key != lot.title:
          <span class="endi-ext-before">${lot.key}</span>
          % endif
          % if lot.description and lot.description != lot.title:
          <details><summary>${_('Description')}<span class="screen-reader-text"> : ${lot.title}</span></summary>
            <p class="endi-ext-text endi-ext-lines-kept">${lot.description}</p></details>
          % endif
          % if lot.key in gone:
          <span class="endi-ext-state caution">${_('absent du dernier avis')}</span>
          % endif
        </th>
        <td class="col_text" data-label="${_('Critères')}">${of_criteria(lot.criteria, request.endi_ext) or '–'}</td>
        <td class="col_number" data-label="${_('Montant estimé HT')}">${money(lot.estimated_value_cents) if lot.estimated_value_cents is not None else '–'}</td>
        % if of_team:
        <td class="col_text" data-label="${_('Votre équipe')}">
          % if lot.answered:
          <span class="endi-ext-state valid">${_('répond')}</span>
          % else:
          <span class="endi-ext-state neutral">${_('ne répond pas')}</span>
          % endif
          % if lot in taken:
          <span class="endi-ext-state invalid">${_('une autre équipe aussi')}</span>
          % endif
        </td>
        % endif
      </tr>
      % endfor
    </tbody>
  </table>
</div>
</%def>

<%def name="changes(lines, caption)">
<%doc>lines: tender_words.ChangeLine.</%doc>
<div class="table_container endi-ext-reflow">
  <table class="hover_table endi-ext-cards">
    <caption class="screen-reader-text">${caption}</caption>
    <thead>
      <tr>
        <th scope="col" class="col_text">${_('Ce qui change')}</th>
        <th scope="col" class="col_text">${_('Avant')}</th>
        <th scope="col" class="col_text">${_('Maintenant')}</th>
      </tr>
    </thead>
    <tbody>
      % for line in lines:
      <tr>
        <th scope="row" class="col_text" data-label="${_('Ce qui change')}">${line.label}
          % if line.lot:
          <span class="endi-ext-before">${line.lot}</span>
          % endif
        </th>
        <td class="col_text" data-label="${_('Avant')}"><span class="endi-ext-text">${line.before or '–'}</span></td>
        <td class="col_text" data-label="${_('Maintenant')}"><strong class="endi-ext-text">${line.after or '–'}</strong></td>
      </tr>
      % endfor
    </tbody>
  </table>
</div>
</%def>

<%def name="one_change(one)">
% if one.change.notice.said:
<blockquote class="endi-ext-text endi-ext-lines-kept">${one.change.notice.said}</blockquote>
% endif
% if one.lines:
${changes(one.lines, _('Ce qui a changé'))}
% endif
<p class="endi-ext-when">${_('Avis importé le {at} par {name}.', at=moment(one.change.noted_at), name=one.change.notice.actor_name)}
  <a href="${request.context.path('tenders.notice', notice_id=one.change.notice.id)}">${_('Lire cet avis')}</a></p>
</%def>

<%def name="changes_unknown(said)">
<div class="alert alert-warning" role="note">
  <p>${_('Cet avis en modifie un autre, que la coopérative ne connaît pas : il peut ne dire que ce qui change. Importez aussi l’avis d’origine : les deux seront réunis.')}</p>
  % if said:
  <blockquote class="endi-ext-text endi-ext-lines-kept">${said}</blockquote>
  % endif
</div>
</%def>

<%def name="one_bidder()">
<div class="alert alert-warning" role="note">
  <p><strong>${_('Une autre équipe de la coopérative prépare déjà une réponse à cette consultation.')}</strong></p>
  <p>${_('Pour l’acheteur, la coopérative est un seul candidat : deux offres pour le même lot se nuiraient. Parlez-en à l’équipe d’appui avant d’aller plus loin.')}</p>
</div>
</%def>
