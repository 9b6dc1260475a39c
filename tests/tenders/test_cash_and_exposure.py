"""When money is expected to reach each member, and what is at risk when one of them fails."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endi_ext.kernel import preferences
from endi_ext.kernel.errors import WrongRole
from endi_ext.tenders import cash, exposure, price_errors, price_terms, shares, splits
from endi_ext.tenders.cash import Expected
from endi_ext.tenders.exposure import JOINT, NONE, SEVERAL, Bound
from endi_ext.tenders.price_terms import Settled
from endi_ext.tenders.shares import PERCENT
from tests.builders import an_act

from .pricing import a_line, a_team, share

days = st.dates(date(2026, 1, 1), date(2030, 1, 1))
grosses = st.dictionaries(st.integers(1, 9), st.integers(0, 10**10), min_size=1, max_size=6)
bounds = grosses.flatmap(
    lambda gross: st.tuples(
        *(
            st.builds(
                Bound, st.just(member), st.just(cents), st.booleans(), st.none() | st.integers(0, 10**10)
            )
            for member, cents in gross.items()
        )
    )
)


@given(grosses, st.lists(st.tuples(days, st.integers(1, 2500)), max_size=4), st.none() | days)
def test_all_that_is_expected_is_what_each_nets(gross, planned, release_on):
    settled = shares.Deductions(500, 12_345, 500)
    members = shares.split_bid(gross, min(gross), settled, dict.fromkeys(gross, 1000))
    expected = [Expected(on, rate) for on, rate in planned]
    found = cash.calendar(members, expected, payment_days=30, release_on=release_on)
    for member, one in members.items():
        assert sum(payment.by_member[member] for payment in found) == one.net_cents
    dated = [payment.on for payment in found if payment.on]
    assert dated == sorted(dated)
    assert [payment.on for payment in found][: len(dated)] == dated


def test_an_instalment_is_paid_after_the_clients_days_and_the_retention_when_it_is_let_go():
    members = shares.split_bid({1: 60_000, 2: 40_000}, 1, shares.Deductions(retention_rate_bp=500), {2: 1000})
    planned = [Expected(date(2027, 1, 31), 4000, "Acompte"), Expected(date(2027, 3, 31), 6000, "Solde")]
    found = cash.calendar(members, planned, payment_days=30, release_on=date(2028, 4, 1))
    assert [(one.on, one.label, one.by_member) for one in found] == [
        (date(2027, 3, 2), "Acompte", {1: 24_000, 2: 13_600}),
        (date(2027, 4, 30), "Solde", {1: 36_000, 2: 20_400}),
        (date(2028, 4, 1), "", {1: 0, 2: 2000}),
    ]


@given(bounds, st.sampled_from([NONE, SEVERAL, JOINT]), st.booleans())
def test_the_cooperative_is_bound_for_its_own_at_least_and_for_all_at_most(team, liability, liable):
    found = exposure.of(team, liability, lead_answers_for_all=liable)
    assert found.own_cents <= found.cooperative_cents <= found.total_cents
    if liability != SEVERAL:
        assert found.cooperative_cents == found.total_cents
    inside = {one.member for one in team if not one.outside}
    for default in found.defaults:
        borne = sum(cents for member, cents in default.borne.items() if member in inside)
        assert borne in (0, default.cooperative_cents)
        assert default.member not in default.borne


TEAM = (Bound(1, 60_000), Bound(2, 30_000, cap_cents=50_000), Bound(3, 10_000, outside=True))


@pytest.mark.parametrize(
    ("liability", "liable", "cooperative", "of_lead", "of_firm"),
    [
        (NONE, False, 100_000, 90_000, 10_000),
        (SEVERAL, False, 90_000, 90_000, 10_000),
        (SEVERAL, True, 100_000, 90_000, 10_000),
        (JOINT, False, 100_000, 90_000, 70_000),
    ],
)
def test_the_form_of_the_group_says_who_is_bound_for_what(liability, liable, cooperative, of_lead, of_firm):
    found = exposure.of(TEAM, liability, lead_answers_for_all=liable)
    assert found.cooperative_cents == cooperative
    lead, member, firm = found.risks
    assert (lead.total_cents, lead.worst) == (of_lead, 2)
    assert (member.total_cents, member.exceeds_cents) == (90_000, 40_000)
    assert firm.total_cents == of_firm


def test_what_nobody_took_yet_is_the_cooperatives():
    found = exposure.of(TEAM, SEVERAL, unassigned_cents=5000)
    assert (found.total_cents, found.own_cents, found.cooperative_cents) == (105_000, 95_000, 95_000)


def test_the_cooperatives_cap_warns_where_a_member_has_none(session):
    tender = a_team(session, "Lac", "Trait", outside=("Vidal",))
    share(
        session,
        tender,
        a_line(session, tender, 100_000),
        (0, PERCENT, 6000),
        (1, PERCENT, 3000),
        (2, PERCENT, 1000),
    )
    own = {"party": tender.members[1].party, "act": an_act()}
    price_terms.cap(session, tender, tender.members[1], 95_000, **own)
    preferences.choose(session, price_terms.DEFAULT_CAP, "50000", an_act())
    found = price_terms.exposure_of(session, tender, splits.split_of(session, tender))
    assert [risk.cap_cents for risk in found.risks] == [50_000, 95_000, None]
    assert [risk.exceeds_cents for risk in found.risks] == [40_000, 0, 0]
    price_terms.cap(session, tender, tender.members[2], 1, party=tender.lead, act=an_act())
    with pytest.raises(price_errors.CapOfAnother):
        price_terms.cap(session, tender, tender.members[1], 1, party=tender.lead, act=an_act())


def test_what_is_settled_is_read_again_and_refused_beyond_its_limits(session):
    tender = a_team(session, "Lac", "Trait")
    doer = {"party": tender.lead, "act": an_act()}
    assert price_terms.settled(session, tender) == Settled(0, 0, 0, 30)
    wanted = Settled(500, 12_000, 500, 45, date(2028, 1, 1))
    price_terms.settle(session, tender, wanted, **doer)
    price_terms.settle(session, tender, wanted, **doer)
    assert price_terms.settled(session, tender) == wanted
    with pytest.raises(price_errors.RetentionOverLimit):
        price_terms.settle(session, tender, Settled(0, 0, 501, 30), **doer)
    later, sooner = Expected(date(2027, 3, 1), 4000), Expected(date(2027, 1, 1), 6000, "Acompte")
    price_terms.plan(session, tender, [later, sooner], **doer)
    assert price_terms.planned(session, tender) == [sooner, later]
    with pytest.raises(price_errors.InstalmentsExceed):
        price_terms.plan(session, tender, [later, sooner, Expected(date(2027, 5, 1), 1)], **doer)
    price_terms.bind(session, tender, JOINT, lead_is_liable=True, **doer)
    assert (tender.liability, tender.lead_is_liable) == (JOINT, False)
    with pytest.raises(WrongRole):
        price_terms.bind(
            session, tender, NONE, lead_is_liable=False, party=tender.members[1].party, act=an_act()
        )
