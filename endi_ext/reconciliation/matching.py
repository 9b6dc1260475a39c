"""Two lists of documents matched without a common key, by ordered rules. Pure.

Within one seller and buyer, each rule takes what those before it left:

1. `exact` and `window`: the same amount, dates within the window; confirmed when nothing else could be meant
   and references do not disagree. What one side has twice is suggested once; the other is a duplicate.
2. `one_to_many`, `many_to_one`: one document equals several of the other side, and one of these says so.
3. `date` and `tolerance` by a reference both sides have once: another date, another amount.
4. `date`: the same amount, dates further apart.
5. `one_to_many`, `many_to_one`, whatever the references.
6. `tolerance`, then `label`: dates within the window, amounts that differ, the most alike first.

What is left that other parties tell, by its reference or with seller and buyer exchanged, is `party`.
Only the first rule confirms. Documents are looked up by amount and by day: time grows as n log n with the
number of parties. What two parties leave unexplained within two months is weighed as parts of sums, each
against each: a thousand such on both sides take seconds.
"""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from .documents import MISSING, PURCHASES, SALES, Document, Match, Outcome, Settings, Unmatched
from .exact import match_alone, pair_same_amounts
from .inexact import pair_far_dates, pair_other_amounts, pair_references
from .leftovers import order, other_parties, without_doubles, without_rivals
from .references import compared
from .splits import pair_sums, pair_told_sums

USUAL = Settings()
RULES = (pair_told_sums, pair_references, pair_far_dates, pair_sums, pair_other_amounts)

Documents = list[Document]


def match(sales: Iterable[Document], purchases: Iterable[Document], settings: Settings = USUAL) -> Outcome:
    """Return every match and every document left over, the same for the same lists in any order."""
    with without_garbage():
        return _match(list(sales), list(purchases), settings)


def _match(sales: Documents, purchases: Documents, settings: Settings) -> Outcome:
    groups, strict = compared(sales, purchases)
    settings = replace(settings, strict_references=settings.strict_references or strict)
    matches: list[Match] = []
    left: tuple[Documents, Documents] = ([], [])
    unmatched: list[Unmatched] = []
    for here, there in groups:
        # Most parties have one exchange: no rule has anything to choose from.
        if len(here) == 1 == len(there) and here[0].cents == there[0].cents:
            alone = match_alone(here[0], there[0], settings)
            if alone is not None:
                matches.append(alone)
                continue
        _match_pair(here, there, settings, matches, left, unmatched)
    matches += other_parties(left, settings)
    for side, rest in zip((SALES, PURCHASES), left, strict=True):
        unmatched += [Unmatched(side, one.id, MISSING) for one in rest]
    return Outcome(matches, unmatched)


@contextmanager
def without_garbage() -> Iterator[None]:
    """Look for no garbage meanwhile: there is none, and each look walks through every document again."""
    looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looking:
            gc.enable()


def _match_pair(
    sales: Documents,
    purchases: Documents,
    settings: Settings,
    matches: list[Match],
    left: tuple[Documents, Documents],
    unmatched: list[Unmatched],
) -> None:
    if len(sales) + len(purchases) == 1:
        left[0].extend(sales)
        left[1].extend(purchases)
        return
    sales.sort(key=order)
    purchases.sort(key=order)
    first = len(matches)
    here, there = sales, purchases
    if here and there:
        found, here, there = pair_same_amounts(sales, purchases, settings)
        matches += found
        if not here and not there:
            return
    if len(sales) > 1 and here:
        here = without_doubles(SALES, here, sales, settings, unmatched)
    if len(purchases) > 1 and there:
        there = without_doubles(PURCHASES, there, purchases, settings, unmatched)
    for rule in RULES:
        if not (here and there):
            break
        found, here, there = rule(here, there, settings)
        matches += found
    doubtful = [match for match in matches[first:] if match.rule == "window" and not match.confirmed]
    if doubtful and (here or there):
        told, heard = {one.id: one for one in sales}, {one.id: one for one in purchases}
        pairs = [(told[match.sales[0]], heard[match.purchases[0]]) for match in doubtful]
        here = without_rivals(
            SALES, here, sorted(((b, a) for a, b in pairs), key=lambda pair: order(pair[0])), unmatched
        )
        there = without_rivals(PURCHASES, there, sorted(pairs, key=lambda pair: order(pair[0])), unmatched)
    left[0].extend(here)
    left[1].extend(there)
