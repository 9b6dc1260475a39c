"""Documents of the same amount: those that can mean only each other are confirmed. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from .documents import Document, Match, Settings, agree, alike, contradict, matched, nearly

# A confirmed pair is nearer to each other than to any other document of the amount, by so many days.
MARGIN_DAYS = 5
# What a label that has nothing in common weighs, and a purchase dated before its sale, in days.
LABEL_DAYS, BEFORE_DAYS = 8, 2
# What references that differ weigh, by one character or wholly.
MISTYPED_DAYS, UNLIKE_DAYS = 6, 10
# Leaving one document alone rather than matching it costs so much.
SKIP_DAYS = 14.5
TAKE, SKIP_SALE, SKIP_PURCHASE = 0, 1, 2
# A run of so many documents is matched in their order, without weighing them all against each other.
LARGE = 250_000
# Of so many documents with almost one reference, more say nothing new.
SEVERAL = 8

Documents = list[Document]
Found = tuple[Match, Document, Document]


def pair_same_amounts(
    sales: Sequence[Document], purchases: Sequence[Document], settings: Settings
) -> tuple[list[Match], Documents, Documents]:
    """Match what has the same amount within the window; return the matches and what is left of each side."""
    amounts: defaultdict[int, tuple[Documents, Documents]] = defaultdict(lambda: ([], []))
    for one in sales:
        amounts[one.cents][0].append(one)
    for one in purchases:
        amounts[one.cents][1].append(one)
    matches: list[Match] = []
    taken: set[int] = set()
    for here, there in amounts.values():
        if here and there:
            for match, *documents in _of_one_amount(here, there, settings):
                matches.append(match)
                taken.update(map(id, documents))
    return (
        matches,
        [one for one in sales if id(one) not in taken],
        [one for one in purchases if id(one) not in taken],
    )


def match_alone(one: Document, other: Document, settings: Settings) -> Match | None:
    """Return the match of two documents of one amount without rivals: doubted only by their references."""
    days = other.day - one.day
    if not -settings.window_days <= days <= settings.window_days:
        return None
    if not one.reference or not other.reference:
        sure, rule = True, "window" if days else "exact"
    elif one.reference == other.reference:
        sure, rule = True, "exact"
    elif contradict(one, other, settings):
        return None
    else:
        sure, rule = False, "window" if days else "exact"
    return Match((one.id,), (other.id,), rule, 1.0 if sure else 0.8, 0, days, sure)


def _of_one_amount(sales: Documents, purchases: Documents, settings: Settings) -> Iterator[Found]:
    if len(sales) == 1 == len(purchases):
        match = match_alone(sales[0], purchases[0], settings)
        if match:
            yield match, sales[0], purchases[0]
        return
    found = list(_by_reference(sales, purchases, settings))
    here, there = _left(sales, found, 1), _left(purchases, found, 2)
    if here and there:
        for some, others in _runs(here, there, settings.window_days):
            found += _of_a_run(some, others, settings)
    yield from _doubted(found, sales, purchases, settings)


def _left(documents: Documents, found: Sequence[Found], side: int) -> Documents:
    taken = {id(one[side]) for one in found}
    return [one for one in documents if id(one) not in taken]


def _doubted(
    found: Sequence[Found], sales: Documents, purchases: Documents, settings: Settings
) -> Iterator[Found]:
    """Yield what was found, unconfirmed where one of its series is left over: the others may be shifted."""
    left = {one.day for one in _left(sales, found, 1) + _left(purchases, found, 2)}
    if not left:
        yield from found
        return
    days = sorted({one.day for one in sales} | {one.day for one in purchases})
    doubtful, series = set(), [days[0]]
    for day, following in zip(days, [*days[1:], days[-1] + settings.far_days + 1], strict=True):
        if following - day > settings.far_days:
            if not left.isdisjoint(series):
                doubtful.update(series)
            series = []
        series.append(following)
    for match, one, other in found:
        shifted = match.confirmed and one.day in doubtful and not agree(one, other)
        yield replace(match, confirmed=False, score=0.75) if shifted else match, one, other


def _by_reference(sales: Documents, purchases: Documents, settings: Settings) -> Iterator[Found]:
    """Match what shares a reference that each side has once: doubted where it may be another's mistyped."""
    called: defaultdict[str, tuple[Documents, Documents]] = defaultdict(lambda: ([], []))
    for side, documents in enumerate((sales, purchases)):
        for one in documents:
            if one.reference:
                called[one.reference][side].append(one)
    pairs = [(here[0], there[0]) for here, there in called.values() if len(here) == 1 == len(there)]
    paired = {id(one) for pair in pairs for one in pair}
    rivals = [_mistyped(one for one in some if id(one) not in paired) for some in (sales, purchases)]
    for one, other in pairs:
        days = abs(other.day - one.day)
        if days > settings.far_days:
            continue
        near = days <= settings.window_days and not any(
            abs(rival.day - document.day) < days
            for known, document in zip(rivals, (other, one), strict=True)
            for written in (_with_a_gap(one.reference) if known else ())
            for rival in known.get(written, ())
        )
        rule = "exact" if days <= settings.window_days else "date"
        yield matched((one,), (other,), rule, 1.0 if near else 0.9, confirmed=near), one, other


def _mistyped(documents: Iterable[Document]) -> dict[str, Documents]:
    """Return documents by what their reference is whatever one of its characters."""
    known: defaultdict[str, Documents] = defaultdict(list)
    for one in documents:
        for written in _with_a_gap(one.reference):
            if len(known[written]) < SEVERAL:
                known[written].append(one)
    return known


def _with_a_gap(reference: str) -> Iterator[str]:
    for place in range(len(reference)):
        yield f"{reference[:place]}?{reference[place + 1 :]}"


def _runs(sales: Documents, purchases: Documents, window_days: int) -> Iterator[tuple[Documents, Documents]]:
    """Yield runs of documents no further apart than the window from one to the next."""
    line = sorted(
        [(one.day, 0, one.id, one) for one in sales] + [(one.day, 1, one.id, one) for one in purchases],
        key=lambda place: place[:3],
    )
    run: tuple[Documents, Documents] = ([], [])
    last = line[0][0]
    for day, side, _id, one in line:
        if day - last > window_days:
            if run[0] and run[1]:
                yield run
            run = ([], [])
        run[side].append(one)
        last = day
    if run[0] and run[1]:
        yield run


def _of_a_run(sales: Documents, purchases: Documents, settings: Settings) -> Iterator[Found]:
    if len(sales) == 1 == len(purchases):
        alone = match_alone(sales[0], purchases[0], settings)
        if alone:
            yield alone, sales[0], purchases[0]
        return
    even = len(sales) == len(purchases)
    for one, other in _in_order_by_label(sales, purchases, settings):
        sure = even and _nothing_else(one, other, sales, purchases, settings)
        match = matched((one,), (other,), "window", 0.95 if sure else 0.75, confirmed=sure)
        yield match, one, other


def _nothing_else(
    one: Document, other: Document, sales: Documents, purchases: Documents, settings: Settings
) -> bool:
    """Say whether two documents are nearer to each other, by the margin, than to any rival.

    Of several, a purchase dated before its sale may be another's.
    """
    same = agree(one, other)
    if same is False or len(sales) * len(purchases) > LARGE or (other.day < one.day and not same):
        return False
    best = _cost(one, other, settings)
    rivals = [_cost(one, there, settings) for there in purchases if there is not other]
    rivals += [_cost(here, other, settings) for here in sales if here is not one]
    return min(rivals) >= best + MARGIN_DAYS


def _cost(one: Document, other: Document, settings: Settings) -> float:
    days = other.day - one.day
    cost = abs(days) + LABEL_DAYS * (1 - alike(one.label, other.label))
    if days < 0:
        cost += BEFORE_DAYS
    same = agree(one, other)
    if same is None:
        return cost
    if same:
        return cost / 4
    if nearly(one.reference, other.reference):
        return cost + MISTYPED_DAYS
    return float("inf") if settings.strict_references else cost + UNLIKE_DAYS


def _in_order_by_label(
    sales: Documents, purchases: Documents, settings: Settings
) -> Iterator[tuple[Document, Document]]:
    """Yield pairs of the same label first, each label in the order of its days, then of what is left."""
    labels: defaultdict[str, tuple[Documents, Documents]] = defaultdict(lambda: ([], []))
    for side, documents in enumerate((sales, purchases)):
        for one in documents:
            labels[one.label][side].append(one)
    taken: set[int] = set()
    if len(labels) > 1:
        for label, (here, there) in labels.items():
            if label and here and there:
                for one, other in _in_order(here, there, settings):
                    taken |= {id(one), id(other)}
                    yield one, other
    here = [one for one in sales if id(one) not in taken]
    there = [one for one in purchases if id(one) not in taken]
    if here and there:
        yield from _in_order(here, there, settings)


def _in_order(
    sales: Documents, purchases: Documents, settings: Settings
) -> Iterator[tuple[Document, Document]]:
    """Yield the pairs that cost least as a whole, both sides kept in the order of their days.

    Once one side has no more, what the other has left costs nothing: what is told twice is told again later.
    """
    if len(sales) * len(purchases) > LARGE:
        yield from _next_to_each_other(sales, purchases, settings)
        return
    rows, columns = len(sales), len(purchases)
    days = [one.day for one in purchases]
    below = [0.0] * (columns + 1)
    steps: list[bytearray] = [bytearray(columns) for _ in range(rows)]
    for row in range(rows - 1, -1, -1):
        one, least, ways = sales[row], [0.0] * (columns + 1), steps[row]
        first, last = one.day - settings.window_days, one.day + settings.window_days
        for column in range(columns - 1, -1, -1):
            best, way = SKIP_DAYS + below[column], SKIP_SALE
            if SKIP_DAYS + least[column + 1] < best:
                best, way = SKIP_DAYS + least[column + 1], SKIP_PURCHASE
            if first <= days[column] <= last:
                taken = _cost(one, purchases[column], settings) + below[column + 1]
                if taken <= best:
                    best, way = taken, TAKE
            least[column], ways[column] = best, way
        below = least
    row = column = 0
    while row < rows and column < columns:
        way = steps[row][column]
        if way == TAKE:
            yield sales[row], purchases[column]
        row, column = row + (way != SKIP_PURCHASE), column + (way != SKIP_SALE)


def _next_to_each_other(
    sales: Documents, purchases: Documents, settings: Settings
) -> Iterator[tuple[Document, Document]]:
    place = 0
    for one in sales:
        while place < len(purchases) and purchases[place].day < one.day - settings.window_days:
            place += 1
        if place < len(purchases) and purchases[place].day <= one.day + settings.window_days:
            if not contradict(one, purchases[place], settings):
                yield one, purchases[place]
            place += 1
