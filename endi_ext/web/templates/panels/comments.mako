<%doc>What the two sides say to each other.</%doc>
<%page args="said, comment_url, comment_key" expression_filter="h"/>
<section class="data_display endi-ext-block" id="endi_ext_comments">
  <h2>${_('Commentaires')}</h2>
  % if said:
  <ol class="endi-ext-history">
    % for comment in said:
    <li>
      <p><strong>${comment.actor_name}</strong> (${comment.party.name})</p>
      <p class="endi-ext-when"><time datetime="${comment.at.isoformat()}">${moment(comment.at)}</time></p>
      <blockquote class="endi-ext-text">${comment.text}</blockquote>
    </li>
    % endfor
  </ol>
  % endif
  % if comment_url:
  <form class="endi-ext-form endi-ext-comment" method="post" action="${comment_url}">
    <input type="hidden" name="csrf_token" value="${get_csrf_token()}" />
    <input type="hidden" name="request_key" value="${comment_key}" />
    <label for="endi_ext_comment">${_('Votre commentaire')}</label>
    <textarea class="form-control" id="endi_ext_comment" name="text" rows="3" maxlength="2000" aria-describedby="endi_ext_comment_help"></textarea>
    <p class="help-block" id="endi_ext_comment_help">${_('Un commentaire n’engage personne : votre partenaire le lit, l’accord ne change pas.')}</p>
    <div class="endi-ext-buttons"><button type="submit" class="btn" name="submit" value="1">${_('Envoyer le commentaire')}</button></div>
  </form>
  % endif
</section>
