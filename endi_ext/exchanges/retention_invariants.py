"""What must hold of what is held back or waits: rows, amounts and the retention accounts agree."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from ..ledger.models import Account, Entry, Line
from . import waiting_invariants
from .models import CANCELLED, WAITING, Exchange, Retention
from .postings import ROLES_OF_RETENTION
from .rules import held_source, released_source
from .workflow import RELEASED

Break = tuple[str, dict[str, Any]]

Pair = tuple[int, int]


def numbers_by_role(session: Session) -> defaultdict[str, set[str]]:
    """Return the account numbers the retentions were posted on, by role, as their entries say."""
    first = select(func.min(Line.position)).scalar_subquery()
    used = (
        select(Line.position - first, Account.number)
        .join(Account, Account.id == Line.account_id)
        .join(Entry, Entry.id == Line.entry_id)
        .join(Exchange, Entry.source == Exchange.source + ":retained")
        .join(Retention, Retention.exchange_id == Exchange.id)
        .distinct()
    )
    found: defaultdict[str, set[str]] = defaultdict(set)
    for place, number in session.execute(used):
        found[ROLES_OF_RETENTION[place]].add(number)
    return found


def check(session: Session, numbers: Mapping[str, set[str]]) -> Iterator[Break]:
    """Return what does not hold, as (code, facts)."""
    yield from _rows_follow(session)
    yield from _entries_exist(session)
    yield from _accounts_hold(session, numbers)


def _rows_follow(session: Session) -> Iterator[Break]:
    """An exchange holds back what its retention still holds; what is due has its day."""
    rows = select(Exchange, Retention).outerjoin(Retention, Retention.exchange_id == Exchange.id)
    # Nearly all exchanges hold nothing back and have their day: they are not read.
    rows = rows.where(
        or_(
            Retention.id.is_not(None),
            Exchange.retained_cents != 0,
            Exchange.awaiting_cents != 0,
            Exchange.due_on.is_(None),
        )
    )
    for exchange, retention in session.execute(rows):
        held_cents = retention.remaining_cents if retention else 0
        if exchange.retained_cents != held_cents:
            yield "retained_differs", {"exchange_id": exchange.id, "held_cents": held_cents}
        if retention and (retention.state == RELEASED) != (held_cents == 0):
            yield "retention_state_differs", {"exchange_id": exchange.id, "state": retention.state}
        if exchange.state == CANCELLED and (exchange.retained_cents or exchange.awaiting_cents):
            yield "cancelled_but_held", {"exchange_id": exchange.id}
        if exchange.due_cents and exchange.due_on is None:
            yield "due_without_date", {"exchange_id": exchange.id, "due_cents": exchange.due_cents}


def _entries_exist(session: Session) -> Iterator[Break]:
    """Each retention and each release has its entry, of its amount, undone only with its exchange."""
    posted, apart = _posted(session), waiting_invariants.apart(session)
    for retention in _retentions(session):
        exchange = retention.exchange
        aside = apart.get(held_source(exchange), {})
        if exchange.state in aside and held_source(exchange) not in posted:
            posted[held_source(exchange)] = aside[exchange.state] // 2, exchange.state == CANCELLED
        releases = [released_source(exchange, n) for n in range(1, int(retention.release_count) + 1)]
        held_cents, undone = posted.get(held_source(exchange), (0, False))
        let_go = [posted.get(source, (0, False)) for source in releases]
        cancelled = exchange.state == CANCELLED
        released_cents = sum(cents for cents, _undone in let_go)
        if held_cents != retention.held_cents or {undone, *(gone for _cents, gone in let_go)} != {cancelled}:
            yield "retention_not_posted", {"exchange_id": exchange.id, "held_cents": retention.held_cents}
        # Of a cancelled exchange nothing is held, whatever was let go before.
        if not cancelled and released_cents != retention.released_cents:
            yield "release_not_posted", {"exchange_id": exchange.id, "released_cents": released_cents}


def _posted(session: Session) -> dict[str, tuple[int, bool]]:
    """Return the amount of each entry about a retention, by source, and whether it was undone."""
    undone = aliased(Entry)
    entries = (
        select(Entry.source, Entry.total_cents, undone.id)
        .outerjoin(undone, undone.reverses_id == Entry.id)
        .where(
            Entry.source.like("%:retained") | Entry.source.like("%:released:%"), Entry.reverses_id.is_(None)
        )
    )
    return {source: (int(total) // 2, key is not None) for source, total, key in session.execute(entries)}


def _accounts_hold(session: Session, numbers: Mapping[str, set[str]]) -> Iterator[Break]:
    """Between A and B the retention accounts say what is held of the exchanges of the two."""
    if _apart(numbers) & (numbers["payable"] | numbers["receivable"]):
        return  # an account was used for both at different times: its balance says neither
    books, held = _books_of_pairs(session, numbers), _held_of_pairs(session)
    for one, other in pairs((*books, *held)):
        expected = held[one, other] - held[other, one]
        if (books[one, other], books[other, one]) != (expected, -expected):
            facts = {"balance_cents": books[one, other], "held_cents": expected}
            yield "held_differs_from_books", {"party_ids": (one, other), **facts}


def _books_of_pairs(session: Session, numbers: Mapping[str, set[str]]) -> defaultdict[Pair, int]:
    totals = (
        select(Account.party_id, Line.counterparty_id, func.sum(Line.debit_cents - Line.credit_cents))
        .join(Account, Account.id == Line.account_id)
        .where(Account.number.in_(_apart(numbers)))
        .group_by(Account.party_id, Line.counterparty_id)
    )
    return summed(((party, other or 0), cents) for party, other, cents in session.execute(totals))


def _apart(numbers: Mapping[str, set[str]]) -> set[str]:
    return numbers["retention_payable"] | numbers["retention_receivable"]


def _held_of_pairs(session: Session) -> defaultdict[Pair, int]:
    rows = (
        retention
        for retention in _retentions(session)
        if retention.exchange.state not in (CANCELLED, WAITING)
    )
    return summed(((row.exchange.seller_id, row.exchange.buyer_id), row.remaining_cents) for row in rows)


def _retentions(session: Session) -> list[Retention]:
    every = select(Retention).options(joinedload(Retention.exchange)).order_by(Retention.id)
    return list(session.execute(every).scalars())


def pairs(found: Iterable[Pair]) -> list[Pair]:
    """Return each pair of parties once, the smaller id first."""
    return sorted({(min(pair), max(pair)) for pair in found})


def summed(rows: Iterable[tuple[Pair, Any]]) -> defaultdict[Pair, int]:
    """Return the sum of the amounts by pair."""
    found: defaultdict[Pair, int] = defaultdict(int)
    for pair, cents in rows:
        found[pair] += int(cents)
    return found
