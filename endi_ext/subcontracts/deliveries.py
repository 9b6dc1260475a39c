"""Progress claims: the seller declares work done, the buyer accepts or contests it, accountants reverse."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..exchanges import service as exchanges
from ..exchanges.models import CANCELLED, Exchange
from ..kernel.history import Act, remember
from ..kernel.parties import Party
from . import quantities as parts_of_lines
from . import steps, workflow
from .errors import AcceptedTooEarly, NotYetDelivered, RequestKeyReused
from .models import Delivery, Subcontract


def declare_delivery(
    session: Session,
    subcontract: Subcontract,
    *,
    party: Party,
    quantities: dict[int, int],
    delivered_on: date,
    note: str,
    request_key: str,
    act: Act,
) -> Delivery:
    """Declare work done: thousandths of each line, by line id, never beyond what remains.

    The same request_key again returns the delivery made. Raises WrongState, WrongRole, NothingInIt,
    MoreThanAgreed, TooSmall, NotYetDelivered, RequestKeyReused.
    """
    locked = steps.lock(session, Subcontract, subcontract.id)

    def make() -> Delivery:
        flow, role = workflow.SUBCONTRACT, workflow.role_of(locked, party)
        flow.target(locked.state, "declare_delivery", role)
        if delivered_on > act.today:
            raise NotYetDelivered(delivered_on=delivered_on)
        parts = parts_of_lines.take(session, locked, quantities)
        locked.delivery_count += 1
        delivery = Delivery(
            subcontract=locked,
            number=locked.delivery_count,
            request_key=request_key,
            state=workflow.DECLARED,
            delivered_on=delivered_on,
            note=note,
            net_cents=sum(part.net_cents for part in parts),
            lines=parts,
            created_at=act.at,
        )
        session.add(delivery)
        session.flush()  # its history names it by id
        remember(session, delivery, "declare", act, after=workflow.DECLARED, reason=note or None)
        return delivery

    made = steps.once(session, Delivery, request_key, make)
    facts = (locked.id, parts_of_lines.taken_by(session, made), made.delivered_on, made.note)
    said = (made.subcontract_id, parts_of_lines.wanted(quantities), delivered_on, note)
    if facts != said or party.id != locked.seller_id:
        raise RequestKeyReused
    return made


def accept_delivery(
    session: Session, delivery: Delivery, *, party: Party, accepted_on: date, act: Act
) -> Delivery:
    """Accept: the exchange is recorded and posted; the last one completes the subcontract.

    Raises WrongState, WrongRole, AcceptedTooEarly, ledger.PeriodClosed, and as exchanges.record does.
    """
    subcontract, locked = steps.lock_delivery(session, delivery)
    steps.step(session, locked, workflow.DELIVERY, "accept", workflow.side_of(subcontract, party), act)
    if accepted_on < locked.delivered_on:
        raise AcceptedTooEarly(accepted_on=accepted_on, delivered_on=locked.delivered_on)
    locked.exchange = exchanges.record(session, _exchange_facts(subcontract, locked, accepted_on), act)
    for part, line in parts_of_lines.parts(session, locked):
        part.accepted_thousandths, part.accepted_cents = part.quantity_thousandths, part.net_cents
        line.accepted_thousandths += part.quantity_thousandths
        line.accepted_cents += part.net_cents
    locked.accepted_cents, locked.decided_by = locked.net_cents, "buyer"
    subcontract.accepted_cents += locked.net_cents
    # A line delivered in full is worth its total, and one cent at least remains of any other: equal sums mean
    # that everything was accepted.
    if subcontract.accepted_cents == steps.version_on_the_table(session, subcontract).total_cents:
        steps.step(session, subcontract, workflow.SUBCONTRACT, "complete", workflow.BOOKS, act)
    return locked


def contest_delivery(
    session: Session, delivery: Delivery, *, party: Party, reason: str, act: Act
) -> Delivery:
    """Contest with a reason: its quantities stay taken until it is withdrawn or decided.

    Raises WrongState, WrongRole, ReasonMissing.
    """
    subcontract, locked = steps.lock_delivery(session, delivery)
    steps.step(
        session, locked, workflow.DELIVERY, "contest", workflow.side_of(subcontract, party), act, reason
    )
    return locked


def withdraw_delivery(session: Session, delivery: Delivery, *, party: Party, act: Act) -> Delivery:
    """Take back a declared delivery. Raises WrongState, WrongRole."""
    subcontract, locked = steps.lock_delivery(session, delivery)
    steps.step(session, locked, workflow.DELIVERY, "withdraw", workflow.side_of(subcontract, party), act)
    return parts_of_lines.give_back(session, locked)


def reverse_delivery(session: Session, delivery: Delivery, *, reason: str, on: date, act: Act) -> Delivery:
    """Undo an acceptance, as an accountant: its exchange is reversed and the delivery counts as contested.

    Its quantities may be declared again, under a new number and a new exchange; a completed subcontract is
    open again. Raises WrongState, ReasonMissing, ledger.PeriodClosed, exchanges.ChangedMeanwhile.
    """
    subcontract, locked = steps.lock_delivery(session, delivery)
    steps.step(session, locked, workflow.DELIVERY, "reverse", workflow.ACCOUNTANT, act, reason)
    exchange = exchanges.locked(session, locked.exchange_id)
    if exchange.state != CANCELLED:
        exchanges.reverse(session, exchange, reason=reason, on=on, act=act)
    for part, line in parts_of_lines.parts(session, locked):
        line.accepted_thousandths -= part.quantity_thousandths
        line.accepted_cents -= part.net_cents
    subcontract.accepted_cents -= locked.net_cents
    if subcontract.state == workflow.COMPLETED:
        steps.step(session, subcontract, workflow.SUBCONTRACT, "reopen", workflow.BOOKS, act, reason)
    return parts_of_lines.give_back(session, locked)


def reverse_exchange(session: Session, exchange: Exchange, *, reason: str, on: date, act: Act) -> Exchange:
    """Reverse an exchange wherever it comes from: through its delivery when it has one.

    Exchanges know nothing of subcontracts, so accountants' pages reverse by this. Raises WrongState,
    ReasonMissing, ledger.PeriodClosed.
    """
    statement = select(Delivery).where(Delivery.exchange_id == exchange.id)
    delivery = session.execute(statement).scalars().one_or_none()
    if delivery is None:
        return exchanges.reverse(session, exchange, reason=reason, on=on, act=act)
    reverse_delivery(session, delivery, reason=reason, on=on, act=act)
    return exchange


def _exchange_facts(
    subcontract: Subcontract, delivery: Delivery, accepted_on: date
) -> exchanges.ExchangeFacts:
    return exchanges.ExchangeFacts(
        source=f"delivery:{delivery.id}:accepted",
        seller_id=subcontract.seller_id,
        buyer_id=subcontract.buyer_id,
        net_cents=delivery.net_cents,
        accepted_on=accepted_on,
        label=subcontract.title,
        reference=f"ST{subcontract.id}-{delivery.number}",
    )
