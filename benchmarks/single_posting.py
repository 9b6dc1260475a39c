"""One entry posted and committed at a time, by one writer and by four, beside bare rows like its own.

    python -m benchmarks.single_posting [--rounds 20] [--postings 25] [--writers 1 4] [--json FILE]

Each writer is a process. In each round every writer posts some entries, then all of them insert as many bare
ones: an entry, its text, its lines and its seal with four statements of the driver on a connection that
stays open, into tables with the same columns and indexes but no triggers, foreign keys or checks. Every
commit waits for the disk on both sides.
"""

import argparse
import multiprocessing
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import MySQLdb
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.orm import Session

from benchmarks import bulk_posting, figures
from benchmarks.figures import MARIADB, SQLITE, Figure, ratio
from endi_ext import migrations
from endi_ext.kernel.engine import make_engine
from endi_ext.ledger import service as ledger
from tests.mariadb import Server

RAW = "bare rows like its own"
BEFORE, WARM_UP = 2_000, 20  # entries in the book; postings of a writer before they count
TABLES = ("entry", "entry_text", "line", "seal")
BUSY_TIMEOUT_S = 30


@dataclass(frozen=True)
class Work:
    """What the writers of a run are told."""

    url: str
    bare_url: str
    rows: dict[str, list[Any]]
    writers: int
    rounds: int
    postings: int


@dataclass(frozen=True)
class Turn:
    """What one writer did in one round: when it began and ended, and the seconds of each posting."""

    begun: float
    ended: float
    seconds: list[float]


Round = list[Turn]


def report(writers: list[int], rounds: int, postings: int, engines: Sequence[str]) -> Iterator[str | Figure]:
    """Return the report line by line, as Markdown, and its figures."""
    yield f"{rounds} alternating rounds of {postings} postings each; ms of p50 and p99, entries a second.\n"
    yield "| database | writers | p50, p99 | raw | p50 / raw | throughput | raw | throughput / raw |"
    yield "|---|---|---|---|---|---|---|---|"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for count in writers if SQLITE in engines else ():
            urls = [f"sqlite:///{folder}/{place}{count}.sqlite" for place in ("book", "bare")]
            yield from measured(SQLITE, *urls, count, rounds, postings)
        if MARIADB not in engines:
            return
        server = Server.start(folder, durable=True)
        try:
            for count in writers:
                urls = [server.new_database() for _ in range(2)]
                yield from measured(MARIADB, *urls, count, rounds, postings)
        finally:
            server.stop()


def measured(
    engine: str, url: str, bare_url: str, writers: int, rounds: int, postings: int
) -> Iterator[str | Figure]:
    ours, bare = run(Work(url, bare_url, prepare(url, bare_url), writers, rounds, postings))
    name = f"one durable posting, {writers} writer{'s' if writers > 1 else ''}"

    def both(measure: str, unit: str, samples: Callable[[list[Round]], list[float]]) -> tuple[Figure, Figure]:
        of_ours = Figure(f"{name}, {measure}", measure, unit, samples(ours), engine)
        return of_ours, replace(of_ours, samples=samples(bare), who=RAW)

    middle, middle_raw = both("p50", "ms", lambda found: [percentile(0.5, one) for one in found])
    slow, slow_raw = both("p99", "ms", lambda found: [percentile(0.99, *found)])
    rate, rate_raw = both("throughput", "entries/s", lambda found: [throughput(one) for one in found])
    times = ratio(middle, middle_raw, goal="3a" if writers == 1 else "")
    share = ratio(rate, rate_raw, goal="3b" if writers == 4 else "")
    yield from (middle, middle_raw, times, slow, slow_raw, rate, rate_raw, share)
    cells = [engine, str(writers), f"{middle.value:.2f}, {slow.value:.2f}"]
    cells += [f"{middle_raw.value:.2f}, {slow_raw.value:.2f}", spread(times)]
    cells += [f"{rate.value:,.0f}", f"{rate_raw.value:,.0f}", spread(share)]
    yield f"| {' | '.join(cells)} |"


def percentile(part: float, *rounds: Round) -> float:
    """Return a percentile of the postings of some rounds, in milliseconds."""
    seconds = sorted(chain.from_iterable(turn.seconds for one in rounds for turn in one))
    return 1e3 * seconds[int(len(seconds) * part)]


def throughput(one: Round) -> float:
    """Return how many entries a second its writers made together."""
    begun, ended = min(turn.begun for turn in one), max(turn.ended for turn in one)
    return sum(len(turn.seconds) for turn in one) / (ended - begun)


def spread(figure: Figure) -> str:
    return f"{figure.value:.2f} ({figure.lowest:.2f} to {figure.highest:.2f})"


def prepare(url: str, bare_url: str) -> dict[str, list[Any]]:
    """Fill both databases with the same entries; return the rows of one, to insert others like it."""
    engine, bare = make_engine(url), make_engine(bare_url)
    migrations.upgrade(engine)
    bulk_posting.posting(engine, bulk_posting.drafts(BEFORE))
    rows = bulk_posting.rows_of(engine)
    bulk_posting.floor(bare, rows)
    for one in (engine, bare):
        one.dispose()
    return {name: [row for row in rows[name] if row[name == "line"] == 1] for name in TABLES}


def run(work: Work) -> tuple[list[Round], list[Round]]:
    """Have the writers do their work; return the rounds of ours and of the bare rows."""
    processes = multiprocessing.get_context("spawn")
    together, results = processes.Barrier(work.writers), processes.SimpleQueue()
    started = [
        processes.Process(target=write, args=(work, number, together, results))
        for number in range(1, work.writers + 1)
    ]
    for process in started:
        process.start()
    found = []
    while len(found) < len(started):
        # Who fails tells nothing, and the others wait for it.
        assert not any(process.exitcode for process in started), "a writer failed"
        if results.empty():
            time.sleep(0.05)
        else:
            found.append(results.get())
    for process in started:
        process.join()
    ours, bare = ([list(one) for one in zip(*(each[kind] for each in found), strict=True)] for kind in (0, 1))
    return ours, bare


def write(work: Work, number: int, together: Barrier, results: Any) -> None:
    """Be one writer: post and insert in turn, each round together with the others."""
    count = WARM_UP + work.rounds * work.postings
    engine, bare = make_engine(work.url), open_bare(work.bare_url)
    drafts = (
        replace(draft, source=f"single:{number}:{place}")
        for place, draft in enumerate(bulk_posting.drafts(count, seed=number))
    )
    keys = iter(range(10_000_000 * number, 10_000_000 * number + count))
    works = (lambda: post_one(engine, next(drafts)), lambda: bare(work.rows, next(keys)))
    for one in works:
        turn(one, WARM_UP)
    ours, theirs = [], []
    for _round in range(work.rounds):
        for one, into in zip(works, (ours, theirs), strict=True):
            together.wait()
            into.append(turn(one, work.postings))
    results.put((ours, theirs))


def turn(one: Callable[[], None], times: int) -> Turn:
    begun, moment, seconds = time.perf_counter(), time.perf_counter(), []
    for _ in range(times):
        one()
        seconds.append(time.perf_counter() - moment)
        moment = time.perf_counter()
    return Turn(begun, moment, seconds)


def post_one(engine: Engine, draft: Any) -> None:
    with Session(engine, future=True) as session, session.begin():
        ledger.post(session, draft, bulk_posting.ACT)


def open_bare(url: str) -> Callable[[dict[str, list[Any]], int], None]:
    """Return what inserts an entry like the one given, with another key, and commits."""
    place = make_url(url)
    sqlite = place.get_backend_name() == "sqlite"
    if sqlite:
        connection: Any = sqlite3.connect(str(place.database), timeout=BUSY_TIMEOUT_S, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
    else:
        connection = MySQLdb.connect(
            host=place.host,
            port=place.port,
            user=place.username,
            password=place.password,
            database=place.database,
            charset="utf8mb4",
        )
    sign = "?" if sqlite else "%s"

    def insert(rows: dict[str, list[Any]], key: int) -> None:
        cursor = connection.cursor()
        cursor.execute("BEGIN IMMEDIATE" if sqlite else "BEGIN")
        for name, some in like(rows, key).items():
            places = ", ".join([sign] * len(some[0]))
            cursor.executemany(f"INSERT INTO bare_{name} VALUES ({places})", some)
        connection.commit()

    return insert


def like(rows: dict[str, list[Any]], key: int) -> dict[str, list[Any]]:
    """Return the rows of an entry under another key."""
    entry, entry_text = rows["entry"][0], rows["entry_text"][0]
    return {
        "entry": [(key, *entry[1:3], key, *entry[4:6], f"single:{key}", *entry[7:])],
        "entry_text": [(key, *entry_text[1:])],
        "line": [(key * 10 + place, key, *line[2:]) for place, line in enumerate(rows["line"])],
        "seal": [(key, key, f"{key - 1:064}", f"{key:064}")],
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--postings", type=int, default=25)
    parser.add_argument("--writers", type=int, nargs="+", default=[1, 4])
    figures.add_engines(parser)
    figures.add_option(parser)
    chosen = parser.parse_args()
    figures.show(report(chosen.writers, chosen.rounds, chosen.postings, chosen.engines), chosen.json)


if __name__ == "__main__":
    main()
