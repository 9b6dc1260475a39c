from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endi_ext.kernel.money import allocate, line_total, percent_of, round_half_up

amounts = st.integers(-(10**12), 10**12)
weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=20).filter(any)


@pytest.mark.parametrize(
    ("value", "rounded"), [("0.5", 1), ("-0.5", -1), ("1.5", 2), ("2.5", 3), ("2.49", 2), ("-2.5", -3)]
)
def test_halves_are_rounded_away_from_zero(value, rounded):
    assert round_half_up(Decimal(value)) == rounded


@given(st.decimals(-(10**9), 10**9, places=4))
def test_the_nearest_whole_number_is_returned(value):
    assert abs(Fraction(value) - round_half_up(value)) <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("amount", "rate", "part"),
    [(100_000, 1000, 10_000), (5, 1000, 1), (4, 1000, 0), (-5, 1000, -1), (3333, 650, 217)],
)
def test_a_rate_in_basis_points(amount, rate, part):
    assert percent_of(amount, rate) == part


@given(amounts, st.integers(0, 10_000))
def test_a_share_and_its_rest_make_the_whole_to_the_cent(amount, rate):
    assert abs(percent_of(amount, rate) + percent_of(amount, 10_000 - rate) - amount) <= 1
    assert abs(percent_of(amount, rate)) <= abs(amount)


@pytest.mark.parametrize(
    ("quantity", "price", "total"), [(1000, 250, 250), (1500, 333, 500), (1, 499, 0), (1, 500, 1)]
)
def test_a_quantity_in_thousandths_has_a_price(quantity, price, total):
    assert line_total(quantity, price) == total


def test_the_largest_remainders_get_the_missing_cents():
    assert allocate(100, [1, 1, 1]) == [34, 33, 33]
    assert allocate(-100, [1, 1, 1]) == [-34, -33, -33]
    assert allocate(10, [3, 3, 4]) == [3, 3, 4]
    assert allocate(1, [1, 2]) == [0, 1]
    assert allocate(0, [1, 2]) == [0, 0]
    assert allocate(7, [0, 5]) == [0, 7]


@given(amounts, weights)
def test_no_cent_is_lost_and_no_share_is_off_by_one(total, some):
    shares = allocate(total, some)
    assert sum(shares) == total
    for share, weight in zip(shares, some, strict=True):
        assert abs(share - Fraction(total * weight, sum(some))) < 1
        assert share * total >= 0


@given(amounts, weights)
def test_heavier_gets_no_less(total, some):
    shares = [abs(share) for share in allocate(total, some)]
    by_weight = sorted(zip(some, shares, strict=True))
    for (light, less), (heavy, more) in pairwise(by_weight):
        assert light == heavy or less <= more


@pytest.mark.parametrize("some", [[], [0], [0, 0], [1, -1], [-1, 2]])
def test_weights_that_share_nothing_are_refused(some):
    with pytest.raises(ValueError, match=r"^weights"):
        allocate(100, some)
