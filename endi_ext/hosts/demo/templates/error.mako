<%page expression_filter="h"/>
<%inherit file="${context['main_template'].uri}" />
<%block name="content">
<p>${explanation}</p>
<p><a class="btn" href="${request.route_path('/')}"><span class="icon">${api.icon("house")}</span>Revenir à l’accueil</a></p>
</%block>
