"""Disputes on the pages of what they are about: the delivery, and the subcontract while one is open."""

from types import SimpleNamespace
from typing import Any

from ...subcontracts import dispute_queries, workflow
from .. import dispute_page, states
from ..i18n import _
from . import Button, Panel

OF_DELIVERY = "endi_ext:web/templates/panels/dispute.mako"
OF_SUBCONTRACT = "endi_ext:web/templates/panels/disputes.mako"


def of_delivery(context: Any, request: Any) -> Panel | None:
    """Say where the dispute of a delivery stands."""
    dispute = dispute_queries.of_delivery(request.dbsession, context.delivery)
    if dispute is None:
        return None
    url = _url(context, dispute)
    values = {"dispute": dispute, "badge": states.of_dispute(dispute, context.role), "url": url}
    open_one = dispute.state != workflow.CLOSED
    return Panel(OF_DELIVERY, values, (Button(url, _("Ouvrir le différend")),) if open_one else ())


def of_subcontract(context: Any, request: Any) -> Panel | None:
    """List the open disputes of a subcontract."""
    found = dispute_queries.of_subcontract(request.dbsession, context.subcontract)
    rows = [
        SimpleNamespace(
            badge=states.of_dispute(dispute, context.role),
            url=_url(context, dispute),
            title=dispute_page.title(request, dispute),
            amount_cents=dispute.amount_cents,
        )
        for dispute in found
        if dispute.state != workflow.CLOSED
    ]
    return Panel(OF_SUBCONTRACT, {"rows": rows}) if rows else None


def _url(context: Any, dispute: Any) -> str:
    ids = {"subcontract_id": context.subcontract.id, "dispute_id": dispute.id}
    return str(context.path("dispute", **ids))
