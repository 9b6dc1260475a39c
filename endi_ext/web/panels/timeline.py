"""The way to the timeline of an agreement."""

from typing import Any

from ..i18n import _
from . import Button, Panel


def panel(context: Any, request: Any) -> Panel:
    """Lead to who did what, when, for how much, and to what is to come."""
    return Panel(buttons=(Button(context.path("timeline", subcontract_id=context.subcontract.id), _("Chronologie")),))
