"""What the subcontracts still owe a month that is about to be closed."""

from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from ..kernel import paris
from ..ledger.spans import Span
from ..reconciliation.month_balances import Setting, Standing
from ..reconciliation.month_end import NOTICE, REASON, Check
from .dispute_models import Dispute
from .models import Delivery, Subcontract
from .workflow import ARBITRATION, DECLARED, OPEN

# A page names so many; the rest is counted.
SHOWN = 200


def deliveries(setting: Setting) -> Standing:
    """Return how many deliveries made by the end of the month nobody answered."""
    wanted = select(func.count(), func.sum(Delivery.net_cents)).where(
        Delivery.state == DECLARED, Delivery.delivered_on <= setting.span.ends_on
    )
    return _standing(setting.session, wanted)


def disputes(setting: Setting) -> Standing:
    """Return how many disputes opened by the end of the month are not closed."""
    wanted = select(func.count(), func.sum(Dispute.amount_cents)).where(*_open_by(setting.span))
    return _standing(setting.session, wanted)


def waiting_deliveries(session: Session, span: Span) -> list[Delivery]:
    """Return the first of the deliveries counted above, the oldest first."""
    wanted = select(Delivery).where(Delivery.state == DECLARED, Delivery.delivered_on <= span.ends_on)
    both = joinedload(Delivery.subcontract)
    wanted = wanted.options(both.joinedload(Subcontract.seller), both.joinedload(Subcontract.buyer))
    found = session.execute(wanted.order_by(Delivery.delivered_on, Delivery.id).limit(SHOWN))
    return list(found.scalars())


def open_disputes(session: Session, span: Span) -> list[Dispute]:
    """Return the first of the disputes counted above, the oldest first."""
    both = joinedload(Dispute.subcontract)
    wanted = select(Dispute).options(both.joinedload(Subcontract.seller), both.joinedload(Subcontract.buyer))
    found = session.execute(wanted.where(*_open_by(span)).order_by(Dispute.id).limit(SHOWN))
    return list(found.scalars())


CHECKS = (Check("deliveries", deliveries, REASON), Check("disputes", disputes, NOTICE))


def _standing(session: Session, wanted: Any) -> Standing:
    count, cents = session.execute(wanted).one()
    return int(count), int(cents or 0)


def _open_by(span: Span) -> tuple[Any, Any]:
    midnight = datetime.combine(span.ends_on + timedelta(days=1), time(), paris.PARIS)
    return Dispute.state.in_((OPEN, ARBITRATION)), Dispute.opened_at < midnight
