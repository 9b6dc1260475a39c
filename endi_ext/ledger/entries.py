"""What an entry says before it is posted, and how it is digested: values only, no session, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class LineDraft(NamedTuple):
    """One side on the account `number` of the party `party_id`; exactly one amount is positive.

    A tuple, because an import makes half a million of them.
    """

    number: str
    party_id: int
    debit_cents: int = 0
    credit_cents: int = 0
    counterparty_id: int | None = None


@dataclass(frozen=True)
class EntryDraft:
    """A balanced entry waiting to be posted.

    `journal` is the journal's code, `source` the unique name of the fact recorded, `document` the reference
    of the paper that proves it, `reverses` the source of the entry it reverses. `waits` says whether it waits
    for an accountant; none lets its journal decide.
    """

    journal: str
    effective_on: date
    source: str
    text: str
    lines: tuple[LineDraft, ...]
    document: str = ""
    reverses: str | None = None
    waits: bool | None = None

    @property
    def total_cents(self) -> int:
        """The sum of the debits."""
        return sum(line.debit_cents for line in self.lines)


def debit(number: str, party_id: int, cents: int, counterparty_id: int | None = None) -> LineDraft:
    """Return a debit line."""
    return LineDraft(number, party_id, debit_cents=cents, counterparty_id=counterparty_id)


def credit(number: str, party_id: int, cents: int, counterparty_id: int | None = None) -> LineDraft:
    """Return a credit line."""
    return LineDraft(number, party_id, credit_cents=cents, counterparty_id=counterparty_id)


def opposite(lines: Sequence[LineDraft]) -> tuple[LineDraft, ...]:
    """Return the lines with debit and credit exchanged."""
    return tuple(
        LineDraft(line.number, line.party_id, line.credit_cents, line.debit_cents, line.counterparty_id)
        for line in lines
    )
