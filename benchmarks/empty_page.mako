<%inherit file="${context['main_template'].uri}" />
<%block name="content"></%block>
