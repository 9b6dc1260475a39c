"""Recording, settling and reversing exchanges; each is posted as it happens.

Locks are taken in one order: the row of the exchange first, the head of the book last (by the ledger).
"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ..kernel import parties
from ..kernel.errors import DomainError, WrongState
from ..kernel.history import Act, remember
from ..kernel.parties import Party
from ..ledger import service as ledger
from ..ledger.draft_models import Draft
from ..ledger.models import Entry
from . import choices, letters, papers, posted, postings, reductions, retention, rules, waiting, workflow
from .bulk import Recorded, record_many
from .models import Exchange, Settlement
from .posted import locked
from .rules import (
    AmountNotPositive,
    ChangedMeanwhile,
    ExchangeFacts,
    HeldBack,
    PartyExternal,
    PartyInactive,
    SameParty,
    TooMuch,
)
from .waiting import EntryWaits
from .waiting_models import SETTLE, WaitingStep

__all__ = [
    "AmountNotPositive",
    "ChangedMeanwhile",
    "EntryWaits",
    "ExchangeFacts",
    "HeldBack",
    "PartyExternal",
    "PartyInactive",
    "Recorded",
    "SameParty",
    "TooMuch",
    "apply_settlement",
    "await_client",
    "locked",
    "record",
    "record_many",
    "reverse",
    "reverse_settlement",
    "settle",
]


def record(session: Session, facts: ExchangeFacts, act: Act) -> Exchange:
    """Record an exchange and post it with the seller's contribution; the same again returns it.

    Where its journal waits for an accountant the exchange waits with its entry, outside the books.
    Raises SameParty, PartyInactive, PartyExternal, AmountNotPositive, ledger.PeriodClosed,
    ledger.SourceReused (the same source, another content).
    """
    existing = _recorded(session, facts.source)
    if existing is not None:
        return _same_exchange(existing, facts)
    seller, buyer = _party(session, facts.seller_id), _party(session, facts.buyer_id)
    rules.refuse_wrong_facts(facts, seller, buyer)
    chosen = choices.read(session)
    exchange = rules.new_exchange(facts, seller, chosen, act)
    try:
        with session.begin_nested():
            session.add(exchange)
    except IntegrityError:
        # Someone recorded the same source at the same moment; a locking read sees it even where our own
        # snapshot is older. (Asking with a lock before inserting would make twins wait for each other.)
        existing = _recorded(session, facts.source, lock=True)
        if existing is None:
            raise
        return _same_exchange(existing, facts)
    cooperative_id = parties.cooperative(session).id
    draft = postings.accepted(chosen.scheme, rules.acceptance_of(exchange, cooperative_id))
    if isinstance(ledger.post(session, draft, act), Draft):
        waiting.enter(session, exchange, act, wants_invoice=papers.wants_invoice(session, exchange))
    else:
        papers.ask_invoice(session, exchange, act)
    remember(session, exchange, "recorded", act, after=exchange.state)
    return exchange


def settle(
    session: Session, exchange: Exchange, *, amount_cents: int, settled_on: date, request_key: str, act: Act
) -> Settlement | WaitingStep:
    """Settle all or part of what may be paid and post it; the same request_key again returns the one made.

    What is held back is let go first; what waits for the client may be paid before, and waits no more then.
    Where its journal waits for an accountant nothing is settled yet: the step that waits is returned.
    Raises WrongState, EntryWaits, AmountNotPositive, TooMuch, HeldBack, ledger.PeriodClosed,
    ledger.SourceReused.
    """
    exchange = locked(session, exchange.id)
    wanted = (exchange.id, amount_cents, settled_on)
    facts = {"amount_cents": amount_cents, "request_key": request_key}
    step = waiting.same(session, exchange, SETTLE, dated_on=settled_on, **facts)
    if step is not None:
        return step
    made = _settled(session, request_key)
    if made is not None:
        return _same_settlement(made, wanted)
    settlement = Settlement(
        exchange_id=exchange.id,
        request_key=request_key,
        amount_cents=amount_cents,
        settled_on=settled_on,
        recorded_at=act.at,
        recorded_by=act.actor_name,
    )
    try:
        _refuse_wrong_amount(exchange, amount_cents)
        with session.begin_nested():
            session.add(settlement)
    except (DomainError, IntegrityError):
        # The first click may have been settled while this one waited for the lock: our snapshot does not
        # show it, a locking read does.
        made = _settled(session, request_key, lock=True)
        if made is None:
            raise
        return _same_settlement(made, wanted)
    entry = _post_settlement(session, exchange, settlement, act)
    if isinstance(entry, Draft):
        session.delete(settlement)
        return waiting.put_aside(session, exchange, SETTLE, entry, on=settled_on, act=act, **facts)
    apply_settlement(session, exchange, settlement, act)
    return settlement


def apply_settlement(session: Session, exchange: Exchange, settlement: Settlement, act: Act) -> None:
    """Let a settlement that is posted take its effect on the exchange."""
    letters.follow(session, exchange, act)
    _move(session, exchange, exchange.settled_cents + settlement.amount_cents, "settled", act)
    rules.fit_awaiting(exchange)
    papers.ask_payment(session, exchange, settlement, act)


def reverse_settlement(
    session: Session, settlement: Settlement, *, reason: str, on: date, act: Act
) -> Settlement:
    """Undo a settlement by the opposite entry, with a reason.

    Raises ReasonMissing, WrongState, EntryWaits, ledger.PeriodClosed.
    """
    exchange = locked(session, settlement.exchange_id)
    waiting.refuse(exchange)
    workflow.EXCHANGE.target(exchange.state, "reverse_settlement", workflow.ACCOUNTANT, reason)
    by_key = select(Settlement).where(Settlement.id == settlement.id).with_for_update()
    settlement = session.execute(by_key.execution_options(populate_existing=True)).scalars().one()
    if settlement.reversed_at is not None:
        raise WrongState(subject="settlement", action="reverse_settlement", state="reversed")
    _undo_settlement(session, exchange, settlement, reason=reason, on=on, act=act)
    letters.follow(session, exchange, act)
    return settlement


def reverse(session: Session, exchange: Exchange, *, reason: str, on: date, act: Act) -> Exchange:
    """Cancel an exchange by the opposite entry, with a reason; first what followed from it, each by its own.

    What waits for an accountant is rejected with the same reason: it has no entry to undo.
    Raises ReasonMissing, WrongState, ledger.PeriodClosed.
    """
    exchange = locked(session, exchange.id)
    after = workflow.EXCHANGE.target(exchange.state, "reverse", workflow.ACCOUNTANT, reason)
    waiting.drop(session, exchange, reason=reason, act=act)
    for settlement in _standing_settlements(session, exchange):
        _undo_settlement(session, exchange, settlement, reason=reason, on=on, act=act)
    reductions.undo_all(session, exchange, reason=reason, on=on, act=act)
    retention.undo(session, exchange, reason=reason, on=on, act=act)
    posted.reverse(session, exchange.source, exchange, reason=reason, on=on, act=act)
    before, exchange.state, exchange.awaiting_cents = exchange.state, after, 0
    remember(session, exchange, "reversed", act, before=before, after=after, reason=reason)
    papers.ask_credit_note(session, exchange, act)
    return exchange


def await_client(
    session: Session,
    exchange: Exchange,
    *,
    awaiting_cents: int,
    due_on: date | None,
    act: Act,
    reason: str | None = None,
) -> Exchange:
    """Say how much of an exchange still waits for the client; the rest that may be paid is due on `due_on`.

    Never more than may be paid: what was paid or is held back does not wait. Without a date what is due keeps
    its own, or is due today. Nothing is posted, and what is so already is no step. A cancelled one is left.
    """
    exchange = locked(session, exchange.id)
    awaited = max(0, min(awaiting_cents, exchange.payable_cents))
    is_due = exchange.payable_cents > awaited
    on = (due_on or exchange.due_on or act.today) if is_due else None
    if not exchange.payable_cents:
        return exchange
    before, exchange.awaiting_cents, exchange.due_on = exchange.awaiting_cents, awaited, on
    if awaited == before:
        return exchange  # at most its date has changed: what was due is paid
    action = "client_paid" if awaited < before else "awaits_client"
    remember(session, exchange, action, act, before=exchange.state, after=exchange.state, reason=reason)
    return exchange


def _party(session: Session, party_id: int) -> Party:
    party = session.get(Party, party_id)
    assert party is not None, f"no party {party_id}"
    return party


def _recorded(session: Session, source: str, *, lock: bool = False) -> Exchange | None:
    by_source = select(Exchange).where(Exchange.source == source)
    if lock:
        by_source = by_source.with_for_update().execution_options(populate_existing=True)
    return session.execute(by_source).scalars().one_or_none()


def _same_exchange(exchange: Exchange, facts: ExchangeFacts) -> Exchange:
    if rules.differences(exchange, facts):
        raise ledger.SourceReused(source=facts.source)
    return exchange


def _settled(session: Session, request_key: str, *, lock: bool = False) -> Settlement | None:
    by_key = select(Settlement).where(Settlement.request_key == request_key)
    if lock:
        by_key = by_key.with_for_update().execution_options(populate_existing=True)
    return session.execute(by_key).scalars().one_or_none()


def _same_settlement(settlement: Settlement, wanted: tuple[int, int, date]) -> Settlement:
    made = (settlement.exchange_id, settlement.amount_cents, settlement.settled_on)
    # One that was reversed since is not made again by its old form: say so rather than that it stands.
    if made != wanted or settlement.reversed_at is not None:
        raise ledger.SourceReused(source=rules.settlement_source(settlement.request_key))
    return settlement


def _refuse_wrong_amount(exchange: Exchange, amount_cents: int) -> None:
    workflow.EXCHANGE.target(exchange.state, "settle", workflow.ACCOUNTANT)
    if amount_cents <= 0:
        raise AmountNotPositive(amount_cents=amount_cents)
    if amount_cents > exchange.remaining_cents:
        raise TooMuch(amount_cents=amount_cents, remaining_cents=exchange.remaining_cents)
    if amount_cents > exchange.payable_cents:
        facts = {"payable_cents": exchange.payable_cents, "retained_cents": exchange.retained_cents}
        raise HeldBack(amount_cents=amount_cents, **facts)


def _post_settlement(session: Session, exchange: Exchange, settlement: Settlement, act: Act) -> Entry | Draft:
    fact = rules.payment_of(exchange, settlement)
    return ledger.post(session, postings.settled(posted.scheme_of(session, exchange), fact), act)


def _standing_settlements(session: Session, exchange: Exchange) -> list[Settlement]:
    standing = select(Settlement).where(
        Settlement.exchange_id == exchange.id, Settlement.reversed_at.is_(None)
    )
    standing = standing.order_by(Settlement.id.desc()).with_for_update()
    return list(session.execute(standing.execution_options(populate_existing=True)).scalars())


def _undo_settlement(
    session: Session, exchange: Exchange, settlement: Settlement, *, reason: str, on: date, act: Act
) -> None:
    source = rules.settlement_source(settlement.request_key)
    posted.reverse(session, source, exchange, reason=reason, on=on, act=act)
    settlement.reversed_at = act.at
    left = exchange.settled_cents - settlement.amount_cents
    _move(session, exchange, left, "settlement_reversed", act, reason=reason)
    if exchange.due_cents and exchange.due_on is None:  # paid before the client did
        exchange.due_on = settlement.settled_on
    papers.ask_payment_reversal(session, exchange, settlement, act)


def _move(
    session: Session,
    exchange: Exchange,
    settled_cents: int,
    action: str,
    act: Act,
    *,
    reason: str | None = None,
) -> None:
    before = exchange.state
    exchange.settled_cents = settled_cents
    exchange.state = workflow.state_of(exchange.net_cents, settled_cents)
    remember(session, exchange, action, act, before=before, after=exchange.state, reason=reason)
