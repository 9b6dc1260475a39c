"""Disputes: both sides write, propose an outcome, agree to one; failing that see arbitration.py."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel.history import Act
from ..kernel.parties import Party
from . import acceptances, arbitration, deliveries, dispute_messages, dispute_steps, workflow
from .arbitration import ask_arbitration, decide, refuse_decision, take
from .dispute_errors import NothingSaid, ProposalChanged, SameAsOnTheTable
from .dispute_messages import Outcome, Said
from .dispute_models import Dispute, DisputeMessage, DisputePart
from .dispute_steps import WITHDRAWN
from .proofs import Proof

__all__ = [
    "Outcome",
    "Proof",
    "Said",
    "agree",
    "ask_arbitration",
    "decide",
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

    Raises WrongState, WrongRole, MoreThanClaimed, RefusalMissing, NotDivisible, SameAsOnTheTable,
    RequestKeyReused, and what dispute_files.keep does.
    """
    subcontract, locked = dispute_messages.lock(session, dispute)
    side = workflow.side_of(subcontract, party)

    def make() -> DisputeMessage:
        dispute_steps.move(session, locked, "propose", side, act)
        delivery = dispute_messages.contested(session, locked)
        name, parts = dispute_messages.parts_of(delivery, outcome)
        _refuse_what_is_proposed(session, locked, side, parts)
        made = dispute_messages.add(session, locked, side, dispute_messages.PROPOSAL, said, act, name, parts)
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
    delivery = dispute_messages.contested(session, locked)
    if read.outcome == WITHDRAWN:
        deliveries.abandon(session, delivery, reason=read.text, act=act)
    else:
        accepted, refusals = dispute_messages.shares_of(read.parts)
        acceptances.conclude(
            session, delivery, accepted=accepted, refusals=refusals, accepted_on=act.today, act=act
        )
    return dispute_steps.close(session, locked, delivery, action="agree", role=side, by="agreement", act=act)


def _on_the_table(session: Session, dispute: Dispute) -> DisputeMessage | None:
    """Return the proposal that stands, even when it is younger than our snapshot."""
    if dispute.proposal_number is None:
        return None
    statement = select(DisputeMessage).where(
        DisputeMessage.dispute_id == dispute.id, DisputeMessage.number == dispute.proposal_number
    )
    return session.execute(statement.with_for_update(read=True)).scalars().one()


def _refuse_what_is_proposed(
    session: Session, dispute: Dispute, side: str, parts: Sequence[DisputePart]
) -> None:
    known = _on_the_table(session, dispute)
    if (
        known is not None
        and known.side != side
        and dispute_messages.shares_of(known.parts)[0] == dispute_messages.shares_of(parts)[0]
    ):
        raise SameAsOnTheTable


def _whose_turn(dispute: Dispute, side: str) -> str:
    if side == workflow.ARBITER:
        return BOTH
    return workflow.ARBITER if dispute.state == workflow.ARBITRATION else dispute_steps.OTHER_SIDE[side]
