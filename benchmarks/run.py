"""`make bench`: every measure in one run, as one report: var/bench/report.md, charts and figures beside it.

    python -m benchmarks.run [--quick] [--million] [--only PART ...] [--without PART ...] [--minutes 25]
                             [--keep]

Absolute figures belong to the machine and the moment; ratios within one run travel better. Each part is a
process of its own with so much time; one that fails or takes longer is told in the report, and the others
go on. --keep keeps the figures as those that the next report compares with, benchmarks/last.json.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import figures, regression, report
from benchmarks.figures import MARIADB, SQLITE
from benchmarks.surroundings import surroundings
from tests.mariadb import Server

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "var" / "bench"
LAST = Path(__file__).parent / "last.json"
STOPPING_S = 30


@dataclass(frozen=True)
class Sizes:
    """How large books and lists are, and how often a measure alternates with its reference."""

    # Books that each operation is measured on, in entries, the smallest first.
    books: tuple[int, ...]
    entries: int
    rows: int
    exchanges: tuple[int, ...]
    documents: tuple[int, int]
    notices: int
    pairs: int
    seconds: int
    engines: tuple[str, ...] = (SQLITE, MARIADB)
    writers: tuple[int, ...] = (1, 4)

    @property
    def small(self) -> str:
        return str(self.books[0])

    @property
    def large(self) -> str:
        return str(self.books[-1])


FULL = Sizes((10_000, 100_000), 20_000, 20_000, (10_000, 100_000), (1_000, 5_000), 414, 5, 20)
QUICK = Sizes((2_000, 5_000), 2_000, 5_000, (1_000, 5_000), (100, 500), 60, 2, 5)
MILLION = Sizes(
    (10_000, 100_000, 1_000_000), 166_667, 100_000, (10_000, 100_000, 1_000_000), (1_000, 10_000), 414, 5, 60
)


@dataclass(frozen=True)
class Part:
    """One benchmark: its module, its place in the report, what it is asked, how long it may take."""

    module: str
    title: str
    arguments: Callable[[Sizes, str], Sequence[object]]
    minutes: float


# What a test runs, to see that benchmarks still do.
TINY = Sizes((300, 400), 60, 20, (300,), (2, 4), 20, 1, 1, (SQLITE,), (1,))


def _two(sizes: Sizes, _server: str) -> Sequence[object]:
    both = ("--small", sizes.small, "--large", sizes.large)
    return (*both, "--rounds", sizes.pairs, "--engines", *sizes.engines)


def _beside(server: str) -> Sequence[str]:
    return ("--mariadb", server) if server else ()


# Those that say most come first: what is left when the time is over is told, not measured.
PARTS = (
    Part(
        "bulk_posting",
        "Bulk posting, with chain, totals and seals",
        lambda sizes, server: (
            *("--entries", sizes.entries, "--pairs", sizes.pairs),
            *(*_beside(server), "--engines", *sizes.engines),
        ),
        4,
    ),
    Part(
        "bulk_growth",
        "Bulk posting, from a small book to a large one",
        lambda sizes, _: ("--sizes", *sizes.books, "--engines", *sizes.engines, "--pairs", 2),
        4,
    ),
    Part(
        "hordak_posting",
        "Bulk posting beside django-hordak",
        lambda sizes, server: ("--entries", sizes.entries // 5, "--pairs", sizes.pairs, *_beside(server)),
        3,
    ),
    Part(
        "single_posting",
        "One entry posted durably",
        lambda sizes, _: (
            *("--rounds", sizes.pairs * 4, "--writers", *sizes.writers),
            *("--engines", *sizes.engines),
        ),
        3,
    ),
    Part(
        "reading",
        "Reading and proving the book",
        lambda sizes, _: (
            *("--sizes", *sizes.books, "--rounds", sizes.pairs),
            *("--engines", *sizes.engines),
        ),
        4,
    ),
    Part(
        "reconciliation",
        "Matching two lists without a common key",
        lambda sizes, _: ("--sizes", *sizes.exchanges, "--pairs", min(sizes.pairs, 3)),
        5,
    ),
    Part(
        "export_journal",
        "The journal of a year in the shape of the FEC",
        lambda sizes, server: ("--entries", sizes.entries, "--pairs", sizes.pairs, *_beside(server)),
        4,
    ),
    Part(
        "pages",
        "The ten pages people open most, in the demo",
        lambda sizes, _: (
            *("--sizes", *sizes.books, "--rounds", sizes.pairs * 12),
            *("--seconds", sizes.seconds, "--people", 10, 50),
        ),
        5,
    ),
    Part(
        "endi_pages",
        "The ten pages people open most, in enDI; the host's own with the plugin on and off",
        lambda sizes, _: (
            *("--entries", sizes.small, "--rounds", sizes.pairs * 8),
            *("--seconds", sizes.seconds, "--people", 10, 50),
        ),
        7,
    ),
    Part(
        "desk",
        "The pages of the accountant's desk",
        lambda sizes, _: ("--sizes", *sizes.books, "--rounds", sizes.pairs * 4),
        5,
    ),
    Part("month_end", "The end of a month and of a year", _two, 3),
    Part(
        "import_exchanges",
        "Import of exchanges from a CSV",
        lambda sizes, server: ("--rows", sizes.rows, "--pairs", min(sizes.pairs, 3), *_beside(server)),
        4,
    ),
    Part("campaigns", "The pages of matching", _two, 4),
    Part(
        "adoption",
        "Bringing a host's internal documents into the books",
        lambda sizes, _: ("--small", sizes.documents[0], "--large", sizes.documents[1]),
        3,
    ),
    Part(
        "notices",
        "Reading a day of public notices",
        lambda sizes, _: ("--rounds", sizes.pairs, "--notices", sizes.notices),
        2,
    ),
)
# A million takes ten times as long, and more.
OF_A_MILLION = 12


def main() -> None:
    chosen = arguments()
    sizes = QUICK if chosen.quick else MILLION if chosen.million else FULL
    parts = [one for one in PARTS if chosen.only is None or one.module in chosen.only]
    parts = [one for one in parts if one.module not in chosen.without]
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    told = report.Told(surroundings(), [], regression.read(LAST))
    with tempfile.TemporaryDirectory() as name:
        server = Server.start(Path(name), durable=True)
        try:
            longer = OF_A_MILLION if chosen.million else 1
            for outcome in run(parts, sizes, server.url, chosen.minutes * longer, longer):
                told.outcomes.append(outcome)
                # After each part: whoever interrupts the run has what was measured so far.
                report.write(FOLDER, told)
        finally:
            server.stop()
    if chosen.keep:
        regression.keep(LAST, told.surroundings, told.figures)
    print(f"\n{FOLDER / 'report.md'}")
    if any(outcome.problem for outcome in told.outcomes):
        sys.exit(1)


def arguments() -> argparse.Namespace:
    names = [one.module for one in PARTS]
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that it works")
    parser.add_argument("--million", action="store_true", help="also books and lists of a million: hours")
    parser.add_argument("--only", nargs="+", choices=names, metavar="PART", help=", ".join(names))
    parser.add_argument("--without", nargs="+", choices=names, metavar="PART", default=[])
    parser.add_argument("--minutes", type=float, default=25, help="the longest a run without a million takes")
    parser.add_argument("--keep", action="store_true", help="compare the next reports with this one")
    return parser.parse_args()


def run(
    parts: Sequence[Part], sizes: Sizes, server: str, minutes: float, longer: float
) -> Iterator[report.Outcome]:
    """Measure part after part until the time is over; yield how each went."""
    limit = time.monotonic() + 60 * minutes
    for number, part in enumerate(parts, start=1):
        left = limit - time.monotonic()
        print(f"[{number}/{len(parts)}] {part.title} ({part.module}), {left / 60:.0f} min left", flush=True)
        if left <= 0:
            yield report.Outcome(part.module, part.title, "", [], 0, "not measured: the time was over")
            continue
        begun = time.monotonic()
        text, problem = measured(
            part, [str(one) for one in part.arguments(sizes, server)], min(left, 60 * longer * part.minutes)
        )
        seconds = time.monotonic() - begun
        print(f"    {seconds:.0f} s{', ' + problem.splitlines()[0] if problem else ''}", flush=True)
        found = list(figures.read(FOLDER / f"{part.module}.jsonl"))
        yield report.Outcome(part.module, part.title, text, found, seconds, problem)


def measured(part: Part, asked: Sequence[str], patience_s: float) -> tuple[str, str]:
    """Run one benchmark; return what it printed, and why it stopped before its end, if it did."""
    path, log = FOLDER / f"{part.module}.txt", FOLDER / f"{part.module}.log"
    command = [sys.executable, "-m", f"benchmarks.{part.module}", *asked]
    command += ["--json", str(FOLDER / f"{part.module}.jsonl")]
    with path.open("w") as out, log.open("w") as troubles:
        # In a group of its own: servers it started end with it.
        process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=troubles, start_new_session=True)
        try:
            process.wait(timeout=patience_s)
        except subprocess.TimeoutExpired:
            problem = f"stopped after {patience_s:.0f} s"
        else:
            problem = failure(log.read_text()) if process.returncode else ""
        finally:
            end(process)
    return path.read_text(), problem


def failure(said: str) -> str:
    """Return why a part failed: the last thing it said, then how it came to it."""
    last = said.strip().rpartition("\n")[2]
    return f"failed: {last}\n{said[-1500:]}"


def end(process: subprocess.Popen) -> None:
    """Stop what is left of a part: first kindly, so that it takes its servers along."""
    for sign in (signal.SIGINT, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
            process.wait(timeout=STOPPING_S)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue


if __name__ == "__main__":
    main()
