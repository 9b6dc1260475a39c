"""How entries become rows: accounts, numbers, digests and totals of a run of drafts, written in batches.

One writer at a time: it takes the head of the book before it decides anything and holds it until the
caller's transaction ends. Whatever it decides from is read under that lock with locking reads, since the
transaction's snapshot may be older. What never changes once written (accounts, journals, months) is looked
for before, so that the lock is held for as short as can be.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import chain
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from ..kernel import preferences
from . import aside, party_accounts, posted_before, seals, statements
from .aside import Stage
from .entries import EntryDraft, LineDraft
from .errors import AlreadyReversed, NotReversible, PeriodClosed, SourceReused
from .models import Book
from .rows import (
    DOCUMENT_LENGTH,
    TEXT_LENGTH,
    Frame,
    Rows,
    check,
    fiscal_year_of,
    recorded_at_sql,
    unlocked,
)
from .spans import last_day

PLACES = 500  # parameters in one IN (...)
ROWS = 500  # rows in one INSERT on SQLite
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
        self.connection = session.connection()
        self.dialect = self.connection.dialect.name
        self.sql = statements.in_dialect(self.dialect)
        self.sequence = self.first_sequence = 0
        self.digest = ""
        self.closed_until = ""
        self.accounts: dict[tuple[str, int], tuple[int, str]] = {}
        self.journals: dict[str, int] = {}
        self.years: dict[tuple[int, int], int] = {}
        self.frames: dict[tuple[str, int, int], Frame] = {}
        self.counters: dict[tuple[int, int], list[int]] = {}
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
        self.look_ahead(drafts)
        self.take_head()
        existing = posted_before.existing(self, drafts)
        if not self.validating and aside.concerns(self.stage, drafts):
            self.aside.update(aside.take(self, drafts, existing, recorded_at, recorded_by))
        fresh: dict[str, EntryDraft] = {}
        rows, salts = Rows(), seals.salts(len(drafts))
        at, at_text = recorded_at_sql(recorded_at), seals.instant_text(recorded_at)
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
        if self.sequence == self.first_sequence:
            return
        self.run(self.sql.open_items, self.first_sequence, self.sequence)
        # Through the session, unlike all the rest: it is how a transaction manager learns that there is
        # something to commit.
        where = {"sequence": self.sequence, "digest": self.digest}
        self.session.execute(MOVE_HEAD, where, execution_options={"synchronize_session": False})

    def take_head(self) -> None:
        """Wait for our turn, then read where the chain stands and until when the books are closed."""
        if self.digest:
            return
        row = self.run(self.sql.head).one()
        self.sequence = self.first_sequence = row[0]
        self.digest = row[1]
        closed_until, waiting, last_draft = self.run(self.sql.limits).one()
        self.closed_until, self.stage = str(closed_until or ""), Stage.read(waiting, last_draft)

    def open_month(self, on: date) -> int:
        """Return the fiscal year of the month of `on`, opened if need be; called with the head taken."""
        starts_on = on.replace(day=1)
        found = self.run(self.sql.period, starts_on.isoformat()).scalar()
        if found is not None:
            return int(found)
        first_month = int(preferences.get(self.session, "fiscal_year_first_month"))
        ends_on, fiscal_year = last_day(starts_on), fiscal_year_of(on, first_month)
        self.run(self.sql.open_period, starts_on.isoformat(), ends_on.isoformat(), fiscal_year)
        return fiscal_year

    def enter(
        self, draft: EntryDraft, salt: str, reverses: int | None, at: str, at_text: str, rows: Rows
    ) -> None:
        """Number, digest and seal one draft into `rows`."""
        on = draft.effective_on
        day = on.isoformat()
        if day <= self.closed_until:
            raise PeriodClosed(on=on, source=draft.source)
        frame = self.frames.get((draft.journal, on.year, on.month)) or self.frame(draft.journal, on)
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
        accounts, totals = self.accounts, self.days.setdefault(day, {})
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
            self.run_many(self.sql.entry, rows.entries)
            self.run_many(self.sql.entry_text, rows.texts)
            self.run_many(self.sql.line, rows.lines)
            self.run_many(self.sql.seal, rows.seals)
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
        self.run_many(self.sql.day_total, sorted(days))
        self.run_many(self.sql.account_total, sorted((key, *amounts) for key, amounts in accounts.items()))
        self.days = {}

    # What is opened at first use.

    def look_ahead(self, drafts: Sequence[EntryDraft]) -> None:
        """Find accounts, journals and months; where some are missing, take the head and open them."""
        for journal, on in {(draft.journal, draft.effective_on.replace(day=1)) for draft in drafts}:
            self.find_frame(journal, on)
        missing = self.unknown_accounts(drafts)
        self.find_accounts(missing, locked=False)
        missing -= self.accounts.keys()
        if missing:
            self.take_head()
            self.find_accounts(missing, locked=True)
            self.open_accounts(missing - self.accounts.keys())

    def unknown_accounts(self, drafts: Sequence[EntryDraft]) -> set[tuple[str, int]]:
        wanted = {(line.number, line.party_id) for draft in drafts for line in draft.lines}
        return wanted - self.accounts.keys()

    def find_accounts(self, wanted: set[tuple[str, int]], *, locked: bool) -> None:
        parties = sorted({party_id for _number, party_id in wanted})
        for start in range(0, len(parties), PLACES):
            some = parties[start : start + PLACES]
            sql = statements.with_places(self.sql.accounts, len(some), self.dialect)
            for number, party_id, account_id in self.run(sql if locked else unlocked(sql), *some):
                self.accounts[number, party_id] = account_id, seals.account_json(number, party_id)

    def open_accounts(self, wanted: set[tuple[str, int]]) -> None:
        if wanted:
            self.run_many(self.sql.open_account, sorted(wanted))
            self.find_accounts(wanted, locked=True)
            party_accounts.follow(self, wanted)

    def find_frame(self, journal: str, starts_on: date) -> None:
        """Find a journal and a month that are there already: neither changes any more."""
        month = starts_on.year, starts_on.month
        if journal in self.journals and month in self.years:
            return
        found = self.run(self.sql.journal_and_period, journal, starts_on.isoformat()).first()
        if found is not None:
            self.journals[journal], self.years[month] = found

    def frame(self, journal: str, on: date) -> Frame:
        """Return what the entries of a journal in the month of `on` share."""
        if journal not in self.journals:
            self.journals[journal] = self.journal(journal)
        month = on.year, on.month
        if month not in self.years:
            self.years[month] = self.open_month(on)
        key = self.journals[journal], self.years[month]
        if key not in self.counters:
            self.counters[key] = [int(self.run(self.sql.last_number, *key).scalar() or 0)]
        frame = self.frames[journal, on.year, on.month] = Frame(*key, self.counters[key])
        return frame

    def journal(self, code: str) -> int:
        found = self.run(self.sql.journal, code).scalar()
        if found is None:
            self.run(self.sql.open_journal, code, code)
            found = self.run(self.sql.journal, code).scalar()
        return int(found)

    def victim(self, draft: EntryDraft) -> int:
        """Return the id of the entry that `draft` reverses."""
        assert draft.reverses is not None
        entry_id = self.entry_id(draft.reverses)
        if self.run(self.sql.is_reversal, entry_id).scalar() is not None:
            raise NotReversible(source=draft.reverses)
        if self.run(self.sql.reversal, entry_id).scalar() is not None:
            raise AlreadyReversed(source=draft.reverses)
        return entry_id

    def entry_id(self, source: str) -> int:
        found = self.run(self.sql.entry_id, source).scalar()
        assert found is not None, f"{source} is posted"
        return int(found)

    def run(self, sql: str, *parameters: Any) -> Any:
        return self.connection.exec_driver_sql(sql, parameters)

    def run_many(self, sql: str, rows: list[tuple[Any, ...]]) -> None:
        """Insert rows: MariaDB's driver joins them by itself, SQLite's would start a statement for each."""
        whole = 0
        if self.dialect == "sqlite":
            whole = len(rows) // ROWS * ROWS
            joined = statements.of_rows(sql, ROWS)
            for start in range(0, whole, ROWS):
                self.run(joined, *chain.from_iterable(rows[start : start + ROWS]))
        if whole < len(rows):
            self.connection.exec_driver_sql(sql, rows[whole:])
