"""The amendments of a subcontract, and the button that proposes one."""

from typing import Any

from ...subcontracts import versions, workflow
from .. import states
from ..i18n import _
from . import Button, Note, Panel

TEMPLATE = "endi_ext:web/templates/panels/amendments.mako"

YOURS = _("L’avenant n° {number} attend votre réponse.")
THEIRS = _("L’avenant n° {number} attend la réponse de {name}.")


def panel(context: Any, request: Any) -> Panel | None:
    """List the amendments with their state and what they make of the price."""
    subcontract, party = context.subcontract, context.party
    actions = workflow.subcontract_actions(subcontract, party) if context.may_act else ()
    amendments = list(subcontract.amendments)
    opened = [one for one in amendments if one.state == workflow.PROPOSED]
    if not amendments and "propose_amendment" not in actions:
        return None
    values = {
        "rows": [(one, versions.base_of(one), versions.on_the_table(one)) for one in reversed(amendments)],
        "amendment_badge": lambda one: states.of_amendment(one, party),
        "amendment_url": lambda one: context.path(
            "amendment", subcontract_id=subcontract.id, amendment_id=one.id
        ),
    }
    offered = "propose_amendment" in actions and not opened
    new = Button(context.path("amendment.new", subcontract_id=subcontract.id), _("Proposer un avenant"))
    notes = tuple(_note(one, context) for one in opened)
    return Panel(TEMPLATE if amendments else None, values, (new,) if offered else (), notes)


def _note(amendment: Any, context: Any) -> Note:
    if amendment.proposed_by_id != context.party.id:
        return Note(YOURS, {"number": amendment.number})
    return Note(THEIRS, {"number": amendment.number, "name": context.partner.name})
