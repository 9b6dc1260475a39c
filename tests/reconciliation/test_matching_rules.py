"""Each rule of docs/reconciliation.md at its edge: what it still takes, and what it takes no more."""

import pytest

from endi_ext.reconciliation.documents import Document, bare, nearly
from endi_ext.reconciliation.matching import match


def sale(key="S", day=100, cents=100_000, **facts):
    return Document(key, facts.pop("seller", "LAC"), facts.pop("buyer", "TRAIT"), day, cents, **facts)


def bought(key="P", day=100, cents=100_000, **facts):
    return sale(key, day, cents, **facts)


def told(sales, purchases):
    """What is matched and what is left: (rule, confirmed, days, cents), (side, reason)."""
    outcome = match(sales, purchases)
    taken = [(one.rule, one.confirmed, one.day_difference, one.difference_cents) for one in outcome.matches]
    return taken + [(one.side, one.reason) for one in outcome.unmatched]


ALONE = [("sales", "missing_other_side"), ("purchases", "missing_other_side")]
REF = {"reference": "F-12"}


@pytest.mark.parametrize(
    ("days", "facts", "becomes"),
    [
        (0, {}, ("exact", True)),
        (10, {}, ("window", True)),
        (-10, {}, ("window", True)),
        (11, {}, ("date", False)),
        (-11, {}, ("date", False)),
        (62, {}, ("date", False)),
        (-62, {}, ("date", False)),
        (63, {}, None),
        (-63, {}, None),
        (0, REF, ("exact", True)),
        (10, REF, ("exact", True)),
        (-10, REF, ("exact", True)),
        (11, REF, ("date", False)),
        (400, REF, ("date", False)),
    ],
)
def test_dates_of_the_same_amount_may_be_so_far_apart(days, facts, becomes):
    found = told([sale(**facts)], [bought(day=100 + days, **facts)])
    assert found == (ALONE if becomes is None else [(*becomes, days, 0)])


@pytest.mark.parametrize(
    ("cents", "other", "days", "facts", "rule"),
    [
        # Half of the larger amount, or 50 €.
        (100_000, 50_000, 10, {"label": "PLANS"}, "tolerance"),
        (100_000, 49_999, 10, {"label": "PLANS"}, "label"),
        (6_000, 1_000, 10, {"label": "PLANS"}, "tolerance"),
        (6_000, 999, 10, {"label": "PLANS"}, "label"),
        # Labels that say nothing: half of the amount still; labels that are unlike: two hundredths alone.
        (100_000, 50_000, 10, {}, "tolerance"),
        (100_000, 49_999, 10, {}, None),
        # Twenty days when it is two hundredths or less.
        (100_000, 98_000, 20, {}, "tolerance"),
        (100_000, 97_999, 20, {}, None),
        (100_000, 97_999, 11, {}, None),
        (100_000, 97_999, 10, {}, "tolerance"),
        (100_000, 98_000, 21, {}, None),
        (100_000, 1, 11, {"label": "PLANS"}, None),
        # The same reference, whatever the date and the amount; never a credit note with an invoice.
        (100_000, 1, 400, REF, "tolerance"),
        (100_000, -1, 0, REF, None),
        (100_000, -100_000, 0, {"label": "PLANS"}, None),
        (-100_000, -98_000, 20, {}, "tolerance"),
        # A document of nothing is no credit note.
        (0, 500, 0, REF, "tolerance"),
        (0, -500, 0, REF, None),
        (0, 500, 0, {"label": "PLANS"}, "tolerance"),
        (0, -500, 0, {"label": "PLANS"}, None),
    ],
)
def test_amounts_that_differ_are_suggested_so_far_and_never_confirmed(cents, other, days, facts, rule):
    difference = other - cents
    for one, another, apart in ((cents, other, difference), (other, cents, -difference)):
        for later in (days, -days):
            found = told([sale(cents=one, **facts)], [bought(cents=another, day=100 + later, **facts)])
            assert found == (ALONE if rule is None else [(rule, False, later, apart)])


def test_labels_that_are_unlike_ask_for_almost_the_same_amount():
    here, there = {"label": "RELEVE TOPOGRAPHIQUE"}, {"label": "MEUBLE"}
    assert told([sale(**here)], [bought(cents=98_000, **there)]) == [("tolerance", False, 0, -2_000)]
    assert told([sale(**here)], [bought(cents=97_999, **there)]) == ALONE


@pytest.mark.parametrize(
    "parts", [(40_000, 60_000), (10_000, 20_000, 70_000), (150_000, -60_000, 5_000, 5_000)]
)
def test_one_document_may_stand_for_two_to_four_of_the_other_side(parts):
    some = [bought(f"P{place}", 100 + place, cents) for place, cents in enumerate(parts)]
    outcome = match([sale()], some)
    assert [(one.rule, one.confirmed, one.difference_cents, one.score) for one in outcome.matches] == [
        ("one_to_many", False, 0, 0.7)
    ]
    assert sorted(outcome.matches[0].purchases) == [one.id for one in some]
    (turned,) = match(some, [sale()]).matches
    assert (turned.rule, sorted(turned.sales), turned.purchases) == (
        "many_to_one", [one.id for one in some], ("S",)
    )  # fmt: skip


def test_of_several_parts_the_furthest_day_is_told():
    for days in ((-30, 5, 0), (5, -30, 29)):
        parts = [bought(f"P{place}", 100 + far, 33_000 + 500 * place) for place, far in enumerate(days)]
        parts[0].label = "PLANS"
        whole = sale(cents=sum(one.cents for one in parts), label="PLANS")
        (found,) = match([whole], parts).matches
        assert (found.rule, found.day_difference, found.score) == ("one_to_many", -30, 0.733)


def test_five_parts_or_parts_too_far_are_not_taken_for_one_document():
    five = [bought(f"P{place}", 100, 20_000 + place - 2) for place in range(5)]
    assert not [one for one in match([sale()], five).matches if one.rule == "one_to_many"]
    for days, rule in ((62, ["one_to_many"]), (-62, ["one_to_many"]), (63, []), (-63, [])):
        parts = [bought("P1", 100, 10_000), bought("P2", 100 + days, 90_000)]
        found = match([sale(label="A")], parts).matches
        assert [one.rule for one in found if one.rule == "one_to_many"] == rule


def test_parts_that_say_another_reference_are_not_parts_but_one_that_goes_on_is():
    def rule_of(reference):
        known, there = agreeing()
        parts = [
            bought("PA", 101, 40_000, reference=reference),
            bought("PB", 102, 60_000, reference=reference),
        ]
        found = match([sale(reference="F-77"), *known], [*parts, *there]).matches
        return [(one.rule, one.score) for one in found if "S" in one.sales]

    assert rule_of("F-77") == [("one_to_many", 0.9)]
    assert rule_of("F-77/1") == [("one_to_many", 0.7)]
    assert rule_of("") == [("one_to_many", 0.7)]
    assert rule_of("F-9135") == []


def test_the_likeliest_parts_are_suggested_those_of_its_reference_then_of_its_label_then_the_nearest():
    half = [bought("A1", 130, 50_000), bought("A2", 130, 50_000)]
    nearer = [bought("B1", 120, 50_001), bought("B2", 120, 49_999)]
    labelled = [bought("C1", 128, 50_002, label="PLANS"), bought("C2", 128, 49_998, label="PLANS")]
    named = [bought("D1", 150, 50_003, **REF), bought("D2", 150, 49_997, **REF)]

    def parts(*some):
        found = match([sale(label="PLANS", **REF)], [one for two in some for one in two]).matches
        return [one.purchases for one in found if one.rule == "one_to_many"]

    assert parts(half, nearer) == [("B1", "B2")]
    assert parts(half, nearer, labelled) == [("C1", "C2")]
    assert parts(half, nearer, labelled, named) == [("D1", "D2")]


def test_what_one_side_has_twice_is_a_duplicate_for_five_days_or_by_its_reference():
    def second(days, **facts):
        outcome = match([sale(**facts)], [bought(**facts), bought("Q", 100 + days, **facts)])
        return [one.reason for one in outcome.unmatched]

    assert second(5, label="LOGO") == ["duplicate"]
    assert second(6, label="LOGO") != ["duplicate"]
    assert second(10, **REF) == ["duplicate"]
    assert second(11, **REF) != ["duplicate"]


def test_of_two_sales_of_an_amount_the_one_left_is_ambiguous_when_it_was_as_likely():
    def left(days, *, bought_on=100):
        here = [sale("S", 100, label="LOGO"), sale("T", 100 + days, label="SITE WEB")]
        return [one.reason for one in match(here, [bought(day=bought_on, label="LOGO")]).unmatched]

    assert left(3) == left(7, bought_on=102) == ["ambiguous"]
    assert left(4) == left(8, bought_on=102) == ["missing_other_side"]
    both = [bought("P", 100, label="LOGO"), bought("Q", 103, label="SITE WEB")]
    (one,) = match([sale(day=100, label="LOGO")], both).unmatched
    assert (one.side, one.id, one.reason) == ("purchases", "Q", "ambiguous")


def index(sales, purchases):
    """How sure the only match is."""
    (one,) = match(sales, purchases).matches
    return one.score


def test_a_suggestion_is_the_surer_the_nearer_its_days_its_amounts_and_its_labels():
    far = [index([sale(label="PLANS")], [bought(day=100 + days, label="PLANS")]) for days in (11, 36, 61)]
    assert far == sorted(far, reverse=True)
    assert far[0] - far[1] == pytest.approx(far[1] - far[2], abs=0.002)
    assert (far[0], far[2]) == (0.865, 0.706)
    labels = [index([sale(label="PLANS")], [bought(day=111, label=label)]) for label in ("PLANS", "", "MOB")]
    assert labels == sorted(labels, reverse=True)
    assert labels[0] - labels[1] == pytest.approx(0.1)
    cents = [index([sale(label="A")], [bought(cents=cents, label="A")]) for cents in (99_999, 75_000, 50_000)]
    assert cents == [0.85, 0.775, 0.7]
    days = [index([sale()], [bought(cents=99_999, day=100 + days)]) for days in (0, 10, -20)]
    assert days == [0.725, 0.677, 0.63]
    assert index([sale(**REF)], [bought(day=400, **REF)]) == 0.9
    assert index([sale(**REF)], [bought(buyer="ANSE", **REF)]) == 0.7
    assert index([sale()], [bought(day=110)]) == index([sale(**REF)], [bought(**REF)]) == 1


def test_of_far_dates_a_reference_that_differs_is_taken_last():
    here, there = agreeing()
    here.append(sale("S", label="A", reference="F-77"))
    there += [bought("P", 130, label="A", reference="F-9135"), bought("Q", 155, label="A")]
    found = {one.purchases[0]: one for one in match(here, there).matches if one.sales == ("S",)}
    assert found.keys() == {"Q"}
    # Alone, it is suggested, much less sure.
    (doubted,) = (one for one in match(here, there[:-1]).matches if one.sales == ("S",))
    assert (doubted.rule, doubted.score, found["Q"].score) == ("date", 0.605, 0.725)


def test_a_reference_of_an_invoice_and_a_credit_note_says_nothing_about_the_others():
    here = [sale(f"S{n}", cents=-1_000 * n if n % 2 else 1_000 * n, reference=f"F-{n}") for n in range(1, 7)]
    there = [bought(f"P{n}", cents=900 * n, reference=f"F-{n}") for n in range(1, 7)]
    found = [one.sales for one in match(here, there).matches if one.rule == "tolerance"]
    assert found == [(f"S{n}",) for n in (2, 4, 6)]


def agreeing(buyer="ANSE"):
    """Exchanges of others whose references agree: references are to be believed."""
    known = [(f"{n}", 100, n, {"reference": f"F-{n}00", "buyer": buyer}) for n in range(1, 9)]
    return [sale(f"S{n}", on, c, **f) for n, on, c, f in known], [
        bought(f"P{n}", on, c, **f) for n, on, c, f in known
    ]


def test_what_says_another_reference_is_not_what_a_doubtful_match_could_have_meant():
    def left(reference):
        here, there = agreeing()
        here += [sale("S", label="LOGO"), sale("T", 101, label="SITE", reference=reference)]
        there += [bought("P", label="LOGO", reference="F-12")]
        return [(one.id, one.reason) for one in match(here, there).unmatched]

    assert left("") == [("T", "ambiguous")]
    assert left("F-9900") == [("T", "missing_other_side")]


def test_only_the_nearest_documents_are_tried_as_parts_twenty_four_and_fourteen_by_fours():
    def found(count, parts):
        """As many documents a day apart, of amounts no two or three of which add up; the last ones do."""
        some = [bought(f"P{n:02}", 100 + n, 3 * 4**n) for n in range(count)]
        whole = sum(one.cents for one in some[-parts:])
        return [
            len(one.purchases)
            for one in match([sale(cents=whole)], some).matches
            if one.rule == "one_to_many"
        ]

    assert (found(24, 2), found(25, 2)) == ([2], [])
    assert (found(24, 3), found(25, 3)) == ([3], [])
    assert (found(14, 4), found(15, 4)) == ([4], [])


def test_other_parties_are_suggested_by_reference_or_with_roles_exchanged():
    party = [("party", False, 3, 0)]
    assert told([sale(**REF)], [bought(day=103, buyer="ANSE", **REF)]) == party
    assert told([sale(**REF)], [bought(cents=99_999, buyer="ANSE", **REF)]) == ALONE
    turned = {"seller": "TRAIT", "buyer": "LAC"}
    assert told([sale()], [bought(day=103, **turned)]) == party
    assert told([sale()], [bought(day=120, **turned)]) == [("party", False, 20, 0)]
    assert told([sale()], [bought(day=80, **turned)]) == [("party", False, -20, 0)]
    assert told([sale()], [bought(day=121, **turned)]) == ALONE
    assert told([sale(**REF)], [bought(reference="F-9")]) != ALONE


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("FI-000123", "123"),
        ("FI 123", "123"),
        ("F2026/0012", "20260012"),
        ("2026-0012-B", "20260012B"),
        ("FACTURE", "FACTURE"),
        ("000", "000"),
        ("0", "0"),
        ("FI-0", "FI-0"),
        ("", ""),
        ("12F3", "12F3"),
        ("0X1", "X1"),
        ("100", "100"),
    ],
)
def test_letters_before_a_number_zeros_and_separators_do_not_count(written, said):
    assert bare(written) == said


def test_a_reference_is_mistyped_by_one_character_or_two_exchanged_not_by_one_left_out():
    for other in ("1235", "1324", "2134", "234", "1234"):
        assert nearly("1234", other), other
        assert nearly(other, "1234"), other
    for other in ("1256", "4321", "34", "124", "12345", "991234"):
        assert not nearly("1234", other), other
