"""Posting one entry, reading balances and statements, proving the book: at two sizes, on each database.

    python -m benchmarks.reading [--small 10000] [--large 100000] [--rounds 5]

Ratios are of medians within one run: each measure alternates with its floor, or the large book with the
small one.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from benchmarks import bulk_posting, figures
from endi_ext import migrations
from endi_ext.kernel.engine import make_engine, read_only
from endi_ext.ledger import audit, audit_totals, queries
from endi_ext.ledger import service as ledger
from endi_ext.ledger.models import Account, Line
from tests.mariadb import Server

SINGLE_POSTINGS, PLACES_READ = 200, 200
CHUNK = 1_000


def timed(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def p95(seconds: list[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)]


def alternated(rounds: int, *works: Callable[[], Any]) -> list[float]:
    """Return the median seconds of each of `works`, done in turn `rounds` times after one warm-up."""
    for work in works:
        work()
    found = [[timed(work) for work in works] for _ in range(rounds)]
    return [statistics.median(column) for column in zip(*found, strict=True)]


class Book:
    """A posted book of a size, and what is measured on it."""

    def __init__(self, engine: Engine, entries: int) -> None:
        migrations.upgrade(engine)
        self.engine, self.entries = engine, entries
        bulk_posting.posting(engine, bulk_posting.drafts(entries))
        with self.reading() as session:
            self.accounts = list(session.execute(select(Account)).scalars())
            busiest = select(Line.account_id).group_by(Line.account_id).order_by(func.count().desc()).limit(1)
            account = session.get(Account, session.execute(busiest).scalar_one())
            self.party_id = int(account.party_id)

    def reading(self) -> Session:
        return read_only(Session(self.engine, future=True, expire_on_commit=False))

    def trial_balance(self) -> None:
        with self.reading() as session:
            assert queries.trial_balance(session)

    def raw_totals(self) -> None:
        """Fetch as many rows of the same size as the trial balance shows."""
        sql = (
            "SELECT a.id, a.number, a.label, p.id, p.name, t.debit_cents, t.credit_cents"
            " FROM endi_ext_account a JOIN endi_ext_party p ON p.id = a.party_id"
            " JOIN endi_ext_account_total t ON t.account_id = a.id"
        )
        with self.engine.connect() as connection:
            assert connection.exec_driver_sql(sql).fetchall()

    def balances_as_of(self) -> float:
        """Return the 95th percentile of one balance at a past day, any account."""
        drawn, found = random.Random(1), []
        with self.reading() as session:
            for _ in range(PLACES_READ):
                account, on = drawn.choice(self.accounts), date(2026, 1, 1) + timedelta(drawn.randrange(365))
                found.append(timed(lambda a=account, d=on: queries.balance(session, a, as_of=d)))
        return p95(found)

    def statement_pages(self) -> float:
        """Return the 95th percentile of one page of the busiest party, walking back from the newest."""
        found, cursor = [], None
        with self.reading() as session:
            for _ in range(PLACES_READ):
                begun = time.perf_counter()
                page = queries.statement_page(session, self.party_id, cursor=cursor)
                found.append(time.perf_counter() - begun)
                session.expunge_all()
                cursor = page.next_cursor
        return p95(found)

    def verify(self) -> None:
        with self.reading() as session:
            assert audit.verify(session).sound

    def stream(self) -> None:
        """Read every row that verification reads, and do nothing with it."""
        with self.engine.connect() as connection:
            for first in range(1, self.entries + 1, CHUNK):
                for sql in (audit.ENTRIES, audit.LINES):
                    audit_totals.plain_rows(connection, sql, first, first + CHUNK - 1)

    def fetch(self, connection: Any, sql: str, first: int) -> None:
        sqlite = self.engine.dialect.name == "sqlite"
        dates = {"effective_on": "effective_on", "recorded_at": "recorded_at"}
        statement = sql.format(**dates) if sqlite else sql.format(**dates).replace("?", "%s")
        cursor = connection.connection.cursor()
        cursor.execute(statement, (first, first + CHUNK - 1))
        cursor.fetchall()
        cursor.close()


def single_postings(engine: Engine, bare: Engine) -> tuple[float, float]:
    """Return the median seconds of one durable posting, and of inserting bare rows like its own."""
    made = bulk_posting.drafts(SINGLE_POSTINGS)
    migrations.upgrade(engine)
    bulk_posting.posting(engine, made[:1])
    rows = bulk_posting.rows_of(engine)
    bulk_posting.floor(bare, rows)
    ours, floor = [], []
    for number, draft in enumerate(made[1:], start=2):
        ours.append(timed(lambda d=draft: post_one(engine, d)))
        floor.append(timed(lambda n=number: insert_one(bare, rows, n)))
    return statistics.median(ours), statistics.median(floor)


def post_one(engine: Engine, draft: Any) -> None:
    with Session(engine, future=True) as session, session.begin():
        ledger.post(session, draft, bulk_posting.ACT)


def insert_one(engine: Engine, rows: dict[str, list[tuple[Any, ...]]], number: int) -> None:
    """Insert an entry, its text, its lines and its seal into tables without triggers, and commit."""
    sign = "?" if engine.dialect.name == "sqlite" else "%s"
    (entry,), (entry_text,) = (rows[name][:1] for name in ("entry", "entry_text"))
    with engine.begin() as connection:
        cursor = connection.connection.cursor()
        changed = {
            "entry": [(number, *entry[1:3], number, *entry[4:6], f"bench:{number}", *entry[7:])],
            "entry_text": [(number, *entry_text[1:])],
            "line": [(number * 10 + n, number, *line[2:]) for n, line in enumerate(rows["line"])],
            "seal": [(number, number, str(number - 1), str(number))],
        }
        for name, some in changed.items():
            places = ", ".join([sign] * len(some[0]))
            cursor.executemany(f"INSERT INTO bare_{name} VALUES ({places})", some)


Measure = Callable[[str, Callable[[], str], int, int, int], Iterator[str]]


def report(small: int, large: int, rounds: int) -> Iterator[str]:
    """Return the report line by line, as Markdown."""
    yield f"Books of {small} and {large} entries, medians of {rounds} alternating rounds; ms.\n"
    yield from on_both_engines(measured, small, large, rounds)


def on_both_engines(measure: Measure, small: int, large: int, rounds: int) -> Iterator[str]:
    """Return the table of a measure, on SQLite and on a MariaDB that waits for the disk."""
    yield "| database | measure | small | large | large / small | floor (large) | large / floor |"
    yield "|---|---|---|---|---|---|---|"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield from measure(
            "SQLite", lambda: f"sqlite:///{folder}/{time.monotonic_ns()}.sqlite", small, large, rounds
        )
        server = Server.start(folder, durable=True)
        try:
            yield from measure("MariaDB", server.new_database, small, large, rounds)
        finally:
            server.stop()


def measured(name: str, new_url: Callable[[], str], small: int, large: int, rounds: int) -> Iterator[str]:
    one, bare = single_postings(make_engine(new_url()), make_engine(new_url()))
    yield row(name, "one durable posting, p50", one, one, bare)
    book, big = (Book(make_engine(new_url()), entries) for entries in (small, large))
    ours, theirs, floor = alternated(rounds, book.trial_balance, big.trial_balance, big.raw_totals)
    yield row(name, "trial balance, against fetching its rows", ours, theirs, floor)
    yield row(name, "balance as of a day, p95", *paired(rounds, book.balances_as_of, big.balances_as_of))
    yield row(name, "page of a statement, p95", *paired(rounds, book.statement_pages, big.statement_pages))
    ours, theirs, floor = alternated(min(rounds, 3), book.verify, big.verify, big.stream)
    yield row(name, "verification, against streaming its rows", ours, theirs, floor)


def paired(rounds: int, small: Callable[[], float], large: Callable[[], float]) -> tuple[float, float]:
    found = [(small(), large()) for _ in range(rounds)]
    ours, theirs = zip(*found, strict=True)
    return statistics.median(ours), statistics.median(theirs)


def row(name: str, what: str, small: float, large: float, floor: float | None = None) -> str:
    cells = [name, what, f"{small * 1e3:.2f}", f"{large * 1e3:.2f}", f"{large / small:.2f}"]
    cells += ["", ""] if floor is None else [f"{floor * 1e3:.2f}", f"{large / floor:.2f}"]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    figures.add_option(parser)
    chosen = parser.parse_args()
    figures.show(report(chosen.small, chosen.large, chosen.rounds), chosen.json)


if __name__ == "__main__":
    main()
