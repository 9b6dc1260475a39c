"""Proving the books by reading them again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..kernel.engine import reading_once
from . import audit_totals, draft_audit, seals
from .audit_totals import Break, Totals, plain_rows
from .models import CLOSED, Account, Book, Checkpoint, Entry, Journal, Line, Period, Seal

CHUNK = 250  # entries read at a time: memory does not grow with the book

# Dates as text: the digests hold text, and converting each in Python would cost more than hashing.
ENTRIES = """SELECT e.id, e.journal_id, e.fiscal_year, e.number, {effective_on}, {recorded_at}, e.source,
    e.text_digest, e.content_digest, e.total_cents, e.reverses_id, s.sequence, s.previous_digest, s.digest,
    t.salt, t.text, t.document
    FROM endi_ext_entry e LEFT JOIN endi_ext_seal s ON s.entry_id = e.id
    LEFT JOIN endi_ext_entry_text t ON t.entry_id = e.id
    WHERE e.id BETWEEN ? AND ? ORDER BY e.id"""
# A counterparty as the digests write it.
LINES = """SELECT entry_id, position, account_id, COALESCE(counterparty_id, 'null'), {effective_on},
    debit_cents, credit_cents
    FROM endi_ext_line WHERE entry_id BETWEEN ? AND ? ORDER BY entry_id, position"""
UNKNOWN = "", 0, 0


@dataclass(frozen=True)
class Verdict:
    """What a verification found: `breaks` are (code, facts), the first one first; none means a sound book."""

    entries: int
    lines: int
    digest: str
    breaks: tuple[tuple[str, dict[str, Any]], ...]

    @property
    def sound(self) -> bool:
        """No break was found."""
        return not self.breaks


def verify(
    session: Session,
    *,
    checkpoint: str | None = None,
    only_since: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Verdict:
    """Replay the chain, balances, totals, numbers and seals, streaming; stop at the first break of the chain.

    `checkpoint` is the text of a signed checkpoint: the book must still contain what it says. With
    `only_since` what precedes it is taken as proved: only the chain after it is read, and no totals.
    """
    with reading_once(session):
        replay = Replay(session)
        try:
            if only_since:
                replay.begin_at_checkpoint(checkpoint)
            replay.know_marks(checkpoint)
            replay.run(progress)
            if not only_since:
                audit_totals.check(session, replay.totals)
                draft_audit.check(session)
        except Break as found:
            return replay.verdict((found.code, found.facts))
        return replay.verdict()


class Replay:
    """The chain walked from its beginning: where it stands, and what was counted on the way."""

    def __init__(self, session: Session, totals: Totals | None = None) -> None:
        self.session = session
        self.connection = session.connection()
        self.sequence = self.entries = self.lines = 0
        self.digest = seals.GENESIS
        self.totals = totals or Totals()
        self.numbers: dict[tuple[int, int], int] = {}
        self.from_the_start = True
        self.marks: dict[int, list[tuple[str, str]]] = {}
        self.accounts: dict[int, tuple[str, int, int]] = {}
        self.journals: dict[int, str] = {}

    def know_marks(self, checkpoint: str | None) -> None:
        """Note the digests that were written down elsewhere, by the sequence they speak of."""
        for sequence, digest in self.session.execute(select(Checkpoint.sequence, Checkpoint.digest)):
            self.mark(sequence, "checkpoint_differs", digest)
        closed = select(Period.id, Period.starts_on).where(Period.state == CLOSED)
        for period_id, starts_on in self.session.execute(closed.order_by(Period.ends_on.desc())).all():
            # One at a time: each holds the trial balance of its month.
            certificate = select(Period.certificate).where(Period.id == period_id)
            text = self.session.execute(certificate).scalar_one()
            facts = genuine(text, "certificate_not_genuine", *seals.CERTIFICATES, may_be_unsigned=True)
            if facts.get("starts_on") != starts_on.isoformat():
                raise Break("certificate_differs", sequence=facts["sequence"])
            if facts["sequence"] < self.sequence:
                break  # months are closed in order: proved with what precedes the checkpoint
            self.mark(facts["sequence"], "certificate_differs", facts["digest"])
        if checkpoint is not None:
            facts = genuine(checkpoint, "checkpoint_not_genuine", seals.CHECKPOINT)
            self.mark(facts["sequence"], "checkpoint_differs", facts["digest"])

    def mark(self, sequence: int, code: str, digest: str) -> None:
        if sequence >= self.sequence:
            self.marks.setdefault(sequence, []).append((code, digest))

    def begin_at_checkpoint(self, checkpoint: str | None) -> None:
        if checkpoint is None:
            raise ValueError("only_since needs a checkpoint")
        facts = genuine(checkpoint, "checkpoint_not_genuine", seals.CHECKPOINT)
        kept = select(Seal.digest).where(Seal.sequence == facts["sequence"])
        if facts["sequence"] and self.session.execute(kept).scalar() != facts["digest"]:
            raise Break("checkpoint_differs", sequence=facts["sequence"])
        self.sequence, self.digest, self.from_the_start = facts["sequence"], facts["digest"], False

    def know_accounts(self) -> None:
        """Read the accounts and journals."""
        for key, number, party in self.session.execute(select(Account.id, Account.number, Account.party_id)):
            self.accounts[key] = (seals.account_json(number, party), *self.totals.weights[key])
        for key, code in self.session.execute(select(Journal.id, Journal.code)):
            self.journals[key] = code

    def verdict(self, *breaks: tuple[str, dict[str, Any]]) -> Verdict:
        """Return what was proved so far, and what ended it."""
        return Verdict(self.entries, self.lines, self.digest, breaks)

    def run(self, progress: Callable[[int, int], None] | None) -> None:
        """Walk to the end, then see that the end is where the book says."""
        self.begin()
        self.walk(self.session.execute(select(func.max(Entry.id))).scalar() or 0, progress)
        self.prove_the_end()

    def begin(self) -> None:
        """Know what the lines name, after all marks are known: the memory of certificates is free again."""
        self.know_accounts()
        self.prove_marks(self.sequence)  # of a month closed before anything was posted

    def walk(self, last: int, progress: Callable[[int, int], None] | None = None) -> None:
        """Prove what follows, up to the entry `last`."""
        for first in range(self.sequence + 1, last + 1, CHUNK):
            for entry, lines in self.read(first, min(first + CHUNK - 1, last)):
                self.prove(entry, lines)
            if progress is not None:
                progress(self.sequence, last)

    def read(self, first: int, last: int) -> Iterator[tuple[Any, list[Any]]]:
        """Yield each entry from `first` to `last` with its lines."""
        found = groupby(plain_rows(self.connection, LINES, first, last), itemgetter(0))
        lines = {entry_id: list(some) for entry_id, some in found}
        for entry in plain_rows(self.connection, ENTRIES, first, last):
            yield entry, lines.get(entry[0], [])

    def prove(self, entry: Any, lines: list[Any]) -> None:
        """Prove one entry and move behind it."""
        (
            sequence,
            journal_id,
            year,
            number,
            day,
            at,
            source,
            text_digest,
            content_digest,
            total,
            reverses,
        ) = entry[:11]
        seal_sequence, previous, digest, salt, text, document = entry[11:]
        where = {"sequence": sequence, "source": source}
        if sequence != self.sequence + 1:
            raise Break("entry_missing", sequence=self.sequence + 1)
        if digest is None:
            raise Break("entry_unsealed", **where)
        if seal_sequence != sequence or previous != self.digest:
            raise Break("chain_broken", **where)
        content_lines = self.prove_lines(lines, day, total, where)
        if text is None or not (
            text == document == "" or text_digest == seals.text_digest(document, salt, text)
        ):
            raise Break("text_changed", **where)
        journal = self.journals.get(journal_id, "")
        content = seals.content_json(journal, day, content_lines, reverses, source)
        at_text = f"{at[:10]}T{at[11:]}Z"
        sealed = seals.sealed_json(content, year, number, previous, at_text, sequence, text_digest, total)
        if seals.digest_of(content) != content_digest or seals.digest_of(sealed) != digest:
            raise Break("entry_changed", **where)
        self.prove_number(journal_id, year, number, where)
        self.sequence, self.digest = sequence, digest
        self.entries += 1
        self.prove_marks(sequence)

    def prove_lines(self, lines: list[Any], day: str, total: int, where: dict[str, Any]) -> str:
        """Prove the lines of an entry against it, and return them as its digest holds them."""
        known, pieces = self.accounts, []
        debits = credited = weighed = 0
        expected = 1
        for _entry, position, account_id, other, line_day, debit, credit in lines:
            text, of_debit, of_credit = known.get(account_id, UNKNOWN)
            if position != expected or line_day != day or not text:
                raise _wrong_line(position, expected, where)
            # A branch for each side: adding and weighing the zeros of the other took a third of the time.
            if debit > 0 and credit == 0:
                debits += debit
                weighed += debit * of_debit
                pieces.append(f"{text}{other},{debit},0]")
            elif credit > 0 and debit == 0:
                credited += credit
                weighed += credit * of_credit
                pieces.append(f"{text}{other},0,{credit}]")
            else:
                raise _wrong_line(position, expected, where)
            expected += 1
        if len(lines) < 2 or not debits == credited == total:
            raise Break("entry_unbalanced", debit_cents=debits, credit_cents=credited, **where)
        self.totals.add(day, weighed)
        self.lines += len(lines)
        return ",".join(pieces)

    def prove_number(self, journal_id: int, year: int, number: int, where: dict[str, Any]) -> None:
        key = journal_id, year
        expected = (
            self.numbers.get(key, 0) + 1 if self.from_the_start else self.numbers.get(key, number - 1) + 1
        )
        if number != expected:
            raise Break("number_gap", journal=self.journals.get(journal_id, ""), number=expected, **where)
        self.numbers[key] = number

    def prove_marks(self, sequence: int) -> None:
        for code, digest in self.marks.pop(sequence, ()):
            if digest != self.digest:
                raise Break(code, sequence=sequence)

    def prove_the_end(self) -> None:
        """Raise Break where something was written down of which nothing is left, or hangs loose."""
        self.prove_marks(self.sequence)
        for sequence in self.marks:
            raise Break("tail_cut", sequence=sequence, last=self.sequence)
        book = self.session.execute(select(Book.last_sequence, Book.last_digest)).one_or_none()
        if book is None or book[0] < self.sequence or (book[0] == self.sequence and book[1] != self.digest):
            raise Break("head_differs", sequence=self.sequence)
        if book[0] > self.sequence:
            raise Break("tail_cut", sequence=book[0], last=self.sequence)
        for key in (Entry.id, Line.entry_id, Seal.entry_id):
            loose = select(key).where((key > self.sequence) | (key < 1))
            found = self.session.execute(loose.limit(1)).scalar()
            if found is not None:
                raise Break("entry_missing", sequence=found)


def _wrong_line(position: int, expected: int, where: dict[str, Any]) -> Break:
    missing = position != expected
    return Break("line_missing" if missing else "line_changed", position=expected, **where)


def genuine(text: str, code: str, *format_names: str, may_be_unsigned: bool = False) -> dict[str, Any]:
    """Return the facts of a signed document; raise Break where it is not of this installation."""
    key = seals.known_public_key()
    try:
        return seals.read_signed(text, *format_names, public_key=key, may_be_unsigned=may_be_unsigned)
    except seals.NotGenuine:
        raise Break(code) from None
