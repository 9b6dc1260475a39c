"""The agreement of a subcontract: what is on the table or in force, who signed it, how one answers."""

from typing import Any

from ...subcontracts import versions, workflow
from ...subcontracts.terms import CONTRACT, FRAME
from ..i18n import _
from ..terms_diff import SAME, conditions_of, line_changes
from . import Button, Note, Panel

TEMPLATE = "endi_ext:web/templates/panels/agreement.mako"

IN_FORCE = (workflow.AGREED, workflow.COMPLETED, workflow.CLOSED)

ANSWERS = (
    ("counter", _("Répondre avec des changements"), ""),
    ("decline", _("Refuser"), "negative"),
    ("withdraw", _("Retirer ma proposition"), "negative"),
)

HEADINGS = {
    (CONTRACT, False): _("La proposition"),
    (CONTRACT, True): _("L’accord"),
    (FRAME, False): _("L’accord-cadre proposé"),
    (FRAME, True): _("L’accord-cadre"),
}


def panel(context: Any, request: Any) -> Panel:
    """Show what is proposed with what changed, or what was agreed with how far it is."""
    subcontract = context.subcontract
    version = subcontract.version
    # Once both have signed, what counts is what they signed.
    proposed = subcontract.state == workflow.PROPOSED
    previous = versions.before(version) if proposed else None
    in_force = subcontract.state in IN_FORCE
    values = {
        "subcontract": subcontract,
        "version": version,
        "heading": HEADINGS[subcontract.kind, in_force],
        "delivered": in_force and subcontract.kind != FRAME,
        "version_url": lambda one: context.path(
            "subcontract.version", subcontract_id=subcontract.id, version_number=one.number
        ),
        "subcontract_url": lambda one: context.path("subcontract", subcontract_id=one.id),
        **terms_shown(version, previous, request),
    }
    return Panel(TEMPLATE, values, _buttons(context), _notes(context, request))


def terms_shown(version: Any, previous: Any, request: Any) -> dict[str, Any]:
    """Return what terms.mako shows of a version: its lines and conditions, beside those of the one before."""
    changes = line_changes(previous.lines if previous else version.lines, version.lines)
    conditions = conditions_of(version, previous, request.endi_ext)
    changed = any(change.kind != SAME for change in changes) or any(one.before for one in conditions)
    return {"previous": previous, "changes": changes, "conditions": conditions, "changed": changed}


def _buttons(context: Any) -> tuple[Button, ...]:
    subcontract = context.subcontract
    actions = workflow.subcontract_actions(subcontract, context.party) if context.may_act else ()

    def url(action: str) -> str:
        return str(context.path(f"subcontract.{action}", subcontract_id=subcontract.id))

    read = (("version", subcontract.version_number),)
    sign = Button(url("accept"), _("Accepter et signer"), "btn-primary", posts=True, hidden=read)
    answers = tuple(Button(url(action), label, css) for action, label, css in ANSWERS if action in actions)
    return ((sign,) if "accept" in actions else ()) + answers


def _notes(context: Any, request: Any) -> tuple[Note, ...]:
    subcontract = context.subcontract
    if subcontract.state != workflow.PROPOSED:
        return ()
    version = subcontract.version
    proposer, by = version.proposed_by, request.endi_ext.day(version.answer_by) if version.answer_by else None
    if proposer.id != context.party.id:
        waits = Note(_("{name} attend votre réponse."), {"name": proposer.name})
    else:
        waits = Note(_("{name} doit répondre."), {"name": context.partner.name})
    return (waits, Note(_("Dernier jour pour répondre : le {day}."), {"day": by})) if by else (waits,)
