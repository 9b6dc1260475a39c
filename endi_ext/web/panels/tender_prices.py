"""Prices, shares and risks of a tender, for those who accepted."""

from typing import Any

from ...tenders import price_terms, splits, workflow
from ..forms.tender_prices import LIABILITIES
from ..tender_prices import names_of
from . import Panel


def panel(context: Any, request: Any) -> Panel | None:
    """Show the total of the bid, what is left to share and what each has."""
    if context.role == workflow.GUEST:
        return None
    values = {"split": _split(context, request), "team": splits.earning(context.tender)}
    return Panel("endi_ext:web/templates/panels/tender_prices.mako", values)


def exposure(context: Any, request: Any) -> Panel | None:
    """Show what the cooperative is bound for, and who goes beyond their cap, once there are prices."""
    if context.role == workflow.GUEST:
        return None
    split = _split(context, request)
    if not split.total_cents:
        return None
    values = {
        "exposure": price_terms.exposure_of(request.dbsession, context.tender, split),
        "names": names_of(context.tender),
        "liability": dict(LIABILITIES)[context.tender.liability],
    }
    return Panel("endi_ext:web/templates/panels/tender_exposure.mako", values)


def _split(context: Any, request: Any) -> splits.Split:
    return splits.split_of(request.dbsession, context.tender)
