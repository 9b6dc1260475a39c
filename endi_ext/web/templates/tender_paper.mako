<%doc>One paper of a checklist: where it stands, what may be done with it, what was done.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="actionmenucontent">
<%
    def at(route):
        return request.context.at(f'paper.{route}', item_key=item.key)
%>
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  % if may_check:
  ${parts.post_button(at('check'), _('J’ai vérifié, elle est bonne'))}
  % endif
  % if may_provide and item.state != 'not_needed':
  ${parts.link_button(at('provide'), _('Déposer une autre version') if item.file else _('Déposer cette pièce'), '' if may_check or item.stands else 'btn-primary')}
  % endif
  % if may_send_back:
  ${parts.link_button(at('send_back'), _('Demander de nouveau'))}
  % endif
  % if may and item.state == 'not_needed':
  ${parts.post_button(at('ask_again'), _('Finalement, il la faut'), '')}
  % elif may and item.state != 'made':
  ${parts.link_button(at('set_aside'), _('Sans objet ici'))}
  % endif
  ${parts.link_button(request.context.at('checklist'), _('Retour aux pièces'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-lead">${parts.badge(words.of_paper(item))}
    % if item.unasked:
    ${_('Elle n’est plus demandée : l’avis ou la liste a changé depuis. Marquez-la sans objet pour l’enlever du dossier.')}
    % elif item.expires:
    ${_('Elle expire le {on}, avant la remise des offres : il en faut une plus récente.', on=day(item.valid_until))}
    % elif item.state == 'made':
    ${_('L’avis demande ce formulaire : il se fait avec le dossier. Vous pouvez déposer ici une version à vous.')}
    % elif item.common:
    ${_('La coopérative l’a déposée une fois pour toutes les réponses.')}
    % elif item.state == 'missing' and item.who == 'cooperative':
    ${_('L’équipe d’appui la dépose une fois pour toutes les réponses ; qui mène la réponse peut aussi le faire ici.')}
    % endif
  </p>
  % if item.reason:
  <blockquote class="endi-ext-text">${item.reason}</blockquote>
  % endif
  <section class="data_display endi-ext-block">
    <h2>${_('La pièce')}</h2>
    <dl class="endi-ext-facts">
      <%parts:fact name="${_('Qui la fournit')}">${words.who_of(item, request.endi_ext)}</%parts:fact>
      <%parts:fact name="${_('D’où vient la demande')}">${_(words.ORIGIN[item.origin])}</%parts:fact>
      % if item.file:
      <%parts:fact name="${_('Fichier')}">
        % if request.context.may_act:
        <a href="${request.context.at('paper.file', item_key=item.key)}">${item.file.name}</a>
        % else:
        ${item.file.name}
        % endif
      </%parts:fact>
      <%parts:fact name="${_('Empreinte')}"><code class="endi-ext-digest">${item.file.sha256}</code></%parts:fact>
      % endif
      % if item.valid_until:
      <%parts:fact name="${_('Valable jusqu’au')}">${day(item.valid_until)}</%parts:fact>
      % endif
      % if item.provided_at:
      <%parts:fact name="${_('Déposée')}">${_('par {name} le {on}', name=item.provided_by, on=moment(item.provided_at))}</%parts:fact>
      % endif
      % if item.checked_by:
      <%parts:fact name="${_('Vérifiée par')}">${item.checked_by}</%parts:fact>
      % endif
    </dl>
  </section>
  % if events:
  <section class="data_display endi-ext-block">
    <h2>${_('Historique')}</h2>
    ${parts.history(events, step_of)}
  </section>
  % endif
</div>
</%block>
