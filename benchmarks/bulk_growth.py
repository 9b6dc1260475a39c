"""Bulk posting into books of growing sizes: does a large one take its entries as fast as a small one?

    python -m benchmarks.bulk_growth [--sizes 10000 100000 1000000] [--pairs 3] [--engines SQLite MariaDB]

Each book is posted from nothing, in transactions of 10,000 entries; only posting and committing is counted.
Its size is that of its whole life: the last entries meet all the others in the indexes. The smallest book is
posted `--pairs` times, in turn with the larger ones.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from benchmarks import bulk_posting, figures
from benchmarks.figures import MARIADB, SQLITE, Figure, ratio
from endi_ext import migrations
from endi_ext.ledger import service as ledger
from tests.mariadb import Server

PART = 10_000
# A server in use has more memory than one for tests.
BUFFER_POOL = "--innodb-buffer-pool-size=2G"


def report(sizes: list[int], pairs: int, engines: list[str]) -> Iterator[str | Figure]:
    """Return the report line by line, as Markdown, and its figures."""
    yield f"Whole books, {pairs} of each but the largest, in transactions of {PART} entries.\n"
    yield "| database | entries | entries/s | last part, entries/s | against the smallest |"
    yield "|---|---|---|---|---|"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if SQLITE in engines:
            yield from measured(SQLITE, lambda: bulk_posting.sqlite(folder), sizes, pairs)
        if MARIADB in engines:
            server = Server.start(folder, BUFFER_POOL, durable=True)
            try:
                yield from measured(MARIADB, lambda: bulk_posting.mariadb(server), sizes, pairs)
            finally:
                server.stop()


def measured(name: str, new_engine, sizes: list[int], pairs: int) -> Iterator[str | Figure]:
    found: dict[int, list[tuple[float, float]]] = {size: [] for size in sizes}
    for place in range(pairs):
        # The largest takes minutes: once.
        for size in sizes if place == 0 else sizes[:-1] or sizes:
            with new_engine() as engine:
                found[size].append(rates(engine, size))
    smallest = None
    for size, pairs_of in found.items():
        whole = Figure(bulk_posting.OPERATION, "rate", "entries/s", [one[0] for one in pairs_of], name, size)
        smallest = smallest or whole
        share = ratio(whole, smallest, goal="8" if size == max(sizes) and size > min(sizes) else "")
        yield whole
        yield replace(whole, measure="rate of the last 10,000", samples=[one[1] for one in pairs_of])
        told = ""
        if whole is not smallest:
            yield share
            told = f"{share.value:.2f}"
        yield f"| {name} | {size:,} | {whole.value:,.0f} | {pairs_of[-1][1]:,.0f} | {told} |"


def rates(engine: Engine, size: int) -> tuple[float, float]:
    """Post a book; return how many entries it took a second, in all and at its end."""
    migrations.upgrade(engine)
    bulk_posting.parties(engine)
    waiting, seconds, last = bulk_posting.each_draft(size), 0.0, 0.0
    while some := list(islice(waiting, PART)):
        begun = time.perf_counter()
        with Session(engine, future=True) as session:
            ledger.post_many(session, some, bulk_posting.ACT)
            session.commit()
        took = time.perf_counter() - begun
        seconds, last = seconds + took, len(some) / took
    return size / seconds, last


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--engines", nargs="+", default=[SQLITE, MARIADB])
    figures.add_option(parser)
    chosen = parser.parse_args()
    figures.show(report(chosen.sizes, chosen.pairs, chosen.engines), chosen.json)


if __name__ == "__main__":
    main()
