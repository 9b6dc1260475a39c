"""The dossier on the page of a tender: how many things to look at, and the way to its documents."""

from typing import Any

from ...tenders import readiness, workflow
from ..dossier_page import bid_of
from . import Panel


def panel(context: Any, request: Any) -> Panel | None:
    """Say how far the dossier is; a guest does not see it."""
    if context.role == workflow.GUEST:
        return None
    bid = bid_of(context, request)
    count = (
        len(readiness.findings(request.dbsession, bid)) if context.tender.state in workflow.UNDER_WAY else 0
    )
    values = {"url": context.at("dossier"), "zip_url": context.at("dossier.zip"), "bid": bid, "count": count}
    return Panel("endi_ext:web/templates/panels/tender_dossier.mako", values)
