"""Reading exchanges: of a party, to be settled, and the balance with each partner; pages by key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from ..kernel.parties import Party
from ..ledger.queries import Page
from .models import OPEN, PARTLY_SETTLED, Exchange

SELLER, BUYER = "seller", "buyer"
OWED_STATES = (OPEN, PARTLY_SETTLED)

# What of an exchange is looked for: what is due, what waits for the client, what is held back.
DUE, AWAITING, RETAINED = "due", "awaiting", "retained"


class Partner(NamedTuple):
    """A party as lists of partners name it."""

    id: int
    name: str


@dataclass(frozen=True)
class PartnerBalance:
    """What stands between a party and one of its partners, in cents."""

    partner: Partner
    owed_to_us_cents: int
    owed_by_us_cents: int

    @property
    def balance_cents(self) -> int:
        """What the partner owes in the end; negative when it is owed."""
        return self.owed_to_us_cents - self.owed_by_us_cents


def exchange_of(session: Session, exchange_id: int, *, party_id: int | None = None) -> Exchange | None:
    """Return an exchange by its id; with `party_id`, only if that party sells or buys in it."""
    wanted = select(Exchange).where(Exchange.id == exchange_id)
    if party_id is not None:
        wanted = wanted.where(or_(Exchange.seller_id == party_id, Exchange.buyer_id == party_id))
    return session.execute(wanted).scalars().one_or_none()


def of_party(
    session: Session,
    party_id: int,
    *,
    role: str | None = None,
    states: Sequence[str] | None = None,
    partner_id: int | None = None,
    since: date | None = None,
    until: date | None = None,
    cursor: str | None = None,
    size: int = 50,
) -> "Page[Exchange]":
    """Return a page of the exchanges a party sells or buys in, newest first, with both parties loaded.

    Each side is read along its own index and the two are merged: a page costs a page, however long the past.
    """
    sides = ((SELLER, Exchange.seller_id, Exchange.buyer_id), (BUYER, Exchange.buyer_id, Exchange.seller_id))
    wanted = [
        _with_parties().where(own == party_id, *_filters(other, states, partner_id, since, until))
        for name, own, other in sides
        if role in (None, name)
    ]
    return _page(session, wanted, Exchange.accepted_on, cursor, size, newest_first=True)


def open_exchanges(
    session: Session,
    *,
    part: str = DUE,
    party_id: int | None = None,
    due_until: date | None = None,
    cursor: str | None = None,
    size: int = 50,
) -> "Page[Exchange]":
    """Return a page of the exchanges of which a `part` is still to be settled.

    What is due, the longest due first; else what waits for the client or is held back, the oldest first.
    """
    filters, day = _part(part)
    if party_id is not None:
        filters.append(or_(Exchange.seller_id == party_id, Exchange.buyer_id == party_id))
    if due_until is not None:
        filters.append(Exchange.due_on <= due_until)
    # One read per state, each along the index (state, due_on, id).
    wanted = [_with_parties().where(Exchange.state == state, *filters) for state in OWED_STATES]
    return _page(session, wanted, day, cursor, size, newest_first=False)


def _part(part: str) -> tuple[list[Any], Any]:
    """Return what an exchange has of that part, and the day it is ordered by."""
    if part == AWAITING:
        return [Exchange.awaiting_cents > 0], Exchange.accepted_on
    if part == RETAINED:
        return [Exchange.retained_cents > 0], Exchange.accepted_on
    held_cents = Exchange.retained_cents + Exchange.awaiting_cents
    return [
        Exchange.due_on.is_not(None),
        Exchange.net_cents > Exchange.settled_cents + held_cents,
    ], Exchange.due_on


def partner_balances(
    session: Session, party_id: int, *, partner_id: int | None = None
) -> list[PartnerBalance]:
    """Return what stands between a party and each partner with something open, by the partner's name.

    Reads two indexes that hold all it needs: it costs the open exchanges of the party, not its past.
    """
    owed = _remaining_by(session, Exchange.seller_id, Exchange.buyer_id, party_id, partner_id)
    owing = _remaining_by(session, Exchange.buyer_id, Exchange.seller_id, party_id, partner_id)
    known = select(Party.id, Party.name).where(Party.id.in_(owed.keys() | owing.keys()))
    return [
        PartnerBalance(Partner(key, name), owed.get(key, 0), owing.get(key, 0))
        for key, name in session.execute(known.order_by(Party.name, Party.id))
    ]


def _remaining_by(
    session: Session, own: Any, other: Any, party_id: int, partner_id: int | None
) -> dict[int, int]:
    remaining = func.sum(Exchange.net_cents - Exchange.settled_cents)
    totals = select(other, remaining).where(own == party_id, Exchange.state.in_(OWED_STATES)).group_by(other)
    if partner_id is not None:
        totals = totals.where(other == partner_id)
    return {partner: int(cents) for partner, cents in session.execute(totals)}


def _with_parties() -> Any:
    return select(Exchange).options(joinedload(Exchange.seller), joinedload(Exchange.buyer))


def _filters(
    other: Any, states: Sequence[str] | None, partner_id: int | None, since: date | None, until: date | None
) -> list[Any]:
    # Not a list of pairs to filter: SQLAlchemy 2 refuses to compare with a None that is not there.
    conditions = []
    if states:
        conditions.append(Exchange.state.in_(states))
    if partner_id is not None:
        conditions.append(other == partner_id)
    if since is not None:
        conditions.append(Exchange.accepted_on >= since)
    if until is not None:
        conditions.append(Exchange.accepted_on <= until)
    return conditions


def _page(
    session: Session, wanted: Sequence[Any], day: Any, cursor: str | None, size: int, *, newest_first: bool
) -> "Page[Exchange]":
    """Return a page of the union of some selects, ordered by a date and the id."""
    backward, at = _read_cursor(cursor)
    falling = newest_first != backward
    order = (day.desc(), Exchange.id.desc()) if falling else (day, Exchange.id)
    after = [] if at is None else [_beyond(day, at, falling=falling)]
    found = chain.from_iterable(
        session.execute(some.where(*after).order_by(*order).limit(size + 1)).scalars() for some in wanted
    )

    def key(row: Exchange) -> tuple[date, int]:
        return (getattr(row, day.key), row.id)

    rows = sorted(found, key=key, reverse=falling)
    more, rows = len(rows) > size, rows[:size]
    if backward:
        rows.reverse()
    before, following = (more, at is not None) if backward else (at is not None, more)
    return Page(
        rows,
        _write_cursor("n", key(rows[-1])) if rows and following else None,
        _write_cursor("p", key(rows[0])) if rows and before else None,
    )


def _beyond(day: Any, at: tuple[date, int], *, falling: bool) -> Any:
    on, row_id = at
    if falling:
        return or_(day < on, and_(day == on, Exchange.id < row_id))
    return or_(day > on, and_(day == on, Exchange.id > row_id))


def _write_cursor(direction: str, at: tuple[date, int]) -> str:
    return f"{direction}{at[0].isoformat()}_{at[1]}"


def _read_cursor(cursor: str | None) -> tuple[bool, tuple[date, int] | None]:
    """Return whether it leads backward and from where; an address someone damaged shows the first page."""
    try:
        day, _, row_id = (cursor or "")[1:].partition("_")
        return (cursor or "")[0] == "p", (date.fromisoformat(day), int(row_id))
    except (ValueError, IndexError):
        return False, None
