"""How a tender ends: the deposit, what became of the lots, the agreements made of the shares."""

from typing import Any

from ...tenders import agreements, outcomes, workflow
from .. import states, tender_states
from ..i18n import _
from ..views.tender_agreements import deal_of, shown_to
from . import Button, Note, Panel

TEMPLATE = "endi_ext:web/templates/panels/tender_outcome.mako"
WAITS = _("L’offre est déposée : notez le résultat dès que l’acheteur l’annonce.")
TO_SEND = _("Gagné ! Il reste à préparer les accords de l’équipe.")
SHOWN = (workflow.ANSWERING, workflow.SUBMITTED, workflow.WON, workflow.LOST, workflow.ABANDONED)


def panel(context: Any, request: Any) -> Panel | None:
    """Show how it ends, to those of the team."""
    tender, session = context.tender, request.dbsession
    if context.role == workflow.GUEST or tender.state not in SHOWN:
        return None
    made = [one for one in agreements.of_tender(session, tender) if shown_to(context, one)]
    deal = deal_of(request, context)
    values = {
        "party": context.party,
        "tender": tender,
        "deposit": outcomes.submission_of(session, tender),
        "results": [
            (lot, tender_states.OUTCOME[lot.outcome])
            for lot in tender.lots
            if lot.answered and tender.state not in (workflow.ANSWERING, workflow.ABANDONED)
        ],
        "agreements": [(one, states.of_subcontract(one.subcontract, context.party)) for one in made],
        "deal_label": deal.label if deal else "",
        "at": context.at,
    }
    return Panel(TEMPLATE, values, buttons=_buttons(context, made), notes=_notes(context, made))


def _buttons(context: Any, made: list[Any]) -> tuple[Button, ...]:
    actions = context.actions
    if "submit" in actions:
        return (Button(context.at("submit"), _("Noter le dépôt de l’offre")),)
    if "win" in actions:
        return (Button(context.at("outcome"), _("Noter le résultat"), "btn-primary"),)
    if "send_agreements" in actions and not made:
        return (Button(context.at("agreements.send"), _("Préparer les accords"), "btn-primary"),)
    return ()


def _notes(context: Any, made: list[Any]) -> tuple[Note, ...]:
    if "win" in context.actions:
        return (Note(WAITS),)
    return (Note(TO_SEND),) if "send_agreements" in context.actions and not made else ()
