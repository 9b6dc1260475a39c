<%doc>The form of a delivery, in quantities or in percentages: two links change the way of counting.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="content">
<div class="endi-ext limited_width width60">
  % if again:
  <p class="endi-ext-intro">${_('Le formulaire reprend la livraison n° {number} : corrigez ce qui doit l’être.', number=again.number)}</p>
  % endif
  ${parts.picks(_('Façon de compter'), [(url, _(label), current) for url, label, current in ways])}
  ${form|n}
</div>
</%block>
