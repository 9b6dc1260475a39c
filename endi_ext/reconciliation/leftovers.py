"""Documents that match nothing: told twice, meant by a doubtful match, or told to other parties. Pure."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from .documents import AMBIGUOUS, DUPLICATE, Document, Match, Settings, Unmatched, agree, alike, matched

# Labels as alike as this are the same, where a document may stand twice.
SAME_LABEL = 0.9
# Without a reference, what is further apart than these days recurs rather than stands twice.
SOON_DAYS = 5
# A rival of a doubtful match is one that is no further than so many days more.
RIVAL_DAYS = 3

Documents = list[Document]


class _ByAmount:
    """Documents of one amount, by day."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.amounts: defaultdict[int, Documents] = defaultdict(list)
        for one in documents:
            self.amounts[one.cents].append(one)
        self.days = {cents: [one.day for one in some] for cents, some in self.amounts.items()}

    def near(self, one: Document, days: int) -> Sequence[Document]:
        """Return the documents of the same amount that are no further than so many days."""
        there = self.days.get(one.cents, [])
        first, last = bisect_left(there, one.day - days), bisect_right(there, one.day + days)
        return self.amounts[one.cents][first:last]


def without_doubles(
    side: str, rest: Documents, known: Documents, settings: Settings, unmatched: list[Unmatched]
) -> Documents:
    """Return what is left but for documents their side has twice, which are noted as duplicates."""
    alone = set(map(id, rest))
    by_amount = _ByAmount(known)
    kept = []
    for one in rest:
        if any(_stands_for(other, one, alone) for other in by_amount.near(one, settings.window_days)):
            unmatched.append(Unmatched(side, one.id, DUPLICATE))
        else:
            kept.append(one)
    return kept


def _stands_for(other: Document, one: Document, alone: set[int]) -> bool:
    """Say whether `one` is `other` again: a matched one, or an earlier one that is left too."""
    if other is one or (id(other) in alone and order(other) > order(one)):
        return False
    same = agree(one, other)
    if same is None:
        return abs(other.day - one.day) <= SOON_DAYS and alike(one.label, other.label) >= SAME_LABEL
    return same


def without_rivals(
    side: str,
    rest: Documents,
    doubtful: Sequence[tuple[Document, Document]],
    unmatched: list[Unmatched],
) -> Documents:
    """Return what is left but for documents that a doubtful match could have meant as well.

    `doubtful` are such matches: the document of the other side, and the one of this side it was given.
    """
    by_amount = _ByAmount([other for other, _given in doubtful])
    given = {id(other): one for other, one in doubtful}
    kept = []
    for one in rest:
        for other in by_amount.near(one, SOON_DAYS + RIVAL_DAYS):
            further = abs(other.day - one.day) - abs(other.day - given[id(other)].day)
            if further <= RIVAL_DAYS and agree(one, other) is not False:
                unmatched.append(Unmatched(side, one.id, AMBIGUOUS))
                break
        else:
            kept.append(one)
    return kept


def other_parties(left: tuple[Documents, Documents], settings: Settings) -> list[Match]:
    """Suggest what other parties tell, and take it off the lists: the same reference, or exchanged roles."""
    return _same_reference(left) + _exchanged(left, settings)


def _same_reference(left: tuple[Documents, Documents]) -> list[Match]:
    called: tuple[dict[tuple[str, int], Documents], dict[tuple[str, int], Documents]] = ({}, {})
    for side, documents in enumerate(left):
        for one in documents:
            if one.reference:
                called[side].setdefault((one.reference, one.cents), []).append(one)
    found = [(here[0], there[0]) for here, there in _both(*called) if len(here) == 1 == len(there)]
    return _taken(found, left)


def _exchanged(left: tuple[Documents, Documents], settings: Settings) -> list[Match]:
    """Match a sale to the purchase of the same amount whose seller is its buyer and buyer its seller."""
    told: tuple[dict[tuple[str, str, int], Documents], dict[tuple[str, str, int], Documents]] = ({}, {})
    for one in left[0]:
        told[0].setdefault((one.seller, one.buyer, one.cents), []).append(one)
    for one in left[1]:
        told[1].setdefault((one.buyer, one.seller, one.cents), []).append(one)
    found = []
    for here, there in _both(*told):
        for one, other in zip(here, there, strict=False):
            if abs(other.day - one.day) <= 2 * settings.window_days and agree(one, other) is not False:
                found.append((one, other))
    return _taken(found, left)


def _both(here: dict[Any, Documents], there: dict[Any, Documents]) -> list[tuple[Documents, Documents]]:
    return [(some, there[key]) for key, some in here.items() if key in there]


def _taken(found: list[tuple[Document, Document]], left: tuple[Documents, Documents]) -> list[Match]:
    taken = {id(one) for pair in found for one in pair}
    for documents in left:
        documents[:] = [one for one in documents if id(one) not in taken]
    return [matched((one,), (other,), "party", 0.7, confirmed=False) for one, other in found]


def order(one: Document) -> tuple[int, int, str, str]:
    """Return where a document stands among those of its side."""
    return one.day, one.cents, one.label, one.id
