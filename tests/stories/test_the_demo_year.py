"""The year told to whoever opens the demo: plausible, complete, and the same for the same day."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from endi_ext import migrations
from endi_ext.exchanges.models import Exchange, Settlement
from endi_ext.exchanges.queries import partner_balances
from endi_ext.hosts.demo import story
from endi_ext.kernel.engine import make_engine
from endi_ext.kernel.history import Event
from endi_ext.kernel.parties import PartyFacts, by_host_key, keep_in_step
from endi_ext.subcontracts.models import Delivery, Subcontract
from endi_ext.subcontracts.waiting import waiting
from endi_ext.subcontracts.workflow import CLOSED, EXPIRED, SUBCONTRACT
from tests.builders import a_cooperative

from .books import assert_sound

# A Sunday, then the day after a leap day: scenes move off week-ends and months have their lengths.
SUNDAY, MARCH = date(2026, 11, 22), date(2028, 3, 1)
USUAL_STATES = set(SUBCONTRACT.states) - {CLOSED, EXPIRED}


@contextmanager
def told(today):
    """A session on a database of its own in which the year was told."""
    engine = make_engine("sqlite://")
    migrations.upgrade(engine)
    with Session(engine, future=True) as session:
        a_cooperative(session)
        keep_in_step(session, [facts_of(company) for company in story.COMPANIES])
        story.tell(session, today)
        yield session
    engine.dispose()


def facts_of(company):
    rate_bp = company.rate_bp
    return PartyFacts(company.host_key, company.name, company.analytic_code, contribution_rate_bp=rate_bp)


@pytest.fixture(scope="module")
def year():
    with told(SUNDAY) as session:
        yield session


def count_by_state(session, model):
    return dict(session.execute(select(model.state, func.count()).group_by(model.state)).all())


def test_the_books_are_sound(year):
    assert_sound(year)


def test_about_two_hundred_exchanges_are_in_every_state(year):
    exchanges = count_by_state(year, Exchange)
    assert 150 <= sum(exchanges.values()) <= 250
    assert exchanges["cancelled"] == 1
    assert min(exchanges[state] for state in ("open", "partly_settled", "settled")) >= 1
    assert late_settlements(year) >= 5


def test_subcontracts_are_in_every_state(year):
    assert set(count_by_state(year, Subcontract)) >= USUAL_STATES
    assert {"declared", "accepted", "contested"} <= set(count_by_state(year, Delivery))


def test_the_year_begins_a_year_ago_and_ends_yesterday(year):
    first, last = year.execute(select(func.min(Event.at), func.max(Event.at))).one()
    assert first.date() < SUNDAY - timedelta(days=330)
    assert SUNDAY - timedelta(days=7) < last.date() < SUNDAY


def test_nobody_works_at_night_or_on_a_week_end(year):
    instants = year.execute(select(Event.at)).scalars().all()
    assert {instant.weekday() for instant in instants} <= set(range(5))
    assert all(7 <= instant.hour < 18 for instant in instants)


def test_something_of_each_kind_waits_for_menuiserie_du_lac(year):
    waits = waiting(year, by_host_key(year, "company:1"))
    contested = waits.of("contested", "dispute_seller")
    assert (len(waits.of("proposal")), len(waits.of("delivery")), len(contested)) == (2, 2, 1)


def test_menuiserie_du_lac_owes_950_euros_for_its_plans(year):
    drawings = by_host_key(year, "company:2")
    balances = {
        balance.partner.name: balance.balance_cents for balance in partner_balances(year, drawings.id)
    }
    assert balances["Menuiserie du Lac"] == 95_000


def test_the_same_day_tells_the_same_year(year):
    with told(SUNDAY) as again:
        assert summary(again) == summary(year)


def test_another_day_tells_a_sound_year_too():
    with told(MARCH) as session:
        assert_sound(session)
        assert set(count_by_state(session, Subcontract)) >= USUAL_STATES


def summary(session):
    exchanges = select(
        Exchange.source, Exchange.net_cents, Exchange.accepted_on, Exchange.state, Exchange.settled_cents
    )
    steps = select(Event.subject, Event.action, Event.at, Event.actor_key)
    return [
        session.execute(rows).all() for rows in (exchanges.order_by(Exchange.id), steps.order_by(Event.id))
    ]


def late_settlements(session):
    rows = select(Settlement.settled_on, Exchange.due_on).join(
        Exchange, Exchange.id == Settlement.exchange_id
    )
    return sum(settled_on > due_on + timedelta(days=30) for settled_on, due_on in session.execute(rows))
