"""What moved on each account in a month or a year: two trial balances subtracted, never lines summed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from . import queries
from .models import Account
from .spans import Span


@dataclass(frozen=True)
class Moved:
    """One account over a span: its balance (debit minus credit) before, and what moved within."""

    number: str
    party_id: int
    opening_cents: int
    debit_cents: int
    credit_cents: int

    @property
    def net_cents(self) -> int:
        """Debit minus credit of the span."""
        return self.debit_cents - self.credit_cents

    @property
    def closing_cents(self) -> int:
        """Debit minus credit since ever, at the end of the span."""
        return self.opening_cents + self.net_cents


def of_span(session: Session, span: Span) -> list[Moved]:
    """Return every account that was used by the end of the span, by number then party."""
    before = _totals(session, span.starts_on - timedelta(days=1))
    after = _totals(session, span.ends_on)
    accounts = session.execute(select(Account.id, Account.number, Account.party_id))
    found = [_moved(row, before.get(row.id, (0, 0)), after[row.id]) for row in accounts if row.id in after]
    # Sorted here: both databases would sort by their own collation, and differently.
    return sorted(found, key=lambda one: (one.number, one.party_id))


def net_of(moved: Iterable[Moved], numbers: Iterable[str]) -> int:
    """Return debit minus credit that moved on some account numbers, all parties together."""
    wanted = set(numbers)
    return sum(one.net_cents for one in moved if one.number in wanted)


def _totals(session: Session, as_of: date) -> dict[int, tuple[int, int]]:
    totals = queries.totals_as_of(session, as_of)
    rows = session.execute(select(totals.c.account_id, totals.c.debit_cents, totals.c.credit_cents))
    found = ((account_id, (int(debit), int(credit))) for account_id, debit, credit in rows)
    # Read backwards from the totals of now, an account that was first used later comes as nothing.
    return {account_id: sums for account_id, sums in found if any(sums)}


def _moved(row: Any, before: tuple[int, int], after: tuple[int, int]) -> Moved:
    return Moved(
        number=row.number,
        party_id=row.party_id,
        opening_cents=before[0] - before[1],
        debit_cents=after[0] - before[0],
        credit_cents=after[1] - before[1],
    )
