<%doc>What each partner owes, and what is owed to each.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="lists" file="endi_ext:web/templates/lists.mako" />
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  ${parts.file_links()}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-lead">${_('Au {today}, vos partenaires vous doivent {owed} et vous leur devez {owing}.', today=day(today), owed=money(owed_to_us_cents), owing=money(owed_by_us_cents))}</p>
  % if balances:
  <div class="table_container endi-ext-reflow">
    <table class="hover_table endi-ext-cards">
      <caption class="screen-reader-text">${_('Ce qui reste à régler avec chaque partenaire')}</caption>
      <thead>
        <tr>
          <th scope="col" class="col_text">${_('Partenaire')}</th>
          <th scope="col" class="col_number">${_('Vous doit')}</th>
          <th scope="col" class="col_number">${_('Vous lui devez')}</th>
          <th scope="col" class="col_text">${_('En résumé')}</th>
        </tr>
      </thead>
      <tbody>
        <% partner, owes, owed, in_short = _('Partenaire'), _('Vous doit'), _('Vous lui devez'), _('En résumé') %>
        % for balance in balances:
        <tr>
          <th scope="row" class="col_text" data-label="${partner}"><a href="${request.context.path('statement.pair', partner_id=balance.partner.id)}">${balance.partner.name}</a></th>
          <td class="col_number" data-label="${owes}">${money(balance.owed_to_us_cents)}</td>
          <td class="col_number" data-label="${owed}">${money(balance.owed_by_us_cents)}</td>
          <td class="col_text" data-label="${in_short}">${lists.sentence(balance)}</td>
        </tr>
        % endfor
      </tbody>
      <tfoot>
        <tr class="row_recap">
          <th scope="row" class="col_text">${_('Total')}</th>
          <td class="col_number" data-label="${_('On vous doit')}"><strong>${money(owed_to_us_cents)}</strong></td>
          <td class="col_number" data-label="${_('Vous devez')}"><strong>${money(owed_by_us_cents)}</strong></td>
          <td></td>
        </tr>
      </tfoot>
    </table>
  </div>
  % else:
  ${parts.empty(_('Tout est réglé : personne ne vous doit rien et vous ne devez rien à personne.'))}
  % endif
  <p><a href="${request.context.path('exchanges')}">${_('Voir tous mes échanges')}</a></p>
</div>
</%block>
