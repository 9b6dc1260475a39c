"""What the page of a dispute shows, whoever reads it: one of its sides, or the arbiter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..subcontracts import dispute_queries, dispute_subjects, terms, workflow
from ..subcontracts.dispute_models import Dispute, DisputeMessage
from ..subcontracts.models import Delivery, DeliveryLine
from . import states
from .i18n import _

OUTCOMES = {
    "accepted": _("Tout est accepté."),
    "accepted_in_part": _("Une partie est acceptée, le reste peut être déclaré de nouveau."),
    "withdrawn": _(
        "Rien n’est accepté : la livraison est retirée, son travail peut être déclaré de nouveau."
    ),
    "released": _("Tout ce qui était retenu est libéré."),
    "released_in_part": _("Une partie est libérée, le reste est gardé."),
    "kept": _("Rien n’est libéré : tout est gardé."),
}
# How it ended, by who ended it; {name} is the side that gave way, the arbiter, or nobody.
ENDINGS = {
    "agreement": _("Les deux parties se sont mises d’accord."),
    "buyer": _("{name} a cédé."),
    "seller": _("{name} a cédé."),
    "arbiter": _("{name}, arbitre, a tranché."),
    "accountant": _("La comptabilité a décidé à la place d’une enseigne qui n’est plus active."),
}
KINDS = {
    "proposal": _("Proposition"),
    "request": _("Demande d’arbitrage"),
    "decision": _("Décision"),
}


@dataclass(frozen=True)
class Row:
    """One line of the delivery in a proposed outcome or a decision."""

    part: DeliveryLine
    accepted_thousandths: int
    accepted_cents: int
    refusal: str


@dataclass(frozen=True)
class Result:
    """What a proposal or a decision comes to."""

    words: str
    rows: Sequence[Row]
    accepted_cents: int


TITLES = {
    "delivery": _("Différend sur la livraison n° {number}"),
    "retention": _("Différend sur la retenue de garantie de la livraison n° {number}"),
}


def title(request: Any, dispute: Dispute) -> str:
    """Return what a dispute is called, in the reader's language."""
    number = delivery_of(request, dispute).number
    return str(request.endi_ext.text(TITLES[str(dispute.subject)], number=number))


def delivery_of(request: Any, dispute: Dispute) -> Delivery:
    """Return the delivery a dispute is about, or whose retention it is about."""
    return dispute_subjects.delivery_of(request.dbsession, dispute)


def shown(request: Any, dispute: Dispute, side: str, *, files: bool) -> dict[str, Any]:
    """Return what both pages show; `files` says whether the reader may open them."""
    delivery = delivery_of(request, dispute)
    messages = dispute_queries.conversation(request.dbsession, dispute)
    on_the_table = next((one for one in messages if one.number == dispute.proposal_number), None)
    return {
        "dispute": dispute,
        "subcontract": dispute.subcontract,
        "delivery": delivery,
        "retention": dispute_subjects.retention_of(request.dbsession, dispute),
        "badge": states.of_dispute(dispute, side),
        "messages": messages,
        "names": names(request, dispute),
        "kinds": KINDS,
        "result_of": result_of,
        "on_the_table": on_the_table if dispute.state != workflow.CLOSED else None,
        "ending": ENDINGS.get(str(dispute.decided_by)),
        "ended_by": _ended_by(dispute),
        "outcome": OUTCOMES.get(str(dispute.outcome)),
        "may_open_files": files,
        "events": dispute_queries.steps_of(request.dbsession, dispute, delivery),
        "step_of": states.step_of,
    }


def names(request: Any, dispute: Dispute) -> Mapping[str, str]:
    """Return what each side is called."""
    subcontract = dispute.subcontract
    return {
        "buyer": subcontract.buyer.name,
        "seller": subcontract.seller.name,
        "arbiter": request.endi_ext.text(_("arbitre")),
    }


def result_of(message: DisputeMessage) -> Result | None:
    """Return what a message proposes or decides, line by line."""
    if message.outcome is None:
        return None
    rows = [
        Row(part.delivery_line, part.accepted_thousandths, _worth(part), part.refusal)
        for part in message.parts
    ]
    total = sum(row.accepted_cents for row in rows) if message.amount_cents is None else message.amount_cents
    return Result(OUTCOMES[message.outcome], rows, total)


def _worth(part: Any) -> int:
    line = part.delivery_line
    return terms.accepted_cents(line.net_cents, line.quantity_thousandths, part.accepted_thousandths)


def _ended_by(dispute: Dispute) -> str:
    subcontract = dispute.subcontract
    sides = {"buyer": subcontract.buyer.name, "seller": subcontract.seller.name}
    return str(sides.get(str(dispute.decided_by), dispute.arbiter_name or ""))
