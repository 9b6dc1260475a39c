"""The money of a subcontract: where it stands, what is held back, the final account."""

from types import SimpleNamespace
from typing import Any

from ...subcontracts import final_accounts, positions, retentions, workflow
from ...subcontracts.terms import FRAME
from .. import states
from ..i18n import _
from . import Button, Note, Panel

TEMPLATE = "endi_ext:web/templates/panels/money.mako"
IN_FORCE = (workflow.AGREED, workflow.COMPLETED, workflow.CLOSED)

# What became of what was accepted, in the order one reads it; those at zero are left out, these are not.
PARTS = (
    ("settled_cents", _("Réglé")),
    ("due_cents", _("Dû")),
    ("awaiting_cents", _("En attente du client")),
    ("retained_cents", _("En retenue de garantie")),
    ("disputed_cents", _("Retenue contestée")),
    ("credited_cents", _("Repris par avoir")),
)
ALWAYS = ("settled_cents", "due_cents")


def panel(context: Any, request: Any) -> Panel | None:
    """Say where the money stands, for both sides; nothing before there is an agreement."""
    subcontract, session = context.subcontract, request.dbsession
    if subcontract.state not in IN_FORCE or subcontract.kind == FRAME:
        return None
    position = positions.position(session, subcontract)
    held = retentions.of_subcontract(session, subcontract)
    accounts = final_accounts.of_subcontract(session, subcontract)
    values = {
        "position": position,
        "amounts": amounts_of(position),
        "held": [_row(context, request, one) for one in held],
        "accounts": [
            (one, states.of_final_account(one, context.party), _account_url(context, one)) for one in accounts
        ],
    }
    buttons = _buttons(context, bool(retentions.awaiting_acceptance(session, subcontract)), accounts)
    return Panel(TEMPLATE, values, buttons, _notes(context, accounts))


def amounts_of(amounts: Any) -> list[tuple[str, int]]:
    """Return the parts of what was accepted as (marked label, cents), without those that are nothing."""
    found = [(name, label, getattr(amounts, name)) for name, label in PARTS]
    return [(label, cents) for name, label, cents in found if cents or name in ALWAYS]


def _row(context: Any, request: Any, held: retentions.Held) -> SimpleNamespace:
    """Return one line of the table of what is held, with its buttons."""
    ids = {"subcontract_id": context.subcontract.id, "delivery_id": held.delivery.id}
    today = request.registry.endi_ext_host.clock.today()
    may = retentions.actions(context.subcontract, held, context.party, today) if context.may_act else ()
    return SimpleNamespace(
        number=held.delivery.number,
        url=context.path("delivery", **ids),
        retention=held.retention,
        badge=states.of_retention(held.retention),
        release_url=context.path("retention.release", **ids) if "release" in may else None,
        contest_url=context.path("retention.contest", **ids) if "contest" in may else None,
        lift_url=context.path("retention.lift", **ids) if "lift" in may else None,
    )


def _buttons(context: Any, waiting: bool, accounts: Any) -> tuple[Button, ...]:
    subcontract = context.subcontract
    may = workflow.subcontract_actions(subcontract, context.party) if context.may_act else ()
    buttons = []
    if waiting and "pronounce_acceptance" in may:
        url = context.path("subcontract.pronounce", subcontract_id=subcontract.id)
        buttons.append(Button(url, _("Prononcer la réception"), "btn-primary"))
    if "draw_up_final_account" in may and not _on_the_table(accounts):
        url = context.path("final_account.new", subcontract_id=subcontract.id)
        buttons.append(Button(url, _("Établir le décompte général"), "" if buttons else "btn-primary"))
    read = _("Lire le décompte général")
    buttons.extend(Button(_account_url(context, one), read, "btn-primary") for one in _on_the_table(accounts))
    return tuple(buttons)


def _notes(context: Any, accounts: Any) -> tuple[Note, ...]:
    return tuple(
        Note(
            _("Vous avez établi le décompte général : {name} doit le signer."), {"name": context.partner.name}
        )
        if account.drawn_by_id == context.party.id
        else Note(
            _("{name} a établi le décompte général : à vous de le signer."), {"name": context.partner.name}
        )
        for account in _on_the_table(accounts)
    )


def _on_the_table(accounts: Any) -> list[Any]:
    return [account for account in accounts if account.state == workflow.PROPOSED]


def _account_url(context: Any, account: Any) -> str:
    return str(context.path("final_account", subcontract_id=context.subcontract.id, account_id=account.id))
