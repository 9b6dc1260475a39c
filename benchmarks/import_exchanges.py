"""How long importing a CSV of exchanges takes, beside a bare executemany of the same rows in the same run.

    python -m benchmarks.import_exchanges [--rows 100000] [--pairs 5] [--mariadb mysql://user:password@host:port]

The floor writes every row the import wrote (exchanges, history, entries, texts, lines, seals, totals) with
the driver's executemany in batches, into the same tables with their keys and indexes, without triggers.
Import and floor alternate, each in a process of its own on a database of its own; medians are compared.
On a busy machine the ratio of processor time, which on SQLite covers the database too, says more than that
of time.
"""

import argparse
import json
import pickle
import random
import resource
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import Session

from benchmarks import figures
from benchmarks.figures import MARIADB, OURS, SQLITE, Figure, ratio
from endi_ext import migrations
from endi_ext.exchanges.imports import Limits, import_file
from endi_ext.kernel.engine import make_engine
from endi_ext.kernel.history import Act
from endi_ext.kernel.orm import Base
from endi_ext.kernel.parties import COOPERATIVE, Party

PARTIES = 1_000
BATCH = 1_000
ACT = Act("cli", "Banc d'essai", datetime(2026, 11, 2, 9, 0, tzinfo=UTC), date(2026, 11, 2))
TRADES = (
    "Pose de parquet",
    "Rédaction d’articles",
    "Découpe sur mesure",
    "Atelier cuisine",
    "Dépannage réseau",
)


def main() -> None:
    options = arguments()
    if options.child:
        print(json.dumps(CHILDREN[options.child](*options.with_)))
        return
    figures.show(
        report(options.rows, options.pairs, options.mariadb, sqlite=not options.no_sqlite), options.json
    )


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--mariadb", help="a server where databases may be created; SQLite alone without it")
    parser.add_argument("--no-sqlite", action="store_true", help="MariaDB alone")
    parser.add_argument("--child", choices=sorted(CHILDREN), help=argparse.SUPPRESS)
    parser.add_argument("--with", dest="with_", nargs="*", help=argparse.SUPPRESS)
    figures.add_option(parser)
    return parser.parse_args()


def report(rows: int, pairs: int, mariadb: str | None, *, sqlite: bool) -> Iterator[str | Figure]:
    """Return the report line by line, as Markdown, and its figures."""
    yield f"{rows} exchanges from one CSV, {PARTIES} parties, {pairs} alternating pairs, medians:\n"
    columns = ("database", "import s (spread)", "floor s (spread)", "ratio", "of processor time")
    yield f"| {' | '.join(columns)} | exchanges/s | lines/s | peak MiB (floor) |"
    yield "|---|---|---|---|---|---|---|---|"
    with tempfile.TemporaryDirectory() as folder:
        csv = Path(folder, "exchanges.csv")
        write_csv(csv, rows)
        if sqlite:
            yield from measured(
                SQLITE, lambda: f"sqlite:///{folder}/{secrets.token_hex(4)}.sqlite", csv, pairs
            )
        if mariadb:
            made: list[str] = []
            yield from measured(MARIADB, lambda: new_database(mariadb, made), csv, pairs)
            for name in made:
                on_server(mariadb, f"DROP DATABASE {name}")


def measured(name: str, new_url, csv: Path, pairs: int) -> Iterator[str | Figure]:
    imports, floors = [], []
    written = csv.with_suffix(".pickle")
    for place in range(pairs):
        url = new_url()
        imports.append(child("import", url, str(csv)))
        if place == 0:
            child("keep", url, str(written))
        floors.append(child("floor", new_url(), str(written)))
    ours, bare = median(imports, "seconds"), median(floors, "seconds")
    cpu = median(imports, "cpu") / median(floors, "cpu")
    rows, lines = imports[0]["exchanges"], floors[0]["lines"]
    speed = f"{rows / ours:,.0f} | {lines / ours:,.0f}"
    memory = f"{median(imports, 'peak_mib'):.0f} ({median(floors, 'peak_mib'):.0f})"
    ratios = f"{ours / bare:.2f} | {cpu:.2f}"
    yield from compared(name, rows, imports, floors)
    yield f"| {name} | {spread(imports)} | {spread(floors)} | {ratios} | {speed} | {memory} |"


def compared(name: str, rows: int, imports: list[dict], floors: list[dict]) -> Iterator[Figure]:
    """Yield the figures of an import and of its floor, and their ratios."""
    for key, measure, unit in (
        ("seconds", "time", "s"),
        ("cpu", "processor time", "s"),
        ("peak_mib", "peak of memory", "MiB"),
    ):
        ours, bare = (
            Figure("import of exchanges", measure, unit, [one[key] for one in found], name, rows, who)
            for found, who in ((imports, OURS), (floors, "executemany of the same rows"))
        )
        yield from (ours, bare, ratio(ours, bare))


def child(what: str, *parameters: str) -> dict:
    command = [sys.executable, "-m", "benchmarks.import_exchanges", "--child", what, "--with", *parameters]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


def import_once(url: str, csv: str) -> dict:
    """Import the file into a new database."""
    engine = new_book(url)
    begun, worked = time.perf_counter(), time.process_time()
    with Session(engine, future=True) as session, Path(csv).open("rb") as stream:
        found = import_file(session, stream, csv, ACT, limits=Limits(file_bytes=10**9, rows=10**7))
        session.commit()
    seconds, cpu = time.perf_counter() - begun, time.process_time() - worked
    assert not found.refused, found.refused[:3]
    return {"seconds": seconds, "cpu": cpu, "exchanges": found.accepted, "peak_mib": peak_mib()}


def keep_rows(url: str, path: str) -> dict:
    """Keep every row of a database, table by table, in the order of their foreign keys."""
    engine, kept = make_engine(url), []
    with engine.connect() as connection:
        for table in tables():
            rows = [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {table.name}")]
            names = connection.exec_driver_sql(f"SELECT * FROM {table.name} LIMIT 0").keys()
            kept.append((table.name, list(names), rows))
    Path(path).write_bytes(pickle.dumps(kept))
    return {}


def floor_once(url: str, path: str) -> dict:
    """Write the kept rows into a new database with the driver's executemany."""
    engine = new_book(url)
    kept = pickle.loads(Path(path).read_bytes())
    with engine.begin() as connection:
        for trigger in triggers(connection):
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        # Some rows come with the migrations: they are among those that were kept.
        for name, _columns, _rows in reversed(kept):
            connection.exec_driver_sql(f"DELETE FROM {name}")
    begun, worked = time.perf_counter(), time.process_time()
    with engine.begin() as connection:
        mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
        cursor = connection.connection.cursor()
        # A column has a name that MariaDB reserves: SQLAlchemy knows to quote it.
        quoted = connection.dialect.identifier_preparer.quote
        for name, columns, rows in kept:
            names, marks = ", ".join(map(quoted, columns)), ", ".join([mark] * len(columns))
            statement = f"INSERT INTO {name} ({names}) VALUES ({marks})"
            for start in range(0, len(rows), BATCH):
                cursor.executemany(statement, rows[start : start + BATCH])
    seconds, cpu = time.perf_counter() - begun, time.process_time() - worked
    lines = next(len(rows) for name, _, rows in kept if name == "endi_ext_line")
    return {"seconds": seconds, "cpu": cpu, "lines": lines, "peak_mib": peak_mib()}


CHILDREN = {"import": import_once, "keep": keep_rows, "floor": floor_once}


def tables():
    metadata = migrations.metadata()
    assert metadata is Base.metadata
    return metadata.sorted_tables


def triggers(connection) -> list[str]:
    if connection.dialect.name == "sqlite":
        return list(
            connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars()
        )
    names = text("SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = DATABASE()")
    return list(connection.execute(names).scalars())


def new_book(url: str):
    """Return an engine on a migrated database with its parties."""
    engine = make_engine(url)
    migrations.upgrade(engine)
    with Session(engine, future=True) as session:
        session.add(
            Party(id=1, host_key="cooperative:0", kind=COOPERATIVE, name="Coopérative", analytic_code="CAE")
        )
        for number in range(2, PARTIES + 2):
            code = f"A{number:04}"
            session.add(
                Party(id=number, host_key=f"company:{number}", name=f"Atelier {number}", analytic_code=code)
            )
        session.commit()
        assert session.execute(select(Party.id).limit(1)).scalar_one()
    return engine


def new_database(server: str, made: list[str]) -> str:
    name = f"endi_ext_bench_{secrets.token_hex(4)}"
    on_server(server, f"CREATE DATABASE {name} CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci")
    made.append(name)
    return f"{server.rstrip('/')}/{name}?charset=utf8mb4"


def on_server(server: str, statement: str) -> None:
    engine = create_engine(f"{server.rstrip('/')}/", future=True)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def write_csv(path: Path, rows: int) -> None:
    """Write a year of exchanges between parties of very unequal activity, the same each time."""
    chance = random.Random(rows)
    weights = [1 / rank**0.8 for rank in range(1, PARTIES + 1)]
    sellers = chance.choices(range(2, PARTIES + 2), weights, k=rows)
    buyers = chance.choices(range(PARTIES + 1, 1, -1), weights, k=rows)
    with path.open("w", encoding="cp1252", newline="\r\n") as out:
        out.write("Date;Vendeur;Acheteur;Montant HT;Libellé;Référence\n")
        for number, (seller, buyer) in enumerate(zip(sellers, buyers, strict=True)):
            day = date(2025, 1, 1) + timedelta(days=number * 365 // rows)
            cents = max(100, round(chance.lognormvariate(10.6, 1.1)))
            other = buyer if buyer != seller else (buyer - 1) % PARTIES + 2
            trade = TRADES[number % len(TRADES)]
            who = f"A{seller:04};Atelier {other}"
            out.write(f"{day:%d/%m/%Y};{who};{grouped(cents)};{trade} n° {number};F-{number:06}\n")


def grouped(cents: int) -> str:
    """Return an amount the French way."""
    return f"{cents // 100:,}".replace(",", " ") + f",{cents % 100:02}"


def peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def median(results: list[dict], key: str) -> float:
    return statistics.median(result[key] for result in results)


def spread(results: list[dict]) -> str:
    seconds = sorted(result["seconds"] for result in results)
    return f"{statistics.median(seconds):.1f} ({seconds[0]:.1f}–{seconds[-1]:.1f})"


if __name__ == "__main__":
    main()
