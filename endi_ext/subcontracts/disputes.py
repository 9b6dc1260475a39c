"""Disputes: both sides write, propose an outcome, agree to one; failing that see arbitration.py."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel.history import Act
from ..kernel.parties import Party
from . import (
    acceptances,
    arbitration,
    deliveries,
    dispute_messages,
    dispute_steps,
    dispute_subjects,
    retentions,
    workflow,
)
from .arbitration import ask_arbitration, decide, refuse_decision, take
from .dispute_errors import NothingSaid, ProposalChanged, SameAsOnTheTable
from .dispute_messages import Outcome, Said
from .dispute_models import Dispute, DisputeMessage
from .dispute_steps import KEPT
from .proofs import Proof

__all__ = [
    "Outcome",
    "Proof",
    "Said",
    "agree",
    "ask_arbitration",
    "decide",
    "give_way",
    "propose",
    "refuse_decision",
    "take",
    "write",
]

BOTH = "both"


def write(session: Session, dispute: Dispute, *, party: Party | None, said: Said, act: Act) -> DisputeMessage:
    """Add a message with its files, for one side; for the named arbiter when there is no `party`.

    The same request_key again returns the message made. Raises WrongState, WrongRole, NothingSaid,
    ArbiterNotNamed, NotTheArbiter, RequestKeyReused, and what dispute_files.keep does.
    """
    subcontract, locked = dispute_messages.lock(session, dispute)
    side = workflow.side_of(subcontract, party) if party else workflow.ARBITER

    def make() -> DisputeMessage:
        dispute_steps.move(session, locked, "write", side, act)
        if side == workflow.ARBITER:
            arbitration.refuse_other_arbiter(locked, act)
        if not said.text.strip() and not said.proofs:
            raise NothingSaid
        locked.expected = _whose_turn(locked, side)
        return dispute_messages.add(session, locked, side, dispute_messages.MESSAGE, said, act)

    return dispute_messages.once(session, locked, side, said, make)


def propose(
    session: Session, dispute: Dispute, *, party: Party, outcome: Outcome, said: Said, act: Act
) -> DisputeMessage:
    """Put an outcome on the table, in the place of the one that was there: the other side answers.

    Raises WrongState, WrongRole, MoreThanClaimed, RefusalMissing, NotDivisible, MoreThanHeld,
    SameAsOnTheTable, RequestKeyReused, and what dispute_files.keep does.
    """
    subcontract, locked = dispute_messages.lock(session, dispute)
    side = workflow.side_of(subcontract, party)

    def make() -> DisputeMessage:
        dispute_steps.move(session, locked, "propose", side, act)
        put = dispute_subjects.wanted(session, locked, outcome)
        known = _on_the_table(session, locked)
        if known is not None and known.side != side and put.same_as(known):
            raise SameAsOnTheTable
        facts = (put.name, put.parts, put.amount_cents)
        made = dispute_messages.add(session, locked, side, dispute_messages.PROPOSAL, said, act, *facts)
        locked.proposal_number = made.number
        locked.expected = dispute_steps.OTHER_SIDE[side]
        return made

    return dispute_messages.once(session, locked, side, said, make)


def agree(session: Session, dispute: Dispute, *, party: Party, proposal: int, act: Act) -> Dispute:
    """Agree to the outcome the other side proposed: it is applied at once and ends the dispute.

    `proposal` is the number that was read. Raises WrongState, WrongRole, ProposalChanged, and what
    acceptances.conclude does.
    """
    subcontract, locked = dispute_messages.lock(session, dispute)
    side = workflow.side_of(subcontract, party)
    workflow.DISPUTE.target(str(locked.state), "agree", side)
    read = _on_the_table(session, locked)
    if read is not None and read.side == side:
        workflow.DISPUTE.target(str(locked.state), "agree", workflow.PROPOSER)
    if read is None or read.number != proposal:
        raise ProposalChanged
    awarded_cents = dispute_subjects.conclude(session, locked, read, act)
    return dispute_steps.end(
        session, locked, str(read.outcome), awarded_cents, action="agree", role=side, by="agreement", act=act
    )


def give_way(session: Session, dispute: Dispute, *, party: Party, act: Act) -> Dispute:
    """Give way: the buyer accepts or lets go everything, the seller takes back or leaves everything.

    Raises WrongState, WrongRole, and what acceptances.accept_delivery does.
    """
    subcontract, locked = dispute_messages.lock(session, dispute)
    side = workflow.side_of(subcontract, party)
    action = "withdraw" if side == workflow.SELLER else "accept"
    workflow.DISPUTE.target(str(locked.state), action, side)
    delivery = dispute_subjects.delivery_of(session, locked)
    if side == workflow.SELLER and locked.subject == dispute_steps.RETENTION:
        return dispute_steps.end(session, locked, KEPT, 0, action=action, role=side, by=side, act=act)
    if side == workflow.SELLER:
        deliveries.withdraw_delivery(session, delivery, party=party, act=act)
    elif locked.subject == dispute_steps.RETENTION:
        retentions.lift(session, delivery, party=party, act=act)
    else:
        acceptances.accept_delivery(session, delivery, party=party, accepted_on=act.today, act=act)
    return locked


def _on_the_table(session: Session, dispute: Dispute) -> DisputeMessage | None:
    """Return the proposal that stands, even when it is younger than our snapshot."""
    if dispute.proposal_number is None:
        return None
    statement = select(DisputeMessage).where(
        DisputeMessage.dispute_id == dispute.id, DisputeMessage.number == dispute.proposal_number
    )
    return session.execute(statement.with_for_update(read=True)).scalars().one()


def _whose_turn(dispute: Dispute, side: str) -> str:
    if side == workflow.ARBITER:
        return BOTH
    return workflow.ARBITER if dispute.state == workflow.ARBITRATION else dispute_steps.OTHER_SIDE[side]
