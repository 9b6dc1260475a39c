"""Part of an exchange taken back (avoir partiel): the opposite entry of that part, and what undoes it."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel import money, parties
from ..kernel.errors import ReasonMissing, WrongState
from ..kernel.history import Act, remember
from ..ledger import service as ledger
from ..ledger.draft_models import Draft
from ..ledger.models import Entry
from . import letters, posted, postings, rules, waiting, workflow
from .models import CANCELLED, WAITING, Exchange
from .paper_models import Reduction
from .rules import AmountNotPositive, TooMuch
from .waiting_models import REDUCE, WaitingStep


def reduce(
    session: Session,
    exchange: Exchange,
    *,
    amount_cents: int,
    reason: str,
    on: date,
    request_key: str,
    act: Act,
) -> Reduction | WaitingStep:
    """Take a part of an exchange back, with the seller's contribution on it, by the opposite entry.

    What is settled or held back stays: only the rest can be reduced, and not the whole exchange, which is
    cancelled instead. The same request_key again returns the reduction made. Where its journal waits for an
    accountant nothing is taken back yet: the step that waits is returned.
    Raises ReasonMissing, WrongState, waiting.EntryWaits, AmountNotPositive, TooMuch, ledger.PeriodClosed,
    ledger.SourceReused.
    """
    exchange = posted.locked(session, exchange.id)
    step = waiting.same(session, exchange, REDUCE, amount_cents=amount_cents, request_key=request_key)
    if step is not None:
        return step
    made = _made(session, request_key)
    if made is not None:
        return _same(made, exchange, amount_cents)
    _refuse_wrong(exchange, amount_cents, reason)
    part = contribution_of_part(exchange.net_cents, exchange.contribution_cents, amount_cents)
    reduction = Reduction(
        exchange_id=exchange.id,
        request_key=request_key,
        amount_cents=amount_cents,
        contribution_cents=part,
        reduced_on=on,
        reason=reason.strip(),
        recorded_at=act.at,
        recorded_by=act.actor_name,
    )
    entry = _post(session, exchange, reduction, act)
    if isinstance(entry, Draft):
        facts = {"amount_cents": amount_cents, "contribution_cents": part, "reason": reason.strip()}
        key = {"request_key": request_key}
        return waiting.put_aside(session, exchange, REDUCE, entry, on=on, act=act, **facts, **key)
    apply(session, exchange, reduction, act)
    return reduction


def apply(session: Session, exchange: Exchange, reduction: Reduction, act: Act) -> None:
    """Let a reduction that is posted take its effect on the exchange."""
    session.add(reduction)
    letters.follow(session, exchange, act)
    before = exchange.state
    exchange.net_cents -= reduction.amount_cents
    exchange.contribution_cents -= reduction.contribution_cents
    # What waits for the client gives way where what is due does not suffice.
    exchange.awaiting_cents = min(exchange.awaiting_cents, exchange.payable_cents)
    exchange.state = workflow.state_of(exchange.net_cents, exchange.settled_cents)
    remember(session, exchange, "reduced", act, before=before, after=exchange.state, reason=reduction.reason)


def contribution_of_part(net_cents: int, contribution_cents: int, part_cents: int) -> int:
    """Return how much of a contribution goes with a part of the price: what is left keeps its share."""
    part, _rest = money.allocate(contribution_cents, (part_cents, net_cents - part_cents))
    return part


def undo_all(session: Session, exchange: Exchange, *, reason: str, on: date, act: Act) -> None:
    """Undo the reductions of an exchange about to be cancelled, which is then worth what it was again."""
    for reduction in of_exchange(session, exchange.id):
        posted.reverse(session, source_of(reduction.request_key), exchange, reason=reason, on=on, act=act)
        exchange.net_cents += reduction.amount_cents
        exchange.contribution_cents += reduction.contribution_cents
        session.delete(reduction)


def of_exchange(session: Session, exchange_id: int) -> list[Reduction]:
    """Return what was taken back of an exchange, the newest first."""
    found = select(Reduction).where(Reduction.exchange_id == exchange_id).order_by(Reduction.id.desc())
    return list(session.execute(found).scalars())


def source_of(request_key: str) -> str:
    """Return the source of the entry that takes back a part."""
    return rules.reduction_source(request_key)


def _made(session: Session, request_key: str) -> Reduction | None:
    # With a lock: the first click may be younger than our snapshot.
    by_key = select(Reduction).where(Reduction.request_key == request_key).with_for_update()
    return session.execute(by_key).scalars().one_or_none()


def _same(reduction: Reduction, exchange: Exchange, amount_cents: int) -> Reduction:
    if (reduction.exchange_id, reduction.amount_cents) != (exchange.id, amount_cents):
        raise ledger.SourceReused(source=source_of(reduction.request_key))
    return reduction


def _refuse_wrong(exchange: Exchange, amount_cents: int, reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing(action="reduce")
    if exchange.state in (CANCELLED, WAITING):
        raise WrongState(subject="exchange", action="reduce", state=exchange.state)
    if amount_cents <= 0:
        raise AmountNotPositive(amount_cents=amount_cents)
    if amount_cents > exchange.payable_cents or amount_cents == exchange.net_cents:
        raise TooMuch(amount_cents=amount_cents, remaining_cents=exchange.payable_cents)


def _post(session: Session, exchange: Exchange, reduction: Reduction, act: Act) -> Entry | Draft:
    fact = postings.Acceptance(
        source=source_of(reduction.request_key),
        seller_id=exchange.seller_id,
        buyer_id=exchange.buyer_id,
        cooperative_id=parties.cooperative(session).id,
        net_cents=reduction.amount_cents,
        contribution_cents=reduction.contribution_cents,
        accepted_on=reduction.reduced_on,
        text=rules.reduction_text(exchange, reduction.reason),
        document=exchange.reference,
    )
    return ledger.post(session, postings.reduced(posted.scheme_of(session, exchange), fact), act)
