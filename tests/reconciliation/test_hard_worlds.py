"""What recurs, is mistyped or told otherwise: nothing is confirmed wrongly, nearly all is found."""

import random
from collections import Counter

import pytest

from endi_ext.reconciliation.documents import Document
from endi_ext.reconciliation.matching import match

from .hard_world import KINDS, a_hard_world

ALL = {"count": 1_200}
WORLDS = {
    "usual": {},
    "without references": {"referenced": 0.0},
    "with every reference": {"referenced": 1.0},
    "few parties": {"parties": 8},
    "a fortnight late": {"longest_lag": 14},
}


def links_of(outcome):
    return {(sale, bought): one for one in outcome.matches for sale in one.sales for bought in one.purchases}


def f1(found, true):
    return 2 * len(found & true) / max(1, len(found) + len(true))


@pytest.mark.parametrize("facts", WORLDS.values(), ids=WORLDS.keys())
@pytest.mark.parametrize("seed", [11, 12])
def test_of_hard_kinds_all_that_is_confirmed_is_right_and_nearly_all_is_found(seed, facts):
    world = a_hard_world(seed, **ALL, **facts)
    outcome = match(world.sales, world.purchases)
    found = links_of(outcome)
    assert {pair for pair, one in found.items() if one.confirmed} <= world.links.keys()
    assert f1(found.keys(), world.links.keys()) >= 0.99
    left = {(one.side, one.id) for one in outcome.unmatched}
    assert f1(left, world.alone.keys()) >= 0.92


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "series"])
def test_each_hard_kind_alone_is_found(kind):
    world = a_hard_world(21, 1_000, share=0.2, kinds=(kind,), referenced=0.8)
    found = links_of(match(world.sales, world.purchases))
    missed = Counter(world.links[pair] for pair in world.links.keys() - found.keys())
    assert missed[kind] <= 0.03 * len([one for one in world.links.values() if one == kind])
    assert {pair for pair, one in found.items() if one.confirmed} <= world.links.keys()


@pytest.mark.parametrize("seed", [31, 32, 33])
def test_of_what_recurs_daily_and_is_shifted_nothing_wrong_is_confirmed(seed):
    world = a_hard_world(seed, 300, kinds=("daily", "series"), share=0.9, longest_lag=14, referenced=0.3)
    found = links_of(match(world.sales, world.purchases))
    assert {pair for pair, one in found.items() if one.confirmed} <= world.links.keys()


def test_a_series_told_a_whole_step_later_is_not_confirmed():
    sales = [Document(f"S{n}", "LAC", "TRAIT", 14 * n, 9_000) for n in range(10)]
    there = [Document(f"P{n}", "LAC", "TRAIT", 14 * n + 14, 9_000) for n in range(10)]
    assert not any(one.confirmed for one in match(sales, there).matches)


def test_references_in_another_shape_are_the_same():
    same = [("FI-000123", "123"), ("FI-000130", "FI130"), ("F2026/0012", "FACTURE2026-0012")]
    sales = [Document(f"S{n}", "A", "B", 100, 5_000, "", here) for n, (here, _there) in enumerate(same)]
    there = [Document(f"P{n}", "A", "B", 104, 5_000, "", said) for n, (_here, said) in enumerate(same)]
    found = match(sales, there).matches
    assert {(one.sales, one.purchases, one.rule, one.confirmed) for one in found} == {
        ((f"S{n}",), (f"P{n}",), "exact", True) for n in range(3)
    }


def test_a_buyer_that_numbers_on_its_own_is_matched_as_the_others():
    draw = random.Random(5)
    sales, there = [], []
    for n in range(200):
        buyer, cents = f"B{n % 4}", draw.randrange(10**6)
        sales.append(Document(f"S{n}", "A", buyer, n, cents, "", f"FI-{n + 1_000}"))
        said = f"ACH-{draw.randrange(10**4)}" if buyer == "B0" else f"FI-{n + 1_000}"
        there.append(Document(f"P{n}", "A", buyer, n + 1, cents, "", said))
    found = match(sales, there).matches
    assert all(one.confirmed for one in found)
    assert len(found) == 200


def test_a_pair_with_one_amount_alone_is_matched_too():
    draw = random.Random(6)
    sales = [Document(f"S{n}", "A", "B", draw.randrange(365), 5_000, "", f"{n:06}") for n in range(4_000)]
    there = [
        Document(f"P{n}", "A", "B", one.day + draw.randrange(4), 5_000, "", one.reference if n % 3 else "")
        for n, one in enumerate(sales)
    ]
    found = links_of(match(sales, there))
    confirmed = {pair for pair, one in found.items() if one.confirmed}
    assert confirmed <= {(f"S{n}", f"P{n}") for n in range(4_000)}
    assert len(confirmed) >= 2_000
    assert len(found) >= 3_900
