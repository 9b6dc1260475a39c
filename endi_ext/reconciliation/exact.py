"""Documents of the same amount: those that can mean only each other are confirmed. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from .documents import Document, Match, Settings, agree, alike, matched

# A confirmed pair is nearer to each other than to any other document of the amount, by so many days.
MARGIN_DAYS = 5
# What a label that has nothing in common weighs, and a purchase dated before its sale, in days.
LABEL_DAYS, BEFORE_DAYS = 8, 2
# Leaving two documents alone rather than matching them costs so much.
SKIP_DAYS = 30
# A run of so many documents is matched in their order, without weighing them all against each other.
LARGE = 250_000

Documents = list[Document]


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


def _of_one_amount(
    sales: Documents, purchases: Documents, settings: Settings
) -> Iterator[tuple[Match, Document, Document]]:
    if len(sales) == 1 == len(purchases):
        one, other = sales[0], purchases[0]
        if abs(other.day - one.day) <= settings.window_days:
            yield _alone(one, other), one, other
        return
    by_reference = list(_by_reference(sales, purchases, settings))
    yield from by_reference
    taken = {id(document) for _match, *documents in by_reference for document in documents}
    here = [one for one in sales if id(one) not in taken]
    there = [one for one in purchases if id(one) not in taken]
    if here and there:
        for some, others in _runs(here, there, settings.window_days):
            yield from _of_a_run(some, others, settings)


def _alone(one: Document, other: Document) -> Match:
    """Return the match of two documents that have no rival: doubted only by their references."""
    same = agree(one, other)
    rule = "exact" if same or one.day == other.day else "window"
    return matched((one,), (other,), rule, 0.8 if same is False else 1.0, confirmed=same is not False)


def _by_reference(
    sales: Documents, purchases: Documents, settings: Settings
) -> Iterator[tuple[Match, Document, Document]]:
    """Match what shares a reference; where one side has it twice the nearest is only suggested."""
    called: defaultdict[str, tuple[Documents, Documents]] = defaultdict(lambda: ([], []))
    for side, documents in enumerate((sales, purchases)):
        for one in documents:
            if one.reference:
                called[one.reference][side].append(one)
    for here, there in called.values():
        if not (here and there):
            continue
        near = [(abs(other.day - one.day), one, other) for one in here for other in there][:LARGE]
        days, one, other = min(near, key=lambda found: (found[0], found[1].id, found[2].id))
        if days <= settings.window_days:
            alone = len(near) == 1
            yield (
                matched((one,), (other,), "exact", 1.0 if alone else 0.95, confirmed=alone),
                one,
                other,
            )


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


def _of_a_run(
    sales: Documents, purchases: Documents, settings: Settings
) -> Iterator[tuple[Match, Document, Document]]:
    if len(sales) == 1 == len(purchases):
        one, other = sales[0], purchases[0]
        if abs(other.day - one.day) <= settings.window_days:
            yield _alone(one, other), one, other
        return
    even = len(sales) == len(purchases)
    for one, other in _in_order(sales, purchases, settings):
        sure = even and _nothing_else(one, other, sales, purchases)
        match = matched((one,), (other,), "window", 0.95 if sure else 0.75, confirmed=sure)
        yield match, one, other


def _nothing_else(one: Document, other: Document, sales: Documents, purchases: Documents) -> bool:
    """Say whether two documents are nearer to each other, by the margin, than to any rival."""
    if agree(one, other) is False or len(sales) * len(purchases) > LARGE:
        return False
    best = _cost(one, other)
    rivals = [_cost(one, there) for there in purchases if there is not other]
    rivals += [_cost(here, other) for here in sales if here is not one]
    return min(rivals) >= best + MARGIN_DAYS


def _cost(one: Document, other: Document) -> float:
    days = other.day - one.day
    cost = abs(days) + LABEL_DAYS * (1 - alike(one.label, other.label))
    if days < 0:
        cost += BEFORE_DAYS
    return cost + SKIP_DAYS if agree(one, other) is False else cost


def _in_order(
    sales: Documents, purchases: Documents, settings: Settings
) -> Iterator[tuple[Document, Document]]:
    """Yield the pairs that cost least as a whole, both sides kept in the order of their days."""
    if len(sales) * len(purchases) > LARGE:
        yield from _next_to_each_other(sales, purchases, settings)
        return
    rows, columns = len(sales), len(purchases)
    least = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            least[row][column] = min(_ways(row, column, sales, purchases, least, settings))
    row = column = 0
    while row < rows and column < columns:
        taken, skipped, _other = _ways(row, column, sales, purchases, least, settings)
        if least[row][column] == taken:
            yield sales[row], purchases[column]
            row, column = row + 1, column + 1
        elif least[row][column] == skipped:
            row += 1
        else:
            column += 1


def _ways(
    row: int,
    column: int,
    sales: Documents,
    purchases: Documents,
    least: list[list[float]],
    settings: Settings,
) -> tuple[float, float, float]:
    """Return what it costs to match these two, to leave the sale, to leave the purchase, and all after."""
    one, other = sales[row], purchases[column]
    far = abs(other.day - one.day) > settings.window_days
    taken = float("inf") if far else _cost(one, other) + least[row + 1][column + 1]
    return taken, SKIP_DAYS + least[row + 1][column], SKIP_DAYS + least[row][column + 1]


def _next_to_each_other(
    sales: Documents, purchases: Documents, settings: Settings
) -> Iterator[tuple[Document, Document]]:
    place = 0
    for one in sales:
        while place < len(purchases) and purchases[place].day < one.day - settings.window_days:
            place += 1
        if place < len(purchases) and purchases[place].day <= one.day + settings.window_days:
            yield one, purchases[place]
            place += 1
