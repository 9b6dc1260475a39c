"""A delivery read as a progress claim (situation de travaux): the whole contract, before, this time, since.

Every line of the version that was in force when it was declared is there, with what other deliveries that
stood then had already taken.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from . import silence, terms, workflow
from .models import Delivery, DeliveryLine, SubcontractLine


@dataclass(frozen=True)
class Progress:
    """How far something is: before this delivery, what it claims, and what was accepted of that.

    Quantities of a total mean nothing: only its cents count.
    """

    agreed_thousandths: int
    agreed_cents: int
    previous_thousandths: int
    previous_cents: int
    claimed_thousandths: int
    claimed_cents: int
    accepted_thousandths: int | None = None
    accepted_cents: int | None = None

    @property
    def reached_thousandths(self) -> int:
        """How much is done with this delivery: with what was accepted of it once that is decided."""
        counted = self.accepted_thousandths
        return self.previous_thousandths + (self.claimed_thousandths if counted is None else counted)

    @property
    def reached_cents(self) -> int:
        """What is done with this delivery is worth."""
        counted = self.accepted_cents
        return self.previous_cents + (self.claimed_cents if counted is None else counted)

    @property
    def remaining_thousandths(self) -> int:
        """How much remains to be done."""
        return self.agreed_thousandths - self.reached_thousandths

    @property
    def remaining_cents(self) -> int:
        """What remains is worth."""
        return self.agreed_cents - self.reached_cents

    @property
    def reached_permille(self) -> int:
        """How far it is, in tenths of a percent of its price."""
        return terms.permille_of(self.reached_cents, self.agreed_cents)


@dataclass(frozen=True, kw_only=True)
class Row(Progress):
    """One line of the contract, with what the delivery says of it, if anything."""

    line: SubcontractLine
    part: DeliveryLine | None = None

    @property
    def reached_permille(self) -> int:
        """How far it is, in tenths of a percent of its quantity."""
        return terms.permille_of(self.reached_thousandths, self.agreed_thousandths)


@dataclass(frozen=True)
class Situation:
    """The lines of a progress claim and their total."""

    rows: Sequence[Row]
    total: Progress


def situation(session: Session, delivery: Delivery) -> Situation:
    """Return a delivery as the progress claim it is."""
    before = taken_before(session, delivery)
    parts = {part.line.key: part for part in delivery.lines}
    lines = silence.version_of(delivery).lines
    rows = [_row(line, parts.get(line.key), *before.get(line.key, (0, 0))) for line in lines]
    decided = delivery.accepted_cents is not None
    return Situation(rows, _total(rows, decided=decided))


def _row(
    line: SubcontractLine, part: DeliveryLine | None, previous_thousandths: int, previous_cents: int
) -> Row:
    return Row(
        line=line,
        part=part,
        agreed_thousandths=line.quantity_thousandths,
        agreed_cents=line.total_cents,
        previous_thousandths=part.previous_thousandths if part else previous_thousandths,
        previous_cents=previous_cents,
        claimed_thousandths=part.quantity_thousandths if part else 0,
        claimed_cents=part.net_cents if part else 0,
        accepted_thousandths=part.accepted_thousandths if part else None,
        accepted_cents=part.accepted_cents if part else None,
    )


def _total(rows: Iterable[Row], *, decided: bool) -> Progress:
    def sum_of(name: str) -> int:
        return sum(getattr(row, name) or 0 for row in rows)

    return Progress(
        agreed_thousandths=0,
        agreed_cents=sum_of("agreed_cents"),
        previous_thousandths=0,
        previous_cents=sum_of("previous_cents"),
        claimed_thousandths=0,
        claimed_cents=sum_of("claimed_cents"),
        accepted_cents=sum_of("accepted_cents") if decided else None,
    )


def taken_before(session: Session, delivery: Delivery) -> dict[int, tuple[int, int]]:
    """Return by key of line what the deliveries that stood when this one was declared had taken."""
    earlier = (
        select(Delivery)
        .where(Delivery.subcontract_id == delivery.subcontract_id, Delivery.number < delivery.number)
        .options(selectinload(Delivery.lines).joinedload(DeliveryLine.line))
    )
    taken: dict[int, tuple[int, int]] = {}
    for other in session.execute(earlier).scalars():
        for part in other.lines:
            thousandths, cents = _held(part, other, delivery)
            so_far = taken.get(part.line.key, (0, 0))
            taken[part.line.key] = (so_far[0] + thousandths, so_far[1] + cents)
    return taken


def _held(part: DeliveryLine, other: Delivery, delivery: Delivery) -> tuple[int, int]:
    decided_before = other.decided_at is not None and other.decided_at <= delivery.created_at
    if other.state in (workflow.WITHDRAWN, workflow.REVERSED) and decided_before:
        return 0, 0
    if other.state == workflow.REVERSED or (other.state == workflow.ACCEPTED and decided_before):
        return part.accepted_thousandths, part.accepted_cents
    return part.quantity_thousandths, part.net_cents
