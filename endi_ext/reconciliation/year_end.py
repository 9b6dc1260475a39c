"""Where a year stands: what is to be done before it is over, and what its accounts carry forward."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..exchanges import roles
from ..ledger import movements, openings
from ..ledger.models import CLOSED, Period
from ..ledger.spans import Span
from . import elimination
from .elimination import Proposal
from .month_balances import MIRRORED

RESULTS = ("revenue", "expense", "contribution_revenue", "contribution_expense")
DEBTS = MIRRORED["receivable_payable"]


@dataclass(frozen=True)
class AccountYear:
    """A general account over a year, all parties together; `carried_cents` opens the next one."""

    number: str
    opening_cents: int
    debit_cents: int
    credit_cents: int
    is_carried: bool

    @property
    def closing_cents(self) -> int:
        """Debit minus credit at the end of the year."""
        return self.opening_cents + self.debit_cents - self.credit_cents

    @property
    def carried_cents(self) -> int:
        """What the next year begins with."""
        return self.closing_cents if self.is_carried else 0


@dataclass(frozen=True)
class Year:
    """A fiscal year as an accountant ends it; `to_reopen` begins the month to open again before that."""

    span: Span
    open_months: int
    proposals: Sequence[Proposal]
    accounts: Sequence[AccountYear]
    owed_cents: int
    to_reopen: date | None = None

    @property
    def result_cents(self) -> int:
        """What is left on the accounts of results, each taken by itself: zero once all is eliminated."""
        return sum(abs(one.closing_cents) for one in self.accounts if not one.is_carried)

    @property
    def to_eliminate(self) -> list[Proposal]:
        """What is proposed and not posted yet."""
        return [one for one in self.proposals if one.accounts]


def read(session: Session, span: Span) -> Year:
    """Return where the year stands, from totals: no line is read."""
    numbers, moved = roles.ever(session), movements.of_span(session, span)
    results = results_of(numbers)
    debts = roles.playing(numbers, *DEBTS)
    return Year(
        span=span,
        open_months=elimination.open_months(session, span),
        proposals=elimination.proposals_of(session, span, numbers, moved),
        accounts=_accounts(moved, results),
        # What is owed is owed to somebody: each debt is counted on both sides.
        owed_cents=sum(max(one.closing_cents, 0) for one in moved if one.number in debts),
        to_reopen=to_reopen(session, span),
    )


def to_reopen(session: Session, span: Span) -> date | None:
    """Return the first day of the month to open again before anything is dated at the end of the year.

    It is the last that is closed, maybe of a later year: they are opened again from there. None if the last
    month of the year is open.
    """
    last = select(Period.starts_on).where(Period.state == CLOSED).order_by(Period.starts_on.desc()).limit(1)
    return session.execute(last.where(Period.ends_on >= span.ends_on)).scalar()


def results_of(numbers: roles.Numbers) -> set[str]:
    """Return the accounts that play the part of revenue and expense, whatever their class."""
    carried = roles.playing(numbers, *DEBTS, *MIRRORED["transfers"])
    return roles.playing(numbers, *RESULTS) - carried


def _accounts(moved: Sequence[movements.Moved], results: set[str]) -> list[AccountYear]:
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for one in moved:
        is_carried = openings.is_carried(one.number, results)
        amounts = (one.opening_cents if is_carried else 0, one.debit_cents, one.credit_cents)
        sums[one.number] = [total + cents for total, cents in zip(sums[one.number], amounts, strict=True)]
    return [
        AccountYear(number, amounts[0], amounts[1], amounts[2], openings.is_carried(number, results))
        for number, amounts in sorted(sums.items())
        if any(amounts)
    ]
