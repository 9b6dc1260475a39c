"""Figures of a run beside those that were kept: what became worse than the spread of both allows."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.figures import TIMES, Figure
from benchmarks.goals import GOALS

# Below this, nothing is said to have changed, however narrow the spreads.
NOTICED = 1.1
MORE_IS_BETTER = {"throughput", "precision", "recall", "recall on discrepancies", "rate"}


@dataclass(frozen=True)
class Kept:
    """The figures of a run that reports are compared with; `figures` by name: lowest, median, highest."""

    surroundings: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[tuple[str, ...], tuple[float, float, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """One figure then and now."""

    figure: Figure
    then: tuple[float, float, float]

    @property
    def ratio(self) -> float:
        """Return now against then."""
        return self.figure.value / self.then[1] if self.then[1] else float("inf")

    @property
    def worse(self) -> bool:
        """Say whether the best of now is worse than the worst of then."""
        lowest, _, highest = self.then
        if more_is_better(self.figure):
            return self.figure.highest < lowest and self.ratio < 1 / NOTICED
        return self.figure.lowest > highest and self.ratio > NOTICED


def more_is_better(figure: Figure) -> bool:
    """Say which way a figure is good."""
    if figure.goal:
        return GOALS[figure.goal].at_least
    return figure.unit.endswith("/s") or figure.measure in MORE_IS_BETTER


def changes(found: Iterable[Figure], kept: Kept) -> Iterator[Change]:
    """Yield each figure of ours that was kept too."""
    for one in found:
        if one.name in kept.figures:
            yield Change(one, kept.figures[one.name])


def read(path: Path) -> Kept:
    """Return the figures kept, none if there are none."""
    if not path.exists():
        return Kept()
    told = json.loads(path.read_text("utf-8"))
    figures = {tuple(row[:-3]): tuple(row[-3:]) for row in told["figures"]}
    return Kept(told["surroundings"], figures)


def keep(path: Path, surroundings: Mapping[str, str], found: Iterable[Figure]) -> None:
    """Keep the figures of a run: ratios first, a line each, so that a change of the file reads well."""
    rows: list[list[Any]] = [
        [*one.name, *(float(f"{value:.4g}") for value in (one.lowest, one.value, one.highest))]
        for one in sorted(found, key=lambda one: (one.unit != TIMES, one.name))
    ]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    head = json.dumps(dict(surroundings), ensure_ascii=False)
    path.write_text(f'{{"surroundings": {head},\n"figures": [\n{lines}\n]}}\n', "utf-8")
