"""Progress claims: the seller declares work or takes it back, the buyer contests, accountants reverse."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..exchanges import service as exchanges
from ..exchanges.models import CANCELLED, Exchange
from ..kernel.history import Act, remember
from ..kernel.parties import Party
from . import dispute_steps, steps, terms, workflow
from . import quantities as parts_of_lines
from .errors import NotYetDelivered, PartyActive, ProgressGoesBack, RequestKeyReused
from .models import Delivery, Subcontract, SubcontractLine


def declare_delivery(
    session: Session,
    subcontract: Subcontract,
    *,
    party: Party,
    quantities: Mapping[int, int],
    delivered_on: date,
    note: str,
    request_key: str,
    act: Act,
    seen: Mapping[int, int] | None = None,
) -> Delivery:
    """Declare work done: thousandths of each line, by line id, never beyond what remains.

    `seen` says how far each line was when that was decided; none: it does not matter. The same request_key
    again returns the delivery made. Raises WrongState, WrongRole, NothingInIt, MoreThanAgreed, TooSmall,
    AgreementChanged, ProgressChanged, NotYetDelivered, RequestKeyReused.
    """
    locked = steps.lock(session, Subcontract, subcontract.id)

    def make() -> Delivery:
        flow, role = workflow.flow_of(locked), workflow.role_of(locked, party)
        flow.target(locked.state, "declare_delivery", role)
        if delivered_on > act.today:
            raise NotYetDelivered(delivered_on=delivered_on)
        parts = parts_of_lines.take(session, locked, quantities, seen)
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


def quantities_at(
    lines: Sequence[SubcontractLine], permilles: Mapping[int, int], seen: Mapping[int, int]
) -> dict[int, int]:
    """Return what lines advance by to reach cumulative percentages (in tenths), from where they were `seen`.

    A percentage left as it was shown means nothing this time. Raises ProgressGoesBack, TooSmall.
    """
    quantities = {}
    for line in lines:
        done, wanted = seen.get(line.id, 0), permilles.get(line.id)
        reached = terms.permille_of(done, line.quantity_thousandths)
        if wanted is None or wanted == reached:
            continue
        if wanted < reached:
            raise ProgressGoesBack(line=line.description, reached_permille=reached)
        quantities[line.id] = terms.thousandths_at(wanted, line.quantity_thousandths) - done
    return quantities


def contest_delivery(
    session: Session, delivery: Delivery, *, party: Party, reason: str, act: Act
) -> Delivery:
    """Contest with a reason: its quantities stay taken until its dispute, opened here, is closed.

    Raises WrongState, WrongRole, ReasonMissing.
    """
    subcontract, locked = steps.lock_delivery(session, delivery)
    side = workflow.side_of(subcontract, party)
    steps.step(session, locked, workflow.DELIVERY, "contest", side, act, reason)
    dispute_steps.contest(session, subcontract, locked, party, reason, act)
    return locked


def withdraw_delivery(session: Session, delivery: Delivery, *, party: Party, act: Act) -> Delivery:
    """Take back a delivery declared or contested: its quantities may be declared again.

    Raises WrongState, WrongRole.
    """
    subcontract, locked = steps.lock_delivery(session, delivery)
    before = locked.state
    steps.step(session, locked, workflow.DELIVERY, "withdraw", workflow.side_of(subcontract, party), act)
    dispute_steps.follow(session, locked, before, by=workflow.SELLER, act=act)
    return parts_of_lines.give_back(session, subcontract, locked)


def withdraw_in_place(session: Session, delivery: Delivery, *, reason: str, act: Act) -> Delivery:
    """Take back a delivery in the place of a seller that left, as an accountant.

    Raises WrongState, ReasonMissing, PartyActive.
    """
    subcontract, locked = steps.lock_delivery(session, delivery)
    before = locked.state
    steps.step(session, locked, workflow.DELIVERY, "withdraw", workflow.ACCOUNTANT, act, reason)
    refuse_active(subcontract.seller)
    locked.decided_by = workflow.ACCOUNTANT
    dispute_steps.follow(session, locked, before, by=workflow.ACCOUNTANT, act=act)
    return parts_of_lines.give_back(session, subcontract, locked)


def dismiss(session: Session, delivery: Delivery, *, reason: str, act: Act) -> Delivery:
    """Close a contested delivery as an arbiter, nothing of it accepted. Raises WrongState, ReasonMissing."""
    subcontract, locked = steps.lock_delivery(session, delivery)
    steps.step(session, locked, workflow.DELIVERY, "dismiss", workflow.ARBITER, act, reason)
    locked.decided_by = workflow.ARBITER
    return parts_of_lines.give_back(session, subcontract, locked)


def abandon(session: Session, delivery: Delivery, *, reason: str, act: Act) -> Delivery:
    """Close a contested delivery nothing of which is accepted, as both sides agreed. Raises WrongState."""
    subcontract, locked = steps.lock_delivery(session, delivery)
    steps.step(session, locked, workflow.DELIVERY, "abandon", workflow.BOOKS, act, reason)
    locked.decided_by = "agreement"
    return parts_of_lines.give_back(session, subcontract, locked)


def refuse_active(party: Party) -> None:
    """Refuse to act in the place of a party that can act by itself."""
    if party.active:
        raise PartyActive(party=party.name)


def reverse_delivery(session: Session, delivery: Delivery, *, reason: str, on: date, act: Act) -> Delivery:
    """Undo an acceptance, as an accountant: its exchange is reversed, its quantities are given back.

    They may be declared again, under a new number and a new exchange; a completed subcontract is open again.
    Raises WrongState, ReasonMissing, ledger.PeriodClosed, exchanges.ChangedMeanwhile.
    """
    subcontract, locked = steps.lock_delivery(session, delivery)
    steps.step(session, locked, workflow.DELIVERY, "reverse", workflow.ACCOUNTANT, act, reason)
    parts_of_lines.take_back(session, subcontract, locked)
    subcontract.accepted_cents -= locked.accepted_cents
    if subcontract.state in (workflow.COMPLETED, workflow.CLOSED):
        steps.step(session, subcontract, workflow.SUBCONTRACT, "reopen", workflow.BOOKS, act, reason)
    exchange = exchanges.locked(session, locked.exchange_id)
    if exchange.state != CANCELLED:
        exchanges.reverse(session, exchange, reason=reason, on=on, act=act)
    dispute_steps.drop(session, exchange, act)
    return locked


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
