<%doc>A delivery as a progress claim: contract, before, this time, so far, remaining; then what is held and what is to be paid.</%doc>
<%page expression_filter="h"/>
<%inherit file="paper.mako" />
<%namespace name="pieces" file="pieces.mako" />
<%block name="title">${_("Situation n° {number}", number=delivery.number)}</%block>
<% total = situation.total; decided = total.accepted_cents is not None; claimed = total.accepted_cents if decided else total.claimed_cents %>
<h2>${_("Cette situation")}</h2>
<dl>
  <dt>${_("Accord")}</dt><dd>${_("n° {number}, version {version}", number=subcontract.id, version=version.number)}</dd>
  <dt>${_("Travail fait le")}</dt><dd>${day(delivery.delivered_on)}</dd>
  <dt>${_("Déclarée le")}</dt><dd>${moment(delivery.created_at)}</dd>
  <dt>${_("État")}</dt><dd>${_(state)}\
% if delivery.exchange and delivery.state == "accepted":
, ${_("le {day}", day=day(delivery.exchange.accepted_on))}\
% endif
</dd>
</dl>
% if delivery.note:
<p class="text">${delivery.note}</p>
% endif
<table>
  <thead>
    <tr>
      <th scope="col">${_("Prestation")}</th>
      <th scope="col" class="number">${_("Marché")}</th>
      <th scope="col" class="number">${_("Précédent")}</th>
      <th scope="col" class="number">${_("Cette situation")}</th>
      <th scope="col" class="number">${_("Cumul")}</th>
      <th scope="col" class="number">${_("Reste")}</th>
    </tr>
  </thead>
  <tbody>
    % for one in situation.rows:
    <tr>
      <td>${one.line.description}
        <span class="before">${_("{agreed} {unit} à {price}", agreed=quantity(one.agreed_thousandths), unit=one.line.unit, price=money(one.line.unit_price_cents))}</span>
        % if one.part is not None and one.part.refusal:
        <span class="before">${_("Accepté en partie : {reason}", reason=one.part.refusal)}</span>
        % endif
      </td>
      <td class="number">${amount(one.agreed_cents)}</td>
      <td class="number">${amount(one.previous_cents)}<span class="before">${quantity(one.previous_thousandths)}</span></td>
      <td class="number">${amount(one.claimed_cents if one.accepted_cents is None else one.accepted_cents)}<span
        class="before">${quantity(one.claimed_thousandths if one.accepted_thousandths is None else one.accepted_thousandths)}\
% if one.accepted_thousandths is not None and one.accepted_thousandths != one.claimed_thousandths:
 ${_("sur {claimed}", claimed=quantity(one.claimed_thousandths))}\
% endif
</span></td>
      <td class="number">${amount(one.reached_cents)}<span class="before">${percent(one.reached_permille * 10)}</span></td>
      <td class="number">${amount(one.remaining_cents)}</td>
    </tr>
    % endfor
  </tbody>
  <tfoot>
    <tr>
      <th scope="row">${_("Total HT, en euros")}</th>
      <td class="number">${amount(total.agreed_cents)}</td>
      <td class="number">${amount(total.previous_cents)}</td>
      <td class="number">${amount(claimed)}</td>
      <td class="number">${amount(total.reached_cents)}</td>
      <td class="number">${amount(total.remaining_cents)}</td>
    </tr>
  </tfoot>
</table>
<table class="sum">
  <tbody>
    <tr>
      <th scope="row">${_("Accepté de cette situation") if decided else _("Demandé par cette situation")}</th>
      <td class="number">${money(claimed)}</td>
    </tr>
    % if held_cents:
    <tr>
      <th scope="row">${_("Retenue de garantie ({rate})", rate=percent(version.retention_rate_bp))}</th>
      <td class="number">− ${money(held_cents)}</td>
    </tr>
    % endif
    <tr class="last">
      <th scope="row">${_("Net à régler") if decided else _("Net à régler si tout est accepté")}</th>
      <td class="number">${money(claimed - held_cents)}</td>
    </tr>
  </tbody>
</table>
<p class="quiet">${_("Règlement :")} ${payment}</p>
% if held_cents:
<p class="quiet">${_("Retenue de garantie :")} ${retention_words}</p>
% endif
