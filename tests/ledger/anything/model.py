"""What the books should hold, told plainly: no batches, totals, snapshots, cursors or open items.

The model never asks the ledger anything. It keeps what was posted, the months, what waits, the letters and
the files made, and `refusals` says which refusals a posting may meet.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from endi_ext.ledger import service as ledger
from endi_ext.ledger.entries import EntryDraft

LARGEST_CENTS = 2**53 - 1
FULL, PARTIAL, UNDONE = "full", "partial", "undone"


class Row(NamedTuple):
    """A line in the books: `key` is where it stands, (sequence, position)."""

    on: date
    key: tuple[int, int]
    number: str
    party: int
    other: int | None
    debit: int
    credit: int

    @property
    def account(self):
        return self.number, self.party

    @property
    def cents(self):
        return self.debit - self.credit


@dataclass
class Posted:
    """An entry: its sequence in the book, and its number in the journal and fiscal year."""

    sequence: int
    year: int
    number: int
    draft: EntryDraft
    erased: bool = False

    @property
    def rows(self):
        on = self.draft.effective_on
        return [
            Row(on, (self.sequence, place), one.number, one.party_id, one.counterparty_id, *one[2:4])
            for place, one in enumerate(self.draft.lines, 1)
        ]


@dataclass
class Letter:
    """Lines of one account that were put together; those of one that is undone are what it was."""

    account: tuple[str, int]
    number: int
    rows: set
    undone: bool = False

    @property
    def cents(self):
        return sum(row.cents for row in self.rows)

    @property
    def state(self):
        return UNDONE if self.undone else PARTIAL if self.cents else FULL


@dataclass
class Model:
    """The books of one cooperative."""

    first_month: int = 1
    entries: list = field(default_factory=list)
    days: dict = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    months: dict = field(default_factory=dict)  # first day -> closed or not
    stages: set = field(default_factory=set)
    waiting: dict = field(default_factory=dict)
    drafts: int = 0
    letters: list = field(default_factory=list)
    exported: dict = field(default_factory=lambda: defaultdict(set))  # shape -> sequences
    checkpoints: list = field(default_factory=list)

    # Posting

    def refusals(self, drafts, *, validating=False):
        """Return the refusals that a run of drafts may meet; none when all of it is to be taken."""
        told, undone, found = {}, {one.draft.reverses for one in self.entries}, set()
        for draft in drafts:
            if not is_sound(draft):
                found.add(ledger.Unbalanced)
                continue
            known = told.get(draft.source) or (None if validating else self.waits_for(draft.source))
            posted = self.posted(draft.source)
            if known is not None or posted is not None:
                if known != draft if posted is None else not says(posted, draft):
                    found.add(ledger.SourceReused)
                continue
            told[draft.source] = draft
            if self.is_closed(draft.effective_on):
                found.add(ledger.PeriodClosed)
            if draft.reverses is not None:
                victim = told.get(draft.reverses) or self.posted(draft.reverses).draft
                if victim.reverses is not None:
                    found.add(ledger.NotReversible)
                elif victim.source in undone:
                    found.add(ledger.AlreadyReversed)
                undone.add(victim.source)
        return found

    def take(self, drafts):
        """Post what is new, or put it aside; return (posted, existing, waiting) as a bulk posting tells."""
        posted, aside = 0, set()
        for draft in drafts:
            if self.posted(draft.source) is not None:
                continue
            if self.waits_for(draft.source) is not None:
                aside.add(draft.source)
            elif draft.journal in self.stages and draft.reverses is None:
                self.drafts += 1
                self.waiting[self.drafts] = draft
                aside.add(draft.source)
            else:
                self.enter(draft)
                posted += 1
        return posted, len(drafts) - posted - len(aside), len(aside)

    def enter(self, draft):
        on = draft.effective_on
        year = on.year + (1 < self.first_month <= on.month)
        same = [one for one in self.entries if (one.draft.journal, one.year) == (draft.journal, year)]
        entry = Posted(len(self.entries) + 1, year, len(same) + 1, draft)
        self.entries.append(entry)
        self.months.setdefault(on.replace(day=1), False)
        for row in entry.rows:
            total = self.days[row.number, row.party, on]
            total[0] += row.debit
            total[1] += row.credit

    def posted(self, source):
        return next((one for one in self.entries if one.draft.source == source), None)

    def waits_for(self, source):
        return next((one for one in self.waiting.values() if one.source == source), None)

    # Reading

    def rows(self):
        return [row for entry in self.entries for row in entry.rows]

    def within(self, span):
        return [one for one in self.entries if span.starts_on <= one.draft.effective_on <= span.ends_on]

    def totals(self, until=date.max, since=date.min):
        """Return debit and credit by (number, party) of the days asked for."""
        found = defaultdict(lambda: (0, 0))
        for (number, party, day), (debits, credited) in self.days.items():
            if since <= day <= until:
                before = found[number, party]
                found[number, party] = before[0] + debits, before[1] + credited
        return dict(found)

    # Months

    def is_closed(self, on):
        return any(closed and on.replace(day=1) <= month for month, closed in self.months.items())

    def may_close(self, month):
        earlier = {start for start, closed in self.months.items() if start < month and not closed}
        return not any(one.draft.effective_on.replace(day=1) in earlier for one in self.entries)

    def close(self, month):
        self.months.update({start: True for start in self.months if start <= month})

    def first_open_day(self):
        closed = [month for month, closed in self.months.items() if closed]
        return next_month(max(closed)) if closed else None

    # Letters

    def letter_of(self, row):
        return next((one for one in self.letters if row in one.rows and not one.undone), None)

    def open_rows(self, account):
        """Return what is open on an account, oldest first."""
        rows = sorted(row for row in self.rows() if row.account == account)
        return [row for row in rows if getattr(self.letter_of(row), "state", None) != FULL]

    def together(self, rows):
        """Put rows of an account under one letter, with those they bring; false where nothing is settled."""
        brought = [one for one in self.letters if not one.undone and one.rows & rows]
        rows = rows.union(*(one.rows for one in brought))
        if not (any(row.cents > 0 for row in rows) and any(row.cents < 0 for row in rows)):
            return False
        for other in brought[1:]:
            other.undone = True
        if brought:
            brought[0].rows = rows
        else:
            account = next(iter(rows)).account
            last = max((one.number for one in self.letters if one.account == account), default=0)
            self.letters.append(Letter(account, last + 1, rows))
        return True

    def letter_reversal(self, victim, reversal):
        for row in victim.rows:
            if self.letter_of(row) is not None:
                self.letter_of(row).undone = True
        by_account = defaultdict(set)
        for row in [*victim.rows, *reversal.rows]:
            if owes(row.number):
                by_account[row.account].add(row)
        # In the order the accounts were opened: their letters have numbers of their own.
        for rows in by_account.values():
            self.together(rows)

    def standing_letters(self):
        return [one for one in self.letters if not one.undone]


def is_sound(draft):
    sides = [(one.debit_cents, one.credit_cents) for one in draft.lines]
    sums = {sum(side[0] for side in sides), sum(side[1] for side in sides)}
    return len(sides) > 1 and len(sums) == 1 and all(min(side) == 0 < max(side) for side in sides)


def says(posted, draft):
    """Say whether an entry says what a draft says; what was erased is not held against it."""
    texts = {"text": "", "document": ""} if posted.erased else {}
    return replace(posted.draft, **texts) == replace(draft, **texts)


def owes(number):
    """Say whether an account tells who owes whom: its lines are matched."""
    return number.startswith(("4", "181"))


def next_month(month):
    return month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
