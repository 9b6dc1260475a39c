<%doc>The notices the cooperative knows.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="of_tenders" file="endi_ext:web/templates/tender_parts.mako" />
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  % if request.context.may_act:
  ${parts.link_button(request.context.path('tenders.import'), _('Importer un avis'), 'btn-primary')}
  % endif
  ${parts.link_button(request.context.path('tenders'), _('Vos appels d’offres'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-intro">${_('Les avis importés par toutes les enseignes de la coopérative. Ce que chaque équipe en fait n’est pas montré ici.')}</p>
  ${parts.picks(_('Quels avis'), [(address(request, which=value, after=''), _(label), value == which) for value, label in lists.items()])}
  <form method="get" action="${request.context.path('tenders.notices')}" class="endi-ext-search" role="search">
    <input type="hidden" name="which" value="${which}" />
    <label for="notice-text">${_('Mots de l’intitulé ou de l’acheteur')}</label>
    <input type="search" enterkeyhint="search" class="form-control" id="notice-text" name="text" value="${words}" maxlength="200" />
    <button type="submit" class="btn">${_('Chercher')}</button>
  </form>
  % if rows:
  <div class="table_container endi-ext-reflow">
    <table class="hover_table endi-ext-cards">
      <caption class="screen-reader-text">${_('Avis connus')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Consultation')}</th>
          <th scope="col" class="col_text">${_('Acheteur')}</th>
          <th scope="col" class="col_date">${_('Date limite de remise')}</th>
        </tr>
      </thead>
      <tbody>
        % for row in rows:
        <tr>
          <th scope="row" class="col_text" data-label="${_('Consultation')}"><a class="endi-ext-text" href="${request.context.path('tenders.notice', notice_id=row.notice.id)}">${row.notice.title or _('Sans intitulé')}</a></th>
          <td class="col_text" data-label="${_('Acheteur')}">${row.notice.buyer_name or '–'}</td>
          <td class="col_date" data-label="${_('Date limite de remise')}">${of_tenders.deadline(row.notice, row.left)}</td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
  % if more:
  <nav class="pager endi-ext-pager" aria-label="${_('Pages de la liste')}"><a class="btn" rel="next" href="${address(request, after=more)}">${_('Suite de la liste')}</a></nav>
  % endif
  % elif words:
  ${parts.empty(_('Aucun avis ne contient ces mots.'))}
  % else:
  ${parts.empty(_('Aucun avis pour l’instant. Importez le fichier d’un avis publié au BOAMP ou sur TED.'))}
  % endif
</div>
</%block>
