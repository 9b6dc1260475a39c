"""Bulk posting with chain, totals and seals against a bare executemany of the same rows, alternating.

    python -m benchmarks.bulk_posting [--entries 20000] [--pairs 5] [--mariadb URL] [--json FILE]

The floor inserts the very rows that posting made, with the same batches, columns, keys and indexes, into
tables without triggers, foreign keys or checks, by the driver's own executemany.
"""

import argparse
import os
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from benchmarks import figures
from benchmarks.figures import MARIADB, SQLITE, Figure, ratio
from endi_ext import migrations
from endi_ext.kernel.engine import CACHE_KIB_BULK, make_engine
from endi_ext.kernel.history import Act
from endi_ext.kernel.parties import Party
from endi_ext.ledger import service as ledger
from endi_ext.ledger.entries import EntryDraft, credit, debit
from tests.mariadb import Server

PARTIES, BATCH = 200, 1_000
OPERATION = "posting in bulk"
ACT = Act("user:1", "Banc", datetime(2026, 12, 31, 12, tzinfo=UTC), date(2026, 12, 31))
TABLES = ("entry", "entry_text", "line", "seal", "day_total", "account_total")


def drafts(count: int, seed: int = 1) -> list[EntryDraft]:
    """Return entries of a year between parties of very different sizes, two lines of contribution each."""
    return list(each_draft(count, seed))


def each_draft(count: int, seed: int = 1) -> Iterator[EntryDraft]:
    """Yield them one by one, in no order of their days."""
    drawn = random.Random(seed)
    weights = [1 / (rank + 1) for rank in range(PARTIES)]
    for number in range(count):
        buyer, seller = 0, 0
        while buyer == seller:
            buyer, seller = drawn.choices(range(2, PARTIES + 2), weights, k=2)
        cents = drawn.randrange(1_000, 500_000)
        lines = (
            debit("604020", buyer, cents, seller),
            credit("401900", buyer, cents, seller),
            debit("411900", seller, cents, buyer),
            credit("704900", seller, cents, buyer),
            debit("6223", seller, cents // 10, 1),
            credit("7083", 1, cents // 10, seller),
        )
        on = date(2026, 1, 1) + timedelta(days=drawn.randrange(365))
        yield EntryDraft("EI", on, f"bench:{number}", f"Prestation {number}", lines, f"F-{number}")


def parties(engine: Engine) -> None:
    """Add the parties whose entries are posted."""
    with Session(engine, future=True) as session:
        session.add_all(
            Party(id=number, host_key=f"company:{number}", name=f"Atelier {number}", kind="internal")
            for number in range(1, PARTIES + 2)
        )
        session.commit()


def posting(engine: Engine, made: list[EntryDraft]) -> float:
    """Post into a fresh book and return the seconds it took, commit included."""
    parties(engine)
    with Session(engine, future=True) as session:
        start = time.perf_counter()
        ledger.post_many(session, made, ACT)
        session.commit()
        return time.perf_counter() - start


def floor(engine: Engine, rows: dict[str, list[tuple[Any, ...]]]) -> float:
    """Insert the same rows with executemany into bare tables and return the seconds it took."""
    with engine.begin() as connection:
        for name in TABLES:
            connection.exec_driver_sql(bare_ddl(engine, name))
        for statement in bare_indexes(engine):
            connection.exec_driver_sql(statement)
    raw = engine.raw_connection()
    cursor = raw.cursor()
    sign = "?" if engine.dialect.name == "sqlite" else "%s"
    places = {name: ", ".join([sign] * len(rows[name][0])) for name in TABLES}
    if engine.dialect.name == "sqlite":  # as much as posting in bulk takes
        cursor.execute(f"PRAGMA cache_size = -{CACHE_KIB_BULK}")
    start = time.perf_counter()
    cursor.execute("BEGIN")
    entries = len(rows["entry"])
    per_entry = {name: len(rows[name]) // entries for name in ("entry", "entry_text", "line", "seal")}
    for first in range(0, entries, BATCH):
        for name, each in per_entry.items():
            some = rows[name][first * each : (first + BATCH) * each]
            cursor.executemany(f"INSERT INTO bare_{name} VALUES ({places[name]})", some)
    for name in ("day_total", "account_total"):
        cursor.executemany(f"INSERT INTO bare_{name} VALUES ({places[name]})", rows[name])
    raw.commit()
    seconds = time.perf_counter() - start
    raw.close()
    return seconds


COLUMNS = {
    "entry": "id BIGINT PRIMARY KEY, journal_id BIGINT, fiscal_year INT, number BIGINT, effective_on DATE,"
    " recorded_at {instant}, source {exact}, text_digest VARCHAR(64), content_digest VARCHAR(64),"
    " total_cents BIGINT, reverses_id BIGINT, UNIQUE (source), UNIQUE (journal_id, fiscal_year, number),"
    " UNIQUE (reverses_id)",
    "entry_text": "entry_id BIGINT PRIMARY KEY, salt VARCHAR(32), text VARCHAR(500), document VARCHAR(190)",
    "line": "id BIGINT PRIMARY KEY, entry_id BIGINT, position INT, account_id BIGINT, counterparty_id BIGINT,"
    " effective_on DATE, debit_cents BIGINT, credit_cents BIGINT, UNIQUE (entry_id, position)",
    "seal": "entry_id BIGINT PRIMARY KEY, sequence BIGINT, previous_digest VARCHAR(64), digest VARCHAR(64),"
    " UNIQUE (sequence), UNIQUE (digest)",
    "day_total": "account_id BIGINT, day DATE, debit_cents BIGINT, credit_cents BIGINT,"
    " PRIMARY KEY (account_id, day)",
    "account_total": "account_id BIGINT PRIMARY KEY, debit_cents BIGINT, credit_cents BIGINT",
}
INDEXES = (
    "entry (effective_on, id)",
    "entry (journal_id, effective_on, id)",
    "line (account_id, effective_on, id)",
    "line (counterparty_id, account_id, effective_on, id)",
    "day_total (day, account_id)",
)


def bare_ddl(engine: Engine, name: str) -> str:
    sqlite = engine.dialect.name == "sqlite"
    exact = "VARCHAR(190)" if sqlite else "VARCHAR(190) COLLATE utf8mb4_bin"
    columns = COLUMNS[name].format(instant="DATETIME" if sqlite else "DATETIME(6)", exact=exact)
    if sqlite:
        columns = columns.replace("BIGINT", "INTEGER")
    return f"CREATE TABLE bare_{name} ({columns}){'' if sqlite else ' ENGINE=InnoDB CHARSET=utf8mb4'}"


def bare_indexes(engine: Engine) -> Iterator[str]:
    for number, wanted in enumerate(INDEXES):
        yield f"CREATE INDEX bare_{number} ON bare_{wanted}"


def rows_of(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows that posting made, as the driver takes them."""
    found = {}
    with engine.connect() as connection:
        for name in TABLES:
            table = migrations.metadata().tables[f"endi_ext_{name}"]
            order = list(table.primary_key.columns)
            sql = str(select(table).order_by(*order).compile(dialect=engine.dialect))
            found[name] = [
                tuple(value if isinstance(value, int) or value is None else str(value) for value in row)
                for row in connection.exec_driver_sql(sql)
            ]
    for number, row in enumerate(found["entry"]):
        # A driver may cut the microseconds of a whole second off; posting writes them.
        at = row[5] if "." in row[5] else f"{row[5]}.000000"
        found["entry"][number] = (*row[:5], at, *row[6:])
    return found


def report(
    entries: int, pairs: int, server_url: str | None, engines: Sequence[str]
) -> Iterator[str | Figure]:
    """Return the report line by line, as Markdown, and its figures."""
    made = drafts(entries)
    yield f"{entries} entries, {pairs} alternating pairs; load {os.getloadavg()[0]:.1f} at the start.\n"
    yield "| database | ours s | executemany s | ratio | entries/s | lines/s |"
    yield "|---|---|---|---|---|---|"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if SQLITE in engines:
            yield from compare(SQLITE, lambda: sqlite(folder), made, pairs)
        if MARIADB not in engines:
            return
        server = Server.at(server_url) if server_url else Server.start(folder, durable=True)
        try:
            yield from compare(MARIADB, lambda: mariadb(server), made, pairs)
        finally:
            server.stop()


def compare(name: str, new_engine: Any, made: list[EntryDraft], pairs: int) -> Iterator[str | Figure]:
    """Measure `pairs` pairs on one kind of database."""
    ours, bare, rows = [], [], {}
    for _pair in range(pairs):
        with new_engine() as engine:
            migrations.upgrade(engine)
            ours.append(posting(engine, made))
            rows = rows or rows_of(engine)
        with new_engine() as engine:
            bare.append(floor(engine, rows))
    took = Figure(OPERATION, "time", "s", ours, name, len(made))
    limit = replace(took, samples=bare, who="executemany of the same rows")
    times = ratio(took, limit, goal="1")
    yield from (took, limit, times)
    rate, lines = len(made) / took.value, len(rows["line"]) / took.value
    share = f"{times.value:.2f} ({times.lowest:.2f} to {times.highest:.2f})"
    yield f"| {name} | {took.value:.2f} | {limit.value:.2f} | {share} | {rate:,.0f} | {lines:,.0f} |"


@contextmanager
def sqlite(folder: Path) -> Iterator[Engine]:
    path = folder / f"book{time.monotonic_ns()}.sqlite"
    engine = make_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()
    path.unlink()


@contextmanager
def mariadb(server: Server) -> Iterator[Engine]:
    url = server.new_database()
    engine = make_engine(url)
    yield engine
    engine.dispose()
    server.execute(f"DROP DATABASE {url.rpartition('/')[2].partition('?')[0]}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--mariadb", help="a server to use instead of a private one")
    figures.add_engines(parser)
    figures.add_option(parser)
    chosen = parser.parse_args()
    figures.show(report(chosen.entries, chosen.pairs, chosen.mariadb, chosen.engines), chosen.json)


if __name__ == "__main__":
    main()
