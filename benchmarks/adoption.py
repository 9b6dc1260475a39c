"""How long bringing a host's internal documents into the books takes, and what memory it needs.

    python -m benchmarks.adoption [--small 1000] [--large 10000]

The documents are the demo host's own, all sound: a third is unpaid, a third paid in part, a third in whole.
Each reading is in a process of its own; read again, nothing is new. The time per document and the memory
should not grow with their number.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from benchmarks import figures
from benchmarks.figures import SQLITE, Figure
from endi_ext import migrations
from endi_ext.hosts.demo import internal_story, people, seeding
from endi_ext.hosts.demo.app import create_tables
from endi_ext.hosts.demo.internal_documents import DemoReading
from endi_ext.hosts.demo.internal_story import Clerk, Told
from endi_ext.kernel.engine import make_engine
from endi_ext.kernel.history import Act
from endi_ext.reconciliation import adoption_runs
from endi_ext.reconciliation.pair_models import RUNNING, Adoption

LAST_DAY = date(2026, 11, 21)
ACT = Act("cli", "Banc d'essai", datetime(2026, 11, 22, 9, 0, tzinfo=UTC), date(2026, 11, 22))
ENDS = (internal_story.UNPAID, internal_story.PART_PAID, internal_story.PAID_WHOLE)
KB_PER_MB = 1_024
WORDS = {
    "look": "documents looked at",
    "adopt": "documents brought into the books",
    "again": "documents brought in before",
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--small", type=int, default=1_000)
    parser.add_argument("--large", type=int, default=10_000)
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    figures.add_option(parser)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(adopted(*options.child)))
        return
    figures.show(report((options.small, options.large)), options.json)


def report(sizes: tuple[int, ...]) -> Iterator[str | Figure]:
    """Return the report line by line, as Markdown, and its figures."""
    yield "| documents | what | seconds | ms per document | peak memory |"
    yield "|---:|---|---:|---:|---:|"
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{Path(folder)}/adoption.sqlite"
            keep(url, size)
            for what in ("look", "adopt", "again"):
                seconds, megabytes = child(url, what)
                per = 1_000 * seconds / size
                each = Figure(WORDS[what], "each document", "ms", [per], SQLITE, size)
                yield each
                yield replace(each, measure="peak of memory", unit="MiB", samples=[megabytes])
                yield f"| {size} | {what} | {seconds:.1f} | {per:.2f} | {megabytes:.0f} MB |"


def keep(url: str, size: int) -> None:
    """Fill the demo's own tables."""
    engine = make_engine(url)
    migrations.upgrade(engine)
    create_tables(engine)
    codes = [company.analytic_code for company in people.COMPANIES]
    with Session(engine, future=True) as session:
        seeding.populate(session)
        seeding.directory().sync(session)
        clerk = Clerk(session, LAST_DAY)
        for place in range(size):
            seller, buyer = codes[place % len(codes)], codes[(place + 1) % len(codes)]
            told = Told(
                seller, buyer, f"Travail {place}", 100 + place % 900, 40 + place % 300, ENDS[place % 3]
            )
            clerk.invoice(told)
        session.commit()
    engine.dispose()


def child(url: str, what: str) -> tuple[float, float]:
    command = [sys.executable, "-m", "benchmarks.adoption", "--child", url, what]
    seconds, megabytes = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return seconds, megabytes


def adopted(url: str, what: str) -> tuple[float, float]:
    """Go through all documents as the command does, a transaction for each batch."""
    engine, reading, began = make_engine(url), DemoReading(), time.monotonic()
    with Session(engine, future=True) as session:
        run = adoption_runs.begin(session, reading, dry_run=what == "look", request_key=what, act=ACT)
        session.commit()
        run_id, state = run.id, run.state
    while state == RUNNING:
        with Session(engine, future=True) as session:
            state = adoption_runs.go_on(session, session.get(Adoption, run_id), reading, ACT).state
            session.commit()
    return time.monotonic() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KB_PER_MB


if __name__ == "__main__":
    main()
