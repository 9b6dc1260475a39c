<%doc>The form of an amendment, with what is delivered already.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%block name="content">
<div class="endi-ext limited_width width60">
  <p class="endi-ext-intro">${intro}</p>
  % if started:
  <div class="endi-ext-note">
    <p>${_('Déjà livré, et qui ne peut plus être réduit :')}</p>
    <ul>
      % for line in started:
      <li>${line.description} : ${_('{done} sur {agreed} {unit}', done=quantity(line.delivered_thousandths), agreed=quantity(line.quantity_thousandths), unit=line.unit)}</li>
      % endfor
    </ul>
    <p>${_('Un nouveau prix ne vaut que pour ce qui reste. Pour finir plus tôt, ramenez chaque quantité à ce qui est livré et enlevez les lignes non commencées.')}</p>
  </div>
  % endif
  % if not started and request.context.subcontract.kind == 'contract':
  <p class="endi-ext-note">${_('Rien n’est encore livré : pour arrêter là, enlevez toutes les lignes ; l’accord prendra fin dès que les deux auront signé.')}</p>
  % endif
  ${form|n}
</div>
</%block>
