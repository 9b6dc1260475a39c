"""The simulator itself: the same seed is the same year, faults lose nothing, and what is wrong is found."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from endi_ext.exchanges.models import Exchange
from endi_ext.ledger import seals
from endi_ext.ledger.models import Entry
from endi_ext.simulation import run, shrink
from endi_ext.simulation.world import Operation


@pytest.fixture(autouse=True)
def signed(tmp_path):
    """Months are closed with a key of their own."""
    seals.keep_key_at(tmp_path / "key.pem")
    yield
    seals.keep_key_at(None)


def live(engine, **facts):
    return run.Year(engine, **{"seed": 3, "months": 1, "party_count": 8, **facts}).live()


def entries_of(engine):
    with Session(engine, future=True) as session:
        return session.execute(select(Entry.source, Entry.total_cents, Entry.effective_on)).all()


def test_the_same_seed_is_the_same_year_on_both_engines(copy):
    one, other = copy("sqlite"), copy("mariadb")
    assert live(one).history == live(other).history
    assert entries_of(one) == entries_of(other) != []


def test_faults_between_any_two_statements_lose_nothing_and_post_nothing_twice(engine):
    told = live(engine, months=2, party_count=16, with_faults=True)
    assert told.entries > 20
    assert sum(told.faults.values()) > 3


def test_what_must_be_refused_and_is_not_fails_the_year(copy, monkeypatch):
    def harmless(_world, _session, _rng):
        return Operation(f"{run.MUST_BE_REFUSED}nothing", lambda _session: None)

    monkeypatch.setattr(run, "PLANNERS", [harmless])
    monkeypatch.setattr(run, "WEIGHTS", [1])
    with pytest.raises(run.Failed, match="not_refused"):
        live(copy("sqlite"))


def test_an_exchange_altered_beside_the_books_fails_the_year(copy, monkeypatch):
    def alter(session):
        exchange = session.execute(select(Exchange).order_by(Exchange.id.desc()).limit(1)).scalars().first()
        if exchange is not None:
            session.execute(
                text("UPDATE endi_ext_exchange SET net_cents = net_cents + 1 WHERE id = :id"),
                {"id": exchange.id},
            )

    def meddle(_world, _session, _rng):
        return Operation("meddle", alter)

    monkeypatch.setattr(run, "PLANNERS", [*run.PLANNERS, meddle])
    monkeypatch.setattr(run, "WEIGHTS", [*run.WEIGHTS, 40])
    with pytest.raises(run.Failed) as failed:
        live(copy("sqlite"), months=2)
    told = ("pair_differs", "exchange_not_posted", "exchange_differs_from_delivery")
    assert failed.value.broken.args[0] in told
    assert any("meddle" in line for line in failed.value.told.history)


def test_the_shortest_history_keeps_only_what_the_failure_needs():
    needed = {7, 31, 90}
    found = shrink.shortest(range(1, 101), lambda steps: needed <= set(steps), seconds=20)
    assert set(found) == needed
