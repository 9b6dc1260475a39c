<%doc>What papers of a tender are still missing.</%doc>
<%page args="count, lacking, unchecked, shown, words" expression_filter="h"/>
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<section class="data_display endi-ext-block" id="endi_ext_tender_checklist">
  <h2>${_('Pièces')}</h2>
  % if count:
  <p>${_('Pièces réunies : {standing} sur {count}.', standing=count - len(lacking), count=count)}
    % if unchecked:
    ${_('À vérifier : {count}.', count=len(unchecked))}
    % endif
  </p>
  % if lacking:
  <ul class="endi-ext-sentences">
    % for item in lacking[:shown]:
    <li><a href="${request.context.at('paper', item_key=item.key)}">${item.label}</a> – ${words.who_of(item, request.endi_ext)} ${parts.badge(words.of_paper(item))}</li>
    % endfor
    % if len(lacking) > shown:
    <li>${_('et {count} autres', count=len(lacking) - shown)}</li>
    % endif
  </ul>
  % endif
  % else:
  ${parts.empty(_('Aucune pièce n’est demandée pour l’instant.'))}
  % endif
  <p>${parts.link_button(request.context.at('checklist'), _('Toutes les pièces'))}</p>
</section>
