<%doc>The papers the cooperative provides once for all tenders.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-intro">${_('Déposées ici une fois, ces pièces valent pour toutes les réponses de la coopérative. Renouvelez-les avant leur terme : chaque équipe voit si elles tiennent jusqu’à sa date de remise.')}</p>
  % if kept:
  <div class="table_container endi-ext-reflow">
    <table class="hover_table endi-ext-cards">
      <caption class="screen-reader-text">${_('Pièces de la coopérative')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Pièce')}</th>
          <th scope="col" class="col_text">${_('Fichier')}</th>
          <th scope="col" class="col_date">${_('Valable jusqu’au')}</th>
          <th scope="col" class="col_text">${_('Déposée')}</th>
          <th scope="col" class="col_text">${_('Actions')}</th>
        </tr>
      </thead>
      <tbody>
        % for one in kept:
        <% until = one.paper.valid_until if one.paper else None %>
        <tr>
          <th scope="row" class="col_text" data-label="${_('Pièce')}">${one.kind.label}</th>
          <td class="col_text" data-label="${_('Fichier')}">
            % if one.paper:
            <a href="${request.route_path('endi_ext.paper.file', kind_id=one.kind.id)}">${one.paper.file.name}</a>
            % else:
            ${parts.badge(words.PAPER['missing'])}
            % endif
          </td>
          <td class="col_date ${'' if until else 'endi-ext-void'}" data-label="${_('Valable jusqu’au')}">${day(until) if until else ''}
            % if until and until < today:
            ${parts.badge(words.OVER)}
            % elif until and (until - today).days < 31:
            ${parts.badge(words.TO_RENEW)}
            % endif
          </td>
          <td class="col_text ${'' if one.paper else 'endi-ext-void'}" data-label="${_('Déposée')}">${_('{name}, le {at}', name=one.paper.provided_name, at=moment(one.paper.provided_at)) if one.paper else ''}</td>
          <td class="col_text" data-label="${_('Actions')}">${parts.link_button(request.route_path('endi_ext.paper.provide', kind_id=one.kind.id), _('Renouveler') if one.paper else _('Déposer'), '' if one.paper else 'btn-primary')}</td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
  % else:
  ${parts.empty(_('La liste de la coopérative est vide : une personne qui administre les échanges la remplit dans les réglages.'))}
  % endif
  % if others:
  <section class="data_display endi-ext-block">
    <h2>${_('Ce que les équipes fournissent elles-mêmes')}</h2>
    <ul class="endi-ext-sentences">
      % for kind in others:
      <li>${kind.label} – ${_(words.WHO[kind.who])}</li>
      % endfor
    </ul>
  </section>
  % endif
</div>
</%block>
