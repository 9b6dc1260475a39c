"""The report of a run in Markdown, charts beside it: what was reached, then operation by operation."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import charts, regression
from benchmarks.charts import short
from benchmarks.figures import OURS, TIMES, Figure
from benchmarks.goals import GOALS, Goal


@dataclass(frozen=True)
class Outcome:
    """How a part went: what it printed, its figures, its seconds, why it stopped before its end."""

    module: str
    title: str
    text: str
    figures: Sequence[Figure]
    seconds: float
    problem: str = ""


@dataclass(frozen=True)
class Told:
    """All that a report says."""

    surroundings: Mapping[str, str]
    outcomes: Sequence[Outcome]
    kept: regression.Kept

    @property
    def figures(self) -> list[Figure]:
        return [one for outcome in self.outcomes for one in outcome.figures]


def write(folder: Path, told: Told) -> None:
    """Write report.md and its charts into a folder."""
    with (folder / "report.md").open("w", encoding="utf-8") as out:
        out.writelines(f"{line}\n" for line in lines(folder, told))


def lines(folder: Path, told: Told) -> Iterator[str]:
    """Yield the report line by line; write each chart as it is named."""
    yield f"# Measures of {told.surroundings['begun']}\n"
    for name, value in told.surroundings.items():
        yield f"- {name}: {value}"
    yield from _troubles(told.outcomes)
    yield from _goals(told.figures)
    for outcome in told.outcomes:
        yield from _section(folder, outcome)
    yield from _regression(told)
    took = sum(outcome.seconds for outcome in told.outcomes)
    yield f"\nMeasured in {took / 60:.0f} min {took % 60:.0f} s."


def _troubles(outcomes: Iterable[Outcome]) -> Iterator[str]:
    wrong = [one for one in outcomes if one.problem]
    if wrong:
        yield (
            "\n**Not whole:** " + "; ".join(f"{one.title}: {_first_line(one.problem)}" for one in wrong) + "."
        )


def _first_line(words: str) -> str:
    return words.strip().splitlines()[0]


def _goals(found: Sequence[Figure]) -> Iterator[str]:
    yield "\n## Ratios to reach\n"
    yield (
        "Median of a run's samples, the lowest and the highest in brackets; a ratio is that of each pair that"
        " alternated. In brackets behind what is wanted: what would be better still. Where several of a kind"
        " were measured, the worst is shown.\n"
    )
    yield "| row | operation | against | wanted | where | measured | reached |"
    yield "|---|---|---|---|---|---|---|"
    for key, goal in GOALS.items():
        places = defaultdict(list)
        for one in found:
            if one.goal == key:
                places[one.engine, one.size].append(one)
        if not places:
            yield f"| {key} | {goal.operation} | {goal.against} | {goal.wanted} | | | not measured |"
        for some in places.values():
            yield _goal_row(key, goal, some)


def _goal_row(key: str, goal: Goal, some: Sequence[Figure]) -> str:
    worst = (min if goal.at_least else max)(some, key=lambda one: one.value)
    good = sum(goal.reached(one.value) for one in some)
    where = ", ".join(filter(None, (worst.engine, f"{worst.size:,}" if worst.size else "")))
    measured = f"{_spread(worst)}{goal.unit}"
    if len(some) > 1:
        measured += f", {worst.operation}"
    reached = "yes" if good == len(some) else "**no**"
    if goal.surpassed(worst.value):
        reached = "yes, beyond"
    if len(some) > 1:
        reached += f", {good} of {len(some)}"
    told = f"{goal.operation} | {goal.against} | {goal.wanted}"
    return f"| {key} | {told} | {where} | {measured} | {reached} |"


def _spread(one: Figure) -> str:
    if len(one.samples) == 1:
        return short(one.value)
    return f"{short(one.value)} ({short(one.lowest)} to {short(one.highest)})"


def _section(folder: Path, outcome: Outcome) -> Iterator[str]:
    yield f"\n## {outcome.title}\n"
    if outcome.problem:
        yield f"**{_first_line(outcome.problem)}**\n"
        yield from ("```", *outcome.problem.splitlines()[1:], "```\n")
    if outcome.figures:
        yield from _table(outcome.figures)
        for name, drawing in _drawings(outcome):
            (folder / name).write_text(drawing.svg, "utf-8")
            yield f"\n![{drawing.title}]({name})"
            yield from drawing.table
    if outcome.text.strip():
        yield "\nAs the benchmark tells it:\n"
        yield outcome.text.strip()
    yield f"\n({outcome.module}, {outcome.seconds:.0f} s)"


def _table(found: Sequence[Figure]) -> Iterator[str]:
    yield "| operation | where | how many | ours | beside it, in the same run | ratio |"
    yield "|---|---|---|---|---|---|"
    places: dict[tuple, list[Figure]] = defaultdict(list)
    for one in found:
        places[one.operation, one.measure, one.engine, one.size].append(one)
    for (operation, measure, engine, size), some in places.items():
        ours = [one for one in some if one.who == OURS and one.unit != TIMES]
        beside = [one for one in some if one.who != OURS and one.unit != TIMES]
        ratios = [one for one in some if one.unit == TIMES]
        name = operation if measure in operation else f"{operation}, {measure}"
        cells = [
            name,
            engine,
            f"{size:,}" if size else "",
            "; ".join(_with_unit(one) for one in ours),
            "; ".join(f"{one.who}: {_with_unit(one)}" for one in beside),
            "; ".join(f"{_spread(one)}{_to(one)}" for one in ratios),
        ]
        yield f"| {' | '.join(cells)} |"


def _with_unit(one: Figure) -> str:
    return f"{_spread(one)} {one.unit}".strip()


def _to(one: Figure) -> str:
    who = "" if one.who == OURS else f", {one.who}"
    return f" to {one.against}{who}" if one.against else who


@dataclass(frozen=True)
class Drawing:
    """A chart and the table that stands beside it."""

    title: str
    svg: str
    table: Sequence[str] = ()


# More operations than these are drawn together, as bars: a chart of each would hide them all.
MOST_CHARTS = 6


def _drawings(outcome: Outcome) -> Iterator[tuple[str, Drawing]]:
    """Yield a chart of each measure that grows or has something beside it."""
    measures: dict[tuple[str, str], dict[str, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for one in outcome.figures:
        if one.unit != TIMES:
            measures[one.measure, one.unit][one.operation].append(one)
    for (measure, unit), operations in measures.items():
        if len(operations) > MOST_CHARTS:
            title = f"{measure}, at the largest size"
            yield _file(outcome, title), Drawing(title, charts.bars(title, unit, _largest(operations)))
            continue
        for operation, some in operations.items():
            title = operation if measure in operation else f"{operation}: {measure}"
            grown = _grown(some)
            if grown:
                table = list(_growth_table(unit, grown))
                yield _file(outcome, title), Drawing(title, charts.growth(title, unit, grown), table)
            elif len({one.who for one in some}) > 1:
                yield _file(outcome, title), Drawing(title, charts.bars(title, unit, _bars(some)))


def _file(outcome: Outcome, title: str) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", f"{outcome.module} {title}".lower()).strip("-")
    return f"{name}.svg"


def _largest(operations: Mapping[str, Sequence[Figure]]) -> list[charts.Bar]:
    """Return each operation as it is at the largest size, ours first, then what stands beside it."""
    found = []
    for operation, some in operations.items():
        most = max(one.size for one in some)
        for one in sorted(some, key=lambda one: one.who != OURS):
            if one.size == most:
                name = operation if one.who == OURS else one.who
                found.append(charts.Bar(name, one.value, one.lowest, one.highest, one.who == OURS))
    return found


def _grown(some: Sequence[Figure]) -> list[charts.Line]:
    """Return what was measured at several sizes."""
    points: dict[tuple[str, str], dict[float, float]] = defaultdict(dict)
    for one in some:
        points[one.who, one.engine][one.size] = one.value
    return [
        charts.Line(", ".join(filter(None, name)), sorted(places.items()))
        for name, places in points.items()
        if len(places) > 1 and min(places) > 0
    ]


def _growth_table(unit: str, grown: Sequence[charts.Line]) -> Iterator[str]:
    sizes = sorted({size for line in grown for size, _ in line.points})
    yield f"\n| {unit} at | {' | '.join(f'{size:,.0f}' for size in sizes)} | last / first |"
    yield "|---" * (len(sizes) + 2) + "|"
    for line in grown:
        known = dict(line.points)
        cells = [short(known[size]) if size in known else "" for size in sizes]
        first, last = line.points[0][1], line.points[-1][1]
        times = f"{last / first:.2f}" if first else ""
        yield f"| {line.name} | {' | '.join(cells)} | {times} |"


def _bars(some: Sequence[Figure]) -> list[charts.Bar]:
    some = sorted(some, key=lambda one: (one.engine, one.size))
    return [charts.Bar(_bar_name(one), one.value, one.lowest, one.highest, one.who == OURS) for one in some]


def _bar_name(one: Figure) -> str:
    return ", ".join(filter(None, (one.who, one.engine, f"{one.size:,}" if one.size else "")))


def _regression(told: Told) -> Iterator[str]:
    yield "\n## Beside the last report kept\n"
    if not told.kept.figures:
        yield "None is kept: `make bench ARGS=--keep` keeps one."
        return
    changed = list(regression.changes(told.figures, told.kept))
    then = told.kept.surroundings
    yield f"That of {then['begun']}, commit {then['commit']}, {then['machine']}.\n"
    ratios = [one for one in changed if one.figure.unit == TIMES]
    others = [one for one in changed if one.figure.unit != TIMES]
    yield f"Ratios and what else travels from one moment to another ({len(ratios)}):\n"
    yield from _change_table(ratios)
    worse = [one for one in others if one.worse]
    yield f"\nOf {len(others)} absolute figures, moved by the machine's load too, {len(worse)} are worse.\n"
    if worse:
        yield from _change_table(worse)


def _change_table(changed: Iterable[regression.Change]) -> Iterator[str]:
    yield "| operation | where | how many | then | now | now / then | |"
    yield "|---|---|---|---|---|---|---|"
    for one in changed:
        figure = one.figure
        name = (
            figure.operation
            if figure.measure in figure.operation
            else f"{figure.operation}, {figure.measure}"
        )
        lowest, middle, highest = one.then
        then = f"{short(middle)} ({short(lowest)} to {short(highest)})"
        size = f"{figure.size:,}" if figure.size else ""
        mark = "**worse**" if one.worse else ""
        unit = f" {figure.unit}" if figure.unit != TIMES else ""
        told = f"{name}{_to(figure)} | {figure.engine} | {size} | {then}{unit} | {_spread(figure)}{unit}"
        yield f"| {told} | {one.ratio:.2f} | {mark} |"
