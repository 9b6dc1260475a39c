"""Whatever is shared, and however: whole cents that sum to the total, and no change moves another line."""

from hypothesis import given
from hypothesis import strategies as st

from endi_ext.tenders import shares
from endi_ext.tenders.shares import AMOUNT, PARTS, PERCENT, Claim, Deductions

cents = st.integers(0, 10**12)
members = st.integers(1, 12)
amounts = st.builds(Claim, members, st.just(AMOUNT), st.integers(1, 10**9))
percents = st.builds(Claim, members, st.just(PERCENT), st.integers(1, 10_000))
parts = st.builds(Claim, members, st.just(PARTS), st.integers(1, 10**7))
claims = st.lists(st.one_of(amounts, percents, parts), max_size=8, unique_by=lambda one: one.member)
lines = st.lists(st.tuples(cents, claims), max_size=8)
grosses = st.dictionaries(members, st.integers(0, 10**11), min_size=1, max_size=8)
deductions = st.builds(Deductions, st.integers(0, 10_000), st.integers(0, 10**9), st.integers(0, 10_000))


@given(st.integers(-(10**12), 10**12), claims)
def test_the_parts_of_a_line_and_what_remains_are_its_price_to_the_cent(total, claimed):
    found = shares.split_line(total, claimed)
    assert sum(found.by_member.values()) + found.unassigned_cents == total
    assert {type(part) for part in found.by_member.values()} <= {int}
    assert found.by_member.keys() == {claim.member for claim in claimed}


@given(cents, st.lists(parts, min_size=1, max_size=8, unique_by=lambda one: one.member))
def test_parts_leave_nothing(total, claimed):
    found = shares.split_line(total, claimed)
    assert found.unassigned_cents == 0
    whole = sum(claim.value for claim in claimed)
    for claim in claimed:
        assert abs(found.by_member[claim.member] * whole - total * claim.value) < whole


@given(cents, st.lists(st.integers(1, 9), min_size=1, max_size=8))
def test_percentages_that_make_the_whole_leave_nothing(total, weights):
    rates = [10_000 * weight // sum(weights) for weight in weights]
    rates[0] += 10_000 - sum(rates)
    claimed = [Claim(place, PERCENT, rate) for place, rate in enumerate(rates) if rate]
    assert shares.split_line(total, claimed).unassigned_cents == 0


@given(lines, lines, st.tuples(cents, claims))
def test_a_line_is_shared_the_same_whatever_stands_beside_it(before, after, one):
    def all_of(others):
        return [shares.split_line(total, claimed) for total, claimed in others]

    alone = shares.split_line(*one)
    assert all_of([*before, one, *after])[len(before)] == all_of([one, *before])[0] == alone


@given(cents, claims, st.randoms())
def test_who_is_named_first_in_a_claim_of_other_kinds_does_not_matter(total, claimed, random):
    """Only the order among equal claims decides about a cent; kinds may be mixed in any order."""
    by_kind = sorted(claimed, key=lambda one: one.kind)
    assert shares.split_line(total, by_kind) == shares.split_line(total, claimed)


def test_amounts_come_first_then_percentages_of_the_whole_then_parts_of_what_is_left():
    claimed = [
        Claim(1, PARTS, 1000),
        Claim(2, PARTS, 2000),
        Claim(3, AMOUNT, 10_000),
        Claim(4, PERCENT, 2500),
    ]
    found = shares.split_line(100_001, claimed)
    assert found.by_member == {1: 21_667, 2: 43_334, 3: 10_000, 4: 25_000}
    assert found.unassigned_cents == 0


def test_a_cent_that_cannot_be_cut_goes_to_whoever_stands_first():
    thirds = [Claim(member, PARTS, 1000) for member in (7, 3, 5)]
    assert shares.split_line(100, thirds).by_member == {7: 34, 3: 33, 5: 33}
    assert shares.split_line(1, thirds).by_member == {7: 1, 3: 0, 5: 0}


def test_too_much_is_said_and_the_parts_get_nothing():
    found = shares.split_line(100, [Claim(1, AMOUNT, 150), Claim(2, PARTS, 1000)])
    assert found.by_member == {1: 150, 2: 0}
    assert found.unassigned_cents == -50
    nothing_to_share = shares.split_line(0, [Claim(1, AMOUNT, 150), Claim(2, PARTS, 1000)])
    assert nothing_to_share.by_member == {1: 150, 2: 0}


def test_no_part_is_nothing():
    assert shares.split_line(100, [Claim(1, PARTS, 1000), Claim(2, PARTS, 0)]).by_member == {1: 100, 2: 0}


def test_a_bid_of_three_down_to_what_each_keeps():
    """The lead gets 5 % of the others' work, an outside firm gives no contribution, 5 % is held back."""
    gross = {1: 600_000, 2: 300_000, 3: 100_000}
    found = shares.split_bid(gross, 1, Deductions(500, 10_000, 500), {1: 1000, 2: 1000})
    assert {one: (share.fee_cents, share.common_cents) for one, share in found.items()} == {
        1: (20_000, 6_000),
        2: (-15_000, 3_000),
        3: (-5_000, 1_000),
    }
    assert {one: share.agreed_cents for one, share in found.items()} == {1: 614_000, 2: 282_000, 3: 94_000}
    assert {one: share.contribution_cents for one, share in found.items()} == {1: 61_400, 2: 28_200, 3: 0}
    assert {one: share.retention_cents for one, share in found.items()} == {1: 0, 2: 14_100, 3: 4_700}
    assert {one: share.net_cents for one, share in found.items()} == {1: 552_600, 2: 253_800, 3: 94_000}


def test_who_is_left_with_less_than_nothing_pays_no_contribution_on_it():
    found = shares.split_bid({1: 100, 2: 100}, 1, Deductions(0, 300, 500), {1: 5000, 2: 5000})
    assert [(one.agreed_cents, one.contribution_cents, one.retention_cents) for one in found.values()] == [
        (-50, 0, 0),
        (-50, 0, 0),
    ]


@given(grosses, deductions, st.dictionaries(members, st.integers(0, 10_000)))
def test_what_all_keep_and_the_common_expenses_are_the_bid(gross, settled, rates):
    lead = next(iter(gross))
    found = shares.split_bid(gross, lead, settled, rates)
    common = settled.common_cents if any(gross.values()) else 0
    assert sum(share.agreed_cents for share in found.values()) + common == sum(gross.values())
    assert sum(share.fee_cents for share in found.values()) == 0
    assert sum(share.common_cents for share in found.values()) == common
    for member, share in found.items():
        assert share.agreed_cents == share.gross_cents + share.fee_cents - share.common_cents
        assert share.net_cents == share.agreed_cents - share.contribution_cents
        assert share.fee_cents >= 0 if member == lead else share.fee_cents <= 0
        assert 0 <= share.retention_cents <= max(share.agreed_cents, 0)


@given(st.integers(-(10**9), 10**12), st.lists(st.integers(0, 10**9), max_size=9))
def test_what_is_agreed_is_spread_over_the_lines_to_the_cent(agreed, done):
    spread = shares.spread(agreed, done)
    assert len(spread) == len(done)
    assert sum(spread) == (agreed if any(done) else 0)
    assert shares.spread(agreed, [0, 0]) == [0, 0]
