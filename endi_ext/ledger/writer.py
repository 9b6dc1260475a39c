"""How entries become rows: accounts, numbers, digests and totals of a run of drafts, written in batches.

One writer at a time: it takes the head of the book before it decides anything and holds it until the
caller's transaction ends. Whatever it decides from is read under that lock with locking reads, since the
transaction's snapshot may be older. What never changes once written (accounts, journals, months) is looked
for before, so that the lock is held for as short as can be.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from . import aside, posted_before, seals
from .aside import Stage
from .chart import Chart
from .driver import Answer, Driver
from .entries import EntryDraft, LineDraft
from .errors import AlreadyReversed, NotReversible, PeriodClosed, SourceReused
from .models import Book
from .rows import (
    DOCUMENT_LENGTH,
    TEXT_LENGTH,
    Rows,
    check,
    stored,
)

DAYS_KEPT = 50_000  # day totals held in memory before they are written

PLACE: Any = {"last_sequence": bindparam("sequence"), "last_digest": bindparam("digest")}
MOVE_HEAD = update(Book).where(Book.id == 1).values(PLACE)


class Writer:
    """One run of posting within the caller's transaction; `finish` ends it."""

    def __init__(self, session: Session, *, validating: bool = False) -> None:
        self.session = session
        self.validating = validating
        self.stage = Stage()
        self.aside: dict[str, int] = {}
        self.driver = Driver(session.connection())
        self.sql = self.driver.sql
        self.chart = Chart(session, self.driver)
        self.sequence = self.first_sequence = 0
        self.digest = ""
        self.closed_until = ""
        self.days: dict[str, dict[int, list[int]]] = {}

    def write(
        self, drafts: Sequence[EntryDraft], recorded_at: datetime, recorded_by: str = ""
    ) -> dict[str, int]:
        """Insert `drafts` and return the ids of those that existed already, by source.

        Those that wait for an accountant are put aside instead: `aside` holds their ids.

        Raises Unbalanced, AmountTooLarge, PeriodClosed, SourceReused, AlreadyReversed, NotReversible.
        """
        for draft in drafts:
            check(draft)
        missing = self.chart.find(drafts)
        turn, asked = self.ask_turn(), posted_before.ask(self.driver, drafts)
        self.chart.ask_numbers(drafts)
        self.take_turn(turn)
        existing = posted_before.existing(self, drafts, asked)
        if missing:
            self.chart.open_accounts(missing)
        if not self.validating and aside.concerns(self.stage, drafts):
            self.aside.update(aside.take(self, drafts, existing, recorded_at, recorded_by))
        fresh: dict[str, EntryDraft] = {}
        rows, salts = Rows(), seals.salts(len(drafts))
        at_text = seals.instant_text(recorded_at)
        at = stored(at_text)
        for draft, salt in zip(drafts, salts, strict=True):
            if draft.source in existing or draft.source in self.aside:
                continue
            if draft.source in fresh:
                if fresh[draft.source] != draft:
                    raise SourceReused(source=draft.source)
                continue
            fresh[draft.source] = draft
            reverses = None
            if draft.reverses is not None:
                rows = self.insert(rows)  # the entry reversed may be among them
                reverses = self.victim(draft)
            self.enter(draft, salt, reverses, at, at_text, rows)
        self.insert(rows)
        if sum(map(len, self.days.values())) > DAYS_KEPT:
            self.write_totals()
        return existing

    def finish(self) -> None:
        """Write the totals and what is open now, and move the head of the book."""
        self.write_totals()
        if self.sequence > self.first_sequence:
            self.driver.ask(self.sql.open_items, self.first_sequence, self.sequence)
        if self.sequence > self.first_sequence or self.aside:  # what is put aside is to be committed too
            self.move_head()
        self.driver.send()

    def move_head(self) -> None:
        """Say how far the chain goes now."""
        events = self.session.dispatch
        if events.do_orm_execute or events.after_bulk_update:
            # Through the session, unlike all the rest: it is how a transaction manager that listens to it
            # learns that there is something to commit.
            self.driver.send()
            where = {"sequence": self.sequence, "digest": self.digest}
            self.session.execute(MOVE_HEAD, where, execution_options={"synchronize_session": False})
        else:
            self.driver.ask(self.sql.move_head, self.sequence, self.digest)

    def take_head(self) -> None:
        """Wait for our turn, then read where the chain stands and until when the books are closed."""
        self.take_turn(self.ask_turn())

    def ask_turn(self) -> list[Answer]:
        """Ask for our turn; what is asked next is read once we have it."""
        return [] if self.digest else [self.driver.ask(self.sql.head), self.driver.ask(self.sql.limits)]

    def take_turn(self, asked: list[Answer]) -> None:
        if not asked:
            return
        head, limits = asked
        ((self.sequence, self.digest),) = head.rows()
        ((closed_until, waiting, last_draft),) = limits.rows()
        self.first_sequence = self.sequence
        self.closed_until, self.stage = str(closed_until or ""), Stage.read(waiting, last_draft)

    def enter(
        self, draft: EntryDraft, salt: str, reverses: int | None, at: str, at_text: str, rows: Rows
    ) -> None:
        """Number, digest and seal one draft into `rows`."""
        on = draft.effective_on
        day = on.isoformat()
        if day <= self.closed_until:
            raise PeriodClosed(on=on, source=draft.source)
        frame = self.chart.frame(draft.journal, on)
        frame.counter[0] += 1
        self.sequence = sequence = self.sequence + 1
        text, document = draft.text[:TEXT_LENGTH], draft.document[:DOCUMENT_LENGTH]
        text_digest = seals.text_digest(document, salt, text)
        lines = self.enter_lines(draft.lines, sequence, day, rows)
        content = seals.content_json(draft.journal, day, lines, reverses, draft.source)
        total, year, number = draft.total_cents, frame.fiscal_year, frame.counter[0]
        sealed = seals.sealed_json(content, year, number, self.digest, at_text, sequence, text_digest, total)
        previous, self.digest = self.digest, seals.digest_of(sealed)
        place = sequence, frame.journal_id, year, number, day, at
        digests = text_digest, seals.digest_of(content)
        rows.entries.append((*place, draft.source, *digests, total, reverses))
        rows.texts.append((sequence, salt, text, document))
        rows.seals.append((sequence, sequence, previous, self.digest))

    def enter_lines(self, lines: Iterable[LineDraft], sequence: int, day: str, rows: Rows) -> str:
        """Put the lines of an entry into `rows` and their day's totals, and return them as joined JSON."""
        pieces = []
        accounts, totals = self.chart.accounts, self.days.setdefault(day, {})
        for position, line in enumerate(lines, 1):
            debit, credit, other = line.debit_cents, line.credit_cents, line.counterparty_id
            account_id, beginning = accounts[line.number, line.party_id]
            pieces.append(f"{beginning}{'null' if other is None else other},{debit},{credit}]")
            rows.lines.append((sequence, position, account_id, other, day, debit, credit))
            total = totals.get(account_id)
            if total is None:
                totals[account_id] = [debit, credit]
            else:
                total[0] += debit
                total[1] += credit
        return ",".join(pieces)

    def insert(self, rows: Rows) -> Rows:
        """Insert the rows and return the next, empty ones."""
        if rows.entries:
            self.driver.insert(self.sql.entry, rows.entries)
            self.driver.insert(self.sql.entry_text, rows.texts)
            self.driver.insert(self.sql.line, rows.lines)
            self.driver.insert(self.sql.seal, rows.seals)
        return Rows()

    def write_totals(self) -> None:
        """Add what was posted to the totals of the days and of the accounts."""
        if not self.days:
            return
        accounts: dict[int, list[int]] = {}
        days = []
        for day, totals in self.days.items():
            for account_id, (debit, credit) in totals.items():
                days.append((account_id, day, debit, credit))
                total = accounts.setdefault(account_id, [0, 0])
                total[0] += debit
                total[1] += credit
        # In the order of the keys, which is also the order on disk.
        self.driver.insert(self.sql.day_total, sorted(days))
        self.driver.insert(
            self.sql.account_total, sorted((key, *amounts) for key, amounts in accounts.items())
        )
        self.days = {}

    def victim(self, draft: EntryDraft) -> int:
        """Return the id of the entry that `draft` reverses."""
        assert draft.reverses is not None
        entry_id = self.entry_id(draft.reverses)
        if self.driver.ask(self.sql.is_reversal, entry_id).value() is not None:
            raise NotReversible(source=draft.reverses)
        if self.driver.ask(self.sql.reversal, entry_id).value() is not None:
            raise AlreadyReversed(source=draft.reverses)
        return entry_id

    def entry_id(self, source: str) -> int:
        found = self.driver.ask(self.sql.entry_id, source).value()
        assert found is not None, f"{source} is posted"
        return int(found)
