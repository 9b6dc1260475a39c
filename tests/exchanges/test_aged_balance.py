"""The aged balance adds up to the books, as of any day, and calls nothing late that is not."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from endi_ext.exchanges import aged_balance, retention
from endi_ext.exchanges import service as exchanges
from endi_ext.exchanges.aged_balance import PAYABLE, RECEIVABLE
from endi_ext.kernel import preferences
from endi_ext.ledger import lettering_queries, queries
from tests.builders import an_act
from tests.exchanges.conftest import World
from tests.exchanges.makers import ON, an_exchange, settled

DUE = date(2026, 11, 10)
SCHEMES = ("4/6/7", "181/186/187")


def read(world, as_of, side=RECEIVABLE):
    """What is owed (or owing) between the two as of a day, by age."""
    rows = [row for row in aged_balance.read(world.session, as_of=as_of) if row.side == side]
    assert len(rows) <= 1
    return {name: cents for row in rows for name, cents in row.cents.items() if cents}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    ("days", "bucket"),
    [
        (0, "not_due"), (1, "late_30"), (30, "late_30"), (31, "late_60"), (60, "late_60"), (61, "late_90"),
        (90, "late_90"), (91, "later"),
    ],
)  # fmt: skip
def test_what_is_owed_ages_from_its_due_date_the_same_on_both_sides(world, scheme, days, bucket):
    preferences.choose(world.session, "scheme", scheme, an_act())
    settled(world, an_exchange(world, due_on=DUE), 40_000)
    as_of = DUE + timedelta(days=days)
    assert read(world, as_of) == {bucket: 60_000}
    assert read(world, as_of, PAYABLE) == {bucket: 60_000}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_is_held_back_or_waits_for_the_client_is_never_late(world, scheme):
    preferences.choose(world.session, "scheme", scheme, an_act())
    held = an_exchange(world, due_on=DUE)
    retention.hold(world.session, held, cents=5_000, release_on=None, act=an_act())
    an_exchange(world, awaits_client=True, net_cents=20_000)
    part = an_exchange(world, awaits_client=True, net_cents=10_000)
    exchanges.await_client(world.session, part, awaiting_cents=4_000, due_on=DUE, act=an_act())
    expected = {"late_60": 95_000 + 6_000, "retained": 5_000, "awaiting": 24_000}
    for side in (RECEIVABLE, PAYABLE):
        assert read(world, DUE + timedelta(days=40), side) == expected


def test_as_of_a_past_day_it_is_what_it_was_then(world):
    first = an_exchange(world, due_on=DUE)
    settled(world, first, 30_000, settled_on=date(2026, 11, 5))
    paid = settled(world, first, settled_on=date(2026, 11, 20))
    assert read(world, ON) == {"not_due": 100_000}
    assert read(world, date(2026, 11, 12)) == {"late_30": 70_000}
    assert read(world, date(2026, 11, 20)) == {}
    exchanges.reverse_settlement(world.session, paid, reason="Rejeté", on=date(2026, 11, 25), act=an_act())
    assert read(world, date(2026, 11, 24)) == {}
    assert read(world, date(2026, 11, 25)) == {"late_30": 70_000}
    assert read(world, date(2026, 11, 1)) == {}


def test_lines_open_for_long_are_told_of_at_the_end_of_a_month(world):
    an_exchange(world)
    month = (date(2027, 1, 1), date(2027, 1, 31))
    assert lettering_queries.standing(world.session, *month) == (0, 0)
    assert lettering_queries.standing(world.session, date(2027, 2, 1), date(2027, 2, 28)) == (2, 100_000)


STEPS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 2), st.integers(1, 100), st.booleans()),
    min_size=1,
    max_size=8,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=STEPS, scheme=st.sampled_from(SCHEMES), days=st.lists(st.integers(-1, 60), min_size=2, max_size=3)
)
def test_on_any_day_it_adds_up_to_the_balances_of_the_accounts(session, steps, scheme, days):
    with session.begin_nested() as play_only:
        world = World(session)
        preferences.choose(session, "scheme", scheme, an_act())
        for after, kind, percent, undone in steps:
            on = ON + timedelta(days=after)
            one = an_exchange(world, accepted_on=on, due_on=on + timedelta(days=10))
            if kind and percent < 100:
                retention.hold(session, one, cents=one.net_cents // 20, release_on=None, act=an_act())
            if percent * 1_000 <= one.payable_cents:
                paid = settled(world, one, percent * 1_000, settled_on=on + timedelta(days=kind * 7))
                if undone:
                    later = on + timedelta(days=30)
                    exchanges.reverse_settlement(session, paid, reason="Erreur", on=later, act=an_act())
        for day in days:
            adds_up(world, ON + timedelta(days=day))
        play_only.rollback()


def adds_up(world, as_of):
    rows = aged_balance.read(world.session, as_of=as_of)
    for party in (world.seller, world.buyer):
        mine = [row for row in rows if row.party_id == party.id]
        aged = sum(row.total_cents if row.side == RECEIVABLE else -row.total_cents for row in mine)
        trial = queries.trial_balance(world.session, as_of=as_of, party_id=party.id)
        books = [row for row in trial if row.number.startswith(("4", "181"))]
        assert aged == sum(row.balance_cents for row in books)
