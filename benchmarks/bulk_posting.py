"""Bulk posting with chain, totals and seals against a bare executemany of the same rows, alternating.

    python -m benchmarks.bulk_posting [--entries 20000] [--pairs 5] [--mariadb
    mysql://user:password@host:port]

The floor inserts the very rows that posting made, with the same batches, columns, keys and indexes, into
tables without triggers, foreign keys or checks, by the driver's own executemany.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from endi_ext import migrations
from endi_ext.kernel.engine import make_engine
from endi_ext.kernel.history import Act
from endi_ext.kernel.parties import Party
from endi_ext.ledger import service as ledger
from endi_ext.ledger.entries import EntryDraft, credit, debit
from tests.mariadb import Server

PARTIES, BATCH = 200, 1_000
ACT = Act("user:1", "Banc", datetime(2026, 12, 31, 12, tzinfo=UTC), date(2026, 12, 31))
TABLES = ("entry", "entry_text", "line", "seal", "day_total", "account_total")


def drafts(count: int, seed: int = 1) -> list[EntryDraft]:
    """Return entries of a year between parties of very different sizes, two lines of contribution each."""
    drawn = random.Random(seed)
    weights = [1 / (rank + 1) for rank in range(PARTIES)]
    made = []
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
        made.append(EntryDraft("EI", on, f"bench:{number}", f"Prestation {number}", lines, f"F-{number}"))
    return made


def posting(engine: Engine, made: list[EntryDraft]) -> float:
    """Post into a fresh book and return the seconds it took, commit included."""
    with Session(engine, future=True) as session:
        parties = (
            Party(id=number, host_key=f"company:{number}", name=f"Atelier {number}", kind="internal")
            for number in range(1, PARTIES + 2)
        )
        session.add_all(parties)
        session.commit()
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


def compare(name: str, new_engine: Any, made: list[EntryDraft], pairs: int) -> None:
    """Measure `pairs` pairs on one kind of database and print the ratio."""
    ratios, rates, rows = [], [], {}
    for _pair in range(pairs):
        with new_engine() as engine:
            migrations.upgrade(engine)
            ours = posting(engine, made)
            rows = rows or rows_of(engine)
        with new_engine() as engine:
            bare = floor(engine, rows)
        ratios.append(ours / bare)
        rates.append(len(rows["line"]) / ours)
        print(f"  {name}: {ours:.2f} s, floor {bare:.2f} s, ratio {ratios[-1]:.2f}", flush=True)
    middle, rate = statistics.median(ratios), statistics.median(rates)
    print(f"{name}: ratio {middle:.2f} ({min(ratios):.2f} to {max(ratios):.2f}), {rate:,.0f} lines/s")


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
    chosen = parser.parse_args()
    made = drafts(chosen.entries)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        compare("sqlite", lambda: sqlite(folder), made, chosen.pairs)
        server = (
            Server.at(chosen.mariadb)
            if chosen.mariadb
            else Server.start(folder, "--innodb-flush-log-at-trx-commit=1")
        )
        try:
            compare("mariadb", lambda: mariadb(server), made, chosen.pairs)
        finally:
            server.stop()


if __name__ == "__main__":
    main()
