"""The deliveries of a subcontract, and the button that declares one."""

from typing import Any

from ...subcontracts import workflow
from .. import states
from ..i18n import _
from . import Button, Panel

TEMPLATE = "endi_ext:web/templates/panels/deliveries.mako"


def panel(context: Any, request: Any) -> Panel | None:
    """List what was declared, with its state."""
    subcontract, party = context.subcontract, context.party
    values = {
        "subcontract": subcontract,
        "delivery_badge": lambda delivery: states.of_delivery(delivery, party),
    }
    return Panel(TEMPLATE if subcontract.deliveries else None, values, _buttons(context))


def _buttons(context: Any) -> tuple[Button, ...]:
    subcontract = context.subcontract
    actions = workflow.subcontract_actions(subcontract, context.party) if context.may_act else ()
    remaining = any(line.remaining_thousandths for line in subcontract.version.lines)
    if "declare_delivery" not in actions or not remaining:
        return ()
    url = context.path("delivery.new", subcontract_id=subcontract.id)
    return (Button(url, _("Déclarer une livraison"), "btn-primary"),)
