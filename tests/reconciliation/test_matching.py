"""Two lists become matches and what is left over; what is confirmed is right."""

import pytest

from endi_ext.reconciliation.documents import Document
from endi_ext.reconciliation.matching import match

from .world import a_world


def doc(key, day=100, cents=10_000, **facts):
    return Document(key, facts.pop("seller", "LAC"), facts.pop("buyer", "TRAIT"), day, cents, **facts)


def links(outcome, *, confirmed=False):
    return {
        (sale, purchase)
        for one in outcome.matches
        if one.confirmed or not confirmed
        for sale in one.sales
        for purchase in one.purchases
    }


def only(outcome):
    (one,) = outcome.matches
    return one


def test_the_same_amount_within_the_window_is_confirmed():
    one = only(match([doc("S")], [doc("P", 103)]))
    assert (one.sales, one.purchases, one.rule, one.confirmed) == (("S",), ("P",), "window", True)
    assert (one.day_difference, one.difference_cents) == (3, 0)
    assert only(match([doc("S", reference="F1")], [doc("P", 103, reference="F1")])).rule == "exact"


def test_another_amount_another_date_and_parts_are_suggested_with_what_differs():
    one = only(match([doc("S", label="LOGO")], [doc("P", 101, 9_900, label="LOGO")]))
    assert (one.rule, one.difference_cents, one.confirmed) == ("tolerance", -100, False)
    one = only(match([doc("S")], [doc("P", 140)]))
    assert (one.rule, one.day_difference, one.confirmed) == ("date", 40, False)
    one = only(match([doc("S")], [doc("P1", 101, 4_000), doc("P2", 105, 6_000)]))
    assert (one.rule, one.purchases, one.confirmed) == ("one_to_many", ("P1", "P2"), False)
    one = only(match([doc("S1", cents=2_500), doc("S2", cents=7_500)], [doc("P", 103)]))
    assert (one.rule, one.sales, one.difference_cents) == ("many_to_one", ("S1", "S2"), 0)
    one = only(match([doc("S", reference="F9")], [doc("P", buyer="AUTRE", reference="F9")]))
    assert (one.rule, one.confirmed) == ("party", False)


def test_a_document_listed_twice_is_a_duplicate_and_its_twin_is_not_confirmed():
    outcome = match(
        [doc("S", reference="F1")], [doc("P", 101, reference="F1"), doc("Q", 102, reference="F1")]
    )
    assert (links(outcome), links(outcome, confirmed=True)) == ({("S", "P")}, set())
    (left,) = outcome.unmatched
    assert (left.side, left.id, left.reason) == ("purchases", "Q", "duplicate")


def test_what_has_nothing_in_front_of_it_is_missing_there():
    outcome = match([doc("S"), doc("T", cents=777)], [doc("P")])
    assert [(one.side, one.id, one.reason) for one in outcome.unmatched] == [
        ("sales", "T", "missing_other_side")
    ]


def test_two_sales_that_one_purchase_could_mean_are_never_confirmed():
    outcome = match([doc("S", 100), doc("T", 101, label="LOGO")], [doc("P", 102)])
    assert links(outcome, confirmed=True) == set()
    assert [one.reason for one in outcome.unmatched] == ["ambiguous"]


def test_references_that_disagree_are_doubted_unless_each_side_numbers_on_its_own():
    same = [doc(f"S{n}", cents=1_000 + n, reference=f"F{n}") for n in range(9)]
    there = [doc(f"P{n}", cents=1_000 + n, reference=f"F{n}") for n in range(9)]
    doubtful = match([*same, doc("S", reference="F77")], [*there, doc("P", reference="F78")])
    assert ("S", "P") in links(doubtful)
    assert ("S", "P") not in links(doubtful, confirmed=True)
    assert only(match([doc("S", reference="INT-2")], [doc("P", reference="INT-1")])).confirmed


def test_credit_notes_match_credit_notes_alone():
    outcome = match([doc("S", cents=-5_000)], [doc("P", cents=5_000), doc("Q", 102, -5_000)])
    assert links(outcome, confirmed=True) == {("S", "Q")}


@pytest.mark.parametrize(
    "facts", [{}, {"own_numbers": True}, {"referenced": 0.0}, {"parties": 6, "monthly": 0.6}]
)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_in_a_year_with_discrepancies_all_that_is_confirmed_is_right_and_nearly_all_is_found(seed, facts):
    world = a_world(seed, **facts)
    outcome = match(world.sales, world.purchases)
    assert links(outcome, confirmed=True) <= world.links
    found = links(outcome)
    right = len(found & world.links)
    assert 2 * right / (len(found) + len(world.links)) >= 0.99
    left = {(one.side, one.id) for one in outcome.unmatched}
    assert 2 * len(left & world.alone) / (len(left) + len(world.alone)) >= 0.9
