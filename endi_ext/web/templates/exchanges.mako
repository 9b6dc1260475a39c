<%doc>The exchanges of a party.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="lists" file="endi_ext:web/templates/lists.mako" />
<%block name="content">
<div class="endi-ext">
  ${parts.tabs(_('Mes échanges'), [(address(request, role=value, cursor=''), _(label), value == role) for value, label in roles])}
  ${parts.picks(_('Filtrer par état'), [(address(request, state=value, cursor=''), _(label), value == state) for value, label in state_filters])}
  % if found.rows:
  ${lists.exchanges(found.rows, badge)}
  ${parts.pager(found)}
  % else:
  ${parts.empty(_('Aucun échange à montrer ici.'))}
  % endif
</div>
</%block>
