"""How a benchmark gives its figures: beside its text, as lines of JSON that the report gathers.

A report yields lines of text and figures in any order; `show` prints the first and keeps the second:

    def report(...) -> Iterator[str | Figure]:
        ours = Figure("posting in bulk", "time", "s", [2.1, 2.0, 2.2], engine=MARIADB, size=10_000)
        floor = replace(ours, samples=[1.4, 1.3, 1.4], who="executemany of the same rows")
        yield ours
        yield floor
        yield ratio(ours, floor, goal="1")
        yield f"{ours.value:.1f} s"

    figures.add_option(parser)            # --json FILE
    figures.show(report(...), chosen.json)

Samples of two figures that alternated stand in the same order: their ratio is that of each pair.
"""

import argparse
import json
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

OURS = "ours"
SQLITE, MARIADB, DEMO, ENDI = "SQLite", "MariaDB", "demo", "enDI"
TIMES = "×"


@dataclass(frozen=True)
class Figure:
    """One quantity measured some times: of ours, of a physical limit or of a peer; or a ratio of two."""

    # The same words for ours, for its limit and for its peers: they stand side by side.
    operation: str
    measure: str
    unit: str
    samples: Sequence[float]
    # A database or a host; empty where there is none.
    engine: str = ""
    # How many exchanges, entries or lines there are; 0 where nothing grows.
    size: int = 0
    who: str = OURS
    # Of a ratio: what it is a ratio to.
    against: str = ""
    # Of a ratio that is to be reached: its key in benchmarks/goals.py.
    goal: str = ""

    @property
    def value(self) -> float:
        """Return the median."""
        return statistics.median(self.samples)

    @property
    def lowest(self) -> float:
        return min(self.samples)

    @property
    def highest(self) -> float:
        return max(self.samples)

    @property
    def name(self) -> tuple[str, ...]:
        """Return what tells it from any other figure of a run, whatever was measured."""
        return (self.operation, self.measure, self.unit, self.engine, str(self.size), self.who, self.against)


def ratio(ours: Figure, other: Figure, *, goal: str = "", against: str = "") -> Figure:
    """Return ours divided by another, pair by pair where they alternated, of medians otherwise."""
    if len(ours.samples) == len(other.samples):
        samples = [one / two for one, two in zip(ours.samples, other.samples, strict=True)]
    else:
        samples = [ours.value / other.value]
    told = against or (other.who if other.who != ours.who else f"{other.size:,}")
    return Figure(ours.operation, ours.measure, TIMES, samples, ours.engine, ours.size, ours.who, told, goal)


def add_option(parser: argparse.ArgumentParser) -> None:
    """Let a benchmark be asked for its figures."""
    parser.add_argument("--json", type=Path, metavar="FILE", help="where figures go, a line of JSON each")


def add_engines(parser: argparse.ArgumentParser) -> None:
    """Let a benchmark be asked for one of the two databases."""
    parser.add_argument("--engines", nargs="+", choices=[SQLITE, MARIADB], default=[SQLITE, MARIADB])


def show(report: Iterable[str | Figure], path: Path | None) -> None:
    """Print the lines of a report as they come; append its figures to a file, if one was named."""
    for one in report:
        if isinstance(one, str):
            print(one, flush=True)
        elif path is not None:
            # Each by itself: what was measured before a failure is kept.
            with path.open("a", encoding="utf-8") as out:
                out.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")


def read(path: Path) -> Iterator[Figure]:
    """Yield the figures of a file, none if it is not there."""
    if path.exists():
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                yield Figure(**json.loads(line))
