<%doc>The tenders a party sees: those under way by deadline, or those that are over.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="of_tenders" file="endi_ext:web/templates/tender_parts.mako" />
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  % if request.context.may_act:
  ${parts.link_button(request.context.path('tenders.import'), _('Importer un avis'), 'btn-primary')}
  ${parts.link_button(request.context.path('tenders.new'), _('Saisir une consultation'))}
  % endif
  ${parts.link_button(request.context.path('tenders.notices'), _('Avis connus'))}
  ${parts.link_button(request.context.path('tenders.memory'), _('Mémoire des réponses'))}
  ${parts.link_button(request.context.path('tenders.awards'), _('Marchés attribués'))}
  % if request.context.may_act:
  ${parts.link_button(request.context.path('profile'), _('Ma fiche'))}
  % endif
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  ${parts.tabs(_('Appels d’offres'), (
      (request.context.path('tenders'), _('En cours'), not over),
      (request.context.path('tenders', query={'side': 'over'}), _('Terminés'), over),
  ))}
  % if found:
  <div class="table_container endi-ext-reflow">
    <table class="hover_table endi-ext-cards">
      <caption class="screen-reader-text">${_('Appels d’offres terminés') if over else _('Appels d’offres en cours')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Consultation')}</th>
          <th scope="col" class="col_date">${_('Date limite de remise')}</th>
          <th scope="col" class="col_text">${_('Lots')}</th>
          <th scope="col" class="col_text">${_('Mène la réponse')}</th>
          <th scope="col" class="col_text">${_('État')}</th>
        </tr>
      </thead>
      <tbody>
        % for row in found:
        <% tender = row.tender %>
        <tr>
          <th scope="row" class="col_text" data-label="${_('Consultation')}"><a class="endi-ext-text" href="${request.context.path('tender', tender_id=tender.id)}">${tender.title}</a>
            % if tender.buyer_name:
            <span class="endi-ext-before">${tender.buyer_name}</span>
            % endif
          </th>
          <td class="col_date" data-label="${_('Date limite de remise')}">${of_tenders.deadline(tender, row.left)}</td>
          <td class="col_text" data-label="${_('Lots')}">
            % if len(tender.lots) == 1:
            ${_('un seul')}
            % else:
            ${_('{answered} sur {all}', answered=row.answered, all=len(tender.lots))}
            % endif
          </td>
          <td class="col_text" data-label="${_('Mène la réponse')}">${_('vous') if row.leads else tender.lead.name}</td>
          <td class="col_text" data-label="${_('État')}">${parts.badge(row.badge)}</td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
  % if older:
  <nav class="pager endi-ext-pager" aria-label="${_('Pages de la liste')}"><a class="btn" rel="next" href="${address(request, before=older)}">${_('Plus anciens')}</a></nav>
  % endif
  % elif over:
  ${parts.empty(_('Aucune réponse terminée pour le moment : celles que vous aurez gagnées, perdues ou abandonnées resteront ici.'))}
  % else:
  ${parts.empty(_('Aucune réponse en cours. Importez l’avis d’une consultation qui vous intéresse : votre équipe, vos parts et vos pièces se prépareront autour.'))}
  % endif
</div>
</%block>
