"""Which letters leave, which were given up, what a person is shown."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from endi_ext.kernel import notices
from endi_ext.kernel.history import remember
from endi_ext.kernel.notices import AT_ONCE, DAILY, MOST_ATTEMPTS, NONE, Notice
from tests.builders import a_party, an_act

AT = an_act().at
HOUR = timedelta(hours=1)


@pytest.fixture
def a_notice(session):
    """Make notices: of one event each, for one person unless told otherwise."""
    party = a_party(session)

    def make(letter=AT_ONCE, user_key="user:1", **facts):
        event = remember(session, party, "propose", an_act())
        facts = {"party": party, "created_at": AT, "attempts": 0, **facts}
        notice = Notice(event=event, letter=letter, user_key=user_key, **facts)
        session.add(notice)
        session.flush()
        return notice

    return make


def test_a_person_is_shown_the_latest_first(session, a_notice):
    first, second, third = a_notice(), a_notice(NONE), a_notice(DAILY)
    a_notice(user_key="user:2")
    assert notices.latest(session, "user:1", size=2) == [third, second]
    assert notices.latest(session, "user:1", size=9) == [third, second, first]


def test_letters_leave_the_oldest_first_while_they_may_still_be_tried(session, a_notice):
    first, second = a_notice(), a_notice(attempts=MOST_ATTEMPTS - 1)
    for other in ({"attempts": MOST_ATTEMPTS}, {"claimed_at": AT}, {"letter": DAILY}, {"letter": NONE}):
        a_notice(**other)
    assert notices.to_send(session, AT_ONCE) == [first.id, second.id]


def test_a_letter_is_taken_by_one_and_not_at_all_when_none_is_due(session, a_notice):
    due = a_notice(attempts=2)
    taken = notices.claim(session, due.id, AT)
    assert (taken, taken.claimed_at, taken.attempts) == (due, AT, 3)
    assert notices.claim(session, due.id, AT) is None
    assert notices.claim(session, a_notice(NONE).id, AT) is None


def test_what_another_took_since_it_was_read_is_not_taken_again(session, a_notice):
    due = a_notice()
    session.refresh(due)
    session.connection().execute(update(Notice.__table__).values(claimed_at=AT))
    assert notices.claim(session, due.id, AT) is None


def test_what_left_is_noted_and_what_did_not_is_free_again(session, a_notice):
    left, stayed, noise = (a_notice(claimed_at=AT, attempts=1) for _one in range(3))
    notices.confirm(session, [left.id], AT + HOUR, left=True)
    notices.confirm(session, [stayed.id], AT + HOUR, left=False)
    assert [(one.claimed_at, one.sent_at) for one in (left, stayed, noise)] == [
        (AT, AT + HOUR),
        (None, None),
        (AT, None),
    ]


def test_a_daily_letter_taken_since_a_moment_is_seen(session, a_notice):
    a_notice(DAILY)
    a_notice(AT_ONCE, claimed_at=AT)
    a_notice(DAILY, "user:2", claimed_at=AT)
    assert not notices.gathered_since(session, "user:1", AT)
    a_notice(DAILY, claimed_at=AT)
    assert notices.gathered_since(session, "user:1", AT)
    assert not notices.gathered_since(session, "user:1", AT + HOUR)


def test_letters_given_up_and_letters_that_may_have_left_are_counted(session, a_notice):
    a_notice(attempts=MOST_ATTEMPTS)
    a_notice(attempts=MOST_ATTEMPTS + 1)
    a_notice(attempts=MOST_ATTEMPTS - 1)
    a_notice(claimed_at=AT - HOUR, attempts=1)  # an hour is not more than an hour
    a_notice(claimed_at=AT - 2 * HOUR, attempts=MOST_ATTEMPTS)
    a_notice(claimed_at=AT - 2 * HOUR, sent_at=AT - 2 * HOUR, attempts=1)
    assert notices.troubles(session, AT) == (2, 1)


def test_who_chose_nothing_gets_letters_at_once(session):
    usual = notices.choice_of(session, "user:1")
    assert (usual.user_key, usual.letters, usual.language) == ("user:1", "at_once", "")
    chosen = notices.choose(session, DAILY, "fr", an_act("user:1"))
    session.flush()
    assert notices.choice_of(session, "user:1") is chosen
    assert (chosen.letters, chosen.language, chosen.changed_at) == ("daily", "fr", AT)
