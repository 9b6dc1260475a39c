"""What followed of one exchange adopted from a host's documents: what was taken back of it and paid.

Done again it adds what is new. What was edited or deleted in the host, or undone here, is left to a person.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..exchanges import bulk, papers, reductions, service
from ..exchanges.models import CANCELLED, WAITING, Exchange, Settlement
from ..exchanges.paper_models import CREDIT_NOTE, PAYMENT, HostDocument
from ..kernel.errors import DomainError
from ..kernel.history import Act
from . import adoption_rules, frozen
from .adoption_rules import Plan

# Why a person must look first.
CHANGED_SINCE, CANCELLED_HERE, REFUSED = "changed_since", "cancelled_here", "refused"
# Its entries wait for an accountant (brouillard): what followed is brought in once they are validated.
ENTRY_WAITS = "entry_waits"
CREDITED = "Avoir {}"


@dataclass(frozen=True)
class Completed:
    """Whether something was added, or why not."""

    changed: bool = False
    reason: str = ""


def complete(session: Session, exchange_id: int, plan: Plan, act: Act) -> Completed:
    """Bring one exchange up to what both documents say now; what the books refuse changes nothing."""
    exchange = session.get(Exchange, exchange_id, populate_existing=True)
    assert exchange is not None, "recorded already"
    reason = _reason_of_the_books(session, exchange, plan)
    if reason:
        return Completed(reason=reason)
    try:
        with session.begin_nested():
            changed = _follow(session, exchange, plan, act)
            session.flush()  # what is refused by the database is refused for this one alone
    except DomainError:
        return Completed(reason=REFUSED)
    return Completed(reason=ENTRY_WAITS) if waits(exchange) else Completed(changed)


def payment_key(paid: adoption_rules.Paid) -> str:
    """Return the request key of the settlement of a host's payment: one of another amount is another."""
    return f"host_payment:{paid.sale_id}:{paid.cents}"


def waits(exchange: Any) -> bool:
    """Say whether an entry of an exchange waits for an accountant."""
    return exchange.state == WAITING or bool(exchange.step_waits)


def _reason_of_the_books(session: Session, exchange: Exchange, plan: Plan) -> str | None:
    """Return why a person must look first: the host's side was edited, or ours was undone."""
    taken_back = sum(one.amount_cents for one in reductions.of_exchange(session, exchange.id))
    if waits(exchange):
        return ENTRY_WAITS
    if exchange.state == CANCELLED:
        return None if plan.is_cancelled else CANCELLED_HERE
    if exchange.net_cents + taken_back != plan.cents:
        return CHANGED_SINCE
    paid = {one.sale_id: one.cents for one in plan.payments}
    for pair in _documents(session, exchange, PAYMENT):
        if pair.kind.startswith(f"{PAYMENT}:") and paid.get(pair.sale_id) != pair.amount_cents:
            return CHANGED_SINCE
    return None


def _follow(session: Session, exchange: Exchange, plan: Plan, act: Act) -> bool:
    """Take back and settle what the books do not know yet; say whether there was something."""
    if exchange.state == CANCELLED:
        return False
    changed = _take_back(session, exchange, plan, act)
    known = {pair.sale_id: pair for pair in _documents(session, exchange, PAYMENT)}
    for paid in plan.payments:
        pair = known.get(paid.sale_id)
        if not exchange.step_waits and (pair is None or not pair.kind.startswith(f"{PAYMENT}:")):
            _settle(session, exchange, paid, pair, act)
            changed = True
    return changed


def _take_back(session: Session, exchange: Exchange, plan: Plan, act: Act) -> bool:
    told = {one.request_key for one in reductions.of_exchange(session, exchange.id)}
    new = [one for one in plan.refunds if _refund_key(exchange, one) not in told]
    frozen.pair_refunds(session, exchange, new, act)
    if plan.is_cancelled:
        last = max(plan.refunds, key=lambda one: (one.on, one.sale.id))
        reason = CREDITED.format(", ".join(one.sale.number for one in plan.refunds))
        service.reverse(session, exchange, reason=reason, on=last.on, act=act)
        return True
    for one in new:
        if exchange.step_waits:
            break  # one step at a time may wait: the next reading goes on
        reductions.reduce(
            session,
            exchange,
            amount_cents=one.cents,
            reason=CREDITED.format(one.sale.number),
            on=one.on,
            request_key=_refund_key(exchange, one),
            act=act,
        )
    return bool(new)


def _refund_key(exchange: Exchange, refund: adoption_rules.Refund) -> str:
    # The key under which the books follow a credit note that somebody made in the host on our own invoices.
    return f"{CREDIT_NOTE}:{refund.sale.id}:{exchange.id}"


def _settle(
    session: Session, exchange: Exchange, paid: adoption_rules.Paid, pair: HostDocument | None, act: Act
) -> None:
    made = _made_at_once(session, exchange, paid) or service.settle(
        session,
        exchange,
        amount_cents=paid.cents,
        settled_on=paid.on,
        request_key=payment_key(paid),
        act=act,
    )
    if not isinstance(made, Settlement):
        return  # it waits for an accountant, and is found by its key once validated
    if pair is None:
        pair = frozen.document(exchange.id, PAYMENT, paid.sale_id, paid.purchase_id, paid.cents, act)
        session.add(pair)
    pair.kind, pair.amount_cents = f"{PAYMENT}:{made.id}", paid.cents


def _made_at_once(session: Session, exchange: Exchange, paid: adoption_rules.Paid) -> Settlement | None:
    """Return the settlement that was recorded with its exchange and waited with it."""
    key = bulk.settlement_key(str(exchange.source))
    found = select(Settlement).where(
        Settlement.request_key == key,
        Settlement.amount_cents == paid.cents,
        Settlement.settled_on == paid.on,
        Settlement.reversed_at.is_(None),
    )
    return session.execute(found).scalars().one_or_none()


def _documents(session: Session, exchange: Exchange, family: str) -> list[HostDocument]:
    return [
        one
        for one in papers.documents_of(session, exchange.id)
        if one.family == family and one.removed_at is None
    ]
