<%doc>Pieces of the pages of drafts and of questions.</%doc>
<%page expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />

<%def name="tabs(current)">
${parts.tabs(_('Brouillard et questions'), [
  (request.route_path('endi_ext.drafts'), _('Brouillard'), current == 'drafts'),
  (request.route_path('endi_ext.questions'), _('Questions'), current == 'questions'),
])}
</%def>

<%def name="kept(asked)">
% for name, value in asked.typed.items():
<input type="hidden" name="${name}" value="${value}" />
% endfor
</%def>
