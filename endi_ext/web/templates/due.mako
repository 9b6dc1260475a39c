<%doc>What falls due to a party and from it, by week then by month.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  ${parts.link_button(request.context.path('due', query={'format': 'ics'}), _('Ajouter à mon agenda (.ics)'))}
  ${parts.link_button(request.context.path('due', query={'format': 'csv'}), _('Exporter en CSV'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  % if not periods:
  ${parts.empty(_('Rien n’est à régler ni à recevoir.'))}
  % else:
  <dl class="endi-ext-facts">
    <%parts:fact name="${_('À recevoir, daté')}"><strong>${money(to_me_cents)}</strong></%parts:fact>
    <%parts:fact name="${_('À régler, daté')}"><strong>${money(from_me_cents)}</strong></%parts:fact>
    <%parts:fact name="${_('Sans date pour l’instant')}">${money(waiting_cents)}</%parts:fact>
  </dl>
  % for title, dues in periods:
  <section class="data_display endi-ext-block">
    <h2>${title}</h2>
    <div class="table_container endi-ext-reflow">
      <table class="hover_table endi-ext-cards">
        <caption class="screen-reader-text">${title}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_date">${_('Date')}</th>
            <th scope="col" class="col_text">${_('Échange')}</th>
            <th scope="col" class="col_text">${_('Motif')}</th>
            <th scope="col" class="col_number">${_('À recevoir')}</th>
            <th scope="col" class="col_number">${_('À régler')}</th>
          </tr>
        </thead>
        <tbody>
          % for due in dues:
          <tr>
            <td class="col_date" data-label="${_('Date')}">
              % if due.on:
              <time datetime="${due.on.isoformat()}">${day(due.on)}</time>
              % else:
              –
              % endif
            </td>
            <th scope="row" class="col_text" data-label="${_('Échange')}">
              <a href="${request.context.path('exchange', exchange_id=due.exchange.id)}">${due.exchange.label}</a> – ${due.partner.name}
              % if due.subcontract_id:
              <a class="endi-ext-before" href="${request.context.path('subcontract', subcontract_id=due.subcontract_id)}">${_('Voir la sous-traitance')}</a>
              % endif
            </th>
            <td class="col_text" data-label="${_('Motif')}">${_(reasons[due.reason])}</td>
            <td class="col_number" data-label="${_('À recevoir')}">${money(due.cents) if due.to_me else ''}</td>
            <td class="col_number" data-label="${_('À régler')}">${money(due.cents) if not due.to_me else ''}</td>
          </tr>
          % endfor
        </tbody>
      </table>
    </div>
  </section>
  % endfor
  % endif
</div>
</%block>
