<%doc>Ask a party about something.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%block name="content">
<div class="endi-ext">
  % if about.subject_id:
  <section class="data_display endi-ext-block">
    <h2>${about.title}</h2>
    <dl class="endi-ext-facts">
      <%parts:fact name="${_('Date')}">${day(about.on)}</%parts:fact>
      % if about.amount_cents:
      <%parts:fact name="${_('Montant')}">${money(about.amount_cents)}</%parts:fact>
      % endif
    </dl>
    % if earlier:
    <p>${_('Déjà demandé à ce sujet :')}</p>
    <ul>
      % for one in earlier:
      <li><a href="${request.route_path('endi_ext.question_any', question_id=one.id)}">${one.party.name}, ${moment(one.asked_at)}</a> ${parts.badge(badge(one))}</li>
      % endfor
    </ul>
    % endif
  </section>
  % endif
  <div class="limited_width width60">${form|n}</div>
</div>
</%block>
