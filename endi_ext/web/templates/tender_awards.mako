<%doc>What contracts like those of a tender were awarded for, and the last of them.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="of_awards" file="endi_ext:web/templates/award_parts.mako" />
<%block name="css">
${parent.css()}
<link rel="stylesheet" href="${static('prices.css')}" />
</%block>
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  ${parts.link_button(request.context.path('tenders.awards'), _('Chercher parmi les marchés attribués'))}
  ${parts.link_button(request.context.url, _('Retour à la consultation'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-intro">${_('Des marchés du même code CPV que cette consultation, ou d’un code plus large quand il y en a trop peu. Ils n’ont ni la même étendue ni la même durée : ce sont des repères, pas un prix à reprendre.')}</p>
  % if not any_kept:
  ${of_awards.how_to_fill()}
  % elif not codes:
  ${parts.empty(_('Cette consultation n’a pas de code CPV : ajoutez-en un dans ce que l’on sait d’elle, et des marchés comparables s’afficheront ici.'))}
  % elif not prices:
  ${parts.empty(_('Trop peu de marchés de ces codes CPV sont connus ({codes}).', codes=', '.join(codes)))}
  % endif
  % for one in prices:
  ${of_awards.ranges(one)}
  % endfor
  % for cpv, rows in latest:
  <section class="endi-ext-block data_display">
    <h2>${_('Derniers marchés, code CPV {cpv}', cpv=cpv)}</h2>
    ${of_awards.listed(rows, grouping_words)}
    <p><a href="${request.context.path('tenders.awards', query={'cpv': cpv})}">${_('Les voir tous')}</a></p>
  </section>
  % endfor
</div>
</%block>
