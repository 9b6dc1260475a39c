"""What happened to a tender, for those who are in its team."""

from typing import Any

from ...kernel.history import history_of
from ...tenders import workflow
from .. import states
from . import Panel

TEMPLATE = "endi_ext:web/templates/panels/tender_history.mako"


def panel(context: Any, request: Any) -> Panel | None:
    """Tell who did what, when and why; a guest is not of the team yet."""
    if context.role == workflow.GUEST:
        return None
    events = history_of(request.dbsession, context.tender)
    return Panel(TEMPLATE, {"events": events, "step_of": states.step_of})
