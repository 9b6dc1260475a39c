"""The totals proved against the lines, in memory that does not grow with the book.

Keeping the sum of each account and day while the lines stream by would take memory for each of them.
Instead each account and each day gets a secret random weight, and one number is kept: the sum of amount x
weight of the account x weight of the day, modulo a prime. The same sum over the day totals is equal if they
are right; if one is wrong it differs, but for a chance of one in 2**60.
"""

import random
from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .models import CLOSED, Account, AccountTotal, DayTotal, Line, Period, Snapshot

PRIME = 2**61 - 1
ACCOUNTS_AT_ONCE = 100

Amounts = tuple[int, int]


class Break(Exception):
    """The first thing found wrong."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


class Totals:
    """The fingerprint of the totals of every account and day."""

    def __init__(self) -> None:
        drawn = random.SystemRandom()
        self.accounts: defaultdict[int, int] = defaultdict(lambda: drawn.randrange(1, PRIME))
        self.days: defaultdict[str, int] = defaultdict(lambda: drawn.randrange(1, PRIME))
        self.debit = self.credit = 0

    def add(self, day: str, lines: Any) -> None:
        """Count the lines of an entry, all of one day: rows as audit.LINES reads them."""
        accounts = self.accounts
        debit = credit = 0
        for line in lines:
            weight = accounts[line[2]]
            debit += line[5] * weight
            credit += line[6] * weight
        self.debit = (self.debit + debit * self.days[day]) % PRIME
        self.credit = (self.credit + credit * self.days[day]) % PRIME

    def take(self, account_id: int, day: str, debit_cents: int, credit_cents: int) -> None:
        """Take off a day total: nothing is left when all are right."""
        weight = self.accounts[account_id] * self.days[day]
        self.debit = (self.debit - debit_cents * weight) % PRIME
        self.credit = (self.credit - credit_cents * weight) % PRIME


def check(session: Session, totals: Totals) -> None:
    """Raise Break where day totals, account totals or snapshots differ from the lines counted in `totals`."""
    closed = select(Period.id, Period.starts_on, Period.ends_on).where(Period.state == CLOSED)
    periods = list(session.execute(closed.order_by(Period.ends_on)))
    ids = list(session.execute(select(Account.id).order_by(Account.id)).scalars())
    for start in range(0, len(ids), ACCOUNTS_AT_ONCE):
        some = ids[start : start + ACCOUNTS_AT_ONCE]
        days = _days(session, some)
        for account_id, rows in days.items():
            for day, (debit_cents, credit_cents) in rows:
                totals.take(account_id, day.isoformat(), debit_cents, credit_cents)
        _check_accounts(session, some, days)
        _check_snapshots(session, some, days, periods)
    if totals.debit or totals.credit:
        _find_the_day(session, ids)


def _days(session: Session, some: list[int]) -> dict[int, list[tuple[date, Amounts]]]:
    """Return the day totals of some accounts, oldest first."""
    found: dict[int, list[tuple[date, Amounts]]] = {account_id: [] for account_id in some}
    rows = select(DayTotal.account_id, DayTotal.day, DayTotal.debit_cents, DayTotal.credit_cents)
    wanted = rows.where(DayTotal.account_id.between(some[0], some[-1]))
    for account_id, day, debit, credit in session.execute(wanted.order_by(DayTotal.account_id, DayTotal.day)):
        found[account_id].append((day, (debit, credit)))
    return found


def _sum(rows: list[tuple[date, Amounts]]) -> Amounts:
    return sum(amounts[0] for _day, amounts in rows), sum(amounts[1] for _day, amounts in rows)


def _check_accounts(session: Session, some: list[int], days: dict[int, list[tuple[date, Amounts]]]) -> None:
    rows = select(AccountTotal.account_id, AccountTotal.debit_cents, AccountTotal.credit_cents)
    wanted = rows.where(AccountTotal.account_id.between(some[0], some[-1]))
    kept = {account_id: (debit, credit) for account_id, debit, credit in session.execute(wanted)}
    for account_id in some:
        if kept.get(account_id, (0, 0)) != _sum(days[account_id]):
            raise Break("account_total_differs", account=_name(session, account_id))


def _check_snapshots(
    session: Session, some: list[int], days: dict[int, list[tuple[date, Amounts]]], periods: list[Any]
) -> None:
    rows = select(Snapshot.account_id, Snapshot.period_id, Snapshot.debit_cents, Snapshot.credit_cents)
    wanted = rows.where(Snapshot.account_id.between(some[0], some[-1]))
    kept = {(account, period): (debit, credit) for account, period, debit, credit in session.execute(wanted)}
    for period_id, starts_on, ends_on in periods:
        for account_id in some:
            until = _sum([row for row in days[account_id] if row[0] <= ends_on])
            if kept.pop((account_id, period_id), (0, 0)) != until:
                raise Break("snapshot_differs", account=_name(session, account_id), starts_on=starts_on)
    for account_id, _period in kept:  # of a month that is not closed
        raise Break("snapshot_differs", account=_name(session, account_id), starts_on=None)


def _find_the_day(session: Session, ids: list[int]) -> None:
    """Raise Break for the first day whose total is wrong: slow, and only when one is known to be."""
    sums = select(Line.effective_on, func.sum(Line.debit_cents), func.sum(Line.credit_cents))
    for account_id in ids:
        rows = session.execute(sums.where(Line.account_id == account_id).group_by(Line.effective_on))
        lines = {day: (int(debit), int(credit)) for day, debit, credit in rows}
        days = dict(_days(session, [account_id])[account_id])
        for day in sorted(lines.keys() | days.keys()):
            if lines.get(day, (0, 0)) != days.get(day, (0, 0)):
                raise Break("day_total_differs", account=_name(session, account_id), on=day)
    raise Break("day_total_differs", account="", on=None)


def _name(session: Session, account_id: int) -> str:
    account = session.get(Account, account_id)
    return str(account_id) if account is None else f"{account.number} {account.party.name}"
