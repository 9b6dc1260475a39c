<%doc>Whether the book is sound.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="content">
<div class="endi-ext">
  <section class="data_display endi-ext-block">
    <h2>${_('Le livre')}</h2>
    <dl class="endi-ext-facts">
      <%parts:fact name="${_('Écritures')}"><strong>${book.last_sequence}</strong></%parts:fact>
      <%parts:fact name="${_('Empreinte du livre')}"><code class="endi-ext-digest">${book.last_digest}</code></%parts:fact>
    </dl>
  </section>
  <section class="data_display endi-ext-block">
    <h2>${_('Dernière vérification')}</h2>
    % if not last:
    <p>${_('Le livre n’a pas encore été vérifié depuis cette page.')}</p>
    % else:
    <% found, at, by = last %>
    <p class="endi-ext-lead">
      % if found.sound:
      <span class="endi-ext-state valid">${_('Livre intact')}</span>
      % elif found.break_code:
      <span class="endi-ext-state invalid">${_('Livre altéré')}</span>
      % else:
      <span class="endi-ext-state caution">${_('Vérification interrompue')}</span>
      % endif
      ${_('{at}, par {name}', at=moment(at), name=by)}
    </p>
    <dl class="endi-ext-facts">
      <%parts:fact name="${_('Écritures relues')}">${_('{done} sur {all}', done=found.done_entries, all=found.entries)}</%parts:fact>
      <%parts:fact name="${_('Durée')}">${_('{seconds} s', seconds='{:.1f}'.format(found.seconds).replace('.', ','))}</%parts:fact>
      % if found.digest:
      <%parts:fact name="${_('Empreinte vérifiée')}"><code class="endi-ext-digest">${found.digest}</code></%parts:fact>
      % endif
    </dl>
    % if found.break_code:
    <div class="alert alert-danger">
      <p><strong>${_('Première rupture :')}</strong> ${why}</p>
      <p>${_('N’enregistrez plus rien et prévenez la personne qui administre le serveur : il faut comparer avec la dernière sauvegarde.')}</p>
    </div>
    % elif found.sound and found.entries < book.last_sequence:
    <p class="endi-ext-note">${_('Écritures ajoutées depuis : {count}.', count=book.last_sequence - found.entries)}</p>
    % endif
    % endif
  </section>
  <section class="data_display endi-ext-block">
    <h2>${_('Vérifier maintenant')}</h2>
    <p>${_('La vérification relit chaque écriture : l’enchaînement des sceaux, l’équilibre, les numéros et les totaux.')}
    % if expected_seconds is not None and expected_seconds > within_seconds:
    ${_('Pour ce livre, il faut environ {minutes} min : cette page s’arrête au bout de {limit} s. Demandez à la personne qui administre le serveur de lancer la commande :', minutes=int(expected_seconds // 60) + 1, limit=int(within_seconds))}
    <code>endi-ext verify</code>
    % elif expected_seconds is not None:
    ${_('Pour ce livre, il faut environ {seconds} s.', seconds=int(expected_seconds) + 1)}
    % else:
    ${_('Si elle dure plus de {limit} s, la page s’arrête et vous indique la commande à utiliser.', limit=int(within_seconds))}
    % endif
    </p>
    ${parts.post_button(request.route_path('endi_ext.verification'), _('Vérifier le livre'))}
  </section>
  <section class="data_display endi-ext-block">
    <h2>${_('Point de contrôle signé')}</h2>
    <p>${_('Ce petit fichier dit où en est le livre, avec une signature. Gardez-le hors du serveur (courriel, clé, expert-comptable) : lui seul permet de voir plus tard que des écritures récentes auraient été retirées.')}</p>
    ${parts.post_button(request.route_path('endi_ext.checkpoint'), _('Télécharger un point de contrôle'))}
    % if checkpoints:
    <div class="table_container endi-ext-scroll" tabindex="0" role="region" aria-label="${_('Derniers points de contrôle')}">
      <table class="endi-ext-book">
        <caption>${_('Derniers points de contrôle')}</caption>
        <thead><tr><th scope="col" class="col_text">${_('Signé le')}</th><th scope="col" class="col_number">${_('Écritures')}</th></tr></thead>
        <tbody>
          % for one in checkpoints:
          <tr><th scope="row" class="col_text">${moment(one.signed_at)}</th><td class="col_number">${one.sequence}</td></tr>
          % endfor
        </tbody>
      </table>
    </div>
    % endif
  </section>
</div>
</%block>
