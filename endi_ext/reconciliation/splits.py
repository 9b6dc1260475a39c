"""One document that equals several of the other side (paid or invoiced in parts). Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from heapq import nsmallest
from itertools import combinations

from .documents import Document, Match, Settings, agree, alike, matched

# How many of the nearest documents are tried as parts, and how many of those by fours.
NEAREST, BY_FOURS = 24, 14

Documents = list[Document]


def pair_told_sums(
    sales: Sequence[Document], purchases: Sequence[Document], settings: Settings
) -> tuple[list[Match], Documents, Documents]:
    """Suggest sums of which one document at least says the reference of the whole (a credit note may not)."""
    return _pair(sales, purchases, settings, told=True)


def pair_sums(
    sales: Sequence[Document], purchases: Sequence[Document], settings: Settings
) -> tuple[list[Match], Documents, Documents]:
    """Suggest sales made of several purchases, then purchases made of several sales."""
    return _pair(sales, purchases, settings, told=False)


def _pair(
    sales: Sequence[Document], purchases: Sequence[Document], settings: Settings, *, told: bool
) -> tuple[list[Match], Documents, Documents]:
    matches, sales_left, parts_left = _wholes(sales, purchases, settings, of_sales=True, told=told)
    more, purchases_left, sales_rest = _wholes(parts_left, sales_left, settings, of_sales=False, told=told)
    return matches + more, sales_rest, purchases_left


def _wholes(
    wholes: Sequence[Document], parts: Sequence[Document], settings: Settings, *, of_sales: bool, told: bool
) -> tuple[list[Match], Documents, Documents]:
    matches, left, taken = [], [], set[int]()
    rest = list(parts)
    days = [one.day for one in rest]
    said = {one.reference for one in rest if one.reference}
    for whole in wholes:
        tried = not told or whole.reference in said
        found = _parts_of(whole, rest, days, settings, taken, told=told) if tried else ()
        if not found:
            left.append(whole)
            continue
        taken |= {id(one) for one in found}
        score = 0.9 if all(agree(whole, one) for one in found) else 0.6 + 0.2 * _likeness(whole, found)
        if of_sales:
            matches.append(matched((whole,), found, "one_to_many", score, confirmed=False))
        else:
            matches.append(matched(found, (whole,), "many_to_one", score, confirmed=False))
    return matches, left, [one for one in rest if id(one) not in taken]


def _parts_of(
    whole: Document, rest: Documents, days: list[int], settings: Settings, taken: set[int], *, told: bool
) -> tuple[Document, ...]:
    """Return the parts that add up to a document, the likeliest first; nothing if none do."""
    first = bisect_left(days, whole.day - settings.far_days)
    last = bisect_right(days, whole.day + settings.far_days)
    near = [
        one
        for one in rest[first:last]
        if id(one) not in taken and (told or _may_be_part(whole, one)) and one.cents != whole.cents
    ]
    if len(near) < 2:
        return ()
    near = nsmallest(NEAREST, near, key=lambda one: _distance(whole, one))
    for count in range(2, settings.parts + 1):
        tried = near if count < 4 else near[:BY_FOURS]
        sums = [
            some
            for some in combinations(tried, count)
            if _adds_up(some, whole) and (not told or any(agree(whole, one) for one in some))
        ]
        if sums:
            return min(sums, key=lambda some: _unlikely(whole, some))
    return ()


def _unlikely(whole: Document, some: Sequence[Document]) -> tuple[int, float]:
    far = [_distance(whole, one) for one in some]
    return sum(unlike for unlike, _days, _id in far), sum(days for _unlike, days, _id in far)


def _may_be_part(whole: Document, one: Document) -> bool:
    """Say whether the references let one be a part: the same, one missing, or one that goes on (F12/1)."""
    return (
        agree(whole, one) is not False
        or one.reference.startswith(whole.reference)
        or whole.reference.startswith(one.reference)
    )


def _adds_up(some: Sequence[Document], whole: Document) -> bool:
    return sum(one.cents for one in some) == whole.cents


def _distance(whole: Document, one: Document) -> tuple[bool, float, str]:
    unlike = 1 - alike(whole.label, one.label)
    return agree(whole, one) is not True, abs(one.day - whole.day) + 20 * unlike, one.id


def _likeness(whole: Document, found: Sequence[Document]) -> float:
    return sum(alike(whole.label, one.label) for one in found) / len(found)
