<%doc>A dispute seen by its arbiter.</%doc>
<%page expression_filter="h"/>
<%inherit file="endi_ext:web/templates/layout.mako" />
<%namespace name="parts" file="endi_ext:web/templates/parts.mako" />
<%namespace name="pieces" file="endi_ext:web/templates/dispute_parts.mako" />
<%block name="actionmenucontent">
<div class="main_toolbar action_tools"><div class="layout flex main_actions endi-ext-buttons">
  % if is_mine:
  ${parts.link_button(request.route_path('endi_ext.arbitration.decide', dispute_id=dispute.id), _('Trancher'), 'btn-primary')}
  % elif may_take:
  ${parts.post_button(request.route_path('endi_ext.arbitration.take', dispute_id=dispute.id),
                      _('Reprendre ce différend') if dispute.arbiter_key else _('Prendre en charge'),
                      hidden=(('instead_of', dispute.arbiter_key or ''),))}
  % endif
  ${parts.link_button(request.route_path('endi_ext.arbitrations'), _('Retour à la liste'))}
</div></div>
</%block>
<%block name="content">
<div class="endi-ext">
  <p class="endi-ext-lead">${parts.badge(badge)}
    % if dispute.state == 'closed':
    ${_('Ce différend est clos depuis le {at}.', at=moment(dispute.closed_at))}
    % elif is_mine:
    ${_('Vous arbitrez ce différend : {buyer} et {seller} attendent votre décision.', buyer=names['buyer'], seller=names['seller'])}
    % elif dispute.arbiter_name:
    ${_('{name} arbitre ce différend.', name=dispute.arbiter_name)}
    % else:
    ${_('Personne n’arbitre encore ce différend.')}
    % endif
  </p>
  % if outcome:
  ${pieces.ending(dispute, retention, outcome, ending, ended_by)}
  % endif
  % if on_the_table is not None:
  <section class="data_display endi-ext-block endi-ext-outcome">
    <h2>${_('L’issue proposée par {name}', name=names[on_the_table.side])}</h2>
    ${pieces.result(result_of(on_the_table))}
  </section>
  % endif
  ${pieces.contested(dispute, delivery, subcontract, retention)}
  ${pieces.conversation(dispute, messages, names, kinds, result_of, lambda file: request.route_path('endi_ext.arbitration.file', dispute_id=dispute.id, file_id=file.id))}
  % if form:
  <section class="endi-ext-block limited_width width60">
    <h2>${_('Écrire aux deux parties')}</h2>
    ${form|n}
  </section>
  % endif
  <section class="data_display endi-ext-block">
    <h2>${_('Historique')}</h2>
    ${parts.history(events, step_of)}
  </section>
</div>
</%block>
