<%doc>How far the technical proposal is.</%doc>
<%page args="count, ready, undone, words" expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<section class="data_display endi-ext-block" id="endi_ext_tender_proposal">
  <h2>${_('Mémoire technique')}</h2>
  % if count:
  <p>${_('Parties prêtes : {ready} sur {count}.', ready=ready, count=count)}</p>
  % if undone:
  <ul class="endi-ext-sentences">
    % for part in undone:
    <li><a href="${request.context.at('part', part_id=part.id)}">${part.title}</a>
      % if part.member:
      – ${part.member.name}
      % endif
      ${parts.badge(words.PART[part.state])}
    </li>
    % endfor
  </ul>
  % endif
  % else:
  ${parts.empty(_('Le mémoire n’a pas encore de plan.'))}
  % endif
  <p>${parts.link_button(request.context.at('proposal'), _('Écrire le mémoire'))}</p>
</section>
