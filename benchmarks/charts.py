"""Plain SVG charts of the report: growth as lines on two logarithmic axes, comparisons as bars (pure).

Every chart has a title and a description that holds its figures, for whoever does not see it.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

# Told apart by people who see colours differently too (Okabe and Ito); lines also by their names and dashes.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#aa4499", "#b07d00", "#444444", "#3a87b7", "#88553b")
DASHES = ("", "7 4", "2 3", "10 3 2 3")
INK, FAINT = "#222222", "#d8d8d8"
WIDTH, TOP, LEFT, RIGHT, PLOT, FOOT = 860, 56, 78, 332, 250, 46
NAMES, ROW, THICK, VALUES = 300, 30, 16, 160
APART = 17


@dataclass(frozen=True)
class Line:
    """What grows: a name and its points (size, value)."""

    name: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Bar:
    """What is compared: a name, its value and its spread."""

    name: str
    value: float
    lowest: float
    highest: float
    ours: bool = True


def growth(title: str, unit: str, lines: Sequence[Line]) -> str:
    """Return lines over sizes; a line that climbs like the grey one grows as fast as the book."""
    points = [point for line in lines for point in line.points]
    xs, ys = _range([x for x, _ in points], 1.0), _range([y for _, y in points], 1.3)
    height = TOP + PLOT + FOOT
    told = "; ".join(
        f"{line.name}: " + ", ".join(f"{short(y)} {unit} at {short(x)}" for x, y in line.points)
        for line in lines
    )
    parts = [*_head(title, told, height), *_grid(unit, xs, ys), _proportional(xs, ys)]
    ends = _apart([_y(line.points[-1][1], ys) for line in lines])
    for number, (line, end) in enumerate(zip(lines, ends, strict=True)):
        colour, dash = COLOURS[number % len(COLOURS)], DASHES[number // len(COLOURS) % len(DASHES)]
        places = " ".join(f"{_x(x, xs):.1f},{_y(y, ys):.1f}" for x, y in line.points)
        parts.append(
            f'<polyline points="{places}" fill="none" stroke="{colour}" stroke-width="2.5"'
            f' stroke-dasharray="{dash}"/>'
        )
        parts += [
            f'<circle cx="{_x(x, xs):.1f}" cy="{_y(y, ys):.1f}" r="4" fill="{colour}"/>'
            for x, y in line.points
        ]
        value = f"{line.name}: {short(line.points[-1][1])}"
        parts.append(_text(WIDTH - RIGHT + 12, end + 4, value, colour=colour))
    return "\n".join([*parts, "</svg>\n"])


def bars(title: str, unit: str, compared: Sequence[Bar]) -> str:
    """Return a bar for each, with a thin line from its lowest sample to its highest."""
    height = TOP + ROW * len(compared) + 12
    most = max(one.highest for one in compared) or 1
    room = WIDTH - NAMES - VALUES
    told = "; ".join(
        f"{one.name}: {short(one.value)} {unit} ({short(one.lowest)} to {short(one.highest)})"
        for one in compared
    )
    parts = _head(title, told, height)
    for number, one in enumerate(compared):
        top = TOP + ROW * number
        middle, length = top + THICK / 2, room * one.value / most
        low, high = (NAMES + room * max(value, 0) / most for value in (one.lowest, one.highest))
        colour = COLOURS[0] if one.ours else "#9a9a9a"
        parts += [
            _text(NAMES - 10, middle + 4, one.name, anchor="end"),
            f'<rect x="{NAMES}" y="{top}" width="{max(length, 1):.1f}" height="{THICK}" fill="{colour}"/>',
            f'<line x1="{low:.1f}" y1="{middle}" x2="{high:.1f}" y2="{middle}" stroke="{INK}"/>',
            _text(max(NAMES + length, high) + 8, middle + 4, f"{short(one.value)} {unit}"),
        ]
    return "\n".join([*parts, "</svg>\n"])


def short(value: float) -> str:
    """Return a number with three figures that matter."""
    if value == 0 or 0.001 <= abs(value) < 1:
        return f"{value:.3g}"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _head(title: str, told: str, height: float) -> list[str]:
    size = f'viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" height="{height:.0f}"'
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="sans-serif" font-size="13">',
        f"<title>{escape(title)}</title>",
        f"<desc>{escape(told)}</desc>",
        f'<rect width="{WIDTH}" height="{height:.0f}" fill="#ffffff"/>',
        f'<text x="16" y="26" font-size="15" font-weight="600" fill="{INK}">{escape(title)}</text>',
    ]


def _grid(unit: str, xs: tuple[float, float], ys: tuple[float, float]) -> Iterator[str]:
    right, bottom = WIDTH - RIGHT, TOP + PLOT
    yield _text(LEFT, TOP - 10, unit)
    for y in _ticks(*ys):
        place = _y(y, ys)
        yield f'<line x1="{LEFT}" y1="{place:.1f}" x2="{right}" y2="{place:.1f}" stroke="{FAINT}"/>'
        yield _text(LEFT - 8, place + 4, short(y), anchor="end")
    for x in _ticks(*xs):
        place = _x(x, xs)
        yield f'<line x1="{place:.1f}" y1="{TOP}" x2="{place:.1f}" y2="{bottom}" stroke="{FAINT}"/>'
        yield _text(place, bottom + 20, short(x), anchor="middle")
    yield _text(
        (LEFT + right) / 2,
        bottom + 40,
        "how many there are (logarithmic axes; grey: twice as many, twice as much)",
        anchor="middle",
    )


def _proportional(xs: tuple[float, float], ys: tuple[float, float]) -> str:
    """Return what costs ten times as much when there is ten times as much, from the lower left corner."""
    reach = min(xs[1] / xs[0], ys[1] / ys[0])
    ends = (_x(xs[0], xs), _y(ys[0], ys), _x(xs[0] * reach, xs), _y(ys[0] * reach, ys))
    where = 'x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"'.format(*ends)
    return f'<line {where} stroke="{FAINT}" stroke-width="5"/>'


def _ticks(lowest: float, highest: float) -> list[float]:
    powers = range(math.floor(math.log10(lowest)), math.ceil(math.log10(highest)) + 1)
    steps = (1, 2, 3, 5) if math.log10(highest / lowest) < 1.5 else (1,)
    found = [step * 10.0**power for power in powers for step in steps]
    return [one for one in found if lowest * 0.999 <= one <= highest * 1.001]


def _range(values: Sequence[float], margin: float) -> tuple[float, float]:
    positive = [value for value in values if value > 0] or [1]
    lowest, highest = min(positive) / margin, max(positive) * margin
    # Not a mountain of what hardly moves: at least a factor of four from bottom to top.
    if margin > 1 and highest / lowest < 4:
        middle = math.sqrt(lowest * highest)
        lowest, highest = middle / 2, middle * 2
    return lowest, highest


def _x(value: float, within: tuple[float, float]) -> float:
    return LEFT + (WIDTH - RIGHT - LEFT) * _share(value, within)


def _y(value: float, within: tuple[float, float]) -> float:
    return TOP + PLOT * (1 - _share(value, within))


def _share(value: float, within: tuple[float, float]) -> float:
    lowest, highest = within
    return math.log(max(value, lowest) / lowest) / math.log(highest / lowest)


def _apart(places: Sequence[float]) -> list[float]:
    """Return where names stand, pushed down until none covers another."""
    found, last = [0.0] * len(places), -math.inf
    for number in sorted(range(len(places)), key=places.__getitem__):
        last = found[number] = max(places[number], last + APART)
    return found


def _text(x: float, y: float, words: str, *, anchor: str = "start", colour: str = INK) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(words)}</text>'
