"""Disputes decided by a named arbiter of the support team, once one side has asked for it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel.history import Act
from ..kernel.parties import Party
from . import dispute_messages, dispute_steps, dispute_subjects, workflow
from .dispute_errors import AlreadyTaken, ArbiterNotNamed, NotTheArbiter, PartOfTheDispute
from .dispute_messages import Outcome, Said
from .dispute_models import Dispute, DisputeMessage


def ask_arbitration(
    session: Session, dispute: Dispute, *, party: Party, said: Said, act: Act
) -> DisputeMessage:
    """Ask the support team to decide; both sides may still agree meanwhile.

    Raises WrongState, WrongRole, ReasonMissing, RequestKeyReused, and what dispute_files.keep does.
    """
    subcontract, locked = dispute_messages.lock(session, dispute)
    side = workflow.side_of(subcontract, party)

    def make() -> DisputeMessage:
        dispute_steps.move(session, locked, "ask_arbitration", side, act, said.text)
        locked.arbitration_at, locked.expected = act.at, workflow.ARBITER
        return dispute_messages.add(session, locked, side, dispute_messages.REQUEST, said, act)

    return dispute_messages.once(session, locked, side, said, make)


def take(session: Session, dispute: Dispute, *, instead_of: str, act: Act) -> Dispute:
    """Take a dispute as its arbiter, named from now on; `instead_of` is the key of the one it had, or "".

    Raises WrongState, AlreadyTaken, PartOfTheDispute.
    """
    _subcontract, locked = dispute_messages.lock(session, dispute)
    workflow.DISPUTE.target(str(locked.state), "take", workflow.ARBITER)
    if locked.arbiter_key == act.actor_key:
        return locked
    if (locked.arbiter_key or "") != instead_of:
        raise AlreadyTaken(arbiter=locked.arbiter_name)
    _refuse_those_who_took_part(session, locked, act)
    dispute_steps.move(session, locked, "take", workflow.ARBITER, act)
    locked.arbiter_key, locked.arbiter_name = act.actor_key, act.actor_name
    return locked


def decide(session: Session, dispute: Dispute, *, outcome: Outcome, said: Said, act: Act) -> Dispute:
    """Decide as the named arbiter, with a reason: applied at once, the dispute is over.

    Raises WrongState, ReasonMissing, ArbiterNotNamed, NotTheArbiter, RequestKeyReused, and what
    acceptances.arbitrate and dispute_files.keep do.
    """
    _subcontract, locked = dispute_messages.lock(session, dispute)

    def make() -> DisputeMessage:
        refuse_decision(locked, act, said.text)
        put = dispute_subjects.wanted(session, locked, outcome)
        facts = (put.name, put.parts, put.amount_cents)
        side = workflow.ARBITER
        made = dispute_messages.add(session, locked, side, dispute_messages.DECISION, said, act, *facts)
        awarded_cents = dispute_subjects.decide(session, locked, put, said.text, act)
        dispute_steps.end(
            session,
            locked,
            put.name,
            awarded_cents,
            action="decide",
            role=side,
            by=side,
            act=act,
            reason=said.text,
        )
        return made

    dispute_messages.once(session, locked, workflow.ARBITER, said, make)
    return locked


def refuse_decision(dispute: Dispute, act: Act, reason: str = "a reason to come") -> None:
    """Refuse a decision that cannot be taken, before it is written.

    Raises WrongState, ReasonMissing, ArbiterNotNamed, NotTheArbiter.
    """
    workflow.DISPUTE.target(str(dispute.state), "decide", workflow.ARBITER, reason)
    refuse_other_arbiter(dispute, act)


def refuse_other_arbiter(dispute: Dispute, act: Act) -> None:
    """Refuse whoever is not the named arbiter. Raises ArbiterNotNamed, NotTheArbiter."""
    if dispute.arbiter_key is None:
        raise ArbiterNotNamed
    if dispute.arbiter_key != act.actor_key:
        raise NotTheArbiter(arbiter=dispute.arbiter_name)


def _refuse_those_who_took_part(session: Session, dispute: Dispute, act: Act) -> None:
    spoke = select(DisputeMessage.id).where(
        DisputeMessage.dispute_id == dispute.id,
        DisputeMessage.author_key == act.actor_key,
        DisputeMessage.side != workflow.ARBITER,
    )
    if session.execute(spoke).first() is not None:
        raise PartOfTheDispute
