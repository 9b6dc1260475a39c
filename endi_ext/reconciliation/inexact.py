"""Documents whose date or amount differs: suggested, never confirmed. Pure."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from .documents import Document, Match, Settings, agree, alike, contradict, matched

# How many of the nearest documents of the other side are weighed for one document.
NEAREST = 40
# A label as alike as this lets amounts differ by more than the tolerance.
SAME_LABEL = 0.9
# Labels less alike than this ask for amounts that differ by no more than so many hundredths of a percent.
LIKE_LABEL, NEAR_BP = 0.45, 200

Documents = list[Document]
Near = tuple[Document, Document]
Weigh = Callable[[Document, Document, Settings], tuple[str, float] | None]


def pair_references(
    sales: Sequence[Document], purchases: Sequence[Document], settings: Settings
) -> tuple[list[Match], Documents, Documents]:
    """Suggest what shares a reference that each side has once, whatever its amount and date."""
    here, there = _once(sales), _once(purchases)
    matches, taken = [], set()
    for reference in here.keys() & there.keys():
        one, other = here[reference], there[reference]
        if (one.cents < 0) != (other.cents < 0):
            continue
        rule = "date" if one.cents == other.cents else "tolerance"
        matches.append(matched((one,), (other,), rule, 0.9, confirmed=False))
        taken |= {id(one), id(other)}
    matches.sort(key=lambda match: match.sales)
    return matches, _without(sales, taken), _without(purchases, taken)


def pair_far_dates(
    sales: Sequence[Document], purchases: Sequence[Document], settings: Settings
) -> tuple[list[Match], Documents, Documents]:
    """Suggest what has the same amount at dates further apart than the window."""
    here, there = _by_amount(sales), _by_amount(purchases)
    near = [
        pair for cents in here.keys() & there for pair in _near(here[cents], there[cents], settings.far_days)
    ]
    return _greedy(sales, purchases, near, settings, _same_amount)


def pair_other_amounts(
    sales: Sequence[Document], purchases: Sequence[Document], settings: Settings
) -> tuple[list[Match], Documents, Documents]:
    """Suggest what lies within the window and is alike, at amounts that differ; a little later, by cents."""
    near = _near(sales, purchases, 2 * settings.window_days)
    return _greedy(sales, purchases, near, settings, _other_amount)


def _same_amount(one: Document, other: Document, settings: Settings) -> tuple[str, float] | None:
    if contradict(one, other, settings):
        return None
    nearness = 1 - abs(other.day - one.day) / (settings.far_days + 1)
    doubt = 0.2 if agree(one, other) is False else 0
    return "date", 0.5 + 0.2 * nearness + 0.2 * alike(one.label, other.label) - doubt


def _other_amount(one: Document, other: Document, settings: Settings) -> tuple[str, float] | None:
    if (one.cents < 0) != (other.cents < 0) or agree(one, other) is False:
        return None
    largest = max(abs(one.cents), abs(other.cents), 1)
    difference = abs(one.cents - other.cents)
    likeness = alike(one.label, other.label)
    within = difference <= max(settings.tolerance_cents, largest * settings.tolerance_bp // 10_000)
    if not within and likeness < SAME_LABEL:
        return None
    far = abs(other.day - one.day) > settings.window_days
    if (far or likeness < LIKE_LABEL) and difference * 10_000 > largest * NEAR_BP:
        return None
    nearness = 1 - abs(other.day - one.day) / (2 * settings.window_days + 1)
    score = 0.2 + 0.3 * (1 - difference / largest) + 0.25 * likeness + 0.1 * nearness
    return "tolerance" if within else "label", score


def _greedy(
    sales: Sequence[Document],
    purchases: Sequence[Document],
    near: Iterable[Near],
    settings: Settings,
    weigh: Weigh,
) -> tuple[list[Match], Documents, Documents]:
    """Take the likeliest pairs of those that are near first; each document is taken once."""
    found = [
        (-score, one.id, other.id, rule, one, other)
        for one, other in near
        for rule, score in filter(None, [weigh(one, other, settings)])
    ]
    found.sort(key=lambda pair: pair[:3])
    matches: list[Match] = []
    taken: set[int] = set()
    for score, _one_id, _other_id, rule, one, other in found:
        if id(one) in taken or id(other) in taken:
            continue
        taken |= {id(one), id(other)}
        matches.append(matched((one,), (other,), rule, -score, confirmed=False))
    return matches, _without(sales, taken), _without(purchases, taken)


def _by_amount(documents: Sequence[Document]) -> dict[int, Documents]:
    amounts: defaultdict[int, Documents] = defaultdict(list)
    for one in documents:
        amounts[one.cents].append(one)
    return amounts


def _near(sales: Sequence[Document], purchases: Sequence[Document], days: int) -> Iterator[Near]:
    there = [one.day for one in purchases]
    for one in sales:
        first, last = bisect_left(there, one.day - days), bisect_right(there, one.day + days)
        if last - first > NEAREST:
            middle = bisect_left(there, one.day)
            first, last = max(first, middle - NEAREST // 2), min(last, middle + NEAREST // 2)
        for other in purchases[first:last]:
            yield one, other


def _once(documents: Sequence[Document]) -> dict[str, Document]:
    called: defaultdict[str, list[Document]] = defaultdict(list)
    for one in documents:
        if one.reference:
            called[one.reference].append(one)
    return {reference: some[0] for reference, some in called.items() if len(some) == 1}


def _without(documents: Sequence[Document], taken: set[int]) -> Documents:
    return [one for one in documents if id(one) not in taken]
