"""Reading the books: balances, trial balance, journal, statements; pages by key, never by offset."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from sqlalchemy.orm import Session

from .models import Account, Entry, Line

T = TypeVar("T")


@dataclass(frozen=True)
class Balance:
    """Cumulated amounts of an account in cents; `balance_cents` is debit minus credit."""

    debit_cents: int
    credit_cents: int

    @property
    def balance_cents(self) -> int:
        """Debit minus credit."""
        return self.debit_cents - self.credit_cents


@dataclass(frozen=True)
class TrialBalanceRow:
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
    raise NotImplementedError


def trial_balance(
    session: Session, *, as_of: date | None = None, party_id: int | None = None
) -> list[TrialBalanceRow]:
    """Return every account that moved, by number then party."""
    raise NotImplementedError


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
    raise NotImplementedError


def statement_page(
    session: Session,
    party_id: int,
    *,
    counterparty_id: int | None = None,
    numbers: Sequence[str] | None = None,
    cursor: str | None = None,
    size: int = 50,
) -> "Page[Line]":
    """Return a page of the lines of a party, newest first; of one pair with `counterparty_id`, of some accounts with `numbers`."""
    raise NotImplementedError


def accounts(session: Session, *, party_id: int | None = None) -> list[Account]:
    """Return the accounts opened so far, by number then party."""
    raise NotImplementedError
