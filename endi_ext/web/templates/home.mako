<%doc>The first page of a party: who owes what, what waits, the latest exchanges.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="lists" file="endi_ext:web/templates/lists.mako" />
<%block name="actionmenucontent">
% if request.context.may_act:
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  ${parts.link_button(request.context.path('subcontract.new'), _('Proposer une sous-traitance'), 'btn-primary')}
  ${parts.link_button(request.context.path('notifications'), _('Mes notifications'))}
</div></div>
% else:
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  ${parts.link_button(request.context.path('notifications'), _('Mes notifications'))}
</div></div>
% endif
</%block>
<%block name="content">
<div class="endi-ext">
  <section class="endi-ext-block">
    <h2>${_('Qui doit quoi')}</h2>
    % if balances:
    ${lists.who_owes(balances)}
    % else:
    ${parts.empty(_('Personne ne vous doit rien et vous ne devez rien à personne.'))}
    % endif
  </section>
  <section class="endi-ext-block">
    <h2>${_('Ce qui vous attend')}
      % if tasks:
      <span class="endi-ext-count">${len(tasks)}</span>
      % endif
    </h2>
    % if tasks:
    <ul class="endi-ext-tasks">
      % for task in tasks:
      <li>
        <p>${_(task.sentence, **task.facts)}
          <a href="${task.url}">${task.title}</a>
          % if task.amount_cents is not None:
          (${money(task.amount_cents)})
          % endif
          % if task.until:
          – ${_('pour le {on}', on=day(task.until))}
          % endif
        </p>
        <div class="endi-ext-buttons">
          ${parts.link_button(task.url, _(task.button), 'btn-primary' if task.primary else '')}
          % if task.more:
          ${parts.link_button(task.more[0], _(task.more[1]), 'btn-primary')}
          % endif
        </div>
      </li>
      % endfor
    </ul>
    % else:
    ${parts.empty(_('Rien n’attend votre réponse.'))}
    % endif
  </section>
  <section class="endi-ext-block">
    <h2>${_('Derniers échanges')}</h2>
    % if latest:
    ${lists.exchanges(latest, exchange_badge)}
    <p><a href="${request.context.path('exchanges')}">${_('Voir tous mes échanges')}</a></p>
    % else:
    ${parts.empty(_('Aucun échange pour le moment : ils apparaissent ici quand une livraison est acceptée.'))}
    % endif
  </section>
</div>
</%block>
