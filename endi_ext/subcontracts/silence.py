"""What happens when the buyer does not answer: the last day to answer, reminders, and what is overdue.

The terms that count are those in force when the delivery was declared. Days are those of Europe/Paris: the
day of the declaration is day zero, the answer is in time until the end of the last one.
"""

from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from ..kernel import paris
from ..kernel.errors import WrongState
from ..kernel.history import Act, remember
from ..kernel.parties import Party
from ..ledger.models import CLOSED, Period
from . import steps, workflow
from .models import Delivery, DeliveryLine, Subcontract, SubcontractLine, SubcontractVersion

# Where silence accepts, nobody should learn it too late: the buyer is reminded this long before.
REMINDED_BEFORE = timedelta(days=2)


def version_of(delivery: Delivery) -> SubcontractVersion:
    """Return the version that was in force when the delivery was declared."""
    return delivery.lines[0].line.version


def answer_by(delivery: Delivery) -> date | None:
    """Return the last day to answer; none when the agreement sets no delay."""
    days = version_of(delivery).silence_days
    if days is None:
        return None
    return paris.day_of(delivery.created_at) + timedelta(days=days)


def accepts(delivery: Delivery) -> bool:
    """Say whether the agreement takes silence for an acceptance."""
    version = version_of(delivery)
    return version.silence_days is not None and bool(version.silence_accepts)


def is_overdue(delivery: Delivery, today: date) -> bool:
    """Say whether the last day to answer is over."""
    last_day = answer_by(delivery)
    return last_day is not None and last_day < today


def to_accept(session: Session, today: date) -> list[Delivery]:
    """Return the deliveries that silence accepts, the oldest first."""
    return [one for one in _unanswered(session) if accepts(one) and is_overdue(one, today)]


def to_remind(session: Session, today: date) -> list[Delivery]:
    """Return the deliveries whose buyer is to be reminded now, the oldest first."""
    unanswered = [one for one in _unanswered(session) if one.reminded_at is None]
    return [one for one in unanswered if is_overdue(one, today + _lead(one))]


def takes_effect_on(session: Session, delivery: Delivery, today: date) -> date:
    """Return the day silence accepts: the one after the last day to answer, today if its month is closed."""
    last_day = answer_by(delivery)
    assert last_day is not None, "silence accepts nothing without a delay"
    effective = last_day + timedelta(days=1)
    month = select(Period.state).where(Period.starts_on == effective.replace(day=1))
    return today if session.execute(month).scalar_one_or_none() == CLOSED else effective


def remind(session: Session, delivery: Delivery, act: Act) -> Delivery:
    """Note that the buyer was reminded, once. Raises WrongState when it has been answered or reminded."""
    _subcontract, locked = steps.lock_delivery(session, delivery)
    if locked.state != workflow.DECLARED or locked.reminded_at is not None:
        raise WrongState(subject="delivery", action="remind", state=locked.state)
    locked.reminded_at = act.at
    remember(session, locked, "remind", act, before=locked.state, after=locked.state)
    return locked


def left_undecided(session: Session) -> list[Delivery]:
    """Return the deliveries that wait for a decision while one of their two parties has left."""
    waiting = (workflow.DECLARED, workflow.CONTESTED)
    left = or_(
        Subcontract.buyer.has(Party.active.is_(False)), Subcontract.seller.has(Party.active.is_(False))
    )
    found = select(Delivery).join(Delivery.subcontract).where(Delivery.state.in_(waiting), left)
    return list(session.execute(found.order_by(Delivery.id)).scalars())


def _lead(delivery: Delivery) -> timedelta:
    return REMINDED_BEFORE + timedelta(days=1) if accepts(delivery) else timedelta(0)


def _unanswered(session: Session) -> list[Delivery]:
    delayed = (
        select(DeliveryLine.delivery_id)
        .join(SubcontractLine, SubcontractLine.id == DeliveryLine.line_id)
        .join(SubcontractVersion, SubcontractVersion.id == SubcontractLine.version_id)
        .where(SubcontractVersion.silence_days.is_not(None))
    )
    declared = select(Delivery).where(Delivery.state == workflow.DECLARED, Delivery.id.in_(delayed))
    versions = selectinload(Delivery.lines).joinedload(DeliveryLine.line).joinedload(SubcontractLine.version)
    return list(session.execute(declared.order_by(Delivery.id).options(versions)).scalars())
