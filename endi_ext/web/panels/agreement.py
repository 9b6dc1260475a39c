"""The agreement of a subcontract: what is on the table or in force, and how one answers."""

from typing import Any

from ...subcontracts import workflow
from ..i18n import _
from ..terms_diff import SAME, line_changes
from . import Button, Note, Panel

TEMPLATE = "endi_ext:web/templates/panels/agreement.mako"


def panel(context: Any, request: Any) -> Panel:
    """Show what is proposed with what changed, or what was agreed with how far it is."""
    subcontract = context.subcontract
    versions = {version.number: version for version in subcontract.versions}
    version = subcontract.version
    # Once both have signed, what counts is what they signed.
    previous = versions.get(version.number - 1) if subcontract.state == workflow.PROPOSED else None
    changes = line_changes(previous.lines if previous else version.lines, version.lines)
    values = {
        "subcontract": subcontract,
        "version": version,
        "previous": previous,
        "changes": changes,
        "changed": any(change.kind != SAME for change in changes),
        "in_force": subcontract.state in IN_FORCE,
    }
    return Panel(TEMPLATE, values, _buttons(context), _notes(context))


IN_FORCE = (workflow.AGREED, workflow.COMPLETED, workflow.CLOSED)

ANSWERS = (
    ("counter", _("Répondre avec des changements"), ""),
    ("decline", _("Refuser"), "negative"),
    ("withdraw", _("Retirer ma proposition"), "negative"),
)


def _buttons(context: Any) -> tuple[Button, ...]:
    subcontract = context.subcontract
    actions = workflow.subcontract_actions(subcontract, context.party) if context.may_act else ()

    def url(action: str) -> str:
        return str(context.path(f"subcontract.{action}", subcontract_id=subcontract.id))

    read = (("version", subcontract.version_number),)
    sign = Button(url("accept"), _("Accepter"), "btn-primary", posts=True, hidden=read)
    answers = tuple(Button(url(action), label, css) for action, label, css in ANSWERS if action in actions)
    return ((sign,) if "accept" in actions else ()) + answers


def _notes(context: Any) -> tuple[Note, ...]:
    subcontract = context.subcontract
    if subcontract.state != workflow.PROPOSED:
        return ()
    proposer = subcontract.version.proposed_by
    if proposer.id != context.party.id:
        return (Note(_("{name} attend votre réponse."), {"name": proposer.name}),)
    return (Note(_("{name} doit répondre."), {"name": context.partner.name}),)
