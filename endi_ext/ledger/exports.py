"""The journal handed out whole: plain rows, read batch by batch along the index, never as ORM objects."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session, aliased

from ..kernel.parties import Party
from . import statements
from .models import Account, Entry, EntryText, Journal, Line
from .spans import Span

BATCH = 500

HEADS = """SELECT e.id, j.code, e.number, e.effective_on, e.recorded_at, t.document, t.text
    FROM endi_ext_entry e JOIN endi_ext_journal j ON j.id = e.journal_id
    JOIN endi_ext_entry_text t ON t.entry_id = e.id WHERE e.id {one_of}"""
SIDES = """SELECT l.entry_id, l.account_id, l.debit_cents, l.credit_cents, g.number, g.last_on, g.made_at
    FROM endi_ext_line l LEFT JOIN endi_ext_matching_line m ON m.line_id = l.id
    LEFT JOIN endi_ext_matching g ON g.id = m.matching_id AND g.state = 'full'
    WHERE l.entry_id {one_of} ORDER BY l.entry_id, l.position"""
HOLDERS = """SELECT a.id, a.number, a.label, p.id, p.analytic_code, p.name
    FROM endi_ext_account a JOIN endi_ext_party p ON p.id = a.party_id WHERE a.id {one_of}"""


class Head(NamedTuple):
    """What the lines of an entry share."""

    id: int
    code: str
    number: int
    effective_on: date
    recorded_at: datetime
    document: str
    text: str


class Holder(NamedTuple):
    """An account and whose it is: read once, shared by its lines."""

    account: str
    account_label: str
    party_id: int
    analytic_code: str
    party: str


class Side(NamedTuple):
    """A line of an entry, under a full letter or under none."""

    entry_id: int
    holder: Holder
    debit_cents: int
    credit_cents: int
    letter: int | None = None
    letter_last_on: date | None = None
    lettered_at: datetime | None = None


def journal_lines(
    session: Session, *, journal: str | None = None, since: date | None = None, until: date | None = None
) -> Iterator[Any]:
    """Yield each line with its entry, account and parties, the oldest entry first.

    A row has code, number, effective_on, document, account, analytic_code, party, counterparty, text,
    debit_cents, credit_cents, party_key.
    """
    entries = select(Entry.id, Entry.effective_on).order_by(Entry.effective_on, Entry.id).limit(BATCH)
    if journal is not None:
        entries = entries.join(Journal).where(Journal.code == journal)
    if since is not None:
        entries = entries.where(Entry.effective_on >= since)
    if until is not None:
        entries = entries.where(Entry.effective_on <= until)
    batch = session.execute(entries).all()
    while batch:
        yield from session.execute(_lines().where(Entry.id.in_([row.id for row in batch])))
        batch = session.execute(entries.where(beyond(batch[-1]))).all()


def beyond(last: Any) -> Any:
    """Return the condition that an entry comes after another, by its day then its id.

    A day that is not before comes first: told as two cases only, each batch would walk from the first day.
    """
    later = or_(Entry.effective_on > last.effective_on, Entry.id > last.id)
    return and_(Entry.effective_on >= last.effective_on, later)


def recorded_lines(session: Session, span: Span, only: Any = None) -> Iterator[tuple[Head, Side]]:
    """Yield the entries of a span with each of their lines, in the order they were recorded: their numbers'.

    `only` is a condition on entries.
    """
    connection, holders = session.connection(), dict[int, Holder]()
    for ids in id_windows(session, span, only):
        found = {head.id: head for head in _heads(connection, ids)}
        for line in _sides(connection, holders, ids):
            yield found[line.entry_id], line


def id_windows(session: Session, span: Span, only: Any = None) -> Iterator[list[int]]:
    """Yield the ids of the entries of a span, in order, some at a time; `only` is a condition on them."""
    within = _within(span, only)
    first_id, last_id = session.execute(select(func.min(Entry.id), func.max(Entry.id)).where(within)).one()
    if first_id is None:
        return
    # Ids follow one another: windows of them cost the same wherever they lie, whichever days entries are of.
    for start in range(first_id, last_id + 1, BATCH):
        window = Entry.id.between(start, min(start + BATCH - 1, last_id))
        ids = list(session.execute(select(Entry.id).where(window, within).order_by(Entry.id)).scalars())
        if ids:
            yield ids


def entries_of(session: Session, span: Span, only: Any = None) -> int:
    """Return how many entries a span has; `only` is a condition on them."""
    found = select(func.count()).select_from(Entry).where(_within(span, only))
    return int(session.execute(found).scalar() or 0)


def _within(span: Span, only: Any) -> Any:
    days = Entry.effective_on.between(span.starts_on, span.ends_on)
    return days if only is None else and_(days, only)


def _lines() -> Any:
    counterparty = aliased(Party)
    columns = (
        Journal.code,
        Entry.number,
        Entry.effective_on,
        EntryText.document,
        Account.number.label("account"),
        Party.analytic_code,
        Party.name.label("party"),
        counterparty.name.label("counterparty"),
        EntryText.text,
        Line.debit_cents,
        Line.credit_cents,
        Party.host_key.label("party_key"),
    )
    return (
        select(*columns)
        .select_from(Entry)
        .join(Journal, Journal.id == Entry.journal_id)
        .join(EntryText, EntryText.entry_id == Entry.id)
        .join(Line, Line.entry_id == Entry.id)
        .join(Account, Account.id == Line.account_id)
        .join(Party, Party.id == Account.party_id)
        .outerjoin(counterparty, counterparty.id == Line.counterparty_id)
        .order_by(Entry.effective_on, Entry.id, Line.position)
    )


def _heads(connection: Connection, ids: Sequence[int]) -> Iterator[Head]:
    for entry_id, code, number, on, at, document, text in _rows(connection, HEADS, ids):
        yield Head(entry_id, code, number, _day(on), _instant(at), document, text)


def _sides(connection: Connection, holders: dict[int, Holder], ids: Sequence[int]) -> Iterator[Side]:
    rows = _rows(connection, SIDES, ids)
    unknown = sorted({row[1] for row in rows} - holders.keys())
    if unknown:
        holders.update((row[0], Holder(*row[1:])) for row in _rows(connection, HOLDERS, unknown))
    for entry_id, account_id, debit, credit, letter, last_on, made_at in rows:
        if letter is None:
            yield Side(entry_id, holders[account_id], debit, credit)
        else:
            lettered = letter, _day(last_on), _instant(made_at)
            yield Side(entry_id, holders[account_id], debit, credit, *lettered)


def _rows(connection: Connection, sql: str, ids: Sequence[int]) -> Any:
    """Return the rows of some ids in order: a range where none is missing."""
    given = tuple(ids)
    one_of = f"IN ({', '.join('?' * len(ids))})"
    if ids[-1] - ids[0] + 1 == len(ids):
        one_of, given = "BETWEEN ? AND ?", (ids[0], ids[-1])
    return statements.fetched(connection, sql.format(one_of=one_of), *given)


@lru_cache(maxsize=1024)
def _day(told: Any) -> date:
    """Return a day as the driver tells it: SQLite's in text."""
    return told if isinstance(told, date) else date.fromisoformat(told)


@lru_cache(maxsize=1024)
def _instant(told: Any) -> datetime:
    at = told if isinstance(told, datetime) else datetime.fromisoformat(told)
    return at.replace(tzinfo=UTC)
