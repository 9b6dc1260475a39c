"""Reading the books: balances, trial balance, journal, statements; pages by key, never by offset."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import Session, joinedload, selectinload

from ..kernel.parties import Party
from . import paging
from .models import CLOSED, Account, AccountTotal, DayTotal, Entry, Journal, Line, Period, Snapshot
from .spans import Span

T = TypeVar("T")
IN_ORDER = itemgetter(1, 4, 3)  # of the trial balance: number, party's name, party's id


@dataclass(frozen=True)
class Balance:
    """Cumulated amounts of an account in cents; `balance_cents` is debit minus credit."""

    debit_cents: int
    credit_cents: int

    @property
    def balance_cents(self) -> int:
        """Debit minus credit."""
        return self.debit_cents - self.credit_cents


class TrialBalanceRow(NamedTuple):
    """One account in the trial balance (balance générale)."""

    account_id: int
    number: str
    label: str
    party_id: int
    party_name: str
    debit_cents: int
    credit_cents: int

    @property
    def balance_cents(self) -> int:
        """Debit minus credit."""
        return self.debit_cents - self.credit_cents


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list; the cursors are opaque strings, none at an end."""

    rows: Sequence[T]
    next_cursor: str | None
    previous_cursor: str | None


def balance(session: Session, account: Account, *, as_of: date | None = None) -> Balance:
    """Return the balance of an account, now or at the end of a day, from day totals and snapshots."""
    if as_of is None:
        total = session.execute(_amounts(AccountTotal).where(AccountTotal.account_id == account.id)).first()
        return Balance(0, 0) if total is None else Balance(int(total[0]), int(total[1]))
    days = _amounts(DayTotal).where(DayTotal.account_id == account.id, DayTotal.day <= as_of)
    parts = [days]
    closed = _last_closed(session, as_of)
    if closed is not None:
        kept = _amounts(Snapshot).where(Snapshot.account_id == account.id, Snapshot.period_id == closed.id)
        parts = [days.where(DayTotal.day > closed.ends_on), kept]
    moved = union_all(*parts).subquery()
    sums = select(func.sum(moved.c.debit_cents), func.sum(moved.c.credit_cents))
    debit_cents, credit_cents = session.execute(sums).one()
    return Balance(int(debit_cents or 0), int(credit_cents or 0))


def trial_balance(
    session: Session, *, as_of: date | None = None, party_id: int | None = None
) -> list[TrialBalanceRow]:
    """Return every account that moved, by number then party."""
    connection = session.connection()
    if as_of is None and party_id is None:
        result = connection.exec_driver_sql(_now_in_sql(connection.dialect))
    else:
        rows = _trial_rows(_totals_now() if as_of is None else totals_as_of(session, as_of))
        result = connection.execute(rows if party_id is None else rows.where(Account.party_id == party_id))
    # The driver's own rows, texts and integers: those of SQLAlchemy would take as long as reading them.
    plain: Iterable[Any] = result.cursor.fetchall()
    result.close()
    if as_of is not None:  # MariaDB sums integers to decimals
        plain = ((*row[:5], int(row[5]), int(row[6])) for row in plain)
    # Sorted here: both databases would sort by their own collation, and differently.
    return sorted(map(TrialBalanceRow._make, plain), key=IN_ORDER)


def _trial_rows(totals: Any) -> Any:
    return (
        select(
            Account.id,
            Account.number,
            Account.label,
            Party.id,
            Party.name,
            totals.c.debit_cents,
            totals.c.credit_cents,
        )
        .join(totals, totals.c.account_id == Account.id)
        .join(Party, Party.id == Account.party_id)
        .where((totals.c.debit_cents != 0) | (totals.c.credit_cents != 0))
    )


@lru_cache
def _now_in_sql(dialect: Any) -> str:
    """Return the trial balance of now as SQL, spelled once: each time took as long as reading its rows."""
    return str(_trial_rows(_totals_now()).compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


def journal_page(
    session: Session,
    *,
    journal: str | None = None,
    since: date | None = None,
    until: date | None = None,
    cursor: str | None = None,
    size: int = 50,
) -> "Page[Entry]":
    """Return a page of entries, newest first, with their lines, text and seal loaded."""
    keys = select(Entry.effective_on, Entry.id)
    if journal is not None:
        code = select(Journal.id).where(Journal.code == journal).scalar_subquery()
        keys = keys.where(Entry.journal_id == code)
    if since is not None:
        keys = keys.where(Entry.effective_on >= since)
    if until is not None:
        keys = keys.where(Entry.effective_on <= until)
    place = paging.Place.read(cursor)
    found = session.execute(place.limit(keys, Entry.effective_on, Entry.id, size)).all()
    lines = selectinload(Entry.lines)
    wanted = select(Entry).options(
        joinedload(Entry.journal),
        joinedload(Entry.entry_text),
        joinedload(Entry.seal),
        lines.joinedload(Line.account).joinedload(Account.party),
        lines.joinedload(Line.counterparty),
    )
    return _page(session, place, found, size, wanted, Entry.id)


def statement_page(
    session: Session,
    party_id: int,
    *,
    counterparty_id: int | None = None,
    numbers: Sequence[str] | None = None,
    span: Span | None = None,
    cursor: str | None = None,
    size: int = 50,
) -> "Page[Line]":
    """Return a page of the lines of a party, newest first.

    Of one pair with `counterparty_id`, of some accounts with `numbers`, of one month or year with `span`.
    """
    wanted_accounts = select(Account.id).where(Account.party_id == party_id)
    if numbers is not None:
        wanted_accounts = wanted_accounts.where(Account.number.in_(numbers))
    place = paging.Place.read(cursor)
    parts = []
    for account_id in session.execute(wanted_accounts).scalars():
        # A limit of its own for each account: one query over them all would sort their whole history.
        keys = select(Line.effective_on, Line.id).where(Line.account_id == account_id)
        if counterparty_id is not None:
            keys = keys.where(Line.counterparty_id == counterparty_id)
        if span is not None:
            keys = keys.where(Line.effective_on.between(span.starts_on, span.ends_on))
        parts.append(place.limit(keys, Line.effective_on, Line.id, size).subquery().select())
    if not parts:
        return Page([], None, None)
    merged = union_all(*parts).subquery()
    found = session.execute(place.limit(merged.select(), merged.c.effective_on, merged.c.id, size)).all()
    wanted = select(Line).options(
        joinedload(Line.account).joinedload(Account.party),
        joinedload(Line.counterparty),
        joinedload(Line.entry).joinedload(Entry.entry_text),
    )
    return _page(session, place, found, size, wanted, Line.id)


def accounts(session: Session, *, party_id: int | None = None) -> list[Account]:
    """Return the accounts opened so far, by number then party."""
    wanted = select(Account).options(joinedload(Account.party))
    if party_id is not None:
        wanted = wanted.where(Account.party_id == party_id)
    found = session.execute(wanted).scalars().all()
    return sorted(found, key=lambda account: (account.number, account.party.name, account.id))


def _amounts(table: Any) -> Any:
    return select(table.debit_cents, table.credit_cents)


def _last_closed(session: Session, as_of: date) -> Period | None:
    """Return the last closed month that ends by `as_of`: its snapshots hold all that precedes."""
    closed = select(Period).where(Period.state == CLOSED, Period.ends_on <= as_of)
    return session.execute(closed.order_by(Period.ends_on.desc()).limit(1)).scalars().first()


def _totals_now() -> Any:
    return _amounts(AccountTotal).add_columns(AccountTotal.account_id).subquery()


def totals_as_of(session: Session, as_of: date) -> Any:
    """Return each account's cumulated amounts at the end of a day, by the shorter way.

    Forwards from the last snapshot or from the first day, or backwards from the totals of now.
    """
    closed = _last_closed(session, as_of)
    # Two questions and not one: each is then answered by an end of the index.
    first: Any = session.execute(select(func.min(DayTotal.day))).scalar()
    last: Any = session.execute(select(func.max(DayTotal.day))).scalar()
    start: Any = first if closed is None else closed.ends_on
    if first is None or last <= as_of:
        return _totals_now()
    if (last - as_of) < (as_of - start):
        backwards = select(DayTotal.account_id, -DayTotal.debit_cents, -DayTotal.credit_cents)
        return _summed(_labelled(AccountTotal), backwards.where(DayTotal.day > as_of))
    days = _labelled(DayTotal).where(DayTotal.day <= as_of)
    if closed is None:
        return _summed(days)
    kept = _labelled(Snapshot).where(Snapshot.period_id == closed.id)
    return _summed(kept, days.where(DayTotal.day > closed.ends_on))


def _labelled(table: Any) -> Any:
    return select(table.account_id, table.debit_cents, table.credit_cents)


def _summed(*parts: Any) -> Any:
    """Return the sum of the parts, account by account."""
    moved = union_all(*parts).subquery()
    return (
        select(
            moved.c.account_id,
            func.sum(moved.c.debit_cents).label("debit_cents"),
            func.sum(moved.c.credit_cents).label("credit_cents"),
        )
        .group_by(moved.c.account_id)
        .subquery()
    )


def _page(session: Session, place: paging.Place, found: Any, size: int, wanted: Any, key: Any) -> "Page[Any]":
    """Return the rows of the keys found, in their order, with the cursors around them."""
    keys, next_cursor, previous_cursor = place.cut([(row[0], row[1]) for row in found], size)
    ids = [row_id for _on, row_id in keys]
    rows = {row.id: row for row in session.execute(wanted.where(key.in_(ids))).scalars()} if ids else {}
    return Page([rows[row_id] for row_id in ids], next_cursor, previous_cursor)
