"""Disputes decided by a named arbiter of the support team, once one side has asked for it."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel.history import Act
from ..kernel.parties import Party
from . import acceptances, deliveries, dispute_messages, dispute_steps, workflow
from .dispute_errors import AlreadyTaken, ArbiterNotNamed, NotTheArbiter, PartOfTheDispute
from .dispute_messages import Outcome, Said
from .dispute_models import Dispute, DisputeMessage, DisputePart
from .dispute_steps import WITHDRAWN
from .models import Delivery


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
        delivery = dispute_messages.contested(session, locked)
        name, parts = dispute_messages.parts_of(delivery, outcome)
        made = dispute_messages.add(
            session, locked, workflow.ARBITER, dispute_messages.DECISION, said, act, name, parts
        )
        _apply(session, delivery, name, parts, said.text, act)
        dispute_steps.close(
            session,
            locked,
            delivery,
            action="decide",
            role=workflow.ARBITER,
            by=workflow.ARBITER,
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


def _apply(
    session: Session, delivery: Delivery, name: str, parts: Sequence[DisputePart], reason: str, act: Act
) -> None:
    if name == WITHDRAWN:
        deliveries.dismiss(session, delivery, reason=reason, act=act)
        return
    accepted, refusals = dispute_messages.shares_of(parts)
    acceptances.arbitrate(
        session,
        delivery,
        accepted=accepted,
        refusals=refusals,
        reason=reason,
        accepted_on=act.today,
        act=act,
    )


def _refuse_those_who_took_part(session: Session, dispute: Dispute, act: Act) -> None:
    spoke = select(DisputeMessage.id).where(
        DisputeMessage.dispute_id == dispute.id,
        DisputeMessage.author_key == act.actor_key,
        DisputeMessage.side != workflow.ARBITER,
    )
    if session.execute(spoke).first() is not None:
        raise PartOfTheDispute
