"""A buyer who does not answer: the last day, reminders, and what silence accepts."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from endi_ext.kernel import paris
from endi_ext.kernel.errors import WrongState
from endi_ext.kernel.history import history_of
from endi_ext.ledger import service as ledger
from endi_ext.subcontracts import service, silence
from endi_ext.subcontracts.terms import Conditions
from tests.builders import TODAY, an_act

from .builders import a_delivery, accepted, an_agreement, contested, some_terms

WORKER = an_act("worker")


def agreement(session, *, days=15, accepts=True):
    conditions = Conditions(silence_days=days, silence_accepts=accepts)
    return an_agreement(session, terms=replace(some_terms(), conditions=conditions))


def declared_at(session, at, **conditions):
    on = paris.day_of(at)
    act = replace(an_act("user:2"), at=at, today=on)
    return a_delivery(session, agreement(session, **conditions), act=act, delivered_on=on)


def waiting_since(session, days, **conditions):
    return declared_at(session, an_act().at - timedelta(days=days), **conditions)


@pytest.mark.parametrize(
    ("at", "days", "last_day"),
    [
        (datetime(2026, 11, 2, 9, tzinfo=UTC), 15, date(2026, 11, 17)),
        # Half past eleven in the evening at London is tomorrow in Paris, in winter; in summer ten is too.
        (datetime(2026, 11, 2, 23, 30, tzinfo=UTC), 15, date(2026, 11, 18)),
        (datetime(2026, 7, 2, 22, 30, tzinfo=UTC), 15, date(2026, 7, 18)),
        # The night the clocks change, and the 29th of February.
        (datetime(2026, 10, 24, 22, 30, tzinfo=UTC), 1, date(2026, 10, 26)),
        (datetime(2028, 2, 14, 9, tzinfo=UTC), 15, date(2028, 2, 29)),
        (datetime(2027, 2, 14, 9, tzinfo=UTC), 15, date(2027, 3, 1)),
    ],
)
def test_days_are_counted_at_paris(session, at, days, last_day):
    assert silence.answer_by(declared_at(session, at, days=days)) == last_day


def test_without_a_delay_nobody_is_in_a_hurry(session):
    delivery = a_delivery(session, an_agreement(session))
    assert silence.answer_by(delivery) is None
    assert not silence.is_overdue(delivery, date(2099, 1, 1))


def test_silence_accepts_the_day_after_the_last_day(session):
    delivery = waiting_since(session, 15)
    assert silence.to_accept(session, TODAY) == []
    assert silence.to_accept(session, TODAY + timedelta(days=1)) == [delivery]


def test_silence_accepts_nothing_where_the_agreement_does_not_say_so(session):
    waiting_since(session, 40, accepts=False)
    assert silence.to_accept(session, TODAY) == []


@pytest.mark.parametrize("answer", [accepted, contested])
def test_what_was_answered_is_not_overdue(session, answer):
    answer(session, waiting_since(session, 40))
    assert silence.to_accept(session, TODAY) == silence.to_remind(session, TODAY) == []


def test_what_silence_accepts_counts_from_the_day_it_takes_effect(session):
    delivery = service.accept_by_silence(session, waiting_since(session, 20), WORKER)
    assert (delivery.state, delivery.decided_by) == ("accepted", "silence")
    assert delivery.exchange.accepted_on == TODAY - timedelta(days=4)
    assert history_of(session, delivery)[-1].action == "accept_by_silence"


def test_in_a_closed_month_it_counts_from_today(session):
    delivery = waiting_since(session, 45)
    october = ledger.period_of(session, TODAY - timedelta(days=29))
    ledger.close_period(session, october, an_act())
    assert service.accept_by_silence(session, delivery, WORKER).exchange.accepted_on == TODAY


@pytest.mark.parametrize(("days_ago", "says"), [(15, True), (40, False)], ids=["too early", "not agreed"])
def test_silence_says_nothing_too_early_or_unless_agreed(session, days_ago, says):
    with pytest.raises(service.SilenceSaysNothing):
        service.accept_by_silence(session, waiting_since(session, days_ago, accepts=says), WORKER)


def test_silence_does_not_accept_what_was_contested(session):
    with pytest.raises(WrongState):
        service.accept_by_silence(session, contested(session, waiting_since(session, 40)), WORKER)


def test_the_buyer_is_reminded_after_the_delay(session):
    delivery = waiting_since(session, 15, accepts=False)
    assert silence.to_remind(session, TODAY) == []
    assert silence.to_remind(session, TODAY + timedelta(days=1)) == [delivery]


def test_where_silence_accepts_the_buyer_is_reminded_two_days_before(session):
    delivery = waiting_since(session, 13)
    assert silence.to_remind(session, TODAY - timedelta(days=1)) == []
    assert silence.to_remind(session, TODAY) == [delivery]


def test_the_buyer_is_reminded_once(session):
    delivery = service.remind(session, waiting_since(session, 16), WORKER)
    assert delivery.reminded_at == WORKER.at
    assert history_of(session, delivery)[-1].action == "remind"
    assert silence.to_remind(session, TODAY) == []
    with pytest.raises(WrongState):
        service.remind(session, delivery, WORKER)


def test_who_has_answered_is_not_reminded(session):
    with pytest.raises(WrongState):
        service.remind(session, accepted(session, waiting_since(session, 16)), WORKER)
