"""What must be zero over a month by itself: each pair of mirrored accounts, from totals, never from lines."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from ..exchanges import roles
from ..ledger import movements
from ..ledger.spans import Span

# How many things stand, and the cents at stake.
Standing = tuple[int, int]

MIRRORED = {
    "revenue_expense": ("revenue", "expense"),
    "receivable_payable": ("receivable", "payable", "retention_receivable", "retention_payable"),
    "contributions": ("contribution_revenue", "contribution_expense"),
    "transfers": ("transfer",),
}


@dataclass(frozen=True)
class Setting:
    """What the checks of a month read: the books, the month, and the host's documents, none in a test."""

    session: Session
    span: Span
    documents: Any = None

    @cached_property
    def moved(self) -> list[movements.Moved]:
        """What moved on each account in the month, read once for all checks."""
        return movements.of_span(self.session, self.span)

    @cached_property
    def numbers(self) -> roles.Numbers:
        """The account numbers of each role."""
        return roles.ever(self.session)

    def left_on(self, name: str) -> int:
        """Return what the month leaves on the accounts of a name of MIRRORED: zero if both sides agree."""
        return movements.net_of(self.moved, roles.playing(self.numbers, *MIRRORED[name]))
