<%doc>A form that cannot be trusted any more.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%block name="content">
<div class="endi-ext">
  <div class="alert alert-danger" role="alert">
    <p><strong>${_('Ce formulaire est resté ouvert trop longtemps : rien n’a été enregistré.')}</strong></p>
    <p>${_('Revenez à la page précédente de votre navigateur : votre saisie y est encore. Copiez-la, rechargez la page, puis recommencez.')}</p>
  </div>
  <div class="endi-ext-buttons"><a class="btn btn-primary" href="${request.context.url}">${_('Continuer')}</a></div>
</div>
</%block>
