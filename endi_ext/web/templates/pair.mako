<%doc>What happened between a party and one partner, as both read it in the books.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="lists" file="endi_ext:web/templates/lists.mako" />
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  ${parts.link_button(request.context.path('statement'), _('Retour au relevé'))}
  ${parts.file_links()}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-lead">
    % if balances:
    ${lists.sentence(balances[0])}
    % else:
    ${_('Tout est réglé entre vous et {name}.', name=partner_name)}
    % endif
    <span class="endi-ext-when">${_('Situation au {today}.', today=day(today))}</span>
  </p>
  % if found.rows:
  <div class="table_container endi-ext-reflow">
    <table class="hover_table endi-ext-cards">
      <caption class="screen-reader-text">${_('Ce qui s’est passé avec {name}', name=partner_name)}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_date">${_('Date')}</th>
          <th scope="col" class="col_text">${_('Ce qui s’est passé')}</th>
          <th scope="col" class="col_text">${_('Lettre')}</th>
          <th scope="col" class="col_number">${_('En votre faveur')}</th>
          <th scope="col" class="col_number">${_('En faveur de votre partenaire')}</th>
        </tr>
      </thead>
      <tbody>
        % for line in found.rows:
        <tr>
          <td class="col_date" data-label="${_('Date')}">${day(line.effective_on)}</td>
          <th scope="row" class="col_text" data-label="${_('Ce qui s’est passé')}"><span class="endi-ext-text">${line.entry.entry_text.text}</span></th>
          <td class="col_text ${'' if line.id in letters else 'endi-ext-void'}" data-label="${_('Lettre')}">${letters[line.id].text if line.id in letters else ''}</td>
          <td class="col_number ${'' if line.debit_cents else 'endi-ext-void'}" data-label="${_('En votre faveur')}">${money(line.debit_cents) if line.debit_cents else ''}</td>
          <td class="col_number ${'' if line.credit_cents else 'endi-ext-void'}" data-label="${_('En faveur de votre partenaire')}">${money(line.credit_cents) if line.credit_cents else ''}</td>
        </tr>
        % endfor
      </tbody>
    </table>
  </div>
  <p class="endi-ext-note">${_('Des lignes de même lettre vont ensemble : en majuscules, elles se soldent ; en minuscules, il en reste à régler.')}</p>
  ${parts.pager(found)}
  % else:
  ${parts.empty(_('Rien encore.'))}
  % endif
</div>
</%block>
