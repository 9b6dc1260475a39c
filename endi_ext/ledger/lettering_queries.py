"""Reading letters: what is open on an account, what is lettered, and the letter of each line of a page."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, joinedload

from . import letters, paging
from .lettering_models import (
    FULL,
    PARTIAL,
    UNDONE,
    LetteredAccount,
    Matching,
    MatchingLine,
    OpenItem,
    PastMatchingLine,
)
from .models import Account, Entry, Line
from .queries import Page

LETTERED_STATES = (FULL, PARTIAL)

# Lines open for longer than this are told of at the end of a month.
OLD_DAYS = 90


@dataclass(frozen=True)
class Letter:
    """The letter a line is under: its letters, whether in full, and since when."""

    matching_id: int
    text: str
    full: bool
    lettered_on: date


@dataclass(frozen=True)
class OpenAccount:
    """A lettered account, how many of its lines are open and what they come to (debit minus credit)."""

    account: Account
    items: int
    cents: int


@dataclass(frozen=True)
class OpenSum:
    """How many lines are open and what they come to, debit minus credit."""

    items: int
    cents: int


@dataclass(frozen=True)
class Item:
    """An open line; `letter` is the partial one it is under, if any."""

    line: Line
    cents: int
    letter: str


def account_of(session: Session, party_id: int, number: str) -> Account | None:
    """Return a lettered account by its number and party."""
    wanted = select(Account).where(Account.party_id == party_id, Account.number == number)
    wanted = wanted.join(LetteredAccount, LetteredAccount.account_id == Account.id)
    found: Account | None = session.execute(wanted).scalars().one_or_none()
    return found


def accounts_open(session: Session, *, party_id: int | None = None, most: int = 100) -> list[OpenAccount]:
    """Return the accounts with most open lines first; of a party also those without any."""
    count, cents = func.count(OpenItem.line_id), func.coalesce(func.sum(OpenItem.cents), 0)
    if party_id is None:
        sums = select(OpenItem.account_id, count, cents).group_by(OpenItem.account_id)
        rows = session.execute(sums.order_by(count.desc(), OpenItem.account_id).limit(most)).all()
    else:
        sums = (
            select(LetteredAccount.account_id, count, cents)
            .join(Account, Account.id == LetteredAccount.account_id)
            .outerjoin(OpenItem, OpenItem.account_id == Account.id)
            .where(Account.party_id == party_id)
            .group_by(LetteredAccount.account_id)
        )
        rows = session.execute(sums).all()
    wanted = (
        select(Account).options(joinedload(Account.party)).where(Account.id.in_([row[0] for row in rows]))
    )
    known = {account.id: account for account in session.execute(wanted).scalars()}
    return [OpenAccount(known[key], int(items), int(sum_)) for key, items, sum_ in rows]


def numbers(session: Session) -> list[str]:
    """Return the numbers of the accounts whose lines are matched."""
    wanted = select(Account.number).join(LetteredAccount, LetteredAccount.account_id == Account.id).distinct()
    return sorted(session.execute(wanted).scalars())


def standing_of(session: Session, account_id: int, *, counterparty_id: int | None = None) -> OpenSum:
    """Return how many lines of an account are open, and what they come to."""
    sums = select(func.count(OpenItem.line_id), func.sum(OpenItem.cents)).where(
        OpenItem.account_id == account_id
    )
    if counterparty_id is not None:
        sums = sums.join(Line, Line.id == OpenItem.line_id).where(Line.counterparty_id == counterparty_id)
    count, cents = session.execute(sums).one()
    return OpenSum(int(count), int(cents or 0))


def open_page(
    session: Session,
    account_id: int,
    *,
    counterparty_id: int | None = None,
    cursor: str | None = None,
    size: int = 100,
) -> "Page[Item]":
    """Return a page of the open lines of an account, newest first: it costs what is open there."""
    keys = select(OpenItem.effective_on, OpenItem.line_id).where(OpenItem.account_id == account_id)
    if counterparty_id is not None:
        keys = keys.join(Line, Line.id == OpenItem.line_id).where(Line.counterparty_id == counterparty_id)
    place = paging.Place.read(cursor)
    found = session.execute(place.limit(keys, OpenItem.effective_on, OpenItem.line_id, size)).all()
    listed, next_cursor, previous_cursor = place.cut([(row[0], row[1]) for row in found], size)
    return Page(items(session, [line_id for _on, line_id in listed]), next_cursor, previous_cursor)


def with_their_letters(session: Session, line_ids: Sequence[int]) -> list[int]:
    """Return some open lines and, of those under a partial letter, the others under it."""
    if not line_ids:
        return []
    theirs = select(OpenItem.matching_id).where(
        OpenItem.line_id.in_(line_ids), OpenItem.matching_id.is_not(None)
    )
    under = (
        select(MatchingLine.line_id)
        .where(MatchingLine.matching_id.in_(theirs))
        .order_by(MatchingLine.line_id)
    )
    return list(dict.fromkeys([*line_ids, *session.execute(under).scalars()]))


def items(session: Session, line_ids: Sequence[int], *, account_id: int | None = None) -> list[Item]:
    """Return open lines in the order asked for; those that are not open (any more) are left out."""
    wanted = (
        select(Line, OpenItem.cents, Matching.number)
        .join(OpenItem, OpenItem.line_id == Line.id)
        .outerjoin(Matching, Matching.id == OpenItem.matching_id)
        .where(Line.id.in_(line_ids))
        .options(*_with_words())
    )
    if account_id is not None:
        wanted = wanted.where(OpenItem.account_id == account_id)
    found = {
        line.id: Item(line, int(cents), letters.letters(number, partial=True) if number else "")
        for line, cents, number in session.execute(wanted)
    }
    return [found[line_id] for line_id in line_ids if line_id in found]


def letters_page(
    session: Session,
    account_id: int,
    *,
    undone: bool = False,
    counterparty_id: int | None = None,
    before: int | None = None,
    size: int = 20,
) -> tuple[list[Matching], int | None]:
    """Return letters of an account, the latest first, and the number after which the next page begins."""
    states = (UNDONE,) if undone else LETTERED_STATES
    wanted = select(Matching).where(Matching.account_id == account_id, Matching.state.in_(states))
    if counterparty_id is not None:
        kept = PastMatchingLine if undone else MatchingLine
        # Not the column alone: from its index all the lines of a counterparty would be read for each letter.
        with_them = select(kept.matching_id).join(Line, Line.id == kept.line_id)
        theirs = func.coalesce(Line.counterparty_id, 0) == counterparty_id
        with_them = with_them.where(kept.matching_id == Matching.id, theirs)
        wanted = wanted.where(with_them.exists())
    if before is not None:
        wanted = wanted.where(Matching.number < before)
    rows = session.execute(wanted.order_by(Matching.number.desc()).limit(size + 1)).scalars().all()
    return list(rows[:size]), int(rows[size - 1].number) if len(rows) > size else None


def lines_under(session: Session, matchings: Sequence[Matching]) -> dict[int, list[Line]]:
    """Return the lines under letters, or that were before they were undone, by the letter's id."""
    found: dict[int, list[Line]] = {int(one.id): [] for one in matchings}
    for kept in (MatchingLine, PastMatchingLine):
        wanted = select(kept.matching_id, Line).join(Line, Line.id == kept.line_id)
        wanted = wanted.where(kept.matching_id.in_(list(found))).options(*_with_words())
        for matching_id, line in session.execute(wanted.order_by(Line.effective_on, Line.id)):
            found[matching_id].append(line)
    return found


def of_lines(session: Session, line_ids: Collection[int]) -> dict[int, Letter]:
    """Return the letters of some lines, by the line's id; those of an open one are missing."""
    wanted = (
        select(MatchingLine.line_id, Matching.id, Matching.number, Matching.state, Matching.last_on)
        .add_columns(Matching.made_at)
        .join(Matching, Matching.id == MatchingLine.matching_id)
        .where(MatchingLine.line_id.in_(list(line_ids)))
    )
    return {
        line_id: Letter(
            matching_id,
            letters.letters(number, partial=state != FULL),
            state == FULL,
            letters.lettered_on(last_on, at),
        )
        for line_id, matching_id, number, state, last_on, at in session.execute(wanted)
    }


def standing(session: Session, _starts_on: date, ends_on: date) -> tuple[int, int]:
    """Return how many lines were open for longer than OLD_DAYS when a month ended, and the debits among them
    in cents. Those lettered since are not among them.
    """
    old = OpenItem.effective_on < ends_on - timedelta(days=OLD_DAYS)
    debits = func.sum(case((OpenItem.cents > 0, OpenItem.cents), else_=0))
    count, cents = session.execute(select(func.count(OpenItem.line_id), debits).where(old)).one()
    return int(count), int(cents or 0)


def _with_words() -> Any:
    return (
        joinedload(Line.account),
        joinedload(Line.counterparty),
        joinedload(Line.entry).joinedload(Entry.entry_text),
        joinedload(Line.entry).joinedload(Entry.journal),
    )
