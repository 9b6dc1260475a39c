<%doc>Comparable contracts, in short.</%doc>
<%page args="prices, url" expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<section class="data_display endi-ext-block">
  <h2>${_('Marchés comparables')}</h2>
  % for one in prices[:3]:
  <p>${_('Code CPV {cpv} : sur {count} marchés attribués, la moitié se situe entre {first} et {third} HT.', cpv=one.cpv, count=one.whole.count, first=money(one.whole.first_quarter_cents), third=money(one.whole.third_quarter_cents))}</p>
  % endfor
  <p>${parts.link_button(url, _('Voir les prix et les titulaires'))}</p>
</section>
