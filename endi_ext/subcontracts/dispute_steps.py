"""What opens and closes a dispute: steps of the delivery, or of the retention, it is about.

Below deliveries.py, which calls it; what one does in a dispute is in disputes.py, above.
"""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..exchanges.models import Exchange, Retention
from ..kernel.history import Act, remember
from ..kernel.parties import Party
from . import workflow
from .dispute_models import Dispute
from .models import Delivery, Subcontract

DELIVERY, RETENTION = "delivery", "retention"
ACCEPTED, IN_PART, WITHDRAWN = "accepted", "accepted_in_part", "withdrawn"
RELEASED, RELEASED_IN_PART, KEPT = "released", "released_in_part", "kept"

# What the dispute calls it when a contested delivery is accepted or withdrawn without it, and in which role.
GIVING_WAY = {
    workflow.BUYER: ("accept", workflow.BUYER),
    workflow.SELLER: ("withdraw", workflow.SELLER),
    workflow.ACCOUNTANT: ("close", workflow.BOOKS),
}
OTHER_SIDE = {workflow.BUYER: workflow.SELLER, workflow.SELLER: workflow.BUYER}


def open_dispute(
    session: Session, subcontract: Subcontract, subject: Any, amount_cents: int, party: Party, act: Act
) -> Dispute:
    """Open a dispute on what `party` has just contested; its row is locked by the caller.

    The step of what is contested is its beginning in the history, and says why.
    """
    kind = subject.__tablename__.removeprefix("endi_ext_")
    dispute = Dispute(
        subcontract=subcontract,
        subject=kind,
        subject_id=subject.id,
        open_key=f"{kind}:{subject.id}",
        opened_by=party,
        state=workflow.OPEN,
        reason="",
        amount_cents=amount_cents,
        expected=OTHER_SIDE[workflow.side_of(subcontract, party)],
        opened_at=act.at,
    )
    session.add(dispute)
    return dispute


def contest(
    session: Session, subcontract: Subcontract, delivery: Delivery, party: Party, reason: str, act: Act
) -> Dispute:
    """Open the dispute of a delivery that has just been contested."""
    dispute = open_dispute(session, subcontract, delivery, delivery.net_cents, party, act)
    dispute.reason = reason.strip()
    session.flush()  # the database refuses a second one here, before anything else is written
    return dispute


def follow(session: Session, delivery: Delivery, before: str, *, by: str, act: Act) -> None:
    """Close the dispute of a delivery that was contested `before` one side gave way.

    An accountant does it in the place of a side that left.
    """
    if before == workflow.CONTESTED:
        action, role = GIVING_WAY[by]
        dispute = open_one(session, DELIVERY, delivery.id)
        close(session, dispute, delivery, action=action, role=role, by=by, act=act)


def oppose(
    session: Session, subcontract: Subcontract, retention: Retention, party: Party, reason: str, act: Act
) -> Dispute:
    """Open the dispute of a retention whose release has just been opposed."""
    dispute = open_dispute(session, subcontract, retention, retention.remaining_cents, party, act)
    dispute.reason = reason.strip()
    session.flush()  # the database refuses a second one here
    return dispute


def follow_retention(session: Session, retention: Retention, before: str, *, by: str, act: Act) -> None:
    """Keep the dispute of a retention in step with what one side, or an accountant, did with it.

    Opposed no more, it is over; part of it let go, less is at stake.
    """
    if before != workflow.CONTESTED:
        return
    dispute = open_or_none(session, RETENTION, retention.id)
    if dispute is None:  # closed before: what was kept may still be let go later
        return
    if retention.state == workflow.CONTESTED:
        dispute.amount_cents = retention.remaining_cents
        return
    action, role = GIVING_WAY[by]
    end(session, dispute, RELEASED, dispute.amount_cents, action=action, role=role, by=by, act=act)


def drop(session: Session, exchange: Exchange, act: Act) -> None:
    """Close the dispute over the retention of an exchange an accountant reversed: nothing is held then."""
    held = select(Retention.id).where(Retention.exchange_id == exchange.id)
    retention_id = session.execute(held).scalar_one_or_none()
    dispute = open_or_none(session, RETENTION, retention_id) if retention_id else None
    if dispute is not None:
        by, role = workflow.ACCOUNTANT, workflow.BOOKS
        end(session, dispute, KEPT, 0, action="close", role=role, by=by, act=act)


def close(
    session: Session,
    dispute: Dispute,
    delivery: Delivery,
    *,
    action: str,
    role: str,
    by: str,
    act: Act,
    reason: str | None = None,
) -> Dispute:
    """Close the dispute of a delivery with what became of the delivery. Raises WrongState, WrongRole."""
    awarded_cents = delivery.accepted_cents or 0
    if not awarded_cents:
        outcome = WITHDRAWN
    else:
        outcome = ACCEPTED if awarded_cents == delivery.net_cents else IN_PART
    return end(
        session, dispute, outcome, awarded_cents, action=action, role=role, by=by, act=act, reason=reason
    )


def end(
    session: Session,
    dispute: Dispute,
    outcome: str,
    awarded_cents: int,
    *,
    action: str,
    role: str,
    by: str,
    act: Act,
    reason: str | None = None,
) -> Dispute:
    """Close a dispute with its outcome. Raises WrongState, WrongRole, ReasonMissing."""
    move(session, dispute, action, role, act, reason)
    dispute.open_key = dispute.expected = None
    dispute.outcome, dispute.awarded_cents, dispute.decided_by = outcome, awarded_cents, by
    dispute.closed_at = act.at
    return dispute


def move(
    session: Session, dispute: Dispute, action: str, role: str, act: Act, reason: str | None = None
) -> None:
    """Take one step of the workflow and remember it. Raises WrongState, WrongRole, ReasonMissing."""
    before = str(dispute.state)
    dispute.state = workflow.DISPUTE.target(before, action, role, reason)
    remember(session, dispute, action, act, before=before, after=str(dispute.state), reason=reason or None)


def open_one(session: Session, subject: str, subject_id: int) -> Dispute:
    """Return the open dispute of something contested, locked."""
    found = open_or_none(session, subject, subject_id)
    assert found is not None, "what is contested is in dispute"
    return found


def open_or_none(session: Session, subject: str, subject_id: int) -> Dispute | None:
    """Return the open dispute of something, locked, if there is one."""
    statement = select(Dispute).where(Dispute.open_key == f"{subject}:{subject_id}").with_for_update()
    return session.execute(statement.execution_options(populate_existing=True)).scalars().one_or_none()
