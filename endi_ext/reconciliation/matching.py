"""Two lists of documents matched without a common key, by ordered rules. Pure.

Within one seller and buyer, each rule takes what those before it left:

1. `exact` and `window`: the same amount, dates within the window; confirmed when nothing else could be meant
   and references do not disagree. What one side has twice is suggested once; the other is a duplicate.
2. `date` and `tolerance` by a reference both sides have once: another date, another amount.
3. `date`: the same amount, dates further apart.
4. `one_to_many`, `many_to_one`: one document equals several of the other side.
5. `tolerance`, then `label`: dates within the window, amounts that differ, the most alike first.

What is left whose reference the other side has under another pair is `party`. Only the first rule confirms.
Documents are looked up by amount and by day, never each against each: time grows as n log n.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from .documents import (
    AMBIGUOUS,
    DUPLICATE,
    MISSING,
    PURCHASES,
    SALES,
    Document,
    Match,
    Outcome,
    Settings,
    Unmatched,
    agree,
    alike,
    matched,
)
from .exact import pair_same_amounts
from .inexact import pair_far_dates, pair_other_amounts, pair_references
from .splits import pair_sums

USUAL = Settings()
RULES = (pair_references, pair_far_dates, pair_sums, pair_other_amounts)

# Where fewer references than this share are found on the other side, each side numbers on its own.
COMMON_REFERENCES = 0.2
# Labels as alike as this are the same, where a document may stand twice.
SAME_LABEL = 0.9

Documents = list[Document]


def match(sales: Iterable[Document], purchases: Iterable[Document], settings: Settings = USUAL) -> Outcome:
    """Return every match and every document left over, the same for the same lists in any order."""
    sides = list(sales), list(purchases)
    if not _numbered_alike(*sides):
        sides = _without_references(sides[0]), _without_references(sides[1])
    pairs: defaultdict[tuple[str, str], tuple[Documents, Documents]] = defaultdict(lambda: ([], []))
    for place, documents in enumerate(sides):
        for one in documents:
            pairs[one.seller, one.buyer][place].append(one)
    matches: list[Match] = []
    left: tuple[Documents, Documents] = ([], [])
    unmatched: list[Unmatched] = []
    for key in sorted(pairs):
        _match_pair(*pairs[key], settings, matches, left, unmatched)
    matches += _other_parties(left)
    for side, some in zip((SALES, PURCHASES), left, strict=True):
        unmatched += [Unmatched(side, one.id, MISSING) for one in some]
    return Outcome(matches, unmatched)


def _match_pair(
    sales: Documents,
    purchases: Documents,
    settings: Settings,
    matches: list[Match],
    left: tuple[Documents, Documents],
    unmatched: list[Unmatched],
) -> None:
    sales.sort(key=_order)
    purchases.sort(key=_order)
    first = len(matches)
    here, there = sales, purchases
    if here and there:
        found, here, there = pair_same_amounts(sales, purchases, settings)
        matches += found
    if here:
        here = _without_doubles(SALES, here, sales, settings, unmatched)
    if there:
        there = _without_doubles(PURCHASES, there, purchases, settings, unmatched)
    for rule in RULES:
        if not (here and there):
            break
        found, here, there = rule(here, there, settings)
        matches += found
    doubtful = [match for match in matches[first:] if match.rule == "window" and not match.confirmed]
    if doubtful:
        meant = (
            {key for match in doubtful for key in match.purchases},
            {key for match in doubtful for key in match.sales},
        )
        here = _without_rivals(
            SALES, here, [one for one in purchases if one.id in meant[0]], settings, unmatched
        )
        there = _without_rivals(
            PURCHASES, there, [one for one in sales if one.id in meant[1]], settings, unmatched
        )
    left[0].extend(here)
    left[1].extend(there)


def _without_rivals(
    side: str, rest: Documents, taken: Documents, settings: Settings, unmatched: list[Unmatched]
) -> Documents:
    """Return what is left but for documents that a doubtful match could have meant as well."""
    kept = []
    for one in rest:
        meant = (other for other in taken if other.cents == one.cents and agree(one, other) is not False)
        if any(abs(other.day - one.day) <= settings.window_days for other in meant):
            unmatched.append(Unmatched(side, one.id, AMBIGUOUS))
        else:
            kept.append(one)
    return kept


def _without_doubles(
    side: str, rest: Documents, known: Documents, settings: Settings, unmatched: list[Unmatched]
) -> Documents:
    """Return what is left but for documents their side has twice, which are noted as duplicates."""
    alone = set(map(id, rest))
    twins: defaultdict[tuple[int, str], Documents] = defaultdict(list)
    for one in known:
        twins[one.cents, one.reference].append(one)
    kept = []
    for one in rest:
        twin = twins[one.cents, one.reference]
        if len(twin) > 1 and any(_stands_for(other, one, alone, settings) for other in twin):
            unmatched.append(Unmatched(side, one.id, DUPLICATE))
        else:
            kept.append(one)
    return kept


def _stands_for(other: Document, one: Document, alone: set[int], settings: Settings) -> bool:
    """Say whether `one` is `other` again: a matched one, or an earlier one that is left too."""
    if other is one or abs(other.day - one.day) > settings.window_days:
        return False
    if not one.reference and alike(one.label, other.label) < SAME_LABEL:
        return False
    return id(other) not in alone or _order(other) < _order(one)


def _other_parties(left: tuple[Documents, Documents]) -> list[Match]:
    """Suggest what has the same reference and amount between other parties, and take it off the lists."""
    called: tuple[dict[tuple[str, int], Documents], dict[tuple[str, int], Documents]] = ({}, {})
    for side, documents in enumerate(left):
        for one in documents:
            if one.reference:
                called[side].setdefault((one.reference, one.cents), []).append(one)
    matches, taken = [], set()
    for key, here in called[0].items():
        there = called[1].get(key, [])
        if len(here) == 1 == len(there):
            matches.append(matched(here, there, "party", 0.7, confirmed=False))
            taken |= {id(here[0]), id(there[0])}
    for documents in left:
        documents[:] = [one for one in documents if id(one) not in taken]
    return matches


def _numbered_alike(sales: Sequence[Document], purchases: Sequence[Document]) -> bool:
    """Say whether both sides write the same references, rather than each its own numbers."""
    here = {one.reference for one in sales if one.reference}
    there = {one.reference for one in purchases if one.reference}
    fewest = min(len(here), len(there))
    return fewest == 0 or len(here & there) >= COMMON_REFERENCES * fewest


def _without_references(documents: Documents) -> Documents:
    """Return the documents without the references that mean nothing to the other side."""
    return [replace(one, reference="") if one.reference else one for one in documents]


def _order(one: Document) -> tuple[int, int, str]:
    return one.day, one.cents, one.id
