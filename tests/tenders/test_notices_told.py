"""Who is told of what happens in a tender: its team, its lead, or the one it is about."""

import re
from pathlib import Path

import pytest

import endi_ext.tenders
from endi_ext.kernel.history import remember
from endi_ext.subcontracts import notices
from endi_ext.tenders import papers, questions, workflow
from endi_ext.tenders.notices_told import EVERYTHING, NOT_TOLD, TOLD
from endi_ext.tenders.papers import Sent
from tests.builders import a_party, an_act

from .builders import a_tender, add

AT = an_act().at
PDF = Sent("attestation.pdf", b"%PDF-1.7 une attestation")


@pytest.fixture
def team(session):
    """A tender with its lead, a member and somebody invited, one person each."""
    lead, member, guest = (a_party(session, name) for name in ("Lac", "Trait", "Mots"))
    tender = a_tender(session, lead, [member], act=an_act("user:1"))
    add(tender, an_act("user:1"), party=guest).state = workflow.INVITED
    session.flush()
    told(session, tender)
    return tender


def told(session, tender):
    """Tell of everything; return (subject, action, user, letter) of each notice made."""
    parties = [one.party for one in tender.members]
    keys = {
        party.host_key: [(f"user:{place}", party.name, "a@b.example")]
        for place, party in enumerate(parties, 1)
    }
    made = []
    for event_id in notices.untold(session):
        made += notices.project(session, event_id, lambda _session, key: keys.get(key, []), AT, EVERYTHING)
    return [(notice.event.subject, notice.event.action, notice.user_key, notice.letter) for notice in made]


def test_a_decision_is_told_to_those_who_accepted_but_the_one_who_decided(session, team):
    remember(session, team, "go", an_act("user:1"))
    assert told(session, team) == [("tender", "go", "user:2", "at_once")]


def test_what_the_buyer_changed_is_told_to_all_and_to_those_invited_too(session, team):
    remember(session, team, "update", an_act("cli"))
    assert [user for _subject, _action, user, _letter in told(session, team)] == [
        "user:1",
        "user:2",
        "user:3",
    ]


def test_an_answer_to_an_invitation_is_told_to_the_lead(session, team):
    remember(session, team.members[2], "accept", an_act("user:3"))
    assert told(session, team) == [("member", "accept", "user:1", "at_once")]


def test_an_invitation_is_told_to_the_one_invited(session, team):
    remember(session, team.members[2], "invite", an_act("user:1"))
    assert told(session, team) == [("member", "invite", "user:3", "at_once")]


def test_a_paper_provided_is_told_to_the_lead_in_the_letter_of_the_day(session, team):
    lead, member = team.members[0].party, team.members[1]
    paper = papers.add(
        session,
        team,
        label="CV",
        member_id=member.id,
        request_key="a-paper-1",
        party=lead,
        act=an_act("user:1"),
    )
    assert told(session, team) == [("tender_paper", "add", "user:2", "daily")]
    papers.provide(session, team, paper.item_key, PDF, party=member.party, act=an_act("user:2"))
    assert told(session, team) == [("tender_paper", "provide", "user:1", "daily")]
    papers.send_back(session, team, paper.item_key, reason="Illisible", party=lead, act=an_act("user:1"))
    assert told(session, team) == [("tender_paper", "send_back", "user:2", "at_once")]


def test_the_buyers_answer_is_told_to_the_team(session, team):
    lead = team.members[0].party
    question = questions.write(
        session, team, text="Quel bois ?", request_key="a-question-1", party=lead, act=an_act("user:1")
    )
    doer = {"party": lead, "act": an_act("user:1"), "on": an_act().today}
    questions.ask(session, question, **doer)
    questions.answer(session, question, text="Du chêne", **doer)
    assert told(session, team) == [("tender_question", "answer", "user:2", "at_once")]


def test_every_action_of_a_tender_is_told_or_named_among_those_that_are_not():
    named = {action for _subject, action in set(TOLD) | NOT_TOLD}
    told_of = set(TOLD) | NOT_TOLD
    flow = {("tender", step.action) for step in workflow.TENDER.transitions}
    flow |= {("member", step.action) for step in workflow.MEMBER.transitions}
    checked_only = {("tender", action) for action in ("steer", "prepare", "take_position")}
    assert flow - told_of - checked_only == set()
    written = set()
    for path in Path(endi_ext.tenders.__file__).parent.glob("*.py"):
        written |= set(
            re.findall(r'\bremember\(\s*session, [\w.]+, "(\w+)"', path.read_text(encoding="utf-8"))
        )
    assert len(written) > 10
    assert written - named == set()
