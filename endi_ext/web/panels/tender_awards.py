"""What contracts like those of a tender were awarded for: a help to decide."""

from typing import Any

from ...tenders import award_prices, workflow
from . import Panel

TEMPLATE = "endi_ext:web/templates/panels/tender_awards.mako"


def panel(context: Any, request: Any) -> Panel | None:
    """Show the middle prices of comparable contracts, where some are known, to those of the team."""
    if context.role == workflow.GUEST:
        return None
    prices = award_prices.price_ranges(request.dbsession, award_prices.codes_of(context.tender))
    return Panel(TEMPLATE, {"prices": prices, "url": context.at("awards")}) if prices else None
