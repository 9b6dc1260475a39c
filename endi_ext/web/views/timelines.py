"""The timeline of an agreement: what happened, oldest first, and what is to come."""

from typing import Any

from pyramid.view import view_config

from ...subcontracts import timeline
from .. import states
from ..forms.base import page
from ..i18n import _
from ..permissions import VIEW

TO_COME = {
    timeline.WORK_DUE: _("fin prévue du travail"),
    timeline.FALLS_DUE: _("échéance de paiement"),
    timeline.RETENTION_ENDS: _("libération de la retenue de garantie"),
}


@view_config(
    route_name="endi_ext.timeline",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/timeline.mako",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Tell the life of an agreement, with who, when and how much."""
    session, subcontract = request.dbsession, context.subcontract
    today = request.registry.endi_ext_host.clock.today()
    return page(
        request,
        _("Chronologie : {subject}"),
        subject=subcontract.title,
        subcontract=subcontract,
        moments=timeline.moments(session, subcontract),
        milestones=timeline.milestones(session, subcontract, today),
        step_of=states.step_of,
        to_come=TO_COME,
    )
