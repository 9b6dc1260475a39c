<%doc>A long decision, batch by batch: how far it is, or why a batch was refused.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="desk" file="endi_ext:web/templates/draft_parts.mako" />

<%def name="go_on(label, **changed)">
<form class="endi-ext-inline" method="post" action="${request.route_path('endi_ext.drafts.decide')}" ${'' if refusal else 'data-goes-on="yes"'|n}>
  <input type="hidden" name="csrf_token" value="${get_csrf_token()}" />
  ${desk.kept(asked)}
  % if run.whole:
  <input type="hidden" name="whole" value="yes" />
  <input type="hidden" name="last_id" value="${run.last_id}" />
  <input type="hidden" name="total" value="${run.total}" />
  <input type="hidden" name="done" value="${count}" />
  % else:
  % for draft_id in run.ids:
  <input type="hidden" name="draft" value="${draft_id}" />
  % endfor
  % endif
  <input type="hidden" name="open_only" value="${'yes' if refusal or run.open_only else ''}" />
  <input type="hidden" name="reason" value="${run.reason}" />
  <input type="hidden" name="decision" value="${'reject' if run.rejects else 'validate'}" />
  <button type="submit" class="btn btn-primary">${label}</button>
</form>
</%def>

<%block name="content">
<div class="endi-ext">
  % if refusal:
  <div class="alert alert-danger" role="alert">
    <p>${refusal}</p>
    % if run.whole and count:
    <p>${_('Décidées jusqu’ici : {count} sur {total}. Elles le restent.', count=count, total=run.total)}</p>
    % endif
  </div>
  % if named:
  <section class="data_display endi-ext-block">
    <h2>${_('Écritures d’un mois clôturé')}</h2>
    <p>${_('Ouvrez chacune pour la dater du premier jour ouvert, ou pour la rejeter.')}</p>
    <ul>
      % for draft in named:
      <li><a href="${request.route_path('endi_ext.draft', draft_id=draft.id)}">${draft.text}</a> (${day(draft.effective_on)}, ${money(draft.total_cents)})</li>
      % endfor
    </ul>
    ${go_on(_('Continuer sans elles'))}
  </section>
  % endif
  % else:
  <section class="data_display endi-ext-block" aria-live="polite">
    <p><label for="progress">${_('{count} sur {total}', count=count, total=run.total)}</label>
      <progress id="progress" max="${run.total}" value="${count}">${count} / ${run.total}</progress></p>
    ${go_on(_('Continuer'))}
    <p class="endi-ext-hint">${_('La page continue toute seule. Si vous la quittez, ce qui est fait le reste.')}</p>
  </section>
  % endif
  <p>${parts.link_button(back, _('Retour à la liste'))}</p>
</div>
</%block>
