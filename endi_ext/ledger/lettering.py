"""Matching the lines of an account (lettrage): full when they net to zero, partial else; undone with a trace.

Whoever decides holds the row of the account first, then reads with locks: two people never have one line.
The head of the book, where it is needed, is taken before (by service.py).
"""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from ..kernel.errors import DomainError, ReasonMissing, WrongState
from ..kernel.history import Act
from . import letters
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
from .models import Account, Line

MOST_LINES = 500
QUIETLY = {"synchronize_session": False}


class AlreadyLettered(DomainError):
    """A line is under a full letter already, or is of another account (facts: account)."""

    code = "already_lettered"


class OneSided(DomainError):
    """Debits alone or credits alone settle nothing (facts: cents)."""

    code = "one_sided"


class TooManyLines(DomainError):
    """More lines than one letter takes (facts: most)."""

    code = "too_many_lines"


def letter(
    session: Session, account_id: int, line_ids: Collection[int], act: Act, *, automatic: bool = False
) -> Matching:
    """Put open lines of an account under one letter: full when they net to zero, else partial.

    Lines that are under a partial letter bring the others of that letter along, which then keeps it; of
    several letters the oldest takes over.
    Raises AlreadyLettered, OneSided, TooManyLines.
    """
    hold(session, [account_id])
    items = _items(session, OpenItem.line_id.in_(list(line_ids)[: MOST_LINES + 1]))
    found = {item.line_id for item in items if item.account_id == account_id}
    if len(set(line_ids)) > MOST_LINES:
        raise TooManyLines(most=MOST_LINES)
    if not found or found != set(line_ids):
        raise AlreadyLettered(account=_name(session, account_id))
    return _letter(session, account_id, items, act, automatic=automatic)


def undo(session: Session, matching: Matching, *, reason: str, act: Act) -> Matching:
    """Undo a letter with a reason: its lines are open again, and what it was is kept.

    Raises ReasonMissing, WrongState.
    """
    if not reason.strip():
        raise ReasonMissing(action="undo_letter")
    hold(session, [matching.account_id])
    matching = _matching(session, matching.id)
    if matching.state == UNDONE:
        raise WrongState(subject="matching", action="undo", state=UNDONE)
    _undo(session, matching, act, reason=reason.strip())
    return matching


def letter_reversal(session: Session, victim_id: int, reversal_id: int, act: Act, *, reason: str) -> None:
    """Put each line of an entry under a letter with its opposite; letters it was under are undone."""
    both = (victim_id, reversal_id)
    rows = _lines(session, Line.entry_id.in_(both))
    hold(session, {row.account_id for row in rows})
    for row in rows:
        if row.entry_id == victim_id:
            _take_out(session, row.id, act, reason=reason)
    session.flush()  # what was taken out is read next
    items = _items(session, OpenItem.line_id.in_([row.id for row in rows]))
    for account_id in sorted({item.account_id for item in items}):
        some = [item for item in items if item.account_id == account_id]
        if letters.summed(item.cents for item in some) == (0, True):
            _letter(session, account_id, some, act, automatic=True)


def letter_matter(session: Session, entry_ids: Collection[int], act: Act) -> None:
    """Put the open lines of entries about one matter under a letter, account by account, where they settle
    something.
    """
    lines = _lines(session, Line.entry_id.in_(list(entry_ids)))
    hold(session, {line.account_id for line in lines})
    items = _items(session, OpenItem.line_id.in_([line.id for line in lines]))
    for account_id in sorted({item.account_id for item in items}):
        some = [item for item in items if item.account_id == account_id]
        apart = len({item.matching_id for item in some}) > 1 or some[0].matching_id is None
        if apart and letters.summed(item.cents for item in some).both_sides:
            _letter(session, account_id, some, act, automatic=True)


def were_lettered(session: Session, line_ids: Any) -> bool:
    """Say whether some of the lines were under a letter that is undone."""
    past = select(PastMatchingLine.line_id).where(PastMatchingLine.line_id.in_(line_ids))
    return session.execute(past.limit(1)).first() is not None


def lines_of(session: Session, matching: Matching) -> list[int]:
    """Return the ids of the lines under a letter, or that were when it was undone."""
    kept: Any = PastMatchingLine if matching.state == UNDONE else MatchingLine
    wanted = select(kept.line_id).where(kept.matching_id == matching.id)
    return list(session.execute(wanted.order_by(kept.line_id)).scalars())


def _letter(
    session: Session, account_id: int, items: Iterable[OpenItem], act: Act, *, automatic: bool
) -> Matching:
    """Letter items that are read with locks, with all that is under the partial letters they bring."""
    listed = {int(item.line_id): item for item in items}
    brought = sorted({int(item.matching_id) for item in listed.values() if item.matching_id is not None})
    if brought:
        more = _items(session, OpenItem.account_id == account_id, OpenItem.matching_id.in_(brought))
        listed.update({int(item.line_id): item for item in more})
    total = letters.summed(int(item.cents) for item in listed.values())
    if not total.both_sides:
        raise OneSided(cents=total.cents)
    matching = _kept(session, account_id, brought, act, automatic=automatic)
    matching.state, matching.cents = (PARTIAL, total.cents) if total.cents else (FULL, 0)
    matching.last_on = max(item.effective_on for item in listed.values())
    session.flush()  # its id is needed, and it is there before its lines
    _put_under(session, matching, listed.values())
    return matching


def _kept(session: Session, account_id: int, brought: list[int], act: Act, *, automatic: bool) -> Matching:
    """Return the oldest of the partial letters brought, which the others are merged into, or a new one."""
    if not brought:
        last = select(func.max(Matching.number)).where(Matching.account_id == account_id)
        number = int(session.execute(last.with_for_update()).scalar() or 0) + 1
        matching = Matching(
            account_id=account_id,
            number=number,
            automatic=automatic,
            made_at=act.at,
            made_by=act.actor_name,
        )
        session.add(matching)
        return matching
    first, *others = (_matching(session, matching_id) for matching_id in brought)
    for other in others:
        _undo(session, other, act, merged_into_id=first.id)
    first.automatic = bool(first.automatic and automatic)
    first.made_at, first.made_by = act.at, act.actor_name
    return first


def _put_under(session: Session, matching: Matching, items: Iterable[OpenItem]) -> None:
    listed = list(items)
    ids = [int(item.line_id) for item in listed]
    new = [int(item.line_id) for item in listed if item.matching_id != matching.id]
    if new:
        # Of a letter just merged into this one, nothing stands any more.
        session.execute(
            insert(MatchingLine.__table__), [{"line_id": one, "matching_id": matching.id} for one in new]
        )
    of_them = OpenItem.line_id.in_(ids)
    if matching.state == FULL:
        session.execute(delete(OpenItem).where(of_them), execution_options=QUIETLY)
    else:
        values = {"matching_id": matching.id}
        session.execute(update(OpenItem).where(of_them).values(values), execution_options=QUIETLY)


def _undo(
    session: Session, matching: Matching, act: Act, *, reason: str = "", merged_into_id: int | None = None
) -> None:
    """Take all lines from under a letter: they are open, and kept as what was under it."""
    # With a lock: the letter may have grown since our snapshot was taken.
    standing = select(MatchingLine.line_id).where(MatchingLine.matching_id == matching.id)
    ids = list(session.execute(standing.with_for_update()).scalars())
    past = select(MatchingLine.matching_id, MatchingLine.line_id).where(
        MatchingLine.matching_id == matching.id
    )
    session.execute(insert(PastMatchingLine.__table__).from_select(["matching_id", "line_id"], past))
    under = delete(MatchingLine).where(MatchingLine.matching_id == matching.id)
    session.execute(under, execution_options=QUIETLY)
    if matching.state == FULL:
        cents = Line.debit_cents - Line.credit_cents
        opened = select(Line.id, Line.account_id, Line.effective_on, cents).where(Line.id.in_(ids))
        columns = ["line_id", "account_id", "effective_on", "cents"]
        session.execute(insert(OpenItem.__table__).from_select(columns, opened))
    else:
        freed = update(OpenItem).where(OpenItem.line_id.in_(ids)).values({"matching_id": None})
        session.execute(freed, execution_options=QUIETLY)
    matching.state, matching.undone_at, matching.undone_by = UNDONE, act.at, act.actor_name
    matching.reason, matching.merged_into_id = reason, merged_into_id
    session.flush()  # a new letter may take its lines at once


def _take_out(session: Session, line_id: int, act: Act, *, reason: str) -> None:
    """Undo the letter a line is under, if it is under one."""
    standing = select(MatchingLine.matching_id).where(MatchingLine.line_id == line_id)
    matching_id = session.execute(standing.with_for_update(read=True)).scalar()
    if matching_id is not None:
        _undo(session, _matching(session, matching_id), act, reason=reason)


def hold(session: Session, account_ids: Iterable[int]) -> None:
    """Hold the accounts, in order, until the transaction ends."""
    wanted = select(Account.id).where(Account.id.in_(sorted(account_ids))).order_by(Account.id)
    session.execute(wanted.with_for_update()).all()


def _matching(session: Session, matching_id: int) -> Matching:
    wanted = select(Matching).where(Matching.id == matching_id).with_for_update()
    found: Matching = session.execute(wanted.execution_options(populate_existing=True)).scalars().one()
    return found


def _items(session: Session, *conditions: Any) -> list[Any]:
    """Return open items as plain rows, as they are now."""
    columns = (
        OpenItem.line_id,
        OpenItem.account_id,
        OpenItem.effective_on,
        OpenItem.cents,
        OpenItem.matching_id,
    )
    return list(session.execute(select(*columns).where(*conditions).with_for_update()))


def _lines(session: Session, *conditions: Any) -> list[Any]:
    """Return lines of lettered accounts as plain rows, as they are now."""
    wanted = select(Line.id, Line.entry_id, Line.account_id).where(*conditions)
    wanted = wanted.join(LetteredAccount, LetteredAccount.account_id == Line.account_id)
    return list(session.execute(wanted.with_for_update(read=True)))


def _name(session: Session, account_id: int) -> str:
    account = session.get(Account, account_id)
    return "" if account is None else f"{account.number} {account.party.name}"
