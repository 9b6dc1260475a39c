<%doc>What is on the table or in force, line by line, with what changed, and who signed it.</%doc>
<%page args="subcontract, version, previous, changes, conditions, changed, heading, delivered, version_url, subcontract_url" expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="terms" file="endi_ext:web/templates/terms.mako" />
<% frame = subcontract.kind == 'frame' %>
<section class="data_display endi-ext-block">
  <h2>${_(heading)}</h2>
  <dl class="endi-ext-facts">
    <%parts:fact name="${_('Confié par')}">${subcontract.buyer.name}</%parts:fact>
    <%parts:fact name="${_('Réalisé par')}">${subcontract.seller.name}</%parts:fact>
    % if subcontract.frame:
    <%parts:fact name="${_('Commande sur l’accord-cadre')}"><a href="${subcontract_url(subcontract.frame)}">${subcontract.frame.title}</a></%parts:fact>
    % endif
    ${terms.facts(version, previous, conditions, frame)}
    <%parts:fact name="${_('Version')}">
      ${_('n° {number}, proposée par {name} le {at}', number=version.number, name=version.proposed_by.name, at=moment(version.created_at))}
      % if version.amendment:
      ${_('(avenant n° {number})', number=version.amendment.number)}
      % endif
    </%parts:fact>
  </dl>
  % if version.message:
  <blockquote class="endi-ext-text">${version.message}</blockquote>
  % endif
  % if previous and changed:
  <p class="endi-ext-note">${_('Les changements par rapport à la version {number} sont signalés ci-dessous.', number=previous.number)}</p>
  % endif
  ${terms.lines(version, changes, delivered, frame)}
  <details class="endi-ext-details">
    <summary>${_('Signatures et versions')}</summary>
    ${terms.signatures(version)}
    % if len(subcontract.versions) > 1:
    <h3>${_('Toutes les versions')}</h3>
    <ul class="endi-ext-versions">
      % for one in subcontract.versions:
      <li><a href="${version_url(one)}">${_('Version n° {number}', number=one.number)}</a>
        ${_('{name}, le {at}', name=one.proposed_by.name, at=moment(one.created_at))}
        % if one.amendment:
        ${_('(avenant n° {number})', number=one.amendment.number)}
        % endif
      </li>
      % endfor
    </ul>
    % endif
  </details>
</section>
