<%doc>What a tender is about.</%doc>
<%page args="tender, left, taken, gone" expression_filter="h"/>
<%namespace name="of_tenders" file="endi_ext:web/templates/tender_parts.mako" />
% if taken:
<div class="alert alert-danger" role="note">
  <p><strong>${_('Une autre équipe de la coopérative répond aussi à : {lots}.', lots=', '.join(lot.title for lot in taken))}</strong></p>
  <p>${_('Pour l’acheteur, la coopérative est un seul candidat : une seule offre par lot. Parlez-en à l’équipe d’appui, qui connaît les deux équipes.')}</p>
</div>
% endif
<section class="data_display endi-ext-block" id="endi_ext_tender">
  <h2>${_('La consultation')}</h2>
  ${of_tenders.facts(tender, left)}
  % if len(tender.lots) > 1 or tender.lots[0].criteria:
  <h3>${_('Lots') if len(tender.lots) > 1 else _('Critères de jugement')}</h3>
  ${of_tenders.lots(tender.lots, tender.title, taken, gone, True)}
  % endif
  % if tender.notice:
  <p class="endi-ext-note"><a href="${request.context.path('tenders.notice', notice_id=tender.notice.id)}">${_('Lire l’avis d’où vient cette page')}</a></p>
  % endif
</section>
