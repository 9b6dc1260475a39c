"""What is held back of the deliveries of an agreement (retenues de garantie), and who lets it go when.

The row of the subcontract is locked first, as always; the exchange, its retention and the books follow.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..exchanges import posted
from ..exchanges import retention as exchange_retention
from ..exchanges import workflow as exchange_workflow
from ..exchanges.models import CANCELLED, Exchange, Retention
from ..kernel.history import Act
from ..kernel.parties import Party
from . import conditions, dispute_steps, payment_terms, steps, workflow
from .errors import NothingHeld
from .models import Delivery, Subcontract

releasable = exchange_retention.releasable


@dataclass(frozen=True)
class Held:
    """What was held back of one delivery."""

    delivery: Delivery
    exchange: Exchange
    retention: Retention


def at_acceptance(session: Session, subcontract: Subcontract, delivery: Delivery, act: Act) -> None:
    """Hold back of a delivery just accepted what the version in force says; nothing when it says nothing.

    Raises ledger.PeriodClosed.
    """
    version = steps.version(session, subcontract, subcontract.version_number)
    terms, exchange = conditions.of(version), delivery.exchange
    if not terms.retention_rate_bp:
        return
    # Read without a lock: the head of the book is ours already, and who lets go waits for it with its rows
    # locked. An acceptance our snapshot does not show costs the rounding of a cent, made good by the next.
    cents = payment_terms.retained_cents(
        terms,
        exchange.accepted_on,
        exchange.net_cents,
        accepted_before=subcontract.accepted_cents - exchange.net_cents,
        held_before=sum(held.retention.held_cents for held in of_subcontract(session, subcontract)),
    )
    if cents:
        until = payment_terms.release_on(terms)
        exchange_retention.hold(session, exchange, cents=cents, release_on=until, act=act)


def release(
    session: Session,
    delivery: Delivery,
    *,
    party: Party,
    act: Act,
    amount_cents: int | None = None,
    number: int | None = None,
) -> Retention:
    """Let go before its time what is held of a delivery, or part of it, as the buyer: it is due today.

    `number` is the release the page offered: a second click makes no other. Raises WrongState, WrongRole,
    AmountNotPositive, MoreThanHeld, ledger.PeriodClosed, ledger.SourceReused.
    """
    role, exchange = _role(session, delivery, party)
    before = _state_before(session, exchange)
    retention = exchange_retention.release(
        session, exchange, on=act.today, act=act, role=role, cents=amount_cents, number=number
    )
    dispute_steps.follow_retention(session, retention, before, by=role, act=act)
    return retention


def release_in_place(
    session: Session, exchange: Exchange, *, reason: str, on: date, act: Act, number: int | None = None
) -> Retention:
    """Let go all that is held of an exchange, as an accountant, with a reason both sides read.

    Raises WrongState, ReasonMissing, ledger.PeriodClosed.
    """
    _lock_subcontract_of(session, exchange.id)
    before = _state_before(session, exchange)
    retention = exchange_retention.release(
        session, exchange, on=on, act=act, role=workflow.ACCOUNTANT, reason=reason, number=number
    )
    dispute_steps.follow_retention(session, retention, before, by=workflow.ACCOUNTANT, act=act)
    return retention


def contest(session: Session, delivery: Delivery, *, party: Party, reason: str, act: Act) -> Retention:
    """Oppose the release, as the buyer, before its day: held until its dispute, opened here, is closed.

    Raises WrongState, WrongRole, ReasonMissing, ReleasePassed.
    """
    role, exchange = _role(session, delivery, party)
    retention = exchange_retention.contest(session, exchange, reason=reason, act=act, role=role)
    dispute_steps.oppose(session, delivery.subcontract, retention, party, reason, act)
    return retention


def lift(session: Session, delivery: Delivery, *, party: Party, act: Act) -> Retention:
    """Take one's opposition back: the release takes place at its date, at once when that has passed.

    Raises WrongState, WrongRole, ledger.PeriodClosed.
    """
    role, exchange = _role(session, delivery, party)
    before = _state_before(session, exchange)
    retention = exchange_retention.lift(session, exchange, act=act, role=role)
    dispute_steps.follow_retention(session, retention, before, by=role, act=act)
    if retention.release_on is not None and retention.release_on <= act.today:
        # It was opposed on its day: nothing became due before the opposition was taken back.
        return exchange_retention.release(session, exchange, on=act.today, act=act, role=workflow.BOOKS)
    return retention


def pronounce(session: Session, subcontract: Subcontract, *, party: Party, act: Act) -> Subcontract:
    """Pronounce the acceptance of the whole (réception), as the buyer: what waited for it is let go today.

    What is opposed stays held. Raises WrongState, WrongRole, NothingHeld, ledger.PeriodClosed.
    """
    locked = steps.lock(session, Subcontract, subcontract.id)
    steps.party_step(session, locked, "pronounce_acceptance", party, act)
    waiting = awaiting_acceptance(session, locked)
    if not waiting:
        raise NothingHeld
    for held in waiting:
        exchange_retention.release(session, held.exchange, on=act.today, act=act, role=workflow.BOOKS)
    return locked


def release_due(session: Session, retention: Retention, act: Act) -> Retention:
    """Let go what is held beyond its date: as of that date or, when that month is closed, as of today.

    Done by the daily duties for each of `releasable`. Raises WrongState (opposed or let go meanwhile),
    ledger.PeriodClosed.
    """
    _lock_subcontract_of(session, retention.exchange_id)
    return exchange_retention.release_due(session, retention.exchange, act)


def of_subcontract(session: Session, subcontract: Subcontract) -> Sequence[Held]:
    """Return what was held back of each delivery that stands, in their order, let go or not."""
    rows = (
        select(Delivery, Exchange, Retention)
        .join(Exchange, Exchange.id == Delivery.exchange_id)
        .join(Retention, Retention.exchange_id == Exchange.id)
        .where(Delivery.subcontract_id == subcontract.id, Exchange.state != CANCELLED)
        .order_by(Delivery.number)
    )
    return [Held(*row) for row in session.execute(rows)]


def awaiting_acceptance(session: Session, subcontract: Subcontract) -> Sequence[Held]:
    """Return what is held until the acceptance of the whole is pronounced, and not opposed."""
    every = of_subcontract(session, subcontract)
    state = exchange_retention.HELD
    return [held for held in every if held.retention.release_on is None and held.retention.state == state]


def actions(subcontract: Subcontract, held: Held, party: Party, today: date) -> tuple[str, ...]:
    """Return what `party` may do now with what is held of a delivery."""
    role = workflow.side_of(subcontract, party)
    allowed = exchange_workflow.RETENTION.allowed(str(held.retention.state), role)
    passed = held.retention.release_on is not None and held.retention.release_on <= today
    return tuple(action for action in allowed if not (passed and action == "contest"))


def _role(session: Session, delivery: Delivery, party: Party) -> tuple[str, Exchange]:
    """Return the side of `party` and the exchange of the delivery, the subcontract locked."""
    subcontract, locked = steps.lock_delivery(session, delivery)
    if locked.exchange is None:
        raise NothingHeld
    return workflow.side_of(subcontract, party), locked.exchange


def _state_before(session: Session, exchange: Exchange) -> str:
    """Return the state of what is held, as it is now: the subcontract is locked."""
    retention = exchange_retention.of_exchange(session, posted.locked(session, exchange.id), lock=True)
    return "" if retention is None else str(retention.state)


def _lock_subcontract_of(session: Session, exchange_id: int) -> None:
    of_exchange = select(Delivery.subcontract_id).where(Delivery.exchange_id == exchange_id)
    key = session.execute(of_exchange).scalar_one_or_none()
    if key is not None:
        steps.lock(session, Subcontract, key)


__all__ = [
    "Held", "actions", "at_acceptance", "awaiting_acceptance", "contest", "lift", "of_subcontract",
    "pronounce", "releasable", "release", "release_due", "release_in_place",
]  # fmt: skip
