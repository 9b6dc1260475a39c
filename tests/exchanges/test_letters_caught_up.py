"""Letters of what was recorded in bulk, and of a book that was there before letters."""

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from endi_ext import migrations
from endi_ext.exchanges import invariants, letters, reductions
from endi_ext.exchanges import service as exchanges
from endi_ext.ledger import lettering
from endi_ext.ledger.lettering_models import (
    FULL,
    UNDONE,
    LetteredAccount,
    Matching,
    MatchingLine,
    OpenItem,
    PastMatchingLine,
)
from tests.builders import an_act
from tests.exchanges.conftest import World
from tests.exchanges.makers import ON, an_exchange, facts_of, settled

TABLES = (OpenItem, MatchingLine, PastMatchingLine, Matching, LetteredAccount)


def standing(session):
    """How many letters stand, and how many lines are open."""
    full = select(func.count()).select_from(Matching).where(Matching.state != UNDONE)
    items = select(func.count()).select_from(OpenItem)
    return session.execute(full).scalar_one(), session.execute(items).scalar_one()


def caught_up(session):
    """Catch up until nothing is left; how many letters were made."""
    made = 0
    for _part in range(20):
        part = letters.catch_up(session, an_act())
        made += part.letters
        if part.finished:
            return made
    raise AssertionError("it never ends")


def test_what_is_imported_with_its_settlement_is_lettered_with_it(either_world):
    facts = [facts_of(either_world, net_cents=cents) for cents in (1_000, 2_000, 3_000)]
    days = {facts[0].source: ON, facts[2].source: ON}
    exchanges.record_many(either_world.session, facts, an_act(), settled_on=days)
    assert standing(either_world.session) == (4, 2)
    assert set(either_world.session.execute(select(Matching.state)).scalars()) == {FULL}
    assert either_world.broken() == []
    assert caught_up(either_world.session) == 0


@pytest.fixture
def old_book(either_world):
    """A book as it was before letters: settled, settled in part, undone, reduced, cancelled and open."""
    world = either_world
    settled(world, an_exchange(world))
    settled(world, an_exchange(world), 40_000)
    undone = settled(world, an_exchange(world))
    exchanges.reverse_settlement(world.session, undone, reason="Erreur", on=ON, act=an_act())
    cancelled = an_exchange(world)
    reductions.reduce(
        world.session, cancelled, amount_cents=1, reason="Remise", on=ON, request_key="avoir-9", act=an_act()
    )
    exchanges.reverse(world.session, cancelled, reason="Erreur", on=ON, act=an_act())
    an_exchange(world)
    before = standing(world.session)
    for table in TABLES:
        world.session.execute(delete(table))
    world.session.expire_all()
    return world, before


def test_a_book_from_before_letters_is_lettered_as_if_they_had_always_been(old_book, monkeypatch):
    world, before = old_book
    monkeypatch.setattr(letters, "ENTRIES_AT_ONCE", 3)
    assert world.broken() == []  # nothing is lettered, hence nothing is wrong
    assert caught_up(world.session)
    assert standing(world.session) == before
    assert invariants.check(world.session) == []
    settled(world, an_exchange(world))
    assert invariants.check(world.session) == []


def test_what_people_undid_is_not_lettered_again_behind_their_back(world):
    settled(world, an_exchange(world))
    for matching in world.session.execute(select(Matching)).scalars().all():
        lettering.undo(world.session, matching, reason="Mauvais tiers", act=an_act())
    assert caught_up(world.session) == 0
    assert standing(world.session) == (0, 4)


def test_a_book_that_went_back_to_before_letters_is_caught_up_with_from_its_beginning(copy):
    engine = copy("sqlite")
    with Session(engine, future=True) as session:
        world = World(session)
        settled(world, an_exchange(world))
        settled(world, an_exchange(world), 40_000)
        before = standing(session)
        caught_up(session)
        session.commit()
    migrations.downgrade(engine, "0022")
    migrations.upgrade(engine)
    with Session(engine, future=True) as session:
        assert caught_up(session) == 4
        assert standing(session) == before
        assert invariants.check(session) == []
