"""The way to the timeline of an agreement."""

from typing import Any

from ..i18n import _
from . import Button, Panel


def panel(context: Any, request: Any) -> Panel:
    """Lead to who did what, when, for how much, and to what is to come."""
    url = context.path("timeline", subcontract_id=context.subcontract.id)
    return Panel(buttons=(Button(url, _("Chronologie")),))
