"""How a delivery is accepted: by the buyer in full or in part, by silence, by an arbiter, by an accountant.

Whoever accepts, one function does it: what is accepted becomes an exchange, the rest is given back.
"""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from ..exchanges import service as exchanges
from ..kernel.errors import WrongState
from ..kernel.history import Act
from ..kernel.parties import Party
from . import conditions, dispute_steps, payment_terms, quantities, retentions, silence, steps, workflow
from .deliveries import refuse_active
from .errors import AcceptedTooEarly, NothingAccepted, SilenceSaysNothing
from .models import Delivery, Subcontract

REASON_LENGTH = 2000


def accept_delivery(
    session: Session,
    delivery: Delivery,
    *,
    party: Party,
    accepted_on: date,
    act: Act,
    read: str | None = None,
) -> Delivery:
    """Accept all of it: the exchange is recorded and posted; the last one completes the subcontract.

    `read` is the state the page showed: who accepts what a colleague has contested meanwhile is told so.
    Raises WrongState, WrongRole, AcceptedTooEarly, ledger.PeriodClosed, and as exchanges.record does.
    """
    subcontract, locked = steps.lock_delivery(session, delivery)
    if read is not None and read != locked.state:
        raise WrongState(subject="delivery", action="accept", state=locked.state)
    before = locked.state
    steps.step(session, locked, workflow.DELIVERY, "accept", workflow.side_of(subcontract, party), act)
    _accept(session, subcontract, locked, by=workflow.BUYER, accepted_on=accepted_on, act=act)
    dispute_steps.follow(session, locked, before, by=workflow.BUYER, act=act)
    return locked


def accept_in_part(
    session: Session,
    delivery: Delivery,
    *,
    party: Party,
    accepted: Mapping[int, int],
    refusals: Mapping[int, str],
    accepted_on: date,
    act: Act,
) -> Delivery:
    """Accept less than what was claimed: thousandths and, where it is less, a reason, by id of each part.

    What is not named is accepted whole; when nothing is reduced this is accepting all. Raises WrongState,
    WrongRole, MoreThanClaimed, RefusalMissing, NotDivisible, NothingAccepted, AcceptedTooEarly,
    ledger.PeriodClosed, and as exchanges.record does.
    """
    subcontract, locked = steps.lock_delivery(session, delivery)
    reason = _reason(locked, accepted, refusals)
    action = "accept_in_part" if reason else "accept"
    side = workflow.side_of(subcontract, party)
    steps.step(session, locked, workflow.DELIVERY, action, side, act, reason)
    shares = (accepted, refusals)
    return _accept(session, subcontract, locked, shares, by=workflow.BUYER, accepted_on=accepted_on, act=act)


def arbitrate(
    session: Session,
    delivery: Delivery,
    *,
    accepted: Mapping[int, int],
    refusals: Mapping[int, str],
    reason: str,
    accepted_on: date,
    act: Act,
) -> Delivery:
    """Accept what an arbiter says of a contested delivery, as accept_in_part does.

    Raises WrongState, ReasonMissing, MoreThanClaimed, RefusalMissing, NotDivisible, NothingAccepted,
    AcceptedTooEarly, ledger.PeriodClosed.
    """
    subcontract, locked = steps.lock_delivery(session, delivery)
    steps.step(session, locked, workflow.DELIVERY, "arbitrate", workflow.ARBITER, act, reason)
    shares = (accepted, refusals)
    return _accept(
        session, subcontract, locked, shares, by=workflow.ARBITER, accepted_on=accepted_on, act=act
    )


def conclude(
    session: Session,
    delivery: Delivery,
    *,
    accepted: Mapping[int, int],
    refusals: Mapping[int, str],
    accepted_on: date,
    act: Act,
) -> Delivery:
    """Accept what both sides of a contested delivery agreed upon, as accept_in_part does.

    Raises WrongState, MoreThanClaimed, RefusalMissing, NotDivisible, NothingAccepted, AcceptedTooEarly,
    ledger.PeriodClosed.
    """
    subcontract, locked = steps.lock_delivery(session, delivery)
    reason = _reason(locked, accepted, refusals)
    steps.step(session, locked, workflow.DELIVERY, "conclude", workflow.BOOKS, act, reason)
    shares = (accepted, refusals)
    return _accept(session, subcontract, locked, shares, by="agreement", accepted_on=accepted_on, act=act)


def accept_by_silence(session: Session, delivery: Delivery, act: Act) -> Delivery:
    """Accept a delivery the buyer did not answer in time, if what both signed says so.

    It counts from the day after the last day to answer, whenever this is called; from today when that month
    is closed. Raises WrongState, SilenceSaysNothing, ledger.PeriodClosed.
    """
    subcontract, locked = steps.lock_delivery(session, delivery)
    steps.step(session, locked, workflow.DELIVERY, "accept_by_silence", workflow.BOOKS, act)
    if not silence.accepts(locked) or not silence.is_overdue(locked, act.today):
        raise SilenceSaysNothing
    accepted_on = silence.takes_effect_on(session, locked, act.today)
    return _accept(session, subcontract, locked, by="silence", accepted_on=accepted_on, act=act)


def accept_in_place(
    session: Session, delivery: Delivery, *, reason: str, accepted_on: date, act: Act
) -> Delivery:
    """Accept all of it in the place of a buyer that left, as an accountant.

    Raises WrongState, ReasonMissing, PartyActive, AcceptedTooEarly, ledger.PeriodClosed.
    """
    subcontract, locked = steps.lock_delivery(session, delivery)
    before = locked.state
    steps.step(session, locked, workflow.DELIVERY, "accept", workflow.ACCOUNTANT, act, reason)
    refuse_active(subcontract.buyer)
    _accept(session, subcontract, locked, by=workflow.ACCOUNTANT, accepted_on=accepted_on, act=act)
    dispute_steps.follow(session, locked, before, by=workflow.ACCOUNTANT, act=act)
    return locked


def _accept(
    session: Session,
    subcontract: Subcontract,
    delivery: Delivery,
    shares: tuple[Mapping[int, int], Mapping[int, str]] = ({}, {}),
    *,
    by: str,
    accepted_on: date,
    act: Act,
) -> Delivery:
    if accepted_on < delivery.delivered_on:
        raise AcceptedTooEarly(accepted_on=accepted_on, delivered_on=delivery.delivered_on)
    accepted_cents = quantities.accept(session, subcontract, delivery, *shares)
    if not accepted_cents:
        raise NothingAccepted
    delivery.accepted_cents, delivery.decided_by = accepted_cents, by
    subcontract.accepted_cents += accepted_cents
    _record(session, subcontract, delivery, accepted_on, act)
    # A line delivered in full is worth its total, and one cent at least remains of any other: equal sums mean
    # that everything was accepted.
    in_force = steps.version(session, subcontract, subcontract.version_number)
    if subcontract.accepted_cents == in_force.total_cents:
        steps.step(session, subcontract, workflow.SUBCONTRACT, "complete", workflow.BOOKS, act)
    return delivery


def _record(
    session: Session, subcontract: Subcontract, delivery: Delivery, accepted_on: date, act: Act
) -> None:
    """Record what is accepted as an exchange, due and held back as the version in force says.

    The agreement was made while both parties were active: they may have left since.
    """
    terms = conditions.of(steps.version(session, subcontract, subcontract.version_number))
    facts = exchanges.ExchangeFacts(
        source=f"delivery:{delivery.id}:accepted",
        seller_id=subcontract.seller_id,
        buyer_id=subcontract.buyer_id,
        net_cents=delivery.accepted_cents,
        accepted_on=accepted_on,
        label=subcontract.title,
        reference=f"ST{subcontract.id}-{delivery.number}",
        due_on=payment_terms.due_on(terms, accepted_on),
        awaits_client=payment_terms.awaits_client(terms),
        begun=True,
    )
    delivery.exchange = exchanges.record(session, facts, act)
    retentions.at_acceptance(session, subcontract, delivery, act)


def _reason(delivery: Delivery, accepted: Mapping[int, int], refusals: Mapping[int, str]) -> str:
    """Return the reasons of all that is reduced, for the history; nothing when nothing is."""
    reduced = [
        f"{part.line.description} : {refusals.get(part.id, '').strip()}"
        for part in delivery.lines
        if accepted.get(part.id, part.quantity_thousandths) != part.quantity_thousandths
    ]
    return "\n".join(reduced)[:REASON_LENGTH]
