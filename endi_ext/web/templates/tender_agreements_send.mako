<%doc>What each member would be sent, read before all of it is signed and sent at once.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="content">
<% ready = [one for one in prepared if one.obstacle is None] %>
<div class="endi-ext">
  <p class="endi-ext-intro">${_('Un accord par membre, fait de ses parts dans les lots gagnés, rémunération de qui mène la réponse et dépenses communes déduites. Chacun lira le sien et le signera, ou proposera autre chose.')}</p>
  <dl class="endi-ext-facts">
    <%parts:fact name="${_('Règlement')}">${spoken.payment(conditions, request.endi_ext)}</%parts:fact>
    <%parts:fact name="${_('Retenue de garantie')}">${spoken.retention(conditions, request.endi_ext)}</%parts:fact>
    <%parts:fact name="${_('En tout')}"><strong>${money(sum(one.agreed_cents for one in ready))}</strong></%parts:fact>
  </dl>
  % for one in ready:
  <section class="data_display endi-ext-block">
    <h2>${one.member.name} : ${money(one.agreed_cents)}</h2>
    % if one.gross_cents != one.agreed_cents:
    <p>${_('Sa part du prix est de {gross} ; {taken} de frais et dépenses communes sont déduits.', gross=money(one.gross_cents), taken=money(one.gross_cents - one.agreed_cents))}</p>
    % endif
    <div class="table_container endi-ext-reflow">
      <table class="endi-ext-cards">
        <caption class="screen-reader-text">${_('Lignes de l’accord avec {name}', name=one.member.name)}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_text">${_('Description')}</th>
            <th scope="col" class="col_number">${_('Quantité')}</th>
            <th scope="col" class="col_number">${_('Prix unitaire HT')}</th>
            <th scope="col" class="col_number">${_('Total HT')}</th>
          </tr>
        </thead>
        <tbody>
          % for line in one.lines:
          <tr>
            <th scope="row" class="col_text" data-label="${_('Description')}">${line.proposed.description}</th>
            <td class="col_number" data-label="${_('Quantité')}">${quantity(line.proposed.quantity_thousandths)} ${line.proposed.unit}</td>
            <td class="col_number" data-label="${_('Prix unitaire HT')}">${money(line.proposed.unit_price_cents)}</td>
            <td class="col_number" data-label="${_('Total HT')}">${money(line.agreed_cents)}</td>
          </tr>
          % endfor
        </tbody>
      </table>
    </div>
  </section>
  % endfor
  % if ready:
  <div class="limited_width width60">${form|n}</div>
  % else:
  ${parts.empty(_('Aucun accord n’est à envoyer : chacun a le sien, ou aucune part.'))}
  <p>${parts.link_button(request.context.at('agreements'), _('Retour aux accords'))}</p>
  % endif
</div>
</%block>
