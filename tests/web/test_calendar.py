"""Days are those of Paris, whatever the hour in UTC: nights, changes of hour, leap days, ends of months."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from endi_ext.exchanges.models import Exchange
from endi_ext.ledger.models import Entry
from endi_ext.subcontracts import duties, payment_terms, service
from endi_ext.subcontracts.models import Delivery, Subcontract
from endi_ext.subcontracts.terms import END_OF_MONTH, Conditions
from tests.subcontracts.builders import a_delivery, a_proposal, some_terms
from tests.web.filling import pages_of, press, words

PARIS = ZoneInfo("Europe/Paris")


class Stopped:
    """A clock that shows one instant."""

    def __init__(self, at):
        self.at = at

    def now(self):
        return self.at

    def today(self):
        return self.at.astimezone(PARIS).date()


@pytest.fixture
def at(demo_app):
    """Stop the demo's clock: `at(2026, 6, 30, 23, 30)`, in UTC."""

    def stop(*instant):
        demo_app.registry.endi_ext_host.clock = Stopped(datetime(*instant, tzinfo=UTC))

    return stop


@pytest.fixture
def agreement(books, party, an_act):
    """Make an agreement of 450 euros between helene's and karim's, under some conditions; commits."""

    def make(**facts):
        act = an_act("helene")
        terms = some_terms(due_on=date(2030, 1, 1), conditions=Conditions(**facts))
        made = a_proposal(books, buyer=party(1), seller=party(2), terms=terms, act=act)
        agreed_id = service.accept(books, made, party=made.seller, version=1, act=act).id
        books.commit()
        return agreed_id

    return make


@pytest.fixture
def delivered(books, an_act):
    """Declare all of it, today by the clock; commits."""

    def declare(subcontract_id):
        act = an_act("karim")
        subcontract = books.get(Subcontract, subcontract_id)
        page = f"/subcontracts/{subcontract_id}/deliveries/"
        page += str(a_delivery(books, subcontract, delivered_on=act.today, act=act).id)
        books.commit()
        return page

    return declare


def accepted_exchange(as_user, books, page):
    """Accept a delivery on its page, as people do; what is known of the exchange it makes."""
    press(as_user("helene").get(pages_of(1, page)), "/accept")
    return known(books)


def known(books):
    """What is known of the only exchange and of its entry."""
    books.rollback()
    exchange = books.execute(select(Exchange)).scalars().one()
    entry = books.execute(select(Entry).where(Entry.source == exchange.source)).scalars().one()
    found = SimpleNamespace(
        accepted_on=exchange.accepted_on,
        due_on=exchange.due_on,
        retained_cents=exchange.retained_cents,
        posted_on=entry.effective_on,
        fiscal_year=entry.fiscal_year,
    )
    books.rollback()  # on SQLite a session left open would keep the application from writing
    return found


def state_of(books, model, key):
    books.rollback()
    state = books.get(model, key).state
    books.rollback()
    return state


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ((2026, 6, 30, 21, 59), date(2026, 6, 30)),
        ((2026, 6, 30, 22, 0), date(2026, 7, 1)),
        ((2026, 6, 30, 23, 30), date(2026, 7, 1)),
        ((2026, 12, 31, 22, 59), date(2026, 12, 31)),
        ((2026, 12, 31, 23, 30), date(2027, 1, 1)),
        ((2028, 2, 28, 23, 30), date(2028, 2, 29)),
        ((2027, 3, 28, 0, 59), date(2027, 3, 28)),
        ((2026, 10, 25, 1, 30), date(2026, 10, 25)),
    ],
    ids=str,
)
def test_what_is_accepted_late_in_the_evening_counts_on_the_day_it_is_in_paris(
    as_user, books, at, agreement, delivered, instant, day
):
    at(*instant)
    exchange = accepted_exchange(as_user, books, delivered(agreement(payment_days=30)))
    assert exchange.accepted_on == day
    assert (exchange.due_on - day).days == 30
    assert (exchange.posted_on, exchange.fiscal_year) == (day, day.year)


@pytest.mark.parametrize(
    ("instant", "days", "due_on"),
    [
        ((2028, 1, 31, 12, 0), 0, date(2028, 1, 31)),
        ((2028, 1, 31, 12, 0), 29, date(2028, 2, 29)),
        ((2028, 1, 31, 23, 30), 28, date(2028, 2, 29)),
        ((2027, 1, 31, 12, 0), 28, date(2027, 2, 28)),
        ((2028, 2, 29, 12, 0), 30, date(2028, 3, 31)),
        ((2026, 12, 31, 12, 0), 30, date(2027, 1, 31)),
    ],
    ids=str,
)
def test_the_end_of_the_month_is_its_last_day_also_in_leap_years(
    as_user, books, at, agreement, delivered, instant, days, due_on
):
    at(*instant)
    page = delivered(agreement(payment_kind=END_OF_MONTH, payment_days=days))
    assert accepted_exchange(as_user, books, page).due_on == due_on


def test_the_last_day_to_answer_ends_at_midnight_in_paris(as_user, books, at, party, an_act):
    at(2027, 7, 1, 8, 0)
    terms = some_terms(due_on=date(2030, 1, 1), answer_by=date(2027, 7, 3))
    made = [
        a_proposal(books, buyer=party(1), seller=party(2), terms=terms, act=an_act("helene")) for _ in "12"
    ]
    first, second = (one.id for one in made)
    books.commit()
    at(2027, 7, 3, 21, 59)
    page = press(as_user("karim").get(pages_of(2, f"/subcontracts/{first}")), "/accept")
    assert "C’est accepté" in words(page)
    form_left_open = as_user("karim").get(pages_of(2, f"/subcontracts/{second}"))
    at(2027, 7, 3, 22, 0)
    assert "03/07/2027" in words(press(form_left_open, "/accept"))
    assert state_of(books, Subcontract, second) == "proposed"


@pytest.mark.parametrize(
    ("declared", "in_time", "too_late"),
    [
        # 23:30 in UTC is the next day in Paris: the delay starts then.
        ((2027, 6, 30, 23, 30), (2027, 7, 4, 21, 59), (2027, 7, 4, 22, 0)),
        # A night of an hour less, and one of an hour more: three days are three days.
        ((2027, 3, 26, 12, 0), (2027, 3, 29, 21, 59), (2027, 3, 29, 22, 0)),
        ((2026, 10, 23, 12, 0), (2026, 10, 26, 22, 59), (2026, 10, 26, 23, 0)),
        ((2028, 2, 26, 12, 0), (2028, 2, 29, 22, 59), (2028, 2, 29, 23, 0)),
    ],
    ids=str,
)
def test_silence_accepts_when_the_third_day_is_over_in_paris(
    books, at, agreement, delivered, an_act, declared, in_time, too_late
):
    at(*declared)
    delivered(agreement(silence_days=3, silence_accepts=True))
    for instant, state in ((in_time, "declared"), (too_late, "accepted")):
        at(*instant)
        do_the_duties(books, an_act)
        assert state_of(books, Delivery, 1) == state
    last_day = datetime(*in_time, tzinfo=UTC).astimezone(PARIS).date()
    assert (known(books).accepted_on - last_day).days == 1


def test_what_is_held_for_a_year_from_a_leap_day_is_let_go_on_the_last_of_february(
    as_user, books, at, agreement, delivered, an_act
):
    release_on = payment_terms.a_year_after(date(2028, 2, 29))
    assert release_on == date(2029, 2, 28)
    at(2028, 2, 29, 9, 0)
    page = delivered(agreement(retention_rate_bp=500, retention_release_on=release_on))
    accepted_exchange(as_user, books, page)
    for instant, held in (((2029, 2, 27, 22, 59), 2_250), ((2029, 2, 27, 23, 0), 0)):
        at(*instant)
        do_the_duties(books, an_act)
        assert known(books).retained_cents == held
    assert known(books).due_on is not None


def test_the_day_before_its_release_ends_in_paris_what_is_held_may_be_opposed(
    as_user, books, at, agreement, delivered
):
    at(2027, 6, 1, 9, 0)
    page = delivered(agreement(retention_rate_bp=500, retention_release_on=date(2027, 7, 1)))
    accepted_exchange(as_user, books, page)
    browser = as_user("helene")
    for instant, status in (((2027, 6, 30, 22, 0), 422), ((2027, 6, 30, 21, 59), 303)):
        at(2027, 6, 2, 9, 0)
        form = browser.get(pages_of(1, f"{page}/retention/contest")).forms["endi_ext_form"]
        form["reason"] = "Une porte frotte"
        at(*instant)
        form.submit("submit", status=status)


def do_the_duties(books, an_act):
    """Do what is to be done each day without anybody asking; commits."""
    day = duties.Day(an_act("odile"))
    for duty in duties.DUTIES:
        for row in duty.due(books, day):
            duty.do(books, row, day)
    books.commit()
