"""Disputes read: of a delivery, of a subcontract, those submitted to arbitration."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from ..kernel.history import Event, history_of
from . import workflow
from .dispute_models import Dispute, DisputeMessage, DisputePart
from .models import Delivery, DeliveryLine, Subcontract

MOST_ENDED = 50


def of_subcontract(session: Session, subcontract: Subcontract) -> Sequence[Dispute]:
    """Return the disputes of a subcontract, the newest first."""
    statement = select(Dispute).where(Dispute.subcontract_id == subcontract.id).order_by(Dispute.id.desc())
    return list(session.execute(statement).scalars())


def of_delivery(session: Session, delivery: Delivery) -> Dispute | None:
    """Return the dispute of a delivery, if it was contested."""
    statement = select(Dispute).where(Dispute.subject == "delivery", Dispute.subject_id == delivery.id)
    return session.execute(statement.order_by(Dispute.id.desc())).scalars().first()


def conversation(session: Session, dispute: Dispute) -> Sequence[DisputeMessage]:
    """Return what was said, oldest first, with the outcomes and the names of the files."""
    statement = (
        select(DisputeMessage)
        .where(DisputeMessage.dispute_id == dispute.id)
        .options(
            selectinload(DisputeMessage.files),
            selectinload(DisputeMessage.parts)
            .joinedload(DisputePart.delivery_line)
            .joinedload(DeliveryLine.line),
        )
    )
    return list(session.execute(statement.order_by(DisputeMessage.number)).scalars())


# What ends a dispute is told once: by the delivery that is accepted or taken back, but by the dispute when
# both sides agreed.
TOLD_BY_THE_OTHER = {
    "delivery": ("conclude", "abandon"),
    "dispute": ("accept", "withdraw", "decide", "close"),
}


def steps_of(session: Session, dispute: Dispute, delivery: Delivery) -> list[Event]:
    """Return what happened to the delivery and to its dispute, but for messages, oldest first."""
    events = [one for one in history_of(session, dispute) if one.action != "write"]
    if dispute.subject == "delivery":
        both = history_of(session, delivery) + events
        events = [one for one in both if one.action not in TOLD_BY_THE_OTHER[str(one.subject)]]
    return sorted(events, key=lambda event: (event.at, event.id))


def to_arbitrate(session: Session) -> Sequence[Dispute]:
    """Return the disputes that wait for an arbiter's decision, the oldest first."""
    waiting = _with_names().where(Dispute.state == workflow.ARBITRATION)
    return list(session.execute(waiting.order_by(Dispute.arbitration_at, Dispute.id)).scalars())


def arbitrated(session: Session, *, most: int = MOST_ENDED) -> Sequence[Dispute]:
    """Return the disputes that were submitted to arbitration and are over, the newest first."""
    over = _with_names().where(Dispute.state == workflow.CLOSED, Dispute.arbitration_at.is_not(None))
    return list(session.execute(over.order_by(Dispute.id.desc()).limit(most)).scalars())


def _with_names() -> Any:
    subcontract = joinedload(Dispute.subcontract)
    return select(Dispute).options(
        subcontract.joinedload(Subcontract.buyer), subcontract.joinedload(Subcontract.seller)
    )
