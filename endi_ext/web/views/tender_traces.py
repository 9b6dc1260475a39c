"""One chain on one page: from the notice to the ledger entries and settlements of a line of the schedule."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.view import view_config

from ...tenders import trace
from .. import chart, shown_lines, states
from ..forms.base import page
from ..i18n import _
from ..permissions import ACCOUNT, VIEW


@view_config(
    route_name="endi_ext.tender.trace",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/tender_traces.mako",
)
def overview(context: Any, request: Any) -> dict[str, Any]:
    """Show every line of the schedule with what was agreed, accepted and settled of it."""
    found = trace.of_tender(request.dbsession, context.tender, context.party)
    names = ("agreed_cents", "accepted_cents", "settled_cents")
    return page(
        request,
        _("L’argent, ligne par ligne"),
        tender=context.tender,
        traces=found,
        price_cents=sum(int(one.line.total_cents) for one in found),
        totals={name: sum(getattr(one, name) for one in found) for name in names},
    )


@view_config(
    route_name="endi_ext.tender.trace.line",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/tender_trace.mako",
)
def line(context: Any, request: Any) -> dict[str, Any]:
    """Show the whole chain of one line."""
    session, tender, wanted = request.dbsession, context.tender, int(request.matchdict["line_id"])
    every = trace.of_tender(session, tender, context.party)
    place = next((place for place, one in enumerate(every) if one.line.id == wanted), None)
    if place is None:
        raise HTTPNotFound
    found = trace.of_line(session, tender, every[place].line, context.party)
    return page(
        request,
        _("L’argent d’une ligne : {subject}"),
        subject=found.line.description,
        tender=tender,
        trace=found,
        before=every[place - 1].line if place else None,
        after=every[place + 1].line if place + 1 < len(every) else None,
        lines_of=shown_lines.of_entry,
        titles=chart.titles(session),
        lead_member_id=next(one.id for one in tender.members if one.role == "lead"),
        keeps_books=request.has_permission(ACCOUNT),
        badge_of=lambda one: states.of_subcontract(one, context.party),
        delivery_badge=lambda one: states.of_delivery(one, context.party),
    )
