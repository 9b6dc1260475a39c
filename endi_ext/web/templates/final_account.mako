<%doc>The final account of a job: how its price came to be, what was accepted, what became of it.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  % if 'sign' in actions and not outdated:
  ${parts.post_button(request.context.address('final_account.sign'), _('Signer le décompte'))}
  % endif
  % if 'refuse' in actions:
  ${parts.link_button(request.context.address('final_account.refuse'), _('Refuser'), 'negative')}
  % endif
  % if 'withdraw' in actions:
  ${parts.post_button(request.context.address('final_account.withdraw'), _('Retirer ce décompte'), 'negative')}
  % endif
  ${parts.link_button(request.context.address('final_account.paper'), _('Décompte (PDF)'))}
  ${parts.link_button(request.context.path('subcontract', subcontract_id=subcontract.id), _('Retour à la sous-traitance'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-lead">${parts.badge(badge)}
    % if outdated:
    ${_('Le travail a changé depuis que ce décompte a été établi : il ne peut plus être signé, établissez-en un autre.')}
    % elif 'sign' in actions:
    ${_('{name} attend votre signature. Vérifiez les montants : une fois signé, ce travail sera clos.', name=account.drawn_by.name)}
    % elif account.state == 'proposed':
    ${_('{name} doit le signer.', name=request.context.partner.name if account.drawn_by_id == request.context.party.id else request.context.party.name)}
    % elif reopened:
    ${_('Une acceptation a été annulée depuis : le travail est de nouveau en cours, un autre décompte le suivra.')}
    % endif
  </p>
  % if account.reason:
  <blockquote class="endi-ext-text">${account.reason}</blockquote>
  % endif
  <section class="data_display endi-ext-block">
    <h2>${subcontract.title}</h2>
    <dl class="endi-ext-facts">
      <%parts:fact name="${_('Confié par')}">${subcontract.buyer.name}</%parts:fact>
      <%parts:fact name="${_('Réalisé par')}">${subcontract.seller.name}</%parts:fact>
      <%parts:fact name="${_('Établi')}">${_('par {name} ({party}) le {on}', name=account.actor_name, party=account.drawn_by.name, on=moment(account.drawn_at))}</%parts:fact>
      % if account.state == 'signed':
      <%parts:fact name="${_('Signé')}">${_('par {name} le {on}', name=account.answered_name, on=moment(account.answered_at))}</%parts:fact>
      % endif
      <%parts:fact name="${_('Empreinte')}"><code class="endi-ext-digest">${account.digest}</code></%parts:fact>
    </dl>
    % if account.message:
    <blockquote class="endi-ext-text">${account.message}</blockquote>
    % endif
  </section>
  <section class="data_display endi-ext-block">
    <h2>${_('Ce qui était convenu')}</h2>
    <div class="table_container">
      <table class="endi-ext-sums">
        <caption class="screen-reader-text">${_('Ce qui était convenu')}</caption>
        <tbody>
          % for line in agreed:
          <tr>
            <th scope="row" class="col_text">${_('Accord') if line.kind == 'agreement' else _('Avenant n° {number}', number=line.number)} <small>${day(line.on)}</small></th>
            <td class="col_number">${money(line.amount_cents)}</td>
          </tr>
          % endfor
          <tr class="row_recap"><th scope="row" class="col_text">${_('Total convenu HT')}</th><td class="col_number"><strong>${money(account.contract_cents)}</strong></td></tr>
        </tbody>
      </table>
    </div>
  </section>
  <section class="data_display endi-ext-block">
    <h2>${_('Ce qui a été accepté')}</h2>
    <div class="table_container endi-ext-reflow">
      <table class="endi-ext-cards">
        <caption class="screen-reader-text">${_('Ce qui a été accepté')}</caption>
        <thead>
          <tr>
            <th scope="col" class="col_text">${_('Livraison')}</th>
            <th scope="col" class="col_date">${_('Date')}</th>
            <th scope="col" class="col_number">${_('Demandé')}</th>
            <th scope="col" class="col_number">${_('Accepté')}</th>
          </tr>
        </thead>
        <tbody>
          % for line in done:
          <tr>
            <th scope="row" class="col_text" data-label="${_('Livraison')}">${_('Livraison n° {number}', number=line.number) if line.kind == 'claim' else _('Avoir sur la livraison n° {number}', number=line.number)}</th>
            <td class="col_date" data-label="${_('Date')}">${day(line.on)}</td>
            <td class="col_number" data-label="${_('Demandé')}">${money(line.claimed_cents) if line.claimed_cents is not None else ''}</td>
            <td class="col_number" data-label="${_('Accepté')}">${money(line.amount_cents)}</td>
          </tr>
          % endfor
        </tbody>
        <tfoot>
          <tr class="row_recap">
            <th scope="row" class="col_text" colspan="3">${_('Total accepté HT')}</th>
            <td class="col_number" data-label="${_('Total accepté HT')}"><strong>${money(account.accepted_cents - account.credited_cents)}</strong></td>
          </tr>
        </tfoot>
      </table>
    </div>
  </section>
  <section class="data_display endi-ext-block">
    <h2>${_('Où en était l’argent le {on}', on=day(account.drawn_on))}</h2>
    <div class="table_container">
      <table class="endi-ext-sums">
        <caption class="screen-reader-text">${_('Où en était l’argent le {on}', on=day(account.drawn_on))}</caption>
        <tbody>
          % for label, cents in amounts:
          <tr><th scope="row" class="col_text">${_(label)}</th><td class="col_number">${money(cents)}</td></tr>
          % endfor
          <tr class="row_recap"><th scope="row" class="col_text">${_('Total accepté')}</th><td class="col_number"><strong>${money(account.accepted_cents)}</strong></td></tr>
        </tbody>
      </table>
    </div>
    <p class="endi-ext-note">${_('Document interne – ne vaut pas facture.')}</p>
  </section>
</div>
</%block>
