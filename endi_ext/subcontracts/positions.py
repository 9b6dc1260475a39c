"""Where the money of an agreement stands: agreed, accepted, and what became of what is accepted."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from ..exchanges.models import CANCELLED, Exchange, Retention
from ..exchanges.paper_models import Reduction
from ..exchanges.retention import CONTESTED as OPPOSED
from . import workflow
from .models import Delivery, Subcontract, SubcontractVersion


@dataclass(frozen=True)
class Position:
    """The money of one agreement, in cents.

    Of what was `accepted`, less what was `credited` back since (avoirs), each cent is settled, due, waits for
    the client, is held back, or is disputed: held back beyond what was agreed, because the buyer opposes the
    release. What is `claimed` or `contested` is not accepted yet.
    """

    contract_cents: int = 0
    claimed_cents: int = 0
    contested_cents: int = 0
    accepted_cents: int = 0
    credited_cents: int = 0
    settled_cents: int = 0
    due_cents: int = 0
    awaiting_cents: int = 0
    retained_cents: int = 0
    disputed_cents: int = 0

    @property
    def remaining_cents(self) -> int:
        """What is agreed and not accepted yet."""
        return self.contract_cents - self.accepted_cents

    @property
    def unpaid_cents(self) -> int:
        """What is accepted and not settled, whatever keeps it."""
        return self.due_cents + self.awaiting_cents + self.retained_cents + self.disputed_cents

    @property
    def adds_up(self) -> bool:
        """Whether no cent is lost."""
        return self.accepted_cents - self.credited_cents == self.settled_cents + self.unpaid_cents


def position(session: Session, subcontract: Subcontract) -> Position:
    """Return the position of one agreement."""
    return of_many(session, [subcontract])[int(subcontract.id)]


def of_many(session: Session, subcontracts: Iterable[Subcontract]) -> dict[int, Position]:
    """Return the positions of some agreements by their ids, in five queries however many they are."""
    ids = [int(subcontract.id) for subcontract in subcontracts]
    parts: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for amounts in (_agreed(session, ids), _claims(session, ids), _exchanged(session, ids)):
        for key, names in amounts.items():
            parts[key].update(names)
    return {key: Position(**parts[key]) for key in ids}


Amounts = dict[int, dict[str, int]]


def _agreed(session: Session, ids: list[int]) -> Amounts:
    in_force = and_(
        SubcontractVersion.subcontract_id == Subcontract.id,
        SubcontractVersion.number == Subcontract.version_number,
    )
    rows = select(Subcontract.id, SubcontractVersion.total_cents, Subcontract.accepted_cents)
    found = session.execute(rows.join(SubcontractVersion, in_force).where(Subcontract.id.in_(ids)))
    return {key: {"contract_cents": int(total), "accepted_cents": int(done)} for key, total, done in found}


def _claims(session: Session, ids: list[int]) -> Amounts:
    names = {workflow.DECLARED: "claimed_cents", workflow.CONTESTED: "contested_cents"}
    rows = (
        select(Delivery.subcontract_id, Delivery.state, func.sum(Delivery.net_cents))
        .where(Delivery.subcontract_id.in_(ids), Delivery.state.in_(tuple(names)))
        .group_by(Delivery.subcontract_id, Delivery.state)
    )
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for key, state, cents in session.execute(rows):
        found[key][names[state]] = int(cents)
    return found


def _exchanged(session: Session, ids: list[int]) -> Amounts:
    opposed = case((Retention.state == OPPOSED, Retention.held_cents - Retention.released_cents), else_=0)
    sums: list[Any] = [
        func.sum(column)
        for column in (
            Exchange.net_cents, Exchange.settled_cents, Exchange.awaiting_cents, Exchange.retained_cents,
            opposed,
        )
    ]  # fmt: skip
    rows = (
        select(Delivery.subcontract_id, *sums)
        .join(Exchange, Exchange.id == Delivery.exchange_id)
        .outerjoin(Retention, Retention.exchange_id == Exchange.id)
        .where(Delivery.subcontract_id.in_(ids), Exchange.state != CANCELLED)
        .group_by(Delivery.subcontract_id)
    )
    credited = _credited(session, ids)
    return {
        key: {**_parts(*(int(cents or 0) for cents in amounts)), "credited_cents": credited.get(key, 0)}
        for key, *amounts in session.execute(rows)
    }


def _parts(net: int, settled: int, awaiting: int, retained: int, opposed: int) -> dict[str, int]:
    return {
        "settled_cents": settled,
        "due_cents": net - settled - awaiting - retained,
        "awaiting_cents": awaiting,
        "retained_cents": retained - opposed,
        "disputed_cents": opposed,
    }


def _credited(session: Session, ids: list[int]) -> dict[int, int]:
    rows = (
        select(Delivery.subcontract_id, func.sum(Reduction.amount_cents))
        .join(Exchange, Exchange.id == Delivery.exchange_id)
        .join(Reduction, Reduction.exchange_id == Exchange.id)
        .where(Delivery.subcontract_id.in_(ids), Exchange.state != CANCELLED)
        .group_by(Delivery.subcontract_id)
    )
    return {key: int(cents) for key, cents in session.execute(rows)}
