"""What happened to a subcontract and to everything that hangs on it, oldest first."""

from typing import Any

from ...subcontracts import queries
from .. import states
from . import Panel

TEMPLATE = "endi_ext:web/templates/panels/history.mako"


def panel(context: Any, request: Any) -> Panel:
    """Tell who did what, when and why."""
    subcontract = context.subcontract
    values = {
        "subcontract": subcontract,
        "events": queries.history(request.dbsession, subcontract),
        "step_of": states.step_of,
    }
    return Panel(TEMPLATE, values)
