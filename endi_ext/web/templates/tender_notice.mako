<%doc>A notice the cooperative knows.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="of_tenders" file="endi_ext:web/templates/tender_parts.mako" />
<%! from endi_ext.web.tender_words import SOURCES %>
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  % if request.context.may_act and notice.current and not begun:
  ${parts.post_button(request.context.path('tenders.notice.begin', notice_id=notice.id), _('Commencer une réponse'), hidden=(('request_key', key),))}
  % endif
  ${parts.link_button(request.context.path('tenders.notices'), _('Retour aux avis'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  % if newer:
  <div class="alert alert-warning" role="note"><p>${_('Un avis plus récent a pris la place de celui-ci.')}
    <a href="${request.context.path('tenders.notice', notice_id=newer.id)}">${_('Lire l’avis en vigueur')}</a></p></div>
  % elif not notice.current:
  <div class="alert alert-warning" role="note"><p>${_('Un avis plus récent est déjà connu : celui-ci n’est plus en vigueur.')}</p></div>
  % endif
  % if notice.changes_key and not notice.replaces:
  ${of_tenders.changes_unknown(notice.said)}
  % endif
  % if elsewhere:
  ${of_tenders.one_bidder()}
  % endif
  % if begun:
  <section class="data_display endi-ext-block">
    <h2>${_('Vos réponses à cet avis')}</h2>
    <ul>
      % for tender in begun:
      <li><a href="${request.context.path('tender', tender_id=tender.id)}">${tender.title}</a></li>
      % endfor
    </ul>
  </section>
  % endif
  % if typed:
  <section class="data_display endi-ext-block">
    <h2>${_('Vous avez déjà saisi cette consultation ?')}</h2>
    <form method="post" action="${request.context.path('tenders.notice.attach', notice_id=notice.id)}" class="endi-ext-search">
      <input type="hidden" name="csrf_token" value="${get_csrf_token()}" />
      <label for="notice-tender">${_('Votre réponse suivra cet avis et ses rectificatifs')}</label>
      <select class="form-control" id="notice-tender" name="tender">
        % for tender in typed:
        <option value="${tender.id}">${tender.title}</option>
        % endfor
      </select>
      <button type="submit" class="btn">${_('Rattacher')}</button>
    </form>
  </section>
  % endif
  % if notice.replaces:
  <section class="data_display endi-ext-block">
    <h2>${_('Ce que cet avis a changé')}</h2>
    % if notice.said:
    <blockquote class="endi-ext-text endi-ext-lines-kept">${notice.said}</blockquote>
    % endif
    % if changes:
    ${of_tenders.changes(changes, _('Ce que cet avis a changé'))}
    % else:
    <p>${_('Rien de ce que nous savons lire n’a changé : relisez le dossier de l’acheteur.')}</p>
    % endif
    <p><a href="${request.context.path('tenders.notice', notice_id=notice.replaces.id)}">${_('Lire l’avis d’avant')}</a></p>
  </section>
  % endif
  <section class="data_display endi-ext-block">
    <h2>${_('Ce que demande l’acheteur')}</h2>
    ${of_tenders.facts(shown, left)}
    <h3>${_('Lots')}</h3>
    ${of_tenders.lots(shown.lots, shown.title)}
  </section>
  <p class="endi-ext-note">${_('Lu dans : {source}. Importé le {at} par {name}.', source=_(SOURCES.get(notice.source, notice.source)), at=moment(notice.imported_at), name=notice.actor_name)}
    ${_('Ce qui manque n’était pas dans l’avis : vérifiez toujours dans le dossier de consultation.')}</p>
</div>
</%block>
