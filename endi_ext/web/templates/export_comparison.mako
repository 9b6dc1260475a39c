<%doc>The comparison with the host's own exports, under way: the page goes on by itself.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-lead" role="status">${_('{looked} échange(s) comparés, {standing} écart(s) jusqu’ici.', looked=looked, standing=standing)}</p>
  <form class="endi-ext-inline" method="post" action="${request.route_path('endi_ext.journal.exports.compare')}" data-goes-on="yes">
    <input type="hidden" name="csrf_token" value="${get_csrf_token()}" />
    <input type="hidden" name="period" value="${span.name}" />
    <input type="hidden" name="after" value="${after}" />
    <input type="hidden" name="looked" value="${looked}" />
    <input type="hidden" name="standing" value="${standing}" />
    <button type="submit" class="btn btn-primary">${_('Continuer')}</button>
  </form>
</div>
</%block>
