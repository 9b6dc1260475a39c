<%doc>The frame of every page of ours: the host's layout, with our stylesheet and our script.</%doc>
<%page expression_filter="h"/>
<%inherit file="${context['main_template'].uri}" />
<%block name="headjs">
<script src="${static('endi_ext.js')}" defer="defer"></script>
</%block>
<%block name="css">
<link rel="stylesheet" href="${static('endi_ext.css')}" />
<link rel="stylesheet" href="${static('accounting.css')}" />
</%block>
