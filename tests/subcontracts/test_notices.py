"""Who is told of what: each person once for each event, never of what they did themselves."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from endi_ext.kernel import notices as kept
from endi_ext.kernel.history import UNTOLD, Event, remember
from endi_ext.kernel.notices import Notice
from endi_ext.subcontracts import notices, service
from tests.builders import a_party, an_act

from .builders import a_delivery, a_proposal, accepted, an_agreement, contested, two_parties

AT = an_act().at


@pytest.fixture
def people():
    """Who works where, for the directory of a host: filled by each test."""
    return {}


@pytest.fixture
def pair(session, people):
    """A buyer with two people and a seller with one; somebody else works elsewhere."""
    buyer, seller = two_parties(session)
    people[buyer.host_key] = [("user:1", "Ines", "ines@example.org"), ("user:3", "Léo", "leo@example.org")]
    people[seller.host_key] = [("user:2", "Karim", "karim@example.org")]
    people[a_party(session).host_key] = [("user:9", "Noise", "noise@example.org")]
    return buyer, seller


def told(session, people):
    """Tell of everything; return (action, user, letter) of each notice made."""
    made = []
    for event_id in notices.untold(session):
        made += notices.project(session, event_id, lambda _session, key: people.get(key, []), AT)
    return [(notice.event.action, notice.user_key, notice.letter) for notice in made]


def test_a_proposal_is_told_to_the_other_side_only(session, pair, people):
    a_proposal(session, buyer=pair[0], seller=pair[1])
    assert told(session, people) == [("propose", "user:2", "at_once")]


def test_an_event_is_told_once_however_often_one_tells(session, pair, people):
    a_proposal(session, buyer=pair[0], seller=pair[1])
    assert len(told(session, people)) == 1
    assert told(session, people) == []


def test_the_database_refuses_a_second_notice_of_an_event(session, pair, people):
    a_proposal(session, buyer=pair[0], seller=pair[1])
    told(session, people)
    notice = session.execute(select(Notice)).scalars().one()
    twin = Notice(
        event=notice.event, user_key=notice.user_key, party=notice.party, letter="none", created_at=AT
    )
    session.add(twin)
    with pytest.raises(IntegrityError):
        session.flush()


def test_an_acceptance_is_told_to_everybody_on_the_side_that_proposed(session, pair, people):
    an_agreement(session, buyer=pair[0], seller=pair[1])
    assert told(session, people)[1:] == [("accept", "user:1", "at_once"), ("accept", "user:3", "at_once")]


def test_a_colleague_is_not_told_of_what_the_own_side_did(session, pair, people):
    people[pair[0].host_key].append(("user:4", "Zoé", "zoe@example.org"))
    a_proposal(session, buyer=pair[0], seller=pair[1])
    assert [user for _action, user, _letter in told(session, people)] == ["user:2"]


def test_a_delivery_accepted_is_told_once_though_it_makes_an_exchange_and_ends_the_work(
    session, pair, people
):
    delivery = a_delivery(session, an_agreement(session, buyer=pair[0], seller=pair[1]))
    told(session, people)
    accepted(session, delivery)
    assert told(session, people) == [("accept", "user:2", "at_once")]


def test_what_an_accountant_reverses_is_told_to_both_sides(session, pair, people):
    delivery = accepted(session, a_delivery(session, an_agreement(session, buyer=pair[0], seller=pair[1])))
    told(session, people)
    on = delivery.exchange.accepted_on
    service.reverse_delivery(session, delivery, reason="Doublon", on=on, act=an_act("user:7"))
    assert {user for _action, user, _letter in told(session, people)} == {"user:1", "user:2", "user:3"}


def test_somebody_who_works_on_both_sides_is_not_told_of_their_own_acts(session, pair, people):
    people[pair[1].host_key].append(("user:1", "Ines", "ines@example.org"))
    a_proposal(session, buyer=pair[0], seller=pair[1])
    assert [user for _action, user, _letter in told(session, people)] == ["user:3", "user:2"]


def test_somebody_on_both_sides_is_told_once(session, pair, people):
    people[pair[0].host_key].append(("user:2", "Karim", "karim@example.org"))
    delivery = a_delivery(session, an_agreement(session, buyer=pair[0], seller=pair[1]))
    told(session, people)
    contested(session, delivery, act=an_act("user:8"))
    users = [user for _action, user, _letter in told(session, people)]
    assert len(users) == len(set(users)) == 3


@pytest.mark.parametrize(
    ("choice", "letter"), [("at_once", "at_once"), ("daily", "daily"), ("never", "none")]
)
def test_a_letter_comes_when_its_reader_wants_it(session, pair, people, choice, letter):
    kept.choose(session, choice, "fr", an_act("user:2"))
    a_proposal(session, buyer=pair[0], seller=pair[1])
    assert told(session, people) == [("propose", "user:2", letter)]


def test_somebody_without_an_address_is_told_in_the_host_only(session, pair, people):
    people[pair[1].host_key] = [("user:2", "Karim", "")]
    a_proposal(session, buyer=pair[0], seller=pair[1])
    assert told(session, people) == [("propose", "user:2", "none")]


def test_a_side_where_nobody_may_log_in_is_told_to_nobody(session, pair, people):
    people[pair[1].host_key] = []
    a_proposal(session, buyer=pair[0], seller=pair[1])
    assert told(session, people) == []
    assert notices.untold(session) == []


def test_what_concerns_nobody_else_is_told_to_nobody_and_not_looked_at_again(session, pair, people):
    proposal = a_proposal(session, buyer=pair[0], seller=pair[1])
    told(session, people)
    remember(session, proposal, "looked_at", an_act())
    session.flush()
    assert told(session, people) == []
    assert notices.untold(session) == []


def test_whoever_remembers_leaves_a_mark_that_there_is_something_to_tell(session, pair):
    session.info.clear()
    a_proposal(session, buyer=pair[0], seller=pair[1])
    assert session.info[UNTOLD]


def test_an_event_keeps_what_it_says_when_it_is_told(session, pair, people):
    proposal = a_proposal(session, buyer=pair[0], seller=pair[1])
    told(session, people)
    event = session.execute(select(Event).where(Event.subject_id == proposal.id)).scalars().one()
    assert (event.action, event.actor_key, event.untold) == ("propose", "user:1", None)


def test_a_letter_is_taken_once(either_session):
    session = either_session
    buyer, seller = two_parties(session)
    people = {seller.host_key: [("user:2", "Karim", "karim@example.org")]}
    a_proposal(session, buyer=buyer, seller=seller)
    told(session, people)
    (notice_id,) = kept.to_send(session, kept.AT_ONCE)
    assert kept.claim(session, notice_id, AT).attempts == 1
    assert kept.claim(session, notice_id, AT) is None
    assert kept.to_send(session, kept.AT_ONCE) == []


def test_a_letter_that_did_not_leave_is_tried_again_and_not_for_ever(session, pair, people):
    a_proposal(session, buyer=pair[0], seller=pair[1])
    told(session, people)
    for _attempt in range(kept.MOST_ATTEMPTS):
        (notice_id,) = kept.to_send(session, kept.AT_ONCE)
        kept.claim(session, notice_id, AT)
        kept.confirm(session, [notice_id], AT, left=False)
    assert kept.to_send(session, kept.AT_ONCE) == []
    assert kept.troubles(session, AT) == (1, 0)


def test_a_letter_taken_and_never_confirmed_is_not_sent_again_but_said(session, pair, people):
    a_proposal(session, buyer=pair[0], seller=pair[1])
    told(session, people)
    (notice_id,) = kept.to_send(session, kept.AT_ONCE)
    kept.claim(session, notice_id, AT)
    later = AT + 2 * kept.UNCERTAIN_AFTER
    assert kept.troubles(session, later) == (0, 1)
    kept.confirm(session, [notice_id], AT, left=True)
    assert kept.troubles(session, later) == (0, 0)


def test_a_choice_is_changed_in_place(session):
    kept.choose(session, kept.DAILY, "fr", an_act("user:2"))
    kept.choose(session, kept.NEVER, "en", an_act("user:2"))
    session.flush()
    chosen = kept.choice_of(session, "user:2")
    assert (chosen.letters, chosen.language) == ("never", "en")
