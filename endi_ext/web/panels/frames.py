"""What is ordered on a frame agreement, and the form that orders in one click."""

from typing import Any

from ...subcontracts import frames, workflow
from ...subcontracts.terms import FRAME
from .. import states
from ..forms import frames as forms
from ..forms.base import act, form_of
from ..i18n import _
from . import Panel

TEMPLATE = "endi_ext:web/templates/panels/frame.mako"


def panel(context: Any, request: Any) -> Panel | None:
    """Offer to order, list what was ordered."""
    frame, party = context.subcontract, context.party
    if frame.kind != FRAME:
        return None
    actions = workflow.subcontract_actions(frame, party) if context.may_act else ()
    orders = frames.call_offs_of(request.dbsession, frame)
    values = {
        "orders": orders,
        "order_form": _form(context, request) if "call_off" in actions else None,
        "order_badge": lambda order: states.of_subcontract(order, party),
        "order_url": lambda order: context.path("subcontract", subcontract_id=order.id),
        "end_url": context.path("subcontract.end", subcontract_id=frame.id) if "end" in actions else None,
    }
    return Panel(TEMPLATE, values)


def _form(context: Any, request: Any) -> str:
    frame = context.subcontract
    form = form_of(request, forms.order_schema(frame.version.lines), button=_("Commander"))
    form.action = context.path("subcontract.call_off", subcontract_id=frame.id)
    return str(form.render(forms.usual_order(frame.version, act(request).today)))
