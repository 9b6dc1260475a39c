"""Payments of exchanges just recorded, posted together: what they leave is what each would have left."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from endi_ext.exchanges import bulk_settlements, service
from endi_ext.exchanges.bulk_settlements import Part
from endi_ext.exchanges.models import Exchange
from endi_ext.exchanges.rules import TooMuch
from endi_ext.kernel.history import history_of
from endi_ext.ledger import audit
from tests.builders import an_act
from tests.exchanges.makers import ON, books, facts_of


def recorded(world, count):
    facts = [facts_of(world, net_cents=100_000) for _ in range(count)]
    service.record_many(world.session, facts, an_act())
    return [one.source for one in facts]


def exchange(world, source):
    return world.session.execute(select(Exchange).where(Exchange.source == source)).scalars().one()


def test_payments_settle_exchanges_in_parts_and_in_whole(either_world):
    whole, part, untouched = recorded(either_world, 3)
    parts = [
        Part(whole, 40_000, ON, "a"),
        Part(part, 1, ON, "b"),
        Part(whole, 60_000, ON + timedelta(days=9), "c"),
    ]
    ids = bulk_settlements.settle_new(either_world.session, parts, an_act())
    found = {source: exchange(either_world, source) for source in (whole, part, untouched)}
    assert [(one.state, one.settled_cents) for one in found.values()] == [
        ("settled", 100_000),
        ("partly_settled", 1),
        ("open", 0),
    ]
    assert [one.id for one in found[whole].settlements] == [ids["a"], ids["c"]]
    steps = [(one.action, one.state_after) for one in history_of(either_world.session, found[whole])]
    assert steps == [("recorded", "open"), ("settled", "partly_settled"), ("settled", "settled")]
    assert either_world.broken() == []
    assert audit.verify(either_world.session).sound


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(paid=st.lists(st.integers(1, 30_000), min_size=1, max_size=3))
def test_together_or_one_by_one_the_books_read_the_same(world, paid):
    together, apart = recorded(world, 2)
    before = books(world.session, names(world))
    parts = [Part(together, cents, ON, f"{together}-{place}") for place, cents in enumerate(paid)]
    bulk_settlements.settle_new(world.session, parts, an_act())
    middle = books(world.session, names(world))
    for place, cents in enumerate(paid):
        key = f"{apart}-{place}"
        service.settle(
            world.session,
            exchange(world, apart),
            amount_cents=cents,
            settled_on=ON,
            request_key=key,
            act=an_act(),
        )
    after = books(world.session, names(world))
    assert middle.removeprefix(before) == after.removeprefix(middle)
    assert exchange(world, together).state == exchange(world, apart).state
    assert world.broken() == []


def names(world):
    return {world.seller.id: "LAC", world.buyer.id: "DUV", world.cooperative.id: "CAE"}


def test_more_than_is_owed_is_refused_for_all(world):
    (source,) = recorded(world, 1)
    parts = [Part(source, 60_000, ON, "a"), Part(source, 60_000, ON, "b")]
    with pytest.raises(TooMuch):
        bulk_settlements.settle_new(world.session, parts, an_act())
    assert exchange(world, source).settled_cents == 0
