"""The aged balance (balance âgée): what is owed and owing at a day, by how late it is.

Read from the lines that were open that day, so that it always adds up to the balances of the accounts. It
costs what is open and what was lettered since, never the whole book. Due dates, and what waits for the
client, are those known today: what waits or is held back is never called late.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..ledger.lettering_models import FULL, Matching, MatchingLine, OpenItem
from ..ledger.models import Account, Entry, Line
from . import letters, roles

NOT_DUE, LATE_30, LATE_60, LATE_90, LATER = "not_due", "late_30", "late_60", "late_90", "later"
AWAITING, RETAINED = "awaiting", "retained"
BUCKETS = (NOT_DUE, LATE_30, LATE_60, LATE_90, LATER, AWAITING, RETAINED)
LATE = (LATE_30, LATE_60, LATE_90, LATER)
LIMITS = ((0, NOT_DUE), (30, LATE_30), (60, LATE_60), (90, LATE_90))
RECEIVABLE, PAYABLE = "receivable", "payable"


@dataclass(frozen=True)
class Aged:
    """What a party is owed (receivable) or owes (payable), of one counterparty, by age, in cents."""

    side: str
    party_id: int
    counterparty_id: int | None
    cents: dict[str, int]

    @property
    def total_cents(self) -> int:
        """All of it, late or not."""
        return sum(self.cents.values())

    @property
    def late_cents(self) -> int:
        """What of it is late."""
        return sum(self.cents.get(bucket, 0) for bucket in LATE)


@dataclass(frozen=True)
class Numbers:
    """Which account numbers say what: those that say both are liaison accounts."""

    receivable: set[str]
    payable: set[str]
    retention: set[str]


def read(session: Session, *, as_of: date, party_id: int | None = None) -> list[Aged]:
    """Return what is owed and owing at the end of a day, by party and counterparty."""
    numbers = _numbers(session)
    matters: defaultdict[Any, list[Any]] = defaultdict(list)
    rows = list(_open_lines(session, as_of, party_id))
    exchanges = letters.behind(session, {row.source for row in rows})
    for row in rows:
        exchange = exchanges.get(row.source)
        matters[_matter(row, exchange)].append((row, exchange))
    totals: defaultdict[tuple[str, int, int | None], dict[str, int]] = defaultdict(dict)
    for lines in matters.values():
        first = lines[0][0]
        side, aged = _aged(lines, numbers, as_of)
        kept = totals[side, first.party_id, first.counterparty_id]
        for bucket, cents in aged:
            kept[bucket] = kept.get(bucket, 0) + cents
    return [Aged(*key, cents) for key, cents in totals.items() if any(cents.values())]


def by_party(rows: Iterable[Aged]) -> list[Aged]:
    """Return the rows of each party and side as one."""
    sums: defaultdict[tuple[str, int], dict[str, int]] = defaultdict(dict)
    for row in rows:
        kept = sums[row.side, row.party_id]
        for bucket, cents in row.cents.items():
            kept[bucket] = kept.get(bucket, 0) + cents
    return [Aged(side, party_id, None, cents) for (side, party_id), cents in sums.items()]


def bucket_of(due_on: date, as_of: date) -> str:
    """Return how late something due on a day is."""
    late_days = (as_of - due_on).days
    return next((name for most, name in LIMITS if late_days <= most), LATER)


def _open_lines(session: Session, as_of: date, party_id: int | None) -> Iterator[Any]:
    """Yield the lines that were open at the end of a day: those open now, and those lettered since."""
    open_now = _lines(OpenItem.matching_id).join(OpenItem, OpenItem.line_id == Line.id)
    open_now = open_now.where(OpenItem.effective_on <= as_of)
    since = (
        _lines(Matching.id)
        .join(MatchingLine, MatchingLine.line_id == Line.id)
        .join(Matching, Matching.id == MatchingLine.matching_id)
        .where(Matching.state == FULL, Matching.last_on > as_of, Line.effective_on <= as_of)
    )
    if party_id is not None:
        # By the ids of the accounts: from the party, all the lines its accounts ever had would be read.
        own = list(session.execute(select(Account.id).where(Account.party_id == party_id)).scalars())
        open_now = open_now.where(OpenItem.account_id.in_(own))
        since = since.where(Matching.account_id.in_(own))
    yield from session.execute(open_now)
    yield from session.execute(since)


def _lines(letter: Any) -> Any:
    return (
        select(
            Line.id,
            Line.account_id,
            Line.counterparty_id,
            Line.effective_on,
            (Line.debit_cents - Line.credit_cents).label("cents"),
            letter.label("letter"),
            Account.number,
            Account.party_id,
            Entry.source,
        )
        .select_from(Line)
        .join(Account, Account.id == Line.account_id)
        .join(Entry, Entry.id == Line.entry_id)
    )


def _matter(row: Any, exchange: Any) -> tuple[Any, ...]:
    """Return what a line is about: lines of one letter or of one exchange are set off against each other."""
    where = (row.account_id, row.counterparty_id)
    if row.letter is not None:
        return (*where, "letter", row.letter)
    return (*where, "exchange", exchange.id) if exchange is not None else (*where, "line", row.id)


def _aged(lines: Sequence[Any], numbers: Numbers, as_of: date) -> tuple[str, list[tuple[str, int]]]:
    """Return the side of a matter and its amounts by age; one that is set off comes to nothing."""
    first = lines[0][0]
    cents = sum(int(row.cents) for row, _exchange in lines)
    exchanges = {exchange.id: exchange for _row, exchange in lines if exchange is not None}
    side = _side(first, cents, next(iter(exchanges.values()), None), numbers)
    owed = cents if side == RECEIVABLE else -cents
    if first.number in numbers.retention:
        return side, [(RETAINED, owed)]
    waits = min(max(owed, 0), sum(int(one.awaiting_cents) for one in exchanges.values()))
    return side, [(AWAITING, waits), (_bucket(lines, exchanges.values(), as_of), owed - waits)]


def _bucket(lines: Sequence[Any], exchanges: Iterable[Any], as_of: date) -> str:
    listed = list(exchanges)
    due = [one.due_on for one in listed if one.due_on is not None]
    if due:
        return bucket_of(max(due), as_of)  # of several, the one that is the least late
    if listed:
        return NOT_DUE
    return bucket_of(min(row.effective_on for row, _exchange in lines), as_of)


def _side(row: Any, cents: int, exchange: Any, numbers: Numbers) -> str:
    claims, debts = row.number in numbers.receivable, row.number in numbers.payable
    if claims != debts:
        return RECEIVABLE if claims else PAYABLE
    if exchange is not None and claims:
        return RECEIVABLE if exchange.seller_id == row.party_id else PAYABLE
    return RECEIVABLE if cents > 0 else PAYABLE


def _numbers(session: Session) -> Numbers:
    ever = roles.ever(session)
    return Numbers(
        roles.playing(ever, "receivable", "retention_receivable"),
        roles.playing(ever, "payable", "retention_payable"),
        roles.playing(ever, "retention_receivable", "retention_payable"),
    )
