<%page expression_filter="h"/>
<!DOCTYPE html>
<html lang="fr">
<head>
  <meta charset="utf-8">
  <%block name="header">
    <title>${title if title is not UNDEFINED and title else "Échanges internes"} – ${layout.cooperative_name}</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <link rel="icon" type="image/svg+xml" href="${request.static_path('endi_ext.hosts.demo:static/favicon.svg')}">
  </%block>
  <link rel="stylesheet" href="${request.static_path('endi_ext.hosts.demo:static/demo.css')}">
  <%block name="headjs" />
  <%block name="css" />
</head>
<body>
<main>
<%block name="headtitle"><h1>${title}</h1></%block>
<%block name="actionmenu"><%block name="actionmenucontent" /></%block>
<%block name="afteractionmenu" />
<%block name="pop_message">
% for kind, message in request.flashes():
<div class="alert alert-${kind}">${message}</div>
% endfor
</%block>
<%block name="beforecontent" />
<%block name="content" />
</main>
<%block name="footer" />
<%block name="footerjs" />
</body>
</html>
