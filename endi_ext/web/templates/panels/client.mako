<%doc>The client behind the work: what waits for it; the deal and the margin for the principal only.</%doc>
<%page args="subcontract, job, waits, named, mine, early_cents, to_invoice, to_remove" expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<section class="data_display endi-ext-block">
  <h2>${_('Paiement par le client')}</h2>
  % if waits and job and job.lifted_at:
  <p>${_('Le paiement n’attend plus le client depuis le {on}.', on=day(job.lifted_on))}</p>
  % elif waits and not named:
  <p>${_('Ce qui est accepté sera dû quand le client paiera. Nommez la facture que vous lui avez envoyée : rien n’est dû avant.') if mine else _('Ce qui est accepté sera dû quand le client paiera. {name} n’a pas encore nommé la facture du client.', name=subcontract.buyer.name)}</p>
  % elif waits:
  <p>${_('Ce qui est accepté devient dû à mesure que le client paie.')}</p>
  % elif mine and not (job and (job.deal_key or job.margin_kind != 'none')):
  <p>${_('Vous pouvez dire pour quel client vous confiez ce travail et fixer votre marge : votre partenaire n’en verra rien.')}</p>
  % endif
  % if early_cents and waits:
  <p class="alert alert-warning" role="status">${_('Réglé avant encaissement : {amount} ont été réglés alors que le client ne les a pas (ou plus) payés.', amount=money(early_cents))}</p>
  % endif
  % if named or (mine and job and (job.deal_key or job.margin_kind != 'none' or to_invoice or to_remove)):
  <dl class="endi-ext-facts">
    % for one in named:
    <%
      # Older Mako ends an attribute at the first brace.
      covers = _('Facture {number} (livraison n° {delivery})', number=one.number, delivery=one.delivery_number) if one.delivery_number else _('Facture {number}', number=one.number)
    %>
    <%parts:fact name="${covers}">
      % if one.expected_cents:
      ${_('{share} payés par le client', share=percent(one.paid_bp))}
      % else:
      ${_('annulée : plus aucun paiement n’est attendu')}
      % endif
    </%parts:fact>
    % endfor
    % if mine and job:
    % if job.deal_key:
    <%parts:fact name="${_('Affaire')}">${job.deal_label} – ${job.client}</%parts:fact>
    % endif
    % if job.margin_kind == 'percent':
    <%parts:fact name="${_('Votre marge')}">${percent(job.margin_rate_bp)}</%parts:fact>
    % elif job.margin_kind == 'amount':
    <%parts:fact name="${_('Votre marge')}">${money(job.margin_cents)}</%parts:fact>
    % endif
    % if to_invoice:
    <%parts:fact name="${_('À facturer au client')}">${money(sum(line.net_cents for line in to_invoice))}</%parts:fact>
    % endif
    % if to_remove:
    <%parts:fact name="${_('À retirer de la facture')}"><strong>${money(sum(line.net_cents for line in to_remove))}</strong></%parts:fact>
    % endif
    % endif
  </dl>
  % endif
</section>
