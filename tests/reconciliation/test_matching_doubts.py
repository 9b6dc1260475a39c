"""What is never confirmed, and what a pair of one amount costs, in days (docs/reconciliation.md)."""

import pytest

from endi_ext.reconciliation.documents import Document, Settings
from endi_ext.reconciliation.exact import _cost
from endi_ext.reconciliation.matching import match

from .test_matching_rules import agreeing, bought, sale


def confirmed(sales, purchases):
    """Which pairs are confirmed, references being believed; what others exchange aside."""
    here, there = agreeing()
    found = match([*here, *sales], [*there, *purchases]).matches
    return [(one.sales[0], one.purchases[0]) for one in found if one.confirmed and len(one.sales[0]) == 1]


def scores(sales, purchases):
    here, there = agreeing()
    found = match([*here, *sales], [*there, *purchases]).matches
    return [(one.rule, one.score, one.confirmed) for one in found if len(one.sales[0]) == 1]


SP = [("S", "P")]


@pytest.mark.parametrize("day", [100, 103])
def test_a_pair_whose_references_differ_is_suggested_not_confirmed(day):
    here, there = sale(reference="F-1234"), bought(day=day, reference="F-1235")
    assert scores([here], [there]) == [("exact" if day == 100 else "window", 0.8, False)]


def test_references_that_prove_two_exchanges_leave_both_alone_unless_one_may_be_mistyped():
    known = [Document(f"S{n}", "LAC", "ANSE", 100, n, "", f"F{n}9") for n in range(1, 60)]
    there = [Document(f"P{n}", "LAC", "ANSE", 100, n, "", f"F{n}9") for n in range(1, 60)]

    def taken(reference):
        found = match([*known, sale(reference="F-1234")], [*there, bought(reference=reference)]).matches
        return [one.rule for one in found if one.sales == ("S",)]

    assert (taken("F-1235"), taken("F-9876"), taken("")) == (["exact"], [], ["exact"])


@pytest.mark.parametrize(("days", "sure"), [(62, False), (63, True), (-62, False), (-63, True)])
def test_a_document_left_over_doubts_those_of_its_amount_within_two_months(days, sure):
    assert confirmed([sale(), sale("T", 100 + days)], [bought()]) == (SP if sure else [])
    assert confirmed([sale()], [bought(), bought("Q", 100 + days)]) == (SP if sure else [])
    # From one to the next; but a reference that agrees is beyond doubt.
    known = {"reference": "F-77"}
    assert confirmed([sale(**known), sale("T", 100 + days)], [bought(**known)]) == SP
    assert scores([sale(), sale("T", 100 + days)], [bought()])[0] == (
        ("exact", 1.0, True) if sure else ("exact", 0.75, False)
    )


def test_doubt_goes_from_one_document_of_a_series_to_the_next():
    here = [sale("S", 100), sale("T", 150), sale("U", 200)]
    assert confirmed(here, [bought("P", 100), bought("Q", 150)]) == []
    assert confirmed(here, [bought("P", 100), bought("Q", 150), bought("R", 200)]) == [
        ("S", "P"),
        ("T", "Q"),
        ("U", "R"),
    ]
    far = [sale("S", 100), sale("T", 300), sale("U", 350)]
    assert confirmed(far, [bought("P", 100), bought("Q", 300)]) == SP


def test_a_shared_reference_is_doubted_when_a_nearer_document_has_almost_that_reference():
    one, other = sale(reference="F-1234"), bought(day=108, reference="F-1234")
    for day, sure in ((101, False), (107, False), (108, True), (93, False), (92, True)):
        assert confirmed([one], [other, bought("Q", day, reference="F-1235")]) == (SP if sure else [])
        # Seen from the purchase: what is nearer to it.
        assert confirmed([one, sale("T", 208 - day, reference="F-1235")], [other]) == (SP if sure else [])
    assert confirmed([one], [other, bought("Q", 101, reference="F-1299")]) == SP
    # One that is another's by its own reference is no rival.
    there = [other, bought("Q", 101, reference="F-1235")]
    assert confirmed([one, sale("T", 101, reference="F-1235")], there) == [("S", "P"), ("T", "Q")]
    assert ("exact", 0.9, False) in scores([one], [other, bought("Q", 101, reference="F-1235")])


@pytest.mark.parametrize(
    ("days", "becomes"),
    [
        (10, ("exact", 1.0, True)),
        (-10, ("exact", 1.0, True)),
        (11, ("date", 0.9, False)),
        (-62, ("date", 0.9, False)),
        (400, ("date", 0.9, False)),
    ],
)
def test_among_others_of_its_amount_a_reference_finds_its_own_whatever_the_date(days, becomes):
    here = [sale("S", reference="F-77"), sale("T", 500 + days)]
    there = [bought("P", 100 + days, reference="F-77"), bought("Q", 502 + days)]
    assert sorted(scores(here, there)) == sorted([becomes, ("window", 1.0, True)])


def test_of_two_of_an_amount_each_is_nearer_to_its_own_by_five_days_or_none_is_confirmed():
    def two(days):
        return confirmed([sale("S", 100), sale("T", 100 + days)], [bought("P", 100), bought("Q", 100 + days)])

    assert two(5) == [("S", "P"), ("T", "Q")]
    assert two(4) == []
    here, there = [sale("S"), sale("T", 108)], [bought("P"), bought("Q", 108)]
    assert scores(here, there) == [("window", 0.95, True)] * 2
    # Nor one whose references differ, however near.
    here = [sale("S", label="LOGO", reference="F-1234"), sale("T", 110, label="SITE")]
    there = [bought("P", label="LOGO", reference="F-1235"), bought("Q", 110, label="SITE")]
    assert scores(here, there) == [("window", 0.75, False), ("window", 0.95, True)]
    # Dated before its sale, a purchase may be another's.
    assert confirmed([sale("S", 100), sale("T", 108)], [bought("P", 99), bought("Q", 108)]) == [("T", "Q")]
    # One too many on a side, and none is sure.
    assert (
        confirmed([sale("S", 100), sale("T", 108), sale("U", 116)], [bought("P", 100), bought("Q", 108)])
        == []
    )


def test_what_is_not_in_one_run_of_days_is_matched_by_itself():
    here, there = [sale("S", 100), sale("T", 121)], [bought("P", 110), bought("Q", 131)]
    assert confirmed(here, there) == [("S", "P"), ("T", "Q")]
    assert confirmed([sale("S", 100), sale("T", 120)], [bought("P", 110), bought("Q", 130)]) == []


def test_a_duplicate_is_told_of_what_is_matched_or_of_the_first_that_is_left():
    logo = {"label": "LOGO"}
    twice = match([sale(cents=1)], [bought("P", **logo), bought("Q", 102, **logo)]).unmatched
    assert {(one.id, one.reason) for one in twice if one.side == "purchases"} == {
        ("P", "missing_other_side"),
        ("Q", "duplicate"),
    }
    # The earlier one may be the duplicate, when the later one is matched by its reference.
    here, there = agreeing()
    there += [bought("P", **logo), bought("Q", 102, reference="F-77", **logo)]
    (left,) = match([*here, sale(day=102, reference="F-77", **logo)], there).unmatched
    assert (left.id, left.reason) == ("P", "duplicate")


def test_labels_that_are_the_same_come_first_and_one_that_is_missing_speaks_for_nothing():
    here = [sale("S", 100, label="LOGO"), sale("T", 109)]
    assert [one.sales for one in match(here, [bought("P", 101)]).matches] == [("S",)]
    assert [one.sales for one in match(here[::-1], [bought("P", 109, label="LOGO")]).matches] == [("S",)]


COSTS = [
    # days later, labels, references: what it costs
    (0, ("A", "A"), ("", ""), 0),
    (3, ("A", "A"), ("", ""), 3),
    (-3, ("A", "A"), ("", ""), 5),
    (0, ("", ""), ("", ""), 4),
    (0, ("A", ""), ("12", ""), 4),
    (0, ("A", "B"), ("", "12"), 8),
    (8, ("A", "A"), ("12", "12"), 2),
    (-2, ("A", "B"), ("12", "12"), 3),
    (1, ("A", "A"), ("1234", "1235"), 7),
    (1, ("A", "A"), ("1234", "9876"), 11),
]


@pytest.mark.parametrize(("days", "labels", "references", "cost"), COSTS)
def test_what_a_pair_of_one_amount_costs_in_days(days, labels, references, cost):
    """Labels that are unlike eight, a purchase before its sale two; references mistyped six, unlike ten."""
    one = sale(label=labels[0], reference=references[0])
    other = bought(day=100 + days, label=labels[1], reference=references[1])
    assert _cost(one, other, Settings()) == cost
    strict = _cost(one, other, Settings(strict_references=True))
    assert strict == (float("inf") if references[1] == "9876" else cost)
