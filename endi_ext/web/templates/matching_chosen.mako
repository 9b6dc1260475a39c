<%doc>The documents somebody chose, with the sums of both sides, above what is to be decided about them.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="matching" file="endi_ext:web/templates/matching_parts.mako" />
<%block name="content">
<% nothing = {'parties': False, 'amount': False, 'day': False, 'label': False, 'reference': False} %>
${matching.assets()}
<div class="endi-ext">
  <div class="endi-ext-facing">
    % for side, some in sides.items():
    <section class="data_display endi-ext-block">
      <h2>${_(words.SIDES[side])}</h2>
      % if some:
      ${matching.side(some, nothing, True)}
      <p>${_('Ensemble :')} <strong>${money(sum(one.cents for one in some))}</strong></p>
      % else:
      ${parts.empty(_('Aucun document de ce côté.'))}
      % endif
    </section>
    % endfor
  </div>
  % if all(sides.values()):
  <p class="endi-ext-note">${_('Écart : {amount} ({days} jours au plus entre une vente et un achat).', amount=money(sum(one.cents for one in sides['purchases']) - sum(one.cents for one in sides['sales'])), days=abs(furthest))}</p>
  % endif
  <div class="limited_width width60">${form|n}</div>
</div>
</%block>
