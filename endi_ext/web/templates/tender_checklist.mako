<%doc>The checklist of a tender: what the reader has to bring, then every paper.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  % if may:
  ${parts.link_button(request.context.at('paper.add'), _('Ajouter une pièce'))}
  % endif
  ${parts.link_button(request.context.path('tender', tender_id=request.context.tender.id), _('Retour à la consultation'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-lead">${_('Pièces réunies : {standing} sur {count}.', standing=standing, count=len(items))}
    % if last_day:
    ${_('Chacune doit être valable le {on}, jour de la remise.', on=day(last_day))}
    % endif
  </p>
  % if mine and may:
  <section class="data_display endi-ext-block">
    <h2>${_('Ce que vous avez à fournir')} <span class="endi-ext-count">${len(mine)}</span></h2>
    <ul class="endi-ext-tasks">
      % for item in mine:
      <li>
        <p><a href="${request.context.at('paper', item_key=item.key)}">${item.label}</a>
          % if item.member is not None and item.member.party_id != request.context.party.id:
          (${item.member.name})
          % endif
          % if item.expires:
          – ${_('celle qui est là expire le {on}', on=day(item.valid_until))}
          % elif item.reason:
          – ${item.reason}
          % endif
        </p>
        <div class="endi-ext-buttons">${parts.link_button(request.context.at('paper.provide', item_key=item.key), _('Déposer'), 'btn-primary')}</div>
      </li>
      % endfor
    </ul>
  </section>
  % endif
  <section class="data_display endi-ext-block">
    <h2>${_('Toutes les pièces')}</h2>
    % if items:
    <div class="table_container endi-ext-reflow">
      <table class="hover_table endi-ext-cards">
        <caption class="screen-reader-text">${_('Toutes les pièces')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_text">${_('Pièce')}</th>
            <th scope="col" class="col_text">${_('Qui la fournit')}</th>
            <th scope="col" class="col_text">${_('État')}</th>
            <th scope="col" class="col_date">${_('Valable jusqu’au')}</th>
            <th scope="col" class="col_text">${_('Vérifiée par')}</th>
          </tr>
        </thead>
        <tbody>
          % for item in items:
          <tr>
            <th scope="row" class="col_text" data-label="${_('Pièce')}"><a href="${request.context.at('paper', item_key=item.key)}">${item.label}</a>
              % if item.unasked:
              <small>${_('n’est plus demandée')}</small>
              % elif item.origin == 'notice':
              <small>${_('demandée par l’acheteur')}</small>
              % endif
            </th>
            <td class="col_text" data-label="${_('Qui la fournit')}">${words.who_of(item, request.endi_ext)}</td>
            <td class="col_text" data-label="${_('État')}">${parts.badge(words.of_paper(item))}</td>
            <td class="col_date ${'' if item.valid_until else 'endi-ext-void'}" data-label="${_('Valable jusqu’au')}">${day(item.valid_until) if item.valid_until else ''}</td>
            <td class="col_text ${'' if item.checked_by else 'endi-ext-void'}" data-label="${_('Vérifiée par')}">${item.checked_by}</td>
          </tr>
          % endfor
        </tbody>
      </table>
    </div>
    % else:
    ${parts.empty(_('Aucune pièce n’est demandée pour l’instant : ajoutez celles du règlement de la consultation.'))}
    % endif
  </section>
</div>
</%block>
