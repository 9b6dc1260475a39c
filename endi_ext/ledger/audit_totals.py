"""The totals proved against the lines, in memory that does not grow with the book.

Keeping the sum of each account and day while the lines stream by would take memory for each of them.
Instead each side of each account and each day gets a secret random weight, and one number is kept: the sum
of amount x weight of the account's side x weight of the day, modulo a prime. The same sum over the day totals
is equal if they are right; if one is wrong it differs, but for a chance of one in 2**60.
"""

import secrets
from collections import defaultdict
from datetime import date
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from . import statements
from .models import CLOSED, Account, DayTotal, Line, Period

PRIME = 2**61 - 1
SECRET_BYTES = 32
ACCOUNTS_AT_ONCE = 10
LAST_ID = 2**63 - 1
NOTHING = (0, 0)

DAYS = """SELECT account_id, {day}, debit_cents, credit_cents FROM endi_ext_day_total
    WHERE account_id BETWEEN ? AND ? ORDER BY account_id, day"""
ACCOUNTS = """SELECT account_id, debit_cents, credit_cents FROM endi_ext_account_total
    WHERE account_id BETWEEN ? AND ?"""
SNAPSHOTS = """SELECT account_id, period_id, debit_cents, credit_cents FROM endi_ext_snapshot
    WHERE account_id BETWEEN ? AND ?"""

Amounts = tuple[int, int]
# Of one account: its id, the day as text, debit, credit.
Days = list[tuple[int, str, int, int]]


class Break(Exception):
    """The first thing found wrong."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


class Weights(dict[Any, Amounts]):
    """Two weights for whatever is asked: who knows the secret weighs alike, nobody else can tell them."""

    def __init__(self, secret: bytes) -> None:
        super().__init__()
        self.secret = secret

    def __missing__(self, key: Any) -> Amounts:
        drawn = blake2b(repr(key).encode(), key=self.secret).digest()
        self[key] = int.from_bytes(drawn[:32], "big") % PRIME, int.from_bytes(drawn[32:], "big") % PRIME
        return self[key]


class Totals:
    """The fingerprint of the totals of every account and day.

    What is weighed is kept by day and meets the day's weight at the end: once, not once for each entry.
    """

    def __init__(self, secret: bytes | None = None) -> None:
        self.secret = secret or secrets.token_bytes(SECRET_BYTES)
        self.weights = Weights(self.secret)
        self.weighed: defaultdict[str, int] = defaultdict(int)

    def add(self, day: str, weighed: int) -> None:
        """Count an entry of a day: the amounts of its lines, each times the weight of its account's side."""
        self.weighed[day] += weighed

    def take(self, account_id: int, days: Days) -> None:
        """Take off the day totals of an account: nothing is left when all are right."""
        of_debit, of_credit = self.weights[account_id]
        weighed = self.weighed
        for _account, day, debit_cents, credit_cents in days:
            weighed[day] -= debit_cents * of_debit + credit_cents * of_credit

    @property
    def right(self) -> bool:
        """Nothing is left."""
        return sum(self.weights[day][0] * weighed for day, weighed in self.weighed.items()) % PRIME == 0


def plain_rows(connection: Connection, sql: str, first: int, last: int) -> Any:
    """Return the rows between two ids, with dates as text: the digests hold text."""
    sqlite = connection.dialect.name == "sqlite"
    as_text = "{name}" if sqlite else "CAST({name} AS CHAR)"
    sql = sql.format(**{name: as_text.format(name=name) for name in ("effective_on", "recorded_at", "day")})
    return statements.fetched(connection, sql, first, last)


def check(session: Session, totals: Totals) -> None:
    """Raise Break where day totals, account totals or snapshots differ from the lines counted in `totals`."""
    take_kept(session, totals)
    if not totals.right:
        _find_the_day(session)


def take_kept(session: Session, totals: Totals) -> None:
    """Take all day totals off `totals`; raise Break where account totals or snapshots differ from them."""
    closed = select(Period.id, Period.starts_on, Period.ends_on).where(Period.state == CLOSED)
    periods = list(session.execute(closed.order_by(Period.ends_on)))
    ids = list(session.execute(select(Account.id).order_by(Account.id)).scalars())
    first = -LAST_ID
    for last in [*ids[ACCOUNTS_AT_ONCE - 1 :: ACCOUNTS_AT_ONCE], LAST_ID]:
        # Every number between, not those of accounts alone: a total of an account that is gone counts too.
        _check_accounts(session, totals, (first, last), periods)
        first = last + 1


def _check_accounts(session: Session, totals: Totals, ends: tuple[int, int], periods: list[Any]) -> None:
    connection = session.connection()
    kept = {row[0]: row[1:] for row in plain_rows(connection, ACCOUNTS, *ends)}
    snapshots: defaultdict[int, dict[int, Amounts]] = defaultdict(dict)
    for account_id, period_id, *amounts in plain_rows(connection, SNAPSHOTS, *ends):
        snapshots[account_id][period_id] = (amounts[0], amounts[1])
    days = {key: list(rows) for key, rows in groupby(plain_rows(connection, DAYS, *ends), itemgetter(0))}
    for account_id in sorted({*kept, *snapshots, *days}):
        moved: Days = days.get(account_id, [])
        totals.take(account_id, moved)
        if kept.get(account_id, NOTHING) != _sum(moved):
            raise Break("account_total_differs", account=_name(session, account_id))
        wrong = _wrong_snapshot(snapshots[account_id], moved, periods)
        if wrong:
            raise Break("snapshot_differs", account=_name(session, account_id), starts_on=wrong[0])


def _sum(days: Days) -> Amounts:
    return sum([row[2] for row in days]), sum([row[3] for row in days])


def _wrong_snapshot(kept: dict[int, Amounts], days: Days, periods: list[Any]) -> tuple[date | None] | None:
    """Return the first day of a month whose snapshot differs, none for a month that is not closed."""
    debits = credited = place = 0
    for period_id, starts_on, ends_on in periods:
        last_day = ends_on.isoformat()
        while place < len(days) and days[place][1] <= last_day:
            debits, credited = debits + days[place][2], credited + days[place][3]
            place += 1
        if kept.pop(period_id, NOTHING) != (debits, credited):
            return (starts_on,)
    return (None,) if kept else None


def _find_the_day(session: Session) -> None:
    """Raise Break for the first day whose total is wrong: slow, and only when one is known to be."""
    ids = list(session.execute(select(Account.id).order_by(Account.id)).scalars())
    sums = select(Line.effective_on, func.sum(Line.debit_cents), func.sum(Line.credit_cents))
    kept = select(DayTotal.day, DayTotal.debit_cents, DayTotal.credit_cents)
    for account_id in ids:
        rows = session.execute(sums.where(Line.account_id == account_id).group_by(Line.effective_on))
        lines = {day: (int(debit), int(credit)) for day, debit, credit in rows}
        days = {
            day: (debit, credit)
            for day, debit, credit in session.execute(kept.where(DayTotal.account_id == account_id))
        }
        for day in sorted(lines.keys() | days.keys()):
            if lines.get(day, NOTHING) != days.get(day, NOTHING):
                raise Break("day_total_differs", account=_name(session, account_id), on=day)
    raise Break("day_total_differs", account="", on=None)


def _name(session: Session, account_id: int) -> str:
    account = session.get(Account, account_id)
    return str(account_id) if account is None else f"{account.number} {account.party.name}"
