"""The life of a subcontract: propose, answer, deliver, accept."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..exchanges import service as exchanges
from ..exchanges.models import CANCELLED, Exchange
from ..kernel.history import Act, remember
from ..kernel.parties import EXTERNAL, Party
from . import quantities as parts_of_lines
from . import steps, workflow
from .errors import (
    AcceptedTooEarly,
    MoreThanAgreed,
    NothingInIt,
    NotYetDelivered,
    RequestKeyReused,
    TooExpensive,
    TooSmall,
    VersionChanged,
)
from .models import Delivery, Subcontract
from .terms import ProposedLine, Terms, digest

__all__ = [
    "AcceptedTooEarly",
    "MoreThanAgreed",
    "NotYetDelivered",
    "NothingInIt",
    "ProposedLine",
    "RequestKeyReused",
    "Terms",
    "TooExpensive",
    "TooSmall",
    "VersionChanged",
    "accept",
    "accept_delivery",
    "contest_delivery",
    "counter",
    "declare_delivery",
    "decline",
    "propose",
    "reverse_delivery",
    "reverse_exchange",
    "withdraw",
    "withdraw_delivery",
]

# Beyond what a cooperative trades, and far below what the books can hold.
MOST_CENTS = 10**12


def propose(
    session: Session, *, buyer: Party, seller: Party, title: str, terms: Terms, request_key: str, act: Act
) -> Subcontract:
    """Put a first version on the table, signed by the buyer; the same request_key again returns the one made.

    Raises NothingInIt, TooSmall, TooExpensive, RequestKeyReused, exchanges.SameParty, PartyInactive,
    PartyExternal.
    """
    _refuse_wrong_parties(buyer, seller)
    _refuse_empty(terms)

    def make() -> Subcontract:
        subcontract = Subcontract(
            request_key=request_key,
            buyer=buyer,
            seller=seller,
            proposed_by=buyer,
            title=title,
            state=workflow.PROPOSED,
            version_number=0,
            version_count=0,
            created_at=act.at,
        )
        session.add(subcontract)
        steps.put_on_the_table(session, subcontract, buyer, terms, act)
        remember(session, subcontract, "propose", act, after=workflow.PROPOSED)
        return subcontract

    made = steps.once(session, Subcontract, request_key, make)
    # The form may have been changed after it was sent: what it says now would silently be lost.
    if steps.version(session, made, 1).digest != digest(title, buyer.host_key, seller.host_key, terms):
        raise RequestKeyReused
    return made


def counter(
    session: Session, subcontract: Subcontract, *, party: Party, terms: Terms, version: int, act: Act
) -> Subcontract:
    """Answer with changes: a new version, signed by `party`, waits for the other side.

    Raises WrongState, WrongRole, VersionChanged, NothingInIt, TooSmall, TooExpensive.
    """
    locked = steps.lock(session, Subcontract, subcontract.id)
    _refuse_other_version(locked, version)
    steps.party_step(session, locked, "counter", party, act, terms.message)
    _refuse_empty(terms)
    steps.put_on_the_table(session, locked, party, terms, act)
    return locked


def accept(
    session: Session, subcontract: Subcontract, *, party: Party, version: int, act: Act
) -> Subcontract:
    """Sign the version the other side put on the table: it binds both.

    Raises WrongState, WrongRole, VersionChanged.
    """
    locked = steps.lock(session, Subcontract, subcontract.id)
    _refuse_other_version(locked, version)
    steps.party_step(session, locked, "accept", party, act)
    steps.sign(steps.version_on_the_table(session, locked), party, act)
    return locked


def decline(
    session: Session, subcontract: Subcontract, *, party: Party, reason: str, act: Act
) -> Subcontract:
    """Refuse with a reason. Raises WrongState, WrongRole, ReasonMissing."""
    locked = steps.lock(session, Subcontract, subcontract.id)
    return steps.party_step(session, locked, "decline", party, act, reason)


def withdraw(
    session: Session, subcontract: Subcontract, *, party: Party, reason: str, act: Act
) -> Subcontract:
    """Take back one's own proposal. Raises WrongState, WrongRole."""
    locked = steps.lock(session, Subcontract, subcontract.id)
    return steps.party_step(session, locked, "withdraw", party, act, reason)


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


def _refuse_wrong_parties(buyer: Party, seller: Party) -> None:
    if buyer.id == seller.id:
        raise exchanges.SameParty(party=buyer.name)
    for party in (buyer, seller):
        if party.kind == EXTERNAL:
            raise exchanges.PartyExternal(party=party.name)
        if not party.active:
            raise exchanges.PartyInactive(party=party.name)


def _refuse_empty(terms: Terms) -> None:
    if not terms.lines:
        raise NothingInIt
    for line in terms.lines:
        if min(line.quantity_thousandths, line.unit_price_cents, line.total_cents) < 1:
            raise TooSmall(line=line.description)
    if terms.total_cents > MOST_CENTS:
        raise TooExpensive(total_cents=terms.total_cents, most_cents=MOST_CENTS)


def _refuse_other_version(subcontract: Subcontract, seen: int) -> None:
    if subcontract.state == workflow.PROPOSED and seen != subcontract.version_number:
        raise VersionChanged(seen=seen, current=subcontract.version_number)


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
