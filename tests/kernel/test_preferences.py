from types import SimpleNamespace

from endi_ext.kernel import preferences
from endi_ext.kernel.history import remember
from tests.builders import an_act


def test_a_choice_has_a_default_until_it_is_made(either_session):
    assert preferences.get(either_session, "payment_days") == "30"
    assert preferences.get(either_session, "unknown") == ""
    preferences.choose(either_session, "payment_days", "45", an_act())
    preferences.choose(either_session, "payment_days", "60", an_act(actor_name="Léa Robin"))
    either_session.flush()
    either_session.expire_all()
    assert preferences.get(either_session, "payment_days") == "60"
    row = either_session.get(preferences.Preference, "payment_days")
    assert (row.changed_by, row.changed_at) == ("Léa Robin", an_act().at)
    some = preferences.several(either_session, ["payment_days", "reminder_days", "unknown"])
    assert some == {"payment_days": "60", "reminder_days": "7", "unknown": ""}


def test_who_chose_what_and_when_is_told_newest_first(session):
    preferences.choose(session, "payment_days", "45", an_act())
    preferences.choose(session, "payment_days", "45", an_act(actor_name="Léa Robin"))  # as it was: no choice
    preferences.choose(session, "scheme", "181/186/187", an_act("user:2", "Léa Robin"))
    preferences.note(session, "last_look", "yes", an_act())
    remember(session, SimpleNamespace(__tablename__="endi_ext_cooperative", id=0), "close", an_act())
    session.flush()
    told = [
        (event.action, event.reason, event.state_before, event.state_after, event.actor_key, event.actor_name)
        for event in preferences.changes(session, size=9)
    ]
    assert told == [
        ("chosen", "scheme", "4/6/7", "181/186/187", "user:2", "Léa Robin"),
        ("chosen", "payment_days", "30", "45", "user:1", "Ines Marchal"),
    ]
    assert {event.at for event in preferences.changes(session, size=9)} == {an_act().at}
    assert [event.reason for event in preferences.changes(session, size=1)] == ["scheme"]
