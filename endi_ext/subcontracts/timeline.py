"""The life of an agreement: what was signed, claimed, accepted, paid and let go, and what is to come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from ..exchanges.models import CANCELLED, Exchange, Retention, Settlement
from ..exchanges.paper_models import Reduction
from ..kernel.history import Event
from . import workflow
from .models import Amendment, Delivery, Subcontract, SubcontractVersion

WORK_DUE, FALLS_DUE, RETENTION_ENDS = "work_due", "falls_due", "retention_ends"

# What an exchange says of itself that its delivery has said already.
TOLD_TWICE = {("exchange", "recorded"), ("exchange", "reversed"), ("delivery", "remind")}


@dataclass(frozen=True)
class Moment:
    """Something that happened: its event, the delivery it is about if there is one, and the sum at stake."""

    event: Event
    delivery_number: int | None
    cents: int | None


@dataclass(frozen=True)
class Milestone:
    """Something to come, on a day."""

    on: date
    kind: str
    delivery_number: int | None
    cents: int | None


def moments(session: Session, subcontract: Subcontract) -> list[Moment]:
    """Return what happened, oldest first."""
    deliveries = {delivery.id: delivery for delivery in subcontract.deliveries}
    by_exchange = {one.exchange_id: one for one in deliveries.values() if one.exchange_id is not None}
    sums = _Sums(session, subcontract, sorted(by_exchange))
    found = []
    for event in _events(session, subcontract, deliveries, by_exchange):
        about = {"delivery": deliveries, "exchange": by_exchange}.get(event.subject, {}).get(event.subject_id)
        found.append(Moment(event, about.number if about else None, sums.of(event, about)))
    return found


def milestones(session: Session, subcontract: Subcontract, today: date) -> list[Milestone]:
    """Return what is to come from `today` on: the end of the work, what falls due, what is let go."""
    found = []
    if subcontract.state == workflow.AGREED:
        found.append(Milestone(subcontract.version.due_on, WORK_DUE, None, None))
    keys = [delivery.exchange_id for delivery in subcontract.deliveries if delivery.exchange_id is not None]
    rows = (
        select(Exchange, Retention, Delivery.number)
        .join(Delivery, Delivery.exchange_id == Exchange.id)
        .outerjoin(Retention, Retention.exchange_id == Exchange.id)
        .where(Exchange.id.in_(keys), Exchange.state != CANCELLED)
    )
    for exchange, held, number in session.execute(rows):
        if exchange.due_cents and exchange.due_on:
            found.append(Milestone(exchange.due_on, FALLS_DUE, number, exchange.due_cents))
        if held is not None and held.remaining_cents and held.release_on:
            found.append(Milestone(held.release_on, RETENTION_ENDS, number, held.remaining_cents))
    to_come = [one for one in found if one.on >= today]
    return sorted(to_come, key=lambda one: (one.on, one.kind, one.delivery_number or 0))


def _events(
    session: Session,
    subcontract: Subcontract,
    deliveries: Iterable[int],
    exchanges: Iterable[int],
) -> list[Event]:
    amendments = select(Amendment.id).where(Amendment.subcontract_id == subcontract.id)
    subjects = {
        "subcontract": (subcontract.id,),
        "amendment": tuple(session.execute(amendments).scalars()),
        "delivery": tuple(deliveries),
        "exchange": tuple(exchanges),
    }
    of_it = or_(
        *(and_(Event.subject == name, Event.subject_id.in_(ids)) for name, ids in subjects.items() if ids)
    )
    rows = session.execute(select(Event).where(of_it).order_by(Event.at, Event.id)).scalars()
    return [event for event in rows if (event.subject, event.action) not in TOLD_TWICE]


class _Sums:
    """The sum at stake in an event: events hold none, so it is read where the same act wrote it."""

    def __init__(self, session: Session, subcontract: Subcontract, exchange_ids: Sequence[int]) -> None:
        self._versions = {version.created_at: version for version in subcontract.versions}
        self._in_force = _signed(subcontract)
        paid = select(Settlement).where(Settlement.exchange_id.in_(exchange_ids))
        self._paid, self._unpaid = {}, {}
        for one in session.execute(paid).scalars():
            self._paid[one.exchange_id, one.recorded_at] = one.amount_cents
            self._unpaid[one.exchange_id, one.reversed_at] = one.amount_cents
        held = select(Retention).where(Retention.exchange_id.in_(exchange_ids))
        self._held = {one.exchange_id: one.held_cents for one in session.execute(held).scalars()}
        reduced = select(Reduction).where(Reduction.exchange_id.in_(exchange_ids))
        self._reduced = {
            (one.exchange_id, one.recorded_at): one.amount_cents for one in session.execute(reduced).scalars()
        }

    def of(self, event: Event, delivery: Delivery | None) -> int | None:
        """Return the sum at stake, or none where there is none."""
        if delivery is not None and event.subject == "delivery":
            decided = event.state_after == workflow.ACCEPTED or event.action == "reverse"
            return delivery.accepted_cents if decided else delivery.net_cents
        if event.subject == "exchange":
            return self._of_exchange(event)
        if event.action in ("propose", "counter"):
            proposed = self._versions.get(event.at)
            return proposed.total_cents if proposed else None
        return self._in_force.get(event.at) if event.action == "accept" else None

    def _of_exchange(self, event: Event) -> int | None:
        place = (event.subject_id, event.at)
        return {
            "settled": self._paid.get(place),
            "settlement_reversed": self._unpaid.get(place),
            "retained": self._held.get(event.subject_id),
            "reduced": self._reduced.get(place),
        }.get(event.action)


def _signed(subcontract: Subcontract) -> dict[datetime, int]:
    """Return the price agreed upon, by the moment of the last signature of its version."""
    both: Sequence[SubcontractVersion] = [one for one in subcontract.versions if len(one.signatures) > 1]
    return {max(sign.signed_at for sign in one.signatures): int(one.total_cents) for one in both}
