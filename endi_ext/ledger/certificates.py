"""What a closed month holds, signed: its counts, its trial balance, and the digest of its journal.

The digest is that of the lines of the month in the order of `exports.journal_lines`, each as canonical JSON
and a line feed: [journal, number, effective date, account, party's key, debit, credit]. It holds no free
text, which may be erased. tools/verify_certificate.py makes it again from an exported journal.
"""

from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from ..kernel.history import Act
from ..kernel.parties import Party
from . import seals
from .errors import NoCertificate
from .exports import BATCH, beyond
from .models import Account, Book, Entry, Journal, Line, Period, Snapshot
from .spans import Span


def of_span(session: Session, span: Span) -> str:
    """Return the certificate of a closed month. Raises NoCertificate."""
    wanted = select(Period.certificate).where(
        Period.starts_on == span.starts_on, Period.ends_on == span.ends_on
    )
    text = session.execute(wanted).scalar()
    if not text:
        raise NoCertificate(period=span.name)
    return str(text)


def certificate(
    session: Session,
    period: Period,
    act: Act,
    progress: Callable[[int, int | None], None] | None = None,
) -> str:
    """Return the signed JSON that says what `period` holds: its snapshots are there, nobody posts."""
    book = locked(session, select(Book)).scalars().one()
    within = Entry.effective_on.between(period.starts_on, period.ends_on)
    count, total = func.count(), func.coalesce(func.sum(Entry.total_cents), 0)
    entries, total_cents = locked(session, select(count, total).where(within)).one()
    accounts = _accounts(session, period)
    journal = _JournalRead(accounts)
    journal.read(_told(_lines(session, period), progress))
    facts = {
        "format": seals.CERTIFICATE,
        "starts_on": period.starts_on.isoformat(),
        "ends_on": period.ends_on.isoformat(),
        "fiscal_year": period.fiscal_year,
        "closed_at": seals.instant_text(act.at),
        "closed_by": act.actor_name,
        "entries": int(entries),
        "lines": journal.lines,
        "total_cents": int(total_cents),
        "sequence": book.last_sequence,
        "digest": book.last_digest,
        "trial_balance": [list(row[1:]) for row in accounts],
        "movements": journal.movements(),
        "journal_digest": journal.digest.hexdigest(),
    }
    return seals.signed(facts, seals.signing_key())


def locked(session: Session, statement: Any) -> Any:
    """Read what is committed: the transaction's snapshot may be older than the last posting."""
    return session.execute(_shared(statement), execution_options={"populate_existing": True})


class _JournalRead:
    """What a month's lines come to, read one by one: memory grows with the accounts alone."""

    def __init__(self, accounts: list[Any]) -> None:
        self.accounts = accounts
        self.texts = {key: seals.account_key_json(number, party) for key, number, party, *_sums in accounts}
        self.moved: dict[int, list[int]] = {}
        self.digest = sha256()
        self.lines = 0

    def read(self, rows: Iterator[Any]) -> None:
        for code, number, on, account_id, debit, credit in rows:
            text = seals.journal_line_json(code, number, on, self.texts[account_id], debit, credit)
            self.digest.update(text.encode())
            sums = self.moved.setdefault(account_id, [0, 0])
            sums[0] += debit
            sums[1] += credit
            self.lines += 1

    def movements(self) -> list[list[Any]]:
        """Return [number, party's key, debit, credit] of every account that moved in the month."""
        moved = (row for row in self.accounts if row[0] in self.moved)
        return [[number, party, *self.moved[key]] for key, number, party, *_sums in moved]


def _accounts(session: Session, period: Period) -> list[Any]:
    """Return (id, number, party's key, cumulated debit, cumulated credit) at the end of the month."""
    rows = (
        select(Account.id, Account.number, Party.host_key, Snapshot.debit_cents, Snapshot.credit_cents)
        .join(Account, and_(Account.id == Snapshot.account_id, Snapshot.period_id == period.id))
        .join(Party, Party.id == Account.party_id)
        .order_by(Account.number, Party.host_key)
    )
    return list(locked(session, rows))


def _lines(session: Session, period: Period) -> Iterator[Any]:
    """Yield (journal, number, day, account's id, debit, credit) of the month, in the order of its export."""
    heads = select(Entry.id, Entry.effective_on).where(Entry.effective_on <= period.ends_on)
    heads = heads.order_by(Entry.effective_on, Entry.id).limit(BATCH)
    # Plain rows of the connection: all that is read here passes while everybody who posts waits.
    connection = session.connection()
    batch = connection.execute(_shared(heads.where(Entry.effective_on >= period.starts_on))).all()
    while batch:
        result = connection.execute(_shared(_sides([row.id for row in batch])))
        # The driver's own rows, whose days are written alike as dates and as text.
        yield from result.cursor.fetchall()
        result.close()
        batch = connection.execute(_shared(heads.where(beyond(batch[-1])))).all()


def _shared(statement: Any) -> Any:
    return statement.with_for_update(read=True)


def _told(rows: Iterator[Any], progress: Callable[[int, int | None], None] | None) -> Iterator[Any]:
    """Yield the rows, telling now and then how many went by; how many there are nobody counts first."""
    for done, row in enumerate(rows, start=1):
        if progress is not None and done % BATCH == 0:
            progress(done, None)
        yield row


def _sides(entry_ids: list[int]) -> Any:
    columns = (
        Journal.code,
        Entry.number,
        Entry.effective_on,
        Line.account_id,
        Line.debit_cents,
        Line.credit_cents,
    )
    return (
        select(*columns)
        .select_from(Entry)
        .join(Journal, Journal.id == Entry.journal_id)
        .join(Line, Line.entry_id == Entry.id)
        .where(Entry.id.in_(entry_ids))
        .order_by(Entry.effective_on, Entry.id, Line.position)
    )
