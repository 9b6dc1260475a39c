"""The buttons that open the papers of a page."""

from typing import Any

from ..i18n import _
from . import Button, Panel


def of_subcontract(context: Any, request: Any) -> Panel:
    """Open the agreement, or what is on the table, as PDF."""
    return Panel(buttons=(Button(_path(context, "subcontract"), _("Accord (PDF)")),))


def of_delivery(context: Any, request: Any) -> Panel:
    """Open the delivery as the claim it is."""
    address = _path(context, "delivery", delivery_id=context.delivery.id)
    return Panel(buttons=(Button(address, _("Situation (PDF)")),))


def _path(context: Any, subject: str, **ids: Any) -> str:
    return str(context.path(f"{subject}.paper", subcontract_id=context.subcontract.id, **ids))
