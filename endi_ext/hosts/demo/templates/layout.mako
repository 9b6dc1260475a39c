<%doc>The frame of every page: the blocks and variables are those of enDI's default layout.</%doc>
<%page expression_filter="h"/>
<%namespace name="frame" file="endi_ext.hosts.demo:templates/frame.mako" />
<!DOCTYPE html>
<html lang="fr">
<head>
  <meta charset="utf-8">
  <%block name="header">
  <title>${title if title is not UNDEFINED and title else "Échanges internes"} – ${layout.cooperative_name}</title>
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="robots" content="noindex">
  <link rel="icon" type="image/svg+xml" href="${layout.static('favicon.svg')}">
  </%block>
  <link rel="stylesheet" href="${layout.static('demo.css')}">
  <script src="${layout.static('demo.js')}" defer></script>
  <%block name="headjs" />
  <%block name="css" />
</head>
<body class="${'' if layout.user else 'nobody'}">
  <a class="skip_link" href="#target_content">Aller au contenu</a>
  <div class="frame">
    ${frame.banner(layout)}
    <div class="page">
      <main id="target_content" tabindex="-1">
        <header class="page_title">
          <p class="print_only">${layout.cooperative_name}\
% if layout.company:
, ${layout.company.name}\
% endif
</p>
          <%block name="headtitle">
          % if title is not UNDEFINED and title:
          <h1>${title}\
% if title_detail is not UNDEFINED and title_detail:
 <small>${title_detail}</small>\
% endif
</h1>
          % endif
          </%block>
        </header>
        <%block name="actionmenu">
        <%block name="actionmenucontent" />
        </%block>
        <%block name="afteractionmenu" />
        <%block name="pop_message">
        ${frame.messages(request)}
        </%block>
        <%block name="beforecontent" />
        <%block name="content" />
      </main>
      <footer class="page_footer">
        <p>${layout.cooperative_name} est une coopérative imaginaire, montée pour la démonstration.</p>
        <%block name="footer" />
      </footer>
    </div>
  </div>
  <%block name="footerjs" />
</body>
</html>
