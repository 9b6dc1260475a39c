<%doc>The plan of the technical proposal: who writes what, how far it is.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  % if may and not plan:
  ${parts.post_button(request.context.at('proposal.outline'), _('Partir d’un plan usuel'))}
  % endif
  % if may:
  ${parts.link_button(request.context.at('part.new'), _('Ajouter une partie'))}
  % endif
  ${parts.link_button(request.context.path('tender', tender_id=request.context.tender.id), _('Retour à la consultation'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  % if plan:
  <p class="endi-ext-lead">${_('Parties prêtes : {ready} sur {count}.', ready=sum(part.state == 'ready' for part in plan), count=len(plan))}</p>
  <div class="table_container endi-ext-reflow">
    <table class="hover_table endi-ext-cards">
      <caption class="screen-reader-text">${_('Parties du mémoire technique')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Partie')}</th>
          <th scope="col" class="col_text">${_('Qui l’écrit')}</th>
          <th scope="col" class="col_date">${_('Pour le')}</th>
          <th scope="col" class="col_text">${_('État')}</th>
          <th scope="col" class="col_text">${_('Dernier changement')}</th>
        </tr>
      </thead>
      <tbody>
        % for place, part in enumerate(plan, start=1):
        <tr>
          <th scope="row" class="col_text" data-label="${_('Partie')}"><a href="${request.context.at('part', part_id=part.id)}">${place}. ${part.title}</a></th>
          <td class="col_text ${'' if part.member else 'endi-ext-void'}" data-label="${_('Qui l’écrit')}">${part.member.name if part.member else '–'}</td>
          <td class="col_date ${'' if part.due_on else 'endi-ext-void'}" data-label="${_('Pour le')}">${day(part.due_on) if part.due_on else ''}</td>
          <td class="col_text" data-label="${_('État')}">${parts.badge(words.PART[part.state])}
            % if part.file:
            <small>${part.file.name}</small>
            % endif
          </td>
          <td class="col_text" data-label="${_('Dernier changement')}">${_('{name}, le {at}', name=part.changed_name, at=moment(part.changed_at))}</td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
  % else:
  ${parts.empty(_('Le mémoire n’a pas encore de plan. Le plan usuel reprend aussi les critères de l’acheteur autres que le prix.'))}
  % endif
</div>
</%block>
