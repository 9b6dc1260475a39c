"""The duties of the day: done one thing at a time, twice without effect, and some left to the next run."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from endi_ext.kernel import preferences
from endi_ext.kernel.errors import DomainError
from endi_ext.kernel.history import Event
from endi_ext.kernel.parties import by_host_key
from endi_ext.subcontracts import service
from endi_ext.subcontracts.duties import Duty
from endi_ext.subcontracts.models import Delivery, Subcontract
from endi_ext.subcontracts.terms import Conditions
from endi_ext.web import daily
from endi_ext.web.daily import DUTIES
from tests.subcontracts.builders import a_delivery, a_proposal, accepted, some_terms

OTHERS = ("adoption", "documents", "lettering", "findings", "tell", "letters")
NOTHING_DONE = dict.fromkeys((*(duty.name for duty in DUTIES), *OTHERS), 0)


@pytest.fixture
def run(request_of_a_command):
    """Do the duties; return how many things each one changed."""

    def once(**options):
        return {one.name: one.count for one in daily.run(request_of_a_command, **options)}

    return once


@pytest.fixture
def agree(books, party, an_act):
    """Agree on a work with conditions: `agree(silence_days=5)`."""

    def agreed(**conditions):
        terms = some_terms(conditions=Conditions(**conditions))
        made = a_proposal(books, buyer=party(1), seller=party(2), terms=terms, act=an_act("helene"))
        service.accept(books, made, party=party(2), version=1, act=an_act("karim"))
        books.commit()
        return made

    return agreed


def deliver(books, subcontract, an_act):
    made = a_delivery(books, subcontract, delivered_on=an_act("karim").today, act=an_act("karim"))
    books.commit()
    return made


def state(books, row):
    books.expire_all()
    found = row.state
    books.rollback()
    return found


def test_nothing_is_done_where_nothing_is_due(run):
    assert run() == NOTHING_DONE


def test_a_proposal_past_its_last_day_ends_and_both_are_told(run, books, party, an_act, clock, post):
    today = an_act("helene").today
    terms = some_terms(answer_by=today + timedelta(days=3), due_on=today + timedelta(days=90))
    made = a_proposal(books, buyer=party(1), seller=party(2), terms=terms, act=an_act("helene"))
    books.commit()
    clock.days = 3
    assert run()["expire"] == 0
    clock.days = 4
    assert run()["expire"] == 1
    assert state(books, made) == "expired"
    told = [to for to, subject in post.subjects() if "sans réponse" in subject]
    assert sorted(told) == ["helene", "karim"]


def test_silence_reminds_the_buyer_then_accepts_as_agreed(run, books, agree, an_act, clock, post):
    delivery = deliver(books, agree(silence_days=10, silence_accepts=True), an_act)
    clock.days = 9
    assert run()["remind_of_silence"] == 1
    assert [subject for to, subject in post.subjects() if to == "helene" and "attend" in subject]
    clock.days = 11
    assert run()["accept_by_silence"] == 1
    assert state(books, delivery) == "accepted"
    assert run()["accept_by_silence"] == 0


def test_silence_without_such_an_agreement_accepts_nothing(run, books, agree, an_act, clock):
    delivery = deliver(books, agree(silence_days=10), an_act)
    clock.days = 40
    done = run()
    assert (done["remind_of_silence"], done["accept_by_silence"]) == (1, 0)
    assert state(books, delivery) == "declared"


def test_a_retention_is_released_on_its_date(run, books, agree, an_act, clock):
    release_on = an_act("helene").today + timedelta(days=365)
    agreed = agree(retention_rate_bp=500, retention_release_on=release_on)
    delivery = deliver(books, agreed, an_act)
    exchange = accepted(books, delivery, accepted_on=an_act("helene").today, act=an_act("helene")).exchange
    books.commit()
    clock.days = 364
    assert run()["release"] == 0
    clock.days = 365
    assert run()["release"] == 1
    books.refresh(exchange)
    assert exchange.retained_cents == 0


def test_what_waits_is_reminded_of_every_seven_days(run, books, party, an_act, clock, post):
    a_proposal(books, buyer=party(1), seller=party(2), act=an_act("helene"))
    books.commit()
    done = {}
    for day in range(16):
        clock.days = day
        done[day] = run()["remind"]
    assert [day for day, count in done.items() if count] == [7, 14]
    reminders = [subject for to, subject in post.subjects() if to == "karim" and "attend" in subject]
    assert reminders == ["Atelier Trait Juste : ce qui attend votre réponse (1)"] * 2


def test_the_cooperative_chooses_how_often_it_reminds(run, books, party, an_act, clock):
    a_proposal(books, buyer=party(1), seller=party(2), act=an_act("helene"))
    preferences.choose(books, "reminder_days", "0", an_act("marc"))
    books.commit()
    clock.days = 30
    assert run()["remind"] == 0


def test_what_is_new_is_not_reminded_of(run, books, party, an_act, clock):
    a_proposal(books, buyer=party(1), seller=party(2), act=an_act("helene"))
    books.commit()
    clock.days = 6
    assert run()["remind"] == 0


def test_a_second_run_of_the_day_changes_nothing(run, books, agree, an_act, clock):
    deliver(books, agree(silence_days=5, silence_accepts=True), an_act)
    clock.days = 8
    first = run()
    assert first["accept_by_silence"] == 1
    before = everything(books)
    assert run() == NOTHING_DONE
    assert everything(books) == before


def everything(books):
    books.rollback()
    counts = [books.execute(select(func.count()).select_from(one)).scalar_one() for one in (Event, Delivery)]
    books.rollback()
    return counts


class Refused(DomainError):
    """One thing is refused (facts: day)."""

    code = "not_yet_delivered"


def failing_on(name, key):
    """The duty of that name, that goes wrong with the row of id `key`."""
    duty = next(one for one in DUTIES if one.name == name)

    def do(session, row, day):
        done = duty.do(session, row, day)
        if row.id == key:
            raise Refused(delivered_on=day.act.today)
        return done

    return (Duty(name, duty.due, do),)


def test_one_failure_is_said_and_stops_nothing_else(request_of_a_command, books, agree, an_act, clock):
    first = deliver(books, agree(silence_days=5, silence_accepts=True), an_act)
    second = deliver(books, agree(silence_days=5, silence_accepts=True), an_act)
    clock.days = 8
    duties = failing_on("accept_by_silence", first.id)
    books.rollback()  # on SQLite a session left open would keep the duties from writing
    done = daily.run(request_of_a_command, duties)
    assert (done[0].count, len(done[0].troubles)) == (1, 1)
    assert (state(books, first), state(books, second)) == ("declared", "accepted")
    # The next run does what was left.
    assert daily.run(request_of_a_command)[2].count == 1
    assert state(books, first) == "accepted"


def test_an_answer_given_meanwhile_is_no_trouble(request_of_a_command, books, agree, an_act, clock):
    delivery = deliver(books, agree(silence_days=5, silence_accepts=True), an_act)
    clock.days = 8
    duty = next(one for one in DUTIES if one.name == "accept_by_silence")

    def do(session, row, day):
        buyer = by_host_key(session, "company:1")
        service.contest_delivery(session, row, party=buyer, reason="Il manque", act=an_act("helene"))
        return duty.do(session, row, day)

    done, *_others = daily.run(request_of_a_command, (Duty(duty.name, duty.due, do),))
    assert (done.count, done.troubles) == (0, [])
    assert state(books, delivery) == "declared", "what a duty could not finish is taken back"


def test_when_the_duties_were_done_is_remembered(run, books, clock):
    clock.days = 2
    run()
    assert abs(daily.last_run(books) - clock.now()) < timedelta(minutes=5)


def test_every_duty_has_its_name_in_words():
    assert set(daily.NAMES) == set(NOTHING_DONE)


def test_a_proposal_nobody_expired_cannot_be_accepted_any_more(books, party, an_act, clock, as_user):
    today = an_act("helene").today
    terms = some_terms(answer_by=today, due_on=today + timedelta(days=90))
    made = a_proposal(books, buyer=party(1), seller=party(2), terms=terms, act=an_act("helene"))
    books.commit()
    karim = as_user("karim")
    assert "Plans d&#39;un escalier" in karim.get("/companies/2/exchanges").text
    clock.days = 1
    assert "Plans d&#39;un escalier" not in karim.get("/companies/2/exchanges").text
    assert (
        books.execute(select(Subcontract.state).where(Subcontract.id == made.id)).scalar_one() == "proposed"
    )
