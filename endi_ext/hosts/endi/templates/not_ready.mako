<%page expression_filter="h"/>
<%inherit file="${context['main_template'].uri}" />
<%block name="content">
<div class="alert alert-danger">
  <span class="icon">${api.icon('danger')}</span>
  <p>Cette partie d'enDI n'est pas encore prête. Merci de transmettre ce message à la personne qui administre votre enDI :</p>
  <p><strong>${sentence}</strong></p>
</div>
</%block>
