from endi_ext.kernel import preferences
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
