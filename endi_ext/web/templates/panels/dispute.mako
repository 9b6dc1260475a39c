<%doc>The dispute of a delivery: where it stands, and the way to it.</%doc>
<%page args="dispute, badge, url" expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<section class="data_display endi-ext-block">
  <h2>${_('Différend')}</h2>
  <p>${parts.badge(badge)}
    % if dispute.state == 'closed':
    ${_('{awarded} acceptés sur {amount} en jeu.', awarded=money(dispute.awarded_cents), amount=money(dispute.amount_cents))}
    % else:
    ${_('{amount} sont en jeu : rien n’en est dû avant la fin du différend.', amount=money(dispute.amount_cents))}
    % endif
    <a href="${url}">${_('Lire le différend et ses pièces')}</a>
  </p>
  <blockquote class="endi-ext-text">${dispute.reason}</blockquote>
</section>
