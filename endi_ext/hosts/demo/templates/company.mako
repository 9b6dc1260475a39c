<%page expression_filter="h"/>
<%inherit file="${context['main_template'].uri}" />
<%block name="content">
<div class="data_display">
  <dl>
    <dt>Métier</dt><dd>${company.trade or "–"}</dd>
    <dt>Lieu</dt><dd>${" ".join(filter(None, (company.postcode, company.city))) or "–"}</dd>
    <dt>Code analytique</dt><dd>${company.analytic_code or "–"}</dd>
    <dt>Adresse électronique</dt><dd>${company.email or "–"}</dd>
  </dl>
</div>
</%block>
