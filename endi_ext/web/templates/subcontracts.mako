<%doc>The subcontracts a party has given or received.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="actionmenucontent">
% if request.context.may_act:
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  ${parts.link_button(request.context.path('subcontract.new'), _('Proposer une sous-traitance'), 'btn-primary')}
  ${parts.link_button(request.context.path('subcontract.offer'), _('Proposer mes services'))}
</div></div>
% endif
</%block>
<%block name="content">
<div class="endi-ext">
  ${parts.tabs(_('Sous-traitance'), (
      (request.context.path('subcontracts'), _('Confiée à des partenaires'), side == 'given'),
      (request.context.path('subcontracts', query={'side': 'received'}), _('Reçue de partenaires'), side == 'received'),
  ))}
  ${parts.picks(_('Filtrer par état'), [
      (address(request, state=value, cursor=''),
       '{} ({})'.format(_(label), counts.get(value, 0) if value else sum(counts.values())), value == state)
      for value, label in state_filters])}
  % if found.rows:
  <div class="table_container endi-ext-reflow">
    <table class="hover_table endi-ext-cards">
      <caption class="screen-reader-text">${_('Sous-traitances confiées') if side == 'given' else _('Sous-traitances reçues')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Objet')}</th>
          <th scope="col" class="col_text">${_('Partenaire')}</th>
          <th scope="col" class="col_date">${_('À terminer pour le')}</th>
          <th scope="col" class="col_number">${_('Montant HT')}</th>
          <th scope="col" class="col_text">${_('État')}</th>
        </tr>
      </thead>
      <tbody>
        % for row in found.rows:
        <% partner = row.seller if side == 'given' else row.buyer %>
        <tr>
          <th scope="row" class="col_text" data-label="${_('Objet')}"><a href="${request.context.path('subcontract', subcontract_id=row.id)}">${row.title}</a>
            % if row.kind == 'frame':
            <span class="endi-ext-mark">${_('accord-cadre')}</span>
            % elif row.frame_id:
            <span class="endi-ext-mark">${_('commande')}</span>
            % endif
          </th>
          <td class="col_text" data-label="${_('Partenaire')}">${partner.name}</td>
          <td class="col_date" data-label="${_('À terminer pour le')}">${day(row.version.due_on)}</td>
          <td class="col_number" data-label="${_('Montant HT')}">${money(row.version.total_cents)}</td>
          <td class="col_text" data-label="${_('État')}">${parts.badge(badge(row))}</td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
  ${parts.pager(found)}
  % elif side == 'given':
  ${parts.empty(_('Vous n’avez confié aucun travail à un partenaire pour le moment.'))}
  % else:
  ${parts.empty(_('Aucun partenaire ne vous a confié de travail pour le moment.'))}
  % endif
</div>
</%block>
