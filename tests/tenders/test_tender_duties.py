"""What waits in tenders, and what people are reminded of each day, once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from endi_ext.kernel.history import Event
from endi_ext.subcontracts.duties import Day
from endi_ext.tenders import (
    calendar,
    checklist,
    decisions,
    duties,
    papers,
    proposal,
    questions,
    waiting,
    workflow,
)
from endi_ext.tenders.papers import Sent
from endi_ext.tenders.proposal import Plan
from tests.builders import a_party, an_act

from .builders import a_tender, add, some_facts

ACT = an_act()
TODAY = ACT.today


@pytest.fixture
def lead(session):
    return a_party(session, "Menuiserie du Lac")


@pytest.fixture
def member(session):
    return a_party(session, "Atelier Trait Juste")


@pytest.fixture
def tender(session, lead, member):
    """Begun on 16 November 2026, due on 11 December; somebody is invited and a paper asked for."""
    facts = some_facts(requested_documents=["Plan de prévention"])
    made = a_tender(session, lead, [member], facts=facts)
    guest = add(made, ACT, party=a_party(session, "Les Mots"), answer_by=date(2026, 11, 20))
    guest.state = workflow.INVITED
    session.flush()
    return made


def kinds(session, party, today=TODAY):
    return [(item.kind, item.until, item.count) for item in waiting.waiting(session, party, today=today)]


def test_who_is_invited_is_asked_to_answer_and_who_accepted_to_take_a_position(session, tender, lead, member):
    guest = tender.members[2].party
    assert kinds(session, guest) == [("invitation", date(2026, 11, 20), 1)]
    assert kinds(session, member) == kinds(session, lead) == [("position", None, 1)]
    assert kinds(session, a_party(session, "Autre")) == []


def test_the_lead_concludes_when_all_have_said_what_they_think(session, tender, lead, member):
    for one in tender.members[:2]:
        decisions.take_position(session, one, stance="go", reason="Oui", by=one.party, act=ACT)
    assert kinds(session, lead) == [("decision", None, 1)]
    assert kinds(session, member) == []


def test_once_decided_papers_parts_and_questions_wait_each_once(session, tender, lead, member):
    tender.state = workflow.ANSWERING
    proposal.outline(session, tender, [Plan("Besoin", member_id=tender.members[1].id)], party=lead, act=ACT)
    questions.write(session, tender, text="?", request_key="a-question", party=lead, act=ACT)
    assert sorted(kinds(session, lead)) == [
        ("papers", date(2026, 12, 4), 1),
        ("questions", date(2026, 11, 30), 1),
    ]
    assert [kind for kind, _until, _count in kinds(session, member)] == ["parts"]
    key = checklist_key(session, tender)
    papers.provide(session, tender, key, Sent("a.pdf", b"%PDF-1.7"), party=member, act=an_act("user:2"))
    assert sorted(kind for kind, _until, _count in kinds(session, lead)) == ["checks", "questions"]


def checklist_key(session, tender):
    return checklist.items(session, tender)[0].key


def test_steps_wait_when_they_come_near_and_not_what_says_the_same(session, tender, lead):
    tender.state = workflow.ANSWERING
    soon = date(2026, 12, 4)
    found = [item for item in waiting.waiting(session, lead, today=soon) if item.kind == "step"]
    # The papers wait as papers; the proposal has no plan yet, and so no parts that wait.
    assert {item.thing.key for item in found} == {"questions", "prices", "proposal"}
    late = [kind for kind, _until, _count in kinds(session, lead, date(2026, 12, 12))]
    assert late == ["papers", "overdue"]


def test_once_submitted_only_the_result_waits_and_once_won_the_agreements(session, tender, lead, member):
    tender.state = workflow.SUBMITTED
    session.flush()
    assert kinds(session, lead, date(2027, 1, 9)) == []
    assert kinds(session, lead, date(2027, 1, 10)) == [("result", None, 1)]
    tender.state = workflow.WON
    session.flush()
    assert kinds(session, lead) == [("agreements", None, 1)]
    assert kinds(session, member) == []


def run(session, on):
    """Do the duties of tenders on a day; what was remembered, as (subject, action, after)."""
    act = an_act("daily", at=ACT.at + (on - TODAY), today=on)
    day, before = Day(act), len(session.execute(select(Event.id)).all())
    changed = 0
    for duty in duties.DUTIES:
        for row in duty.due(session, day):
            changed += duty.do(session, row, day)
    found = session.execute(select(Event).order_by(Event.id)).scalars().all()[before:]
    return [(event.subject, event.action, event.state_after) for event in found], changed


def test_an_invitation_is_recalled_once_before_its_last_day(session, tender):
    def recalled(on):
        return [event for event in run(session, on)[0] if event[0] == "member"]

    assert recalled(TODAY) == []
    assert recalled(date(2026, 11, 18)) == [("member", "remind", None)]
    assert recalled(date(2026, 11, 18)) == recalled(date(2026, 11, 19)) == []
    tender.members[2].answer_by = None
    assert recalled(date(2026, 11, 27)) == []


def test_each_step_is_recalled_once_the_day_before_and_again_when_it_is_moved(session, tender, lead):
    tender.members[2].state = workflow.DECLINED
    tender.state = workflow.ANSWERING
    day_before = calendar.step_of(session, tender, calendar.QUESTIONS).on - timedelta(days=1)
    assert run(session, day_before) == ([("tender_step", "remind", None)], 1)
    assert run(session, day_before + timedelta(days=1)) == ([], 0)
    moved = calendar.Arranged(on=day_before + timedelta(days=2))
    calendar.arrange(session, tender, calendar.QUESTIONS, moved, party=lead, act=ACT)
    assert run(session, day_before + timedelta(days=1)) == ([("tender_step", "remind", None)], 1)


def test_the_team_is_told_seven_and_two_days_before_the_deadline(session, tender, lead):
    tender.members[2].state = workflow.DECLINED
    tender.state = workflow.ANSWERING
    for key in calendar.USUAL:
        calendar.drop(session, tender, key, party=lead, act=ACT)
    told = [(day, run(session, date(2026, 12, day))[0]) for day in range(1, 13)]
    assert [(day, found[0][2]) for day, found in told if found] == [(4, "7"), (9, "2")]
    tender.deadline += timedelta(days=10)
    assert run(session, date(2026, 12, 14))[0] == [("tender", "remind", "7")]
