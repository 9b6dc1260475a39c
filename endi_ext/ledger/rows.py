"""What drafts become on their way to the database: checked, digested, gathered table by table; no session."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from . import seals
from .entries import EntryDraft, LineDraft
from .errors import AmountTooLarge, Unbalanced

LARGEST_CENTS = 2**53 - 1
TEXT_LENGTH, DOCUMENT_LENGTH = 500, 190


@dataclass
class Frame:
    """A journal in a month: what its entries share. `counter` is one for the months of a fiscal year."""

    journal_id: int
    fiscal_year: int
    counter: list[int]


@dataclass
class Rows:
    """What a batch inserts, table by table, in the order of their foreign keys; the seals come last."""

    entries: list[tuple[Any, ...]] = field(default_factory=list)
    texts: list[tuple[Any, ...]] = field(default_factory=list)
    lines: list[tuple[Any, ...]] = field(default_factory=list)
    seals: list[tuple[Any, ...]] = field(default_factory=list)


def check(draft: EntryDraft) -> None:
    """Raise Unbalanced or AmountTooLarge when the draft cannot be posted."""
    total_debit = total_credit = 0
    sound = len(draft.lines) >= 2
    for line in draft.lines:
        debit, credit = line.debit_cents, line.credit_cents
        total_debit += debit
        total_credit += credit
        if not (debit > 0 == credit or credit > 0 == debit):
            sound = False
    if not sound or total_debit != total_credit:
        raise Unbalanced(source=draft.source, debit_cents=total_debit, credit_cents=total_credit)
    if total_debit > LARGEST_CENTS:
        raise AmountTooLarge(source=draft.source, amount_cents=total_debit)
    if type(total_debit) is not int or type(total_credit) is not int:
        raise TypeError(f"{draft.source}: amounts are whole cents")


def line_json(line: LineDraft) -> str:
    """Return a line as the digests hold it."""
    other = "null" if line.counterparty_id is None else line.counterparty_id
    beginning = seals.account_json(line.number, line.party_id)
    return f"{beginning}{other},{line.debit_cents},{line.credit_cents}]"


def fiscal_year_of(on: date, first_month: int) -> int:
    """Return the year in which the fiscal year of `on` ends."""
    return on.year if first_month == 1 or on.month < first_month else on.year + 1


def recorded_at_sql(at: datetime) -> str:
    """Return an instant as both drivers store it: naive UTC with microseconds."""
    return stored(seals.instant_text(at))


def stored(at_text: str) -> str:
    """Return an instant as both drivers store it, from how the digests hold it."""
    return at_text.replace("T", " ").rstrip("Z")


def unlocked(sql: str) -> str:
    """Return `sql` without its lock, for what never changes once it is there."""
    return sql.replace("LOCK IN SHARE MODE", "")
