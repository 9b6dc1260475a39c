"""Tenders of a party: their list, the page of each, and what changed being seen."""

from types import SimpleNamespace
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from ...tenders import queries, updates, workflow
from .. import countdown, paging, tender_states
from ..forms.base import act, done, page
from ..i18n import _
from ..panels import panels_of
from ..permissions import ACT, VIEW


@view_config(
    route_name="endi_ext.tenders",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/tenders.mako",
)
def listing(context: Any, request: Any) -> dict[str, Any]:
    """List the tenders a party leads, is a member of or is invited to: those under way, or those over."""
    over = request.GET.get("side") == "over"
    found = _over(context, request) if over else queries.open_of_party(request.dbsession, context.party)
    size = paging.size_of(request)
    return page(
        request,
        _("Appels d’offres"),
        found=[_row(tender, context, request) for tender in (found[:size] if over else found)],
        over=over,
        older=found[size - 1].id if over and len(found) > size else None,
    )


def _over(context: Any, request: Any) -> list[Any]:
    before = request.GET.get("before", "")
    known = int(before) if before.isascii() and before.isdigit() and len(before) < 16 else None
    size = paging.size_of(request) + 1
    return queries.past_of_party(request.dbsession, context.party, before=known, size=size)


def _row(tender: Any, context: Any, request: Any) -> SimpleNamespace:
    now = countdown.now_of(request)
    waits = tender.deadline is not None and tender.state in workflow.UNDER_WAY
    return SimpleNamespace(
        tender=tender,
        badge=tender_states.of_tender(tender, context.party),
        left=countdown.until(tender.deadline, now) if waits else None,
        answered=sum(lot.answered for lot in tender.lots),
        leads=tender.lead_id == context.party.id,
    )


@view_config(
    route_name="endi_ext.tender",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/tender.mako",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show a tender: the sections of web/panels."""
    return page(
        request,
        "{subject}",
        subject=context.tender.title,
        badge=tender_states.of_tender(context.tender, context.party),
        panels=panels_of("tender", context, request),
    )


@view_config(route_name="endi_ext.tender.seen", request_method="POST", permission=ACT, require_csrf=True)
def see(context: Any, request: Any) -> HTTPSeeOther:
    """Note that the reader's party has seen what a newer notice changed."""
    updates.see(request.dbsession, context.tender, party=context.party, act=act(request))
    return done(request, context.url, _("C’est noté : vous avez vu ce qui a changé."))
