"""One document that equals several of the other side (paid or invoiced in parts). Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import combinations

from .documents import Document, Match, Settings, agree, alike, matched

# How many of the nearest documents are tried as parts, and how many of those by fours.
NEAREST, BY_FOURS = 24, 14

Documents = list[Document]


def pair_sums(
    sales: Sequence[Document], purchases: Sequence[Document], settings: Settings
) -> tuple[list[Match], Documents, Documents]:
    """Suggest sales made of several purchases, then purchases made of several sales."""
    matches, sales_left, parts_left = _wholes(sales, purchases, settings, of_sales=True)
    more, purchases_left, sales_rest = _wholes(parts_left, sales_left, settings, of_sales=False)
    return matches + more, sales_rest, purchases_left


def _wholes(
    wholes: Sequence[Document], parts: Sequence[Document], settings: Settings, *, of_sales: bool
) -> tuple[list[Match], Documents, Documents]:
    matches, left, rest = [], [], list(parts)
    days = [one.day for one in rest]
    for whole in wholes:
        found = _parts_of(whole, rest, days, settings)
        if not found:
            left.append(whole)
            continue
        taken = {id(one) for one in found}
        rest = [one for one in rest if id(one) not in taken]
        days = [one.day for one in rest]
        score = 0.9 if all(agree(whole, one) for one in found) else 0.6 + 0.2 * _likeness(whole, found)
        if of_sales:
            matches.append(matched((whole,), found, "one_to_many", score, confirmed=False))
        else:
            matches.append(matched(found, (whole,), "many_to_one", score, confirmed=False))
    return matches, left, rest


def _parts_of(whole: Document, rest: Documents, days: list[int], settings: Settings) -> tuple[Document, ...]:
    """Return the parts that add up to a document, the likeliest first; nothing if none do."""
    if len(rest) < 2:
        return ()
    first = bisect_left(days, whole.day - settings.far_days)
    last = bisect_right(days, whole.day + settings.far_days)
    near = [one for one in rest[first:last] if agree(whole, one) is not False]
    near.sort(key=lambda one: _distance(whole, one))
    near = near[:NEAREST]
    for count in range(2, settings.parts + 1):
        tried = near if count < 4 else near[:BY_FOURS]
        sums = [some for some in combinations(tried, count) if _adds_up(some, whole)]
        if sums:
            return min(sums, key=lambda some: sum(_distance(whole, one)[1] for one in some))
    return ()


def _adds_up(some: Sequence[Document], whole: Document) -> bool:
    return sum(one.cents for one in some) == whole.cents


def _distance(whole: Document, one: Document) -> tuple[bool, float, str]:
    unlike = 1 - alike(whole.label, one.label)
    return agree(whole, one) is not True, abs(one.day - whole.day) + 20 * unlike, one.id


def _likeness(whole: Document, found: Sequence[Document]) -> float:
    return sum(alike(whole.label, one.label) for one in found) / len(found)
