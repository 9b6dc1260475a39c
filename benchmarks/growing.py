"""One thing done on a small book and on a large one in turn: its figures and its row of the report."""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks import figures
from benchmarks.figures import MARIADB, SQLITE, Figure, ratio
from tests.mariadb import Server

# What is measured on an engine: its name, what gives addresses of new databases, two sizes, rounds.
Measure = Callable[[str, Callable[[], str], int, int, int], Iterator[str | Figure]]


def add_options(parser: argparse.ArgumentParser) -> None:
    """Let a benchmark be asked for its sizes, its rounds and its engines."""
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    figures.add_engines(parser)
    figures.add_option(parser)


def on_engines(measure: Measure, chosen: argparse.Namespace) -> Iterator[str | Figure]:
    """Yield the table of a measure, on SQLite and on a MariaDB that waits for the disk, and its figures."""
    asked = chosen.small, chosen.large, chosen.rounds
    yield "| database | measure | small | large | large / small |"
    yield "|---|---|---|---|---|"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if SQLITE in chosen.engines:
            yield from measure(SQLITE, lambda: f"sqlite:///{folder}/{time.monotonic_ns()}.sqlite", *asked)
        if MARIADB in chosen.engines:
            server = Server.start(folder, durable=True)
            try:
                yield from measure(MARIADB, server.new_database, *asked)
            finally:
                server.stop()


def in_turn(rounds: int, *works: Callable[[], Any]) -> list[list[float]]:
    """Return the milliseconds of each of `works`, done in turn `rounds` times after one warm-up."""
    for work in works:
        work()
    found = [[milliseconds(work) for work in works] for _ in range(rounds)]
    return [list(column) for column in zip(*found, strict=True)]


def milliseconds(work: Callable[[], Any]) -> float:
    """Return how long something takes."""
    begun = time.perf_counter()
    work()
    return 1e3 * (time.perf_counter() - begun)


def grown(
    engine: str,
    operation: str,
    sizes: tuple[int, int],
    samples: Sequence[Sequence[float]],
    *,
    unit: str = "ms",
) -> Iterator[str | Figure]:
    """Yield the figures of both sizes, their ratio and a row; samples of the small book come first."""
    small = Figure(operation, "time", unit, samples[0], engine, sizes[0])
    large = replace(small, samples=samples[1], size=sizes[1])
    times = ratio(large, small, against=f"{sizes[0]:,}")
    yield from (small, large, times)
    yield f"| {engine} | {operation} | {small.value:.2f} | {large.value:.2f} | {times.value:.2f} |"
