"""The only writer of the books: posts, reverses, opens and closes periods."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ..kernel.errors import DomainError
from ..kernel.history import Act
from .entries import EntryDraft
from .models import Entry, Period


class Unbalanced(DomainError):
    """Debits and credits differ, or there is none (facts: source, debit_cents, credit_cents)."""

    code = "unbalanced"


class PeriodClosed(DomainError):
    """The effective date lies in a closed period (facts: on, source)."""

    code = "period_closed"


class SourceReused(DomainError):
    """The same source was posted with another content (facts: source)."""

    code = "source_reused"


class AlreadyReversed(DomainError):
    """The entry has its reversal already (facts: source)."""

    code = "already_reversed"


class NotReversible(DomainError):
    """A reversal is not reversed: post again instead (facts: source)."""

    code = "not_reversible"


class PeriodNotLast(DomainError):
    """Periods are closed in order and reopened from the last (facts: starts_on)."""

    code = "period_not_last"


@dataclass(frozen=True)
class Posted:
    """What a bulk posting did."""

    posted: int
    existing: int


def post(session: Session, draft: EntryDraft, act: Act) -> Entry:
    """Post a balanced entry, seal it and keep the day totals; the same source and content again returns it.

    Accounts, the journal and the month's period are opened at first use.
    Raises Unbalanced, PeriodClosed, SourceReused.
    """
    raise NotImplementedError


def post_many(session: Session, drafts: Iterable[EntryDraft], act: Act) -> Posted:
    """Post drafts in bulk with Core statements, in batches: all or nothing with the caller's transaction.

    Raises as post does.
    """
    raise NotImplementedError


def reverse(session: Session, entry: Entry, *, on: date, source: str, text: str, act: Act) -> Entry:
    """Post the opposite of `entry`, naming it; `text` says why.

    Raises AlreadyReversed, NotReversible, PeriodClosed.
    """
    raise NotImplementedError


def period_of(session: Session, on: date) -> Period:
    """Return the month in which `on` falls, opened at first use."""
    raise NotImplementedError


def close_period(session: Session, period: Period, act: Act) -> Period:
    """Close the month: leave snapshots and a certificate; it takes no entry any more.

    Raises PeriodNotLast when an earlier one with entries is open.
    """
    raise NotImplementedError


def reopen_period(session: Session, period: Period, *, reason: str, act: Act) -> Period:
    """Reopen the last closed month, leaving a trace. Raises PeriodNotLast, ReasonMissing."""
    raise NotImplementedError


def entry_of(session: Session, source: str) -> Entry | None:
    """Return the entry posted for `source`."""
    raise NotImplementedError


def drafts_of(entries: Sequence[Entry]) -> list[EntryDraft]:
    """Return entries as drafts, for reading and comparing."""
    raise NotImplementedError
