"""What a tender is about: buyer, deadline, lots, where its papers are."""

from typing import Any

from . import Panel


def panel(context: Any, request: Any) -> Panel | None:
    """Show what the buyer asks for."""
    return Panel("endi_ext:web/templates/panels/tender.mako", {"tender": context.tender})
