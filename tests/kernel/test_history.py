from datetime import UTC, datetime, timedelta, timezone
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import StatementError

from endi_ext.kernel.history import UNTOLD, history_of, remember
from tests.builders import a_party, an_act


def test_what_happened_is_told_oldest_first(either_session):
    document, noise = a_party(either_session), a_party(either_session)
    namesake = SimpleNamespace(__tablename__="endi_ext_exchange", id=document.id)
    remember(either_session, namesake, "propose", an_act(), after="proposed")
    remember(either_session, document, "propose", an_act(), after="proposed")
    remember(either_session, noise, "propose", an_act(), after="proposed")
    remember(
        either_session,
        document,
        "decline",
        an_act(actor_key="user:2", actor_name="Karim Saïdi"),
        before="proposed",
        after="declined",
        reason="Trop tôt",
    )
    told = [
        (event.action, event.state_before, event.state_after, event.actor_name, event.reason)
        for event in history_of(either_session, document)
    ]
    assert told == [
        ("propose", None, "proposed", "Ines Marchal", None),
        ("decline", "proposed", "declined", "Karim Saïdi", "Trop tôt"),
    ]
    events = history_of(either_session, document)
    assert {(event.subject, event.actor_key) for event in events} == {
        ("party", "user:1"),
        ("party", "user:2"),
    }
    assert {event.untold for event in events} == {either_session.info[UNTOLD]} == {True}


def test_an_instant_comes_back_in_utc_to_the_microsecond(either_session):
    document = a_party(either_session)
    at = datetime(2026, 7, 14, 12, 30, 0, 654321, tzinfo=timezone(timedelta(hours=2)))
    remember(either_session, document, "propose", an_act(at=at))
    either_session.flush()
    either_session.expire_all()
    (event,) = history_of(either_session, document)
    assert event.at == at
    assert event.at.tzinfo is UTC


def test_an_instant_without_a_time_zone_is_our_mistake(session):
    remember(session, a_party(session), "propose", an_act(at=datetime(2026, 7, 14)))
    with pytest.raises((StatementError, AssertionError)):
        session.flush()
