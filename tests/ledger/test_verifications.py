"""The last verification of the book, remembered."""

from endi_ext.kernel import preferences
from endi_ext.ledger import audit, verifications
from tests.builders import an_act
from tests.ledger.books import a_book


def test_a_verification_is_remembered_with_what_it_found(session):
    assert verifications.last(session) is None
    a_book(session, 7)
    found = verifications.verify(session, an_act(actor_name="Odile"), within_seconds=600)
    assert found.sound
    assert (found.entries, found.done_entries, found.break_code, found.break_facts) == (7, 7, "", {})
    assert found.digest == audit.verify(session).digest
    assert 0 <= found.seconds < 600
    assert verifications.last(session) == (found, an_act().at, "Odile")


def test_one_that_was_stopped_says_how_far_it_came_and_is_not_sound(session):
    a_book(session, 3)
    found = verifications.verify(session, an_act(), within_seconds=-1.0)
    assert (found.complete, found.sound, found.digest, found.break_code) == (False, False, "", "")
    assert (found.done_entries, found.entries) == (3, 3)
    assert 0 <= found.seconds < 600
    assert verifications.last(session)[0] == found


def test_a_break_is_remembered_by_its_code_and_its_facts_the_first_one_alone():
    breaks = ("entry_changed", {"sequence": 3, "source": "é" * 300}), ("tail_cut", {})
    found = verifications.of_verdict(audit.Verdict(5, 20, "d" * 64, breaks), 2.0)
    assert not found.sound
    assert (found.complete, found.entries, found.done_entries) == (True, 5, 5)
    assert (found.digest, found.seconds, found.break_code) == ("d" * 64, 2.0, "entry_changed")
    assert found.break_facts == {"sequence": 3, "source": "é" * 200}
    assert found.seconds_for(50) == 20.0
    assert verifications.of_verdict(audit.Verdict(0, 0, "", ()), 1.0).seconds_for(50) == 0.0


def test_what_another_version_kept_in_other_words_says_nothing(session):
    preferences.note(session, "last_verification", '{"complete": true}', an_act())
    assert verifications.last(session) is None
