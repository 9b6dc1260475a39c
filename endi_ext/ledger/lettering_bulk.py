"""Many matters lettered at once, with plain rows: for imports, and to catch up with a book that exists."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from ..kernel.history import Act
from . import lettering, letters
from .lettering_models import (
    FULL,
    PARTIAL,
    LetteredAccount,
    Matching,
    MatchingLine,
    OpenItem,
    PastMatchingLine,
)
from .models import Account, Line
from .rows import recorded_at_sql

IDS_PER_QUERY, ENTRIES_AT_ONCE = 500, 10_000
QUIETLY = {"synchronize_session": False}

NEW_LINES = (
    "SELECT e.source, l.account_id, l.id, l.effective_on, l.debit_cents - l.credit_cents"
    " FROM endi_ext_line l {join} endi_ext_lettered_account a ON a.account_id = l.account_id"
    " JOIN endi_ext_entry e ON e.id = l.entry_id WHERE l.entry_id > ? AND l.entry_id <= ?"
)
NEW_LETTER = (
    "INSERT INTO endi_ext_matching (account_id, number, state, cents, last_on, automatic, made_at, made_by)"
    " VALUES (?, ?, 'full', 0, ?, 1, ?, ?)"
)
MADE = "SELECT id, account_id, number FROM endi_ext_matching WHERE id > ?"
UNDER = "INSERT INTO endi_ext_matching_line (line_id, matching_id) VALUES (?, ?)"

# The account a letter is on, and the open items under it.
Group = tuple[int, list[Any]]


def letter_many(session: Session, matters: Sequence[Collection[int]], act: Act) -> int:
    """Put the open lines of each matter (ids of its entries) under a letter, account by account, where they
    settle something; return how many letters were made.

    What was under a letter before is left as people left it.
    """
    matter_of = {entry_id: place for place, ids in enumerate(matters) for entry_id in ids}
    lettering.hold(session, _accounts_of(session, matter_of))
    by_matter: defaultdict[tuple[int, int], list[Any]] = defaultdict(list)
    for item in _items(session, matter_of):
        by_matter[matter_of[item.entry_id], item.account_id].append(item)
    groups = [
        (account_id, items)
        for (_place, account_id), items in by_matter.items()
        if letters.summed(item.cents for item in items).both_sides
    ]
    fresh = _never_lettered(session, groups)
    _insert(session, fresh, act)
    return len(fresh)


def letter_new(session: Session, matters: Mapping[str, int], after: int, until: int, act: Act) -> int:
    """Letter what was just posted in this transaction, entries after one and up to another; `matters` says by
    source what belongs together. Return how many letters were made.

    Nobody else sees these lines yet, and none is under a letter: plain rows as the driver gives them, some
    entries at a time.
    """
    made, waiting = 0, dict[tuple[int, int], list[Any]]()
    for first in range(after, until, ENTRIES_AT_ONCE):
        for source, account_id, *line in _new_lines(session, first, min(first + ENTRIES_AT_ONCE, until)):
            matter = matters.get(source)
            if matter is not None:
                waiting.setdefault((matter, account_id), []).append(line)
        settled = [
            key for key, lines in waiting.items() if len(lines) > 1 and not sum(one[2] for one in lines)
        ]
        _insert_new(session, [(key[1], waiting.pop(key)) for key in settled], act)
        made += len(settled)
    return made


def _new_lines(session: Session, after: int, until: int) -> Iterable[Any]:
    connection = session.connection()
    sqlite = connection.dialect.name == "sqlite"
    sql = NEW_LINES.format(join="CROSS JOIN" if sqlite else "STRAIGHT_JOIN")
    cursor = connection.connection.cursor()
    cursor.execute(in_dialect(sql, sqlite), (after, until))
    return list(cursor.fetchall())


def _insert_new(session: Session, found: Sequence[Group], act: Act) -> None:
    if not found:
        return
    accounts = {account_id for account_id, _lines in found}
    lettering.hold(session, accounts)
    numbers = _last_numbers(session, accounts)
    before = session.execute(select(func.max(Matching.id))).scalar() or 0
    at, rows = recorded_at_sql(act.at), []
    for account_id, lines in found:
        numbers[account_id] += 1
        last_on = max(str(line[1]) for line in lines)
        rows.append((account_id, numbers[account_id], last_on, at, act.actor_name))
    connection = session.connection()
    sqlite = connection.dialect.name == "sqlite"
    connection.exec_driver_sql(in_dialect(NEW_LETTER, sqlite), rows)
    made = connection.exec_driver_sql(in_dialect(MADE, sqlite), (before,))
    ids = {(account_id, number): key for key, account_id, number in made}
    pairs = zip(rows, found, strict=True)
    under = [(line[0], ids[row[0], row[1]]) for row, (_account_id, lines) in pairs for line in lines]
    connection.exec_driver_sql(in_dialect(UNDER, sqlite), under)
    _take_away(session, (line_id for line_id, _letter in under))


def in_dialect(sql: str, sqlite: bool) -> str:
    """Return a statement in the words of the driver."""
    return sql if sqlite else sql.replace("?", "%s")


def _accounts_of(session: Session, entry_ids: Iterable[int]) -> set[int]:
    found: set[int] = set()
    for some in _slices(entry_ids):
        wanted = select(Line.account_id).join(LetteredAccount, LetteredAccount.account_id == Line.account_id)
        found |= set(session.execute(wanted.where(Line.entry_id.in_(some)).distinct()).scalars())
    return found


def _items(session: Session, entry_ids: Iterable[int]) -> Iterable[Any]:
    columns = (OpenItem.line_id, OpenItem.account_id, OpenItem.effective_on, OpenItem.cents)
    wanted = select(*columns, OpenItem.matching_id, Line.entry_id).join(Line, Line.id == OpenItem.line_id)
    for some in _slices(entry_ids):
        rows = wanted.where(Line.entry_id.in_(some)).order_by(Line.id).with_for_update()
        yield from session.execute(rows)


def _never_lettered(session: Session, groups: Sequence[Group]) -> list[Group]:
    ids = [item.line_id for _account_id, items in groups for item in items]
    known: set[int] = set()
    for some in _slices(ids):
        past = select(PastMatchingLine.line_id).where(PastMatchingLine.line_id.in_(some))
        known |= set(session.execute(past).scalars())
    return [
        (account_id, items)
        for account_id, items in groups
        if not any(item.matching_id is not None or item.line_id in known for item in items)
    ]


def _insert(session: Session, groups: Sequence[Group], act: Act) -> None:
    if not groups:
        return
    numbers = _last_numbers(session, {account_id for account_id, _items in groups})
    before = session.execute(select(func.max(Matching.id))).scalar() or 0
    rows, keys = [], []
    for account_id, items in groups:
        numbers[account_id] += 1
        keys.append((account_id, numbers[account_id]))
        rows.append(_row(account_id, numbers[account_id], items, act))
    session.execute(insert(Matching.__table__), rows)
    made = select(Matching.id, Matching.account_id, Matching.number).where(Matching.id > before)
    ids = {(account_id, number): key for key, account_id, number in session.execute(made)}
    under = [
        {"line_id": item.line_id, "matching_id": ids[key]}
        for key, (_account_id, items) in zip(keys, groups, strict=True)
        for item in items
    ]
    session.execute(insert(MatchingLine.__table__), under)
    _close(session, under, {ids[key]: row["state"] for key, row in zip(keys, rows, strict=True)})


def _row(account_id: int, number: int, items: Sequence[Any], act: Act) -> dict[str, Any]:
    cents = sum(int(item.cents) for item in items)
    return {
        "account_id": account_id,
        "number": number,
        "state": PARTIAL if cents else FULL,
        "cents": cents,
        "last_on": max(item.effective_on for item in items),
        "automatic": True,
        "made_at": act.at,
        "made_by": act.actor_name,
    }


def _close(session: Session, under: Sequence[Mapping[str, int]], states: Mapping[int, str]) -> None:
    """Take what is lettered in full from among the open items, and note the letters of the rest."""
    closed = [one["line_id"] for one in under if states[one["matching_id"]] == FULL]
    _take_away(session, closed)
    noted = [
        {"line": one["line_id"], "letter": one["matching_id"]}
        for one in under
        if states[one["matching_id"]] == PARTIAL
    ]
    if noted:
        table = OpenItem.__table__
        wanted = update(table).where(table.c.line_id == bindparam("line"))
        session.connection().execute(wanted.values(matching_id=bindparam("letter")), noted)


def _take_away(session: Session, line_ids: Iterable[int]) -> None:
    # By their ids: told by a subquery, MariaDB would read, and lock, every open item of the book.
    for some in _slices(line_ids):
        gone = delete(OpenItem).where(OpenItem.line_id.in_(some))
        session.execute(gone, execution_options=QUIETLY)


def _last_numbers(session: Session, account_ids: Iterable[int]) -> dict[int, int]:
    found = dict.fromkeys(account_ids, 0)
    for some in _slices(found):
        last = select(Matching.account_id, func.max(Matching.number)).where(Matching.account_id.in_(some))
        rows = session.execute(last.group_by(Matching.account_id).with_for_update())
        found.update({account_id: int(number) for account_id, number in rows})
    return found


def accounts_to_follow(session: Session, numbers: Collection[str], *, most: int) -> list[int]:
    """Return accounts of some numbers whose lines are not matched yet, although they say who owes."""
    wanted = (
        select(Account.id)
        .outerjoin(LetteredAccount, LetteredAccount.account_id == Account.id)
        .where(LetteredAccount.account_id.is_(None), Account.number.in_(list(numbers)))
    )
    return list(session.execute(wanted.order_by(Account.id).limit(most)).scalars())


def follow_account(session: Session, account_id: int) -> None:
    """Have all lines of an account open, to be matched; called with the head of the book taken."""
    known = select(LetteredAccount.account_id).where(LetteredAccount.account_id == account_id)
    if session.execute(known.with_for_update()).first() is not None:
        return
    session.execute(insert(LetteredAccount.__table__), [{"account_id": account_id}])
    cents = Line.debit_cents - Line.credit_cents
    lines = select(Line.id, Line.account_id, Line.effective_on, cents).where(Line.account_id == account_id)
    columns = ["line_id", "account_id", "effective_on", "cents"]
    session.execute(insert(OpenItem.__table__).from_select(columns, lines))


def _slices(ids: Iterable[int]) -> Iterable[list[int]]:
    listed = list(ids)
    for start in range(0, len(listed), IDS_PER_QUERY):
        yield listed[start : start + IDS_PER_QUERY]
