"""The journal handed out whole: plain rows, read batch by batch along the index, never as ORM objects."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from ..kernel.parties import Party
from .lettering_models import FULL, Matching, MatchingLine
from .models import Account, Entry, EntryText, Journal, Line
from .spans import Span

BATCH = 1000


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
        last = batch[-1]
        same_day = and_(Entry.effective_on == last.effective_on, Entry.id > last.id)
        batch = session.execute(entries.where(or_(Entry.effective_on > last.effective_on, same_day))).all()


def recorded_lines(session: Session, span: Span, only: Any = None) -> Iterator[tuple[Any, Any]]:
    """Yield the entries of a span with each of their lines, in the order they were recorded: their numbers'.

    An entry has id, code, number, effective_on, recorded_at, document, text; a line has account,
    account_label, party_id, analytic_code, party, debit_cents, credit_cents and, under a full letter, letter
    (its number), letter_last_on and lettered_at. `only` is a condition on entries.
    """
    heads, sides = _heads(), _sides()
    for ids in id_windows(session, span, only):
        # Plain rows of the connection: a session would take half as long again.
        connection = session.connection()
        found = {row[0]: row for row in connection.execute(heads.where(_one_of(Entry.id, ids)))}
        for line in connection.execute(sides.where(_one_of(Line.entry_id, ids))):
            yield found[line[0]], line


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


def _one_of(column: Any, ids: list[int]) -> Any:
    """Return the condition that a column is one of some ids in order: a range where none is missing."""
    if ids[-1] - ids[0] + 1 == len(ids):
        return column.between(ids[0], ids[-1])
    return column.in_(ids)


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


def _heads() -> Any:
    columns = (Entry.id, Journal.code, Entry.number, Entry.effective_on, Entry.recorded_at)
    return (
        select(*columns, EntryText.document, EntryText.text)
        .join(Journal, Journal.id == Entry.journal_id)
        .join(EntryText, EntryText.entry_id == Entry.id)
    )


def _sides() -> Any:
    columns = (
        Line.entry_id,
        Account.number.label("account"),
        Account.label.label("account_label"),
        Party.id.label("party_id"),
        Party.analytic_code,
        Party.name.label("party"),
        Line.debit_cents,
        Line.credit_cents,
        Matching.number.label("letter"),
        Matching.last_on.label("letter_last_on"),
        Matching.made_at.label("lettered_at"),
    )
    full = and_(Matching.id == MatchingLine.matching_id, Matching.state == FULL)
    return (
        select(*columns)
        .join(Account, Account.id == Line.account_id)
        .join(Party, Party.id == Account.party_id)
        .outerjoin(MatchingLine, MatchingLine.line_id == Line.id)
        .outerjoin(Matching, full)
        .order_by(Line.entry_id, Line.position)
    )
