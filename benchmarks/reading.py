"""Reading the books and proving them, each beside its floor, the largest book beside the smallest.

    python -m benchmarks.reading [--sizes 10000 100000] [--million] [--rounds 5] [--engines SQLite MariaDB]
                                 [--books FILE ...] [--json FILE]

A book of a size holds that many entries of six lines between two hundred parties, posted in no order of
their dates; its months but the last two are closed. --books measures SQLite books that are there instead,
the smallest first, such as those that benchmarks.desk keeps: they are not changed. Whatever is compared
alternates within one run.
"""

import argparse
import gc
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from benchmarks import bulk_posting, figures
from benchmarks.figures import MARIADB, SQLITE, Figure, ratio
from endi_ext import migrations
from endi_ext.kernel.engine import make_engine, read_only
from endi_ext.ledger import audit, audit_halves, audit_totals, queries, seals
from endi_ext.ledger import service as ledger
from endi_ext.ledger.models import Account, Entry, Line, Period, Seal
from tests.mariadb import Server

PLACES_READ, AT_ONCE, OPEN_MONTHS = 200, 20_000, 2
NEW_ENTRIES = 1_000  # proved from a checkpoint that is so many entries old
BUSY = 5_000  # lines from which an account is busy: its statement has many pages
TIMES_PROVED = 3


class Book:
    """A book that was posted, and what is read of it."""

    def __init__(self, url: str) -> None:
        self.url, self.engine = url, make_engine(url)
        with self.reading() as session:
            self.entries = session.execute(select(func.max(Entry.id))).scalar_one()
            self.accounts = list(session.execute(select(Account)).scalars())
            first, last = session.execute(
                select(func.min(Entry.effective_on), func.max(Entry.effective_on))
            ).one()
            self.days = [first + timedelta(days) for days in range((last - first).days + 1)]
            some = select(Line.account_id).where(Line.entry_id <= BUSY).subquery()
            busiest = select(some).group_by(some.c.account_id).order_by(func.count().desc()).limit(1)
            self.party_id = session.get(Account, session.execute(busiest).scalar_one()).party_id
        self.drawn = random.Random(1)

    def reading(self) -> Session:
        return read_only(Session(self.engine, future=True, expire_on_commit=False))

    def trial_balance(self) -> float:
        with self.reading() as session:
            return milliseconds(lambda: queries.trial_balance(session))

    def bare_totals(self) -> float:
        """Fetch as many rows of the same size as the trial balance shows, and do nothing with them."""
        sql = (
            "SELECT a.id, a.number, a.label, p.id, p.name, t.debit_cents, t.credit_cents"
            " FROM endi_ext_account a JOIN endi_ext_party p ON p.id = a.party_id"
            " JOIN endi_ext_account_total t ON t.account_id = a.id"
        )
        with self.engine.connect() as connection:
            cursor = connection.connection.cursor()
            return milliseconds(lambda: (cursor.execute(sql), cursor.fetchall()))

    def balances_as_of(self) -> float:
        """Return the 95th percentile of one balance at a past day, any account, any day of the book."""
        found = []
        with self.reading() as session:
            for _ in range(PLACES_READ):
                account, on = self.drawn.choice(self.accounts), self.drawn.choice(self.days)
                found.append(milliseconds(lambda a=account, d=on: queries.balance(session, a, as_of=d)))
        return p95(found)

    def statement_pages(self) -> float:
        """Return the 95th percentile of one page of the busiest party, walking back from the newest."""
        found, cursor = [], None
        with self.reading() as session:
            for _ in range(PLACES_READ):
                begun = time.perf_counter()
                page = queries.statement_page(session, self.party_id, cursor=cursor)
                found.append(1e3 * (time.perf_counter() - begun))
                session.expunge_all()
                cursor = page.next_cursor
        return p95(found)

    def verify(self) -> float:
        """Prove the book as the command does: a long one by two processes."""
        with self.reading() as session:
            begun = time.perf_counter()
            assert audit_halves.verify(session).sound
            return time.perf_counter() - begun

    def stream(self) -> float:
        """Read every row that verification reads, as it reads them, and do nothing with it."""
        with self.reading() as session:
            begun, connection = time.perf_counter(), session.connection()
            for first in range(1, self.entries + 1, audit.CHUNK):
                for sql in (audit.ENTRIES, audit.LINES):
                    audit_totals.plain_rows(connection, sql, first, first + audit.CHUNK - 1)
            for place in range(0, len(self.accounts), audit_totals.ACCOUNTS_AT_ONCE):
                some = self.accounts[place : place + audit_totals.ACCOUNTS_AT_ONCE]
                for sql in (audit_totals.DAYS, audit_totals.ACCOUNTS, audit_totals.SNAPSHOTS):
                    audit_totals.plain_rows(connection, sql, some[0].id, some[-1].id)
            return time.perf_counter() - begun

    def verify_new(self) -> float:
        """Prove the last entries from a checkpoint that was signed before them."""
        before = self.entries - NEW_ENTRIES
        with self.reading() as session:
            digest = session.execute(select(Seal.digest).where(Seal.sequence == before)).scalar_one()
            facts = {"format": seals.CHECKPOINT, "sequence": before, "digest": digest}
            checkpoint = seals.signed(facts, Ed25519PrivateKey.generate())
            begun = time.perf_counter()
            verdict = audit.verify(session, checkpoint=checkpoint, only_since=True)
            assert (verdict.breaks, verdict.entries) == ((), NEW_ENTRIES)
            return 1e3 * (time.perf_counter() - begun)


def build(url: str, entries: int) -> None:
    """Post a book of a size and close its months but the last ones."""
    engine = make_engine(url)
    migrations.upgrade(engine)
    made = bulk_posting.each_draft(entries)
    bulk_posting.posting(engine, list(islice(made, AT_ONCE)))
    with Session(engine, future=True) as session:
        while some := list(islice(made, AT_ONCE)):
            ledger.post_many(session, some, bulk_posting.ACT)
            session.commit()
        months = list(session.execute(select(Period).order_by(Period.starts_on)).scalars())
        for month in months[:-OPEN_MONTHS]:
            ledger.close_period(session, month, bulk_posting.ACT)
            session.commit()
    engine.dispose()


def report(engine: str, books: Sequence[Book], sizes: Sequence[int], rounds: int) -> Iterator[str | Figure]:
    """Yield the figures of the books on an engine, and a table of them."""
    told = Told(engine, sizes)
    # The books stay: looking through them for garbage takes as long as a trial balance.
    gc.collect()
    gc.freeze()
    turns = [in_turn(rounds, *(work for one in books for work in (one.trial_balance, one.bare_totals)))]
    yield from told.grown("trial balance now", "time", "ms", turns[0][::2], goal="4a")
    yield from told.beside("trial balance now", "time", "ms", turns[0], "fetching the same rows", goal="4b")
    found = in_turn(rounds, *(one.balances_as_of for one in books))
    yield from told.grown("balance as of any day", "p95", "ms", found, goal="5")
    found = in_turn(rounds, *(one.statement_pages for one in books))
    yield from told.grown("page of a statement", "p95", "ms", found, goal="6")
    found = in_turn(rounds, *(one.verify_new for one in books))
    yield from told.grown("verification from a checkpoint", "time", "ms", found, goal="7c")
    found = in_turn(min(rounds, TIMES_PROVED), *(work for one in books for work in (one.verify, one.stream)))
    what = "verification of the whole book"
    yield from told.beside(what, "time", "s", found, "streaming the same rows", goal="7a")
    peaks = [[peak_mib(one.url)] for one in books]
    yield from told.each(what, "peak of memory", "MiB", peaks, goal="7b")


class Told:
    """Figures of one engine as figures and as rows of a table."""

    def __init__(self, engine: str, sizes: Sequence[int]) -> None:
        self.engine, self.sizes = engine, sizes

    def each(
        self, operation: str, measure: str, unit: str, samples: Sequence[Sequence[float]], goal: str = ""
    ) -> Iterator[str | Figure]:
        """Yield what was measured at each size."""
        for size, some in zip(self.sizes, samples, strict=True):
            found = Figure(operation, measure, unit, some, self.engine, size, goal=goal)
            yield found
            yield self.row(found, "")

    def grown(
        self, operation: str, measure: str, unit: str, samples: Sequence[Sequence[float]], goal: str
    ) -> Iterator[str | Figure]:
        """Yield what was measured at each size, and what the largest is to the smallest."""
        all_of_them = [
            Figure(operation, measure, unit, some, self.engine, size)
            for size, some in zip(self.sizes, samples, strict=True)
        ]
        yield from all_of_them
        for one in all_of_them[1:]:
            times = ratio(one, all_of_them[0], goal=goal)
            yield times
            yield self.row(one, f"{times.value:.2f} of {self.sizes[0]:,}")

    def beside(
        self, operation: str, measure: str, unit: str, found: Sequence[Sequence[float]], who: str, goal: str
    ) -> Iterator[str | Figure]:
        """Yield what was measured at each size beside its floor: theirs follows ours in `found`."""
        for size, ours, theirs in zip(self.sizes, found[::2], found[1::2], strict=True):
            one = Figure(operation, measure, unit, ours, self.engine, size)
            floor = Figure(operation, measure, unit, theirs, self.engine, size, who)
            times = ratio(one, floor, goal=goal)
            yield from (one, floor, times)
            yield self.row(one, f"{times.value:.2f} of {who} ({floor.value:.2f} {unit})")

    def row(self, one: Figure, beside: str) -> str:
        value = f"{one.value:.2f} {one.unit}"
        return f"| {one.engine} | {one.operation}, {one.measure} | {one.size:,} | {value} | {beside} |"


def in_turn(rounds: int, *works: Callable[[], float]) -> list[list[float]]:
    """Return what each of `works` says it took, done in turn `rounds` times after one to warm up."""
    for work in works:
        work()
    found = [[work() for work in works] for _ in range(rounds)]
    return [list(column) for column in zip(*found, strict=True)]


def milliseconds(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return 1e3 * (time.perf_counter() - begun)


def p95(took: Sequence[float]) -> float:
    return sorted(took)[int(len(took) * 0.95)]


def peak_mib(url: str) -> float:
    """Return the most memory that one process takes to verify a book, of the two that a long one takes."""
    command = [sys.executable, "-c", f"from benchmarks import verifying; verifying.once({url!r})"]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return float(json.loads(done.stdout))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--million", action="store_true", help="also a book of a million entries")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--engines", nargs="+", choices=[SQLITE, MARIADB], default=[SQLITE, MARIADB])
    parser.add_argument("--books", type=Path, nargs="+", help="SQLite books of the sizes, to read instead")
    figures.add_option(parser)
    chosen = parser.parse_args()
    chosen.sizes += [1_000_000] if chosen.million else []
    figures.show(measured(chosen), chosen.json)


def measured(chosen: argparse.Namespace) -> Iterator[str | Figure]:
    """Yield the report of each engine."""
    sizes = ", ".join(f"{size:,}" for size in chosen.sizes)
    yield f"Books of {sizes}; medians of {chosen.rounds} rounds in turn.\n"
    yield "| database | measure | book | median | beside it |"
    yield "|---|---|---|---|---|"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if chosen.books:
            books = [Book(f"sqlite:///{path.absolute()}") for path in chosen.books]
            yield from report(SQLITE, books, chosen.sizes, chosen.rounds)
            return
        if SQLITE in chosen.engines:
            urls = [f"sqlite:///{folder}/{size}.sqlite" for size in chosen.sizes]
            yield from built(SQLITE, urls, chosen)
        if MARIADB in chosen.engines:
            server = Server.start(folder, durable=True)
            try:
                yield from built(MARIADB, [server.new_database() for _ in chosen.sizes], chosen)
            finally:
                server.stop()


def built(engine: str, urls: Sequence[str], chosen: argparse.Namespace) -> Iterator[str | Figure]:
    for url, size in zip(urls, chosen.sizes, strict=True):
        build(url, size)
    yield from report(engine, [Book(url) for url in urls], chosen.sizes, chosen.rounds)


if __name__ == "__main__":
    main()
