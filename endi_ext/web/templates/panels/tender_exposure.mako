<%doc>What the cooperative is bound for, and whose cap is exceeded.</%doc>
<%page args="exposure, names, liability" expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<section class="data_display endi-ext-block" id="endi_ext_exposure">
  <h2>${_('Engagements et risques')}</h2>
  <dl class="endi-ext-facts">
    <%parts:fact name="${_('Forme de la réponse')}">${_(liability)}</%parts:fact>
    <%parts:fact name="${_('Engagement de la coopérative')}"><strong>${money(exposure.cooperative_cents)}</strong></%parts:fact>
  </dl>
  % for risk in exposure.risks:
  % if risk.exceeds_cents:
  <p class="endi-ext-note">${_('{name} dépasse son plafond de {excess}.', name=names[risk.member], excess=money(risk.exceeds_cents))}</p>
  % endif
  % endfor
  <p class="endi-ext-buttons">${parts.link_button(request.context.at('exposure'), _('Qui risque combien'))}</p>
</section>
