"""What disputes are about, a delivery or what is held back of one: outcomes read, then applied to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..exchanges import retention as exchange_retention
from ..exchanges import service as exchanges
from ..exchanges.models import Exchange, Retention
from ..exchanges.rules import MoreThanHeld
from ..kernel.history import Act
from . import acceptances, deliveries, dispute_messages, steps, workflow
from .dispute_messages import Outcome
from .dispute_models import Dispute, DisputeMessage, DisputePart
from .dispute_steps import DELIVERY, KEPT, RELEASED, RELEASED_IN_PART, WITHDRAWN
from .models import Delivery


@dataclass(frozen=True)
class Wanted:
    """An outcome by its name: the parts of a delivery it accepts, or what it lets go of a retention."""

    name: str
    parts: Sequence[DisputePart] = ()
    amount_cents: int | None = None

    def same_as(self, message: DisputeMessage) -> bool:
        """Say whether a message proposes just this."""
        mine, theirs = (dispute_messages.shares_of(parts)[0] for parts in (self.parts, message.parts))
        return (mine, self.amount_cents) == (theirs, message.amount_cents)


def wanted(session: Session, dispute: Dispute, outcome: Outcome) -> Wanted:
    """Return an outcome as it would be applied.

    Raises MoreThanClaimed, RefusalMissing, NotDivisible, MoreThanHeld.
    """
    if dispute.subject == DELIVERY:
        return Wanted(*dispute_messages.parts_of(_delivery(session, dispute), outcome))
    _exchange, retention = _held(session, dispute)
    cents = retention.remaining_cents if outcome.release_cents is None else outcome.release_cents
    if not 0 <= cents <= retention.remaining_cents:
        raise MoreThanHeld(amount_cents=cents, held_cents=retention.remaining_cents)
    if not cents:
        return Wanted(KEPT, amount_cents=0)
    return Wanted(RELEASED if cents == retention.remaining_cents else RELEASED_IN_PART, amount_cents=cents)


def conclude(session: Session, dispute: Dispute, read: DisputeMessage, act: Act) -> int:
    """Apply what both sides agreed upon; return what goes to the seller.

    Raises what acceptances.conclude and exchanges.retention.release do.
    """
    if dispute.subject != DELIVERY:
        return _let_go(session, dispute, int(read.amount_cents), workflow.BOOKS, read.text, act)
    delivery = _delivery(session, dispute)
    if read.outcome == WITHDRAWN:
        deliveries.abandon(session, delivery, reason=read.text, act=act)
        return 0
    accepted, refusals = dispute_messages.shares_of(read.parts)
    acceptances.conclude(
        session, delivery, accepted=accepted, refusals=refusals, accepted_on=act.today, act=act
    )
    return int(delivery.accepted_cents)


def decide(session: Session, dispute: Dispute, outcome: Wanted, reason: str, act: Act) -> int:
    """Apply what the arbiter decided; return what goes to the seller.

    Raises what acceptances.arbitrate and exchanges.retention.release do.
    """
    if dispute.subject != DELIVERY:
        return _let_go(session, dispute, outcome.amount_cents or 0, workflow.ARBITER, reason, act)
    delivery = _delivery(session, dispute)
    if outcome.name == WITHDRAWN:
        deliveries.dismiss(session, delivery, reason=reason, act=act)
        return 0
    accepted, refusals = dispute_messages.shares_of(outcome.parts)
    acceptances.arbitrate(
        session,
        delivery,
        accepted=accepted,
        refusals=refusals,
        reason=reason,
        accepted_on=act.today,
        act=act,
    )
    return int(delivery.accepted_cents)


def delivery_of(session: Session, dispute: Dispute) -> Delivery:
    """Return the delivery a dispute is about, or whose retention it is about."""
    if dispute.subject == DELIVERY:
        chosen = Delivery.id == dispute.subject_id
    else:
        of_retention = select(Retention.exchange_id).where(Retention.id == dispute.subject_id)
        chosen = Delivery.exchange_id.in_(of_retention)
    return session.execute(select(Delivery).where(chosen)).scalars().one()


def retention_of(session: Session, dispute: Dispute) -> Retention | None:
    """Return the retention a dispute is about, if it is about one."""
    return None if dispute.subject == DELIVERY else session.get(Retention, dispute.subject_id)


def _delivery(session: Session, dispute: Dispute) -> Delivery:
    found: Delivery = steps.lock(session, Delivery, dispute.subject_id)
    return found


def _held(session: Session, dispute: Dispute) -> tuple[Exchange, Retention]:
    """Return what is held and its exchange, locked in the order in which everybody locks them."""
    of_retention = select(Retention.exchange_id).where(Retention.id == dispute.subject_id)
    exchange = exchanges.locked(session, session.execute(of_retention).scalar_one())
    retention = exchange_retention.of_exchange(session, exchange, lock=True)
    assert retention is not None, "a retention is never deleted"
    return exchange, retention


def _let_go(session: Session, dispute: Dispute, cents: int, role: str, reason: str, act: Act) -> int:
    """Let go what is due to the seller; what is kept stays opposed, hence held."""
    if cents:
        exchange, _retention = _held(session, dispute)
        exchange_retention.release(
            session, exchange, on=act.today, act=act, role=role, cents=cents, reason=reason
        )
    return cents
