"""Amounts that recur: what is taken for what, how long series are, how references are to be read."""

from collections import Counter
from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from endi_ext.reconciliation import exact
from endi_ext.reconciliation.documents import Document, Settings
from endi_ext.reconciliation.matching import match
from endi_ext.reconciliation.references import compared

from .test_matching_rules import agreeing, bought, sale


def rents(side, days, **facts):
    return [Document(f"{side}{day:04}", "LAC", "TRAIT", day, 80_000, **facts) for day in days]


@pytest.mark.parametrize(("shift", "first"), [(0, 100), (10, 100), (-10, 100), (11, 101), (-11, 100)])
def test_a_series_too_long_to_weigh_is_matched_in_its_order_within_the_window(shift, first):
    """Six hundred of an amount, one a day: six hundred times six hundred pairs are not weighed."""
    # Eleven days early, the first purchase has no sale and each other one the sale of ten days later.
    sales, there = rents("S", range(100, 700)), rents("P", range(100 + shift, 700 + shift))
    found = [one for one in match(sales, there).matches if one.rule == "window"]
    days = max(-10, min(10, shift))
    assert [(one.sales, one.purchases) for one in found] == [
        ((f"S{day:04}",), (f"P{day + days:04}",)) for day in range(first, first + 600 - (abs(shift) > 10))
    ]
    assert not any(one.confirmed for one in found)


def test_of_a_long_series_whose_references_are_all_unlike_nothing_is_taken_for_the_same():
    """Where references are to be believed; where they are not, the days say it."""

    def told(side, buyer, more):
        known = [Document(f"{side}K{n}", "LAC", "ANSE", n, n, "", f"F{n}9") for n in range(1, 60)]
        series = [Document(f"{side}{n}", "LAC", buyer, n, 7_000, "", f"F{n}{more}") for n in range(100, 620)]
        return known + series

    outcome = match(told("S", "TRAIT", "71"), told("P", "TRAIT", "88"))
    assert {one.rule for one in outcome.matches if one.sales[0][1] != "K"} == set()
    same = match(told("S", "TRAIT", "71"), told("P", "TRAIT", "72"))
    assert {one.day_difference for one in same.matches} == {0}
    assert len(same.matches) == 579


def test_a_document_of_the_same_amount_is_found_among_any_number_of_others():
    others = [Document(f"P{n:02}", "A", "B", 105, 7_000) for n in range(50)]
    late = [Document(f"S{n:02}", "A", "B", 125, 7_000) for n in range(50)]
    for cents in (0, 90_000):  # of nothing at all, too
        outcome = match(
            [Document("S", "A", "B", 90, cents), *late], [Document("P", "A", "B", 110, cents), *others]
        )
        assert [one.purchases for one in outcome.matches if one.sales == ("S",)] == [("P",)]


def test_of_what_lies_far_apart_each_document_is_suggested_once_the_nearest_first():
    one, some = (
        Document("S", "A", "B", 100, 9_000),
        [Document(f"P{n}", "A", "B", n, 9_000) for n in (130, 120, 75)],
    )
    for outcome in (match([one], some), match(some, [one])):
        assert [{*one.sales, *one.purchases} for one in outcome.matches] == [{"S", "P120"}]
        assert sorted(left.id for left in outcome.unmatched) == ["P130", "P75"]
    three = match(rents("S", [100, 101, 102]), rents("P", [121, 122, 123])).matches
    assert sorted(one.sales[0] for one in three) == ["S0100", "S0101", "S0102"]
    assert sorted(one.purchases[0] for one in three) == ["P0121", "P0122", "P0123"]


@pytest.mark.parametrize("before", [True, False])
def test_of_other_amounts_the_twenty_nearest_before_and_after_are_weighed(before):
    def found(nearer):
        """The rule of a sale whose like has so many strangers between, and thirty on the other side."""
        here, there = agreeing()
        days = [98] * nearer + [102] * 30 if before else [98] * 30 + [102] * nearer
        there += [bought(f"X{n}", day, 5_000 + n, reference=f"F-9{n}345") for n, day in enumerate(days)]
        like = bought("P", 97 if before else 103, 99_000)
        matches = match([*here, sale(reference="F-77")], [*there, like]).matches
        return [one.rule for one in matches if one.sales == ("S",)]

    assert (found(19), found(20)) == (["tolerance"], [])
    assert found(9) == ["tolerance"]


def test_any_number_of_documents_of_nothing_are_weighed():
    """What was left of them divided by its amount."""
    outcome = match(
        [Document(f"S{n:02}", "A", "B", 125 - n // 25, 0) for n in range(60)],
        [Document(f"P{n:02}", "A", "B", 105, 0) for n in range(50)],
    )
    assert {one.difference_cents for one in outcome.matches} == {0}


days_of = st.lists(st.integers(0, 30), min_size=1, max_size=4)
USUAL = Settings()


@example([10], [0], ("LOGO", "LOGO"))
@example([0], [10], ("LOGO", "LOGO"))
@given(days_of, days_of, st.sampled_from([("", ""), ("LOGO", "SITE"), ("LOGO", "")]))
@settings(max_examples=60)
def test_of_a_series_that_pairing_is_suggested_which_leaves_the_least_unexplained(here, there, labels):
    """Days apart, labels unlike and documents left alone are weighed together, both sides in their order.

    Only what one side alone has at the end weighs nothing: it may be told a second time.
    """
    sales = [Document(f"S{n}", "A", "B", day, 1, labels[0]) for n, day in enumerate(sorted(here))]
    purchases = [Document(f"P{n}", "A", "B", day, 1, labels[1]) for n, day in enumerate(sorted(there))]

    def price(some):
        ends = (
            [len(side) - 1 - side.index(one) for side, one in zip((sales, purchases), some[-1], strict=True)]
            if some
            else [len(sales), len(purchases)]
        )
        alone = len(sales) + len(purchases) - 2 * len(some) - sum(ends) + min(ends)
        return sum(exact._cost(one, other, USUAL) for one, other in some) + exact.SKIP_DAYS * alone

    def orderly():
        for count in range(min(len(sales), len(purchases)) + 1):
            for some, others in product(combinations(sales, count), combinations(purchases, count)):
                taken = list(zip(some, others, strict=True))
                if all(abs(other.day - one.day) <= 10 for one, other in taken):
                    yield taken

    chosen = list(exact._in_order(sales, purchases, USUAL))
    assert all(abs(other.day - one.day) <= 10 for one, other in chosen)
    assert price(chosen) == min(price(some) for some in orderly())


def exchanges(agreeing, count, *, mistyped=0, buyer="TRAIT", start=0):
    """As many exchanges of different amounts, of which some have the same reference on both sides."""
    sales, there = [], []
    for place in range(count):
        n = start + place
        unlike = f"F{n + 1}8" if place < agreeing + mistyped else f"X{n}9924"
        said = f"F{n + 1}7" if place < agreeing else unlike
        sales.append(Document(f"S{n}", "LAC", buyer, 10, 1_000 + n, "", f"F{n + 1}7"))
        there.append(Document(f"P{n}", "LAC", buyer, 10, 1_000 + n, "", said))
    return sales, there


def references(agreeing, count, **facts):
    here, there, strict = kept(*exchanges(agreeing, count, **facts))
    # It is the same whether one seller tells them or each another.
    apart = [
        [replace(one, seller=one.id[1:]) for one in some] for some in exchanges(agreeing, count, **facts)
    ]
    assert kept(*apart) == (here, there, strict)
    assert here == there
    return sum(here.values()), strict


def test_references_count_where_a_fifth_agree_and_prove_where_97_in_a_hundred_do():
    assert references(1, 5) == (5, False)
    assert references(1, 6) == (0, False)
    assert references(97, 100) == (100, True)
    assert references(96, 100) == (100, False)
    # One mistyped was meant to agree.
    assert references(95, 100, mistyped=2) == (100, True)
    assert references(94, 100, mistyped=2) == (100, False)
    # Of fewer than eight pairs, nothing is proved.
    assert references(8, 8) == (8, True)
    assert references(7, 7) == (7, False)


def kept(sales, purchases):
    """How many references count, by side and buyer, and whether unlike ones prove two exchanges."""
    groups, strict = compared(sales, purchases)
    sides = [Counter(one.buyer for one in some if one.reference) for some in groups_of_sides(groups)]
    return (*map(dict, sides), strict)


def groups_of_sides(groups):
    return [[one for group in groups for one in group[side]] for side in (0, 1)]


def test_a_buyer_that_numbers_on_its_own_keeps_the_others_from_nothing():
    """Its references do not count, and say nothing about how the others write theirs."""

    def beside(agreeing, count, mistyped=0, ours_mistyped=2):
        ours, theirs = exchanges(38, 40, mistyped=ours_mistyped)
        own, said = exchanges(agreeing, count, mistyped=mistyped, buyer="ANSE", start=100)
        return kept([*ours, *own], [*theirs, *said])

    assert beside(1, 8, 3) == ({"TRAIT": 40}, {"TRAIT": 40}, True)
    assert beside(1, 8, 3, 0) == ({"TRAIT": 40}, {"TRAIT": 40}, False)
    # Two of ten agree: a fifth, these numbers are the seller's, some of them wrong.
    assert beside(2, 10) == ({"TRAIT": 40, "ANSE": 10}, {"TRAIT": 40, "ANSE": 10}, False)
    # One of seven: too few to tell.
    assert beside(1, 7) == ({"TRAIT": 40, "ANSE": 7}, {"TRAIT": 40, "ANSE": 7}, False)


def test_documents_of_different_amounts_or_alone_tell_nothing_about_references():
    ours, theirs = exchanges(20, 20)
    ours.append(Document("S", "AIX", "TRAIT", 10, 500))  # the first of all parties, and nobody bought from it
    for n in range(12):
        ours.append(Document(f"S{n}", f"ANSE{n}", "TRAIT", 10, 500, "", f"F{n + 1}7"))
        theirs.append(Document(f"P{n}", f"ANSE{n}", "TRAIT", 10, 501, "", f"X{n}9924"))
    assert kept(ours, theirs) == ({"TRAIT": 32}, {"TRAIT": 32}, True)


def test_where_nearly_all_number_on_their_own_who_does_not_keeps_its_references():
    ours, theirs = exchanges(8, 8)
    own, said = exchanges(0, 60, buyer="ANSE", start=100)
    assert kept([*ours, *own], [*theirs, *said]) == ({"TRAIT": 8}, {"TRAIT": 8}, False)


def test_without_a_pair_to_compare_what_both_lists_have_of_references_tells():
    sales = [Document(f"S{n}", "LAC", "TRAIT", 10, 500, "", f"F{n + 1}7") for n in range(10)]
    for common, counted in ((2, {"TRAIT": 10}), (1, {})):
        there = [replace(one, id="P" + one.id, reference=f"X{one.id}99") for one in sales[common:]]
        there += [replace(one, id="P" + one.id) for one in sales[:common]]
        assert kept(sales, there) == (counted, counted, False)
