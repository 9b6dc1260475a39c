"""The calendar of an answer: steps counted back from the deadline, moved, done; questions to the buyer."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endi_ext.kernel import paris
from endi_ext.kernel.errors import WrongState
from endi_ext.tenders import calendar, questions, workflow
from endi_ext.tenders.calendar import Arranged
from endi_ext.tenders.models import Tender
from endi_ext.tenders.paper_errors import QuestionNotSent, QuestionSent, StepGone, StepWithoutDay
from tests.builders import a_party, an_act

from .builders import a_tender, some_facts

ACT = an_act()


@pytest.fixture
def lead(session):
    return a_party(session, "Menuiserie du Lac")


@pytest.fixture
def tender(session, lead):
    """Begun on Monday 16 November 2026, due on Friday 11 December."""
    return a_tender(session, lead, [a_party(session, "Atelier Trait Juste")])


def days(session, tender):
    return {step.key: step.on for step in calendar.steps_of(session, tender)}


def test_steps_are_counted_back_from_the_deadline_and_not_on_a_weekend(session, tender):
    tender.created_at -= timedelta(days=10)
    assert days(session, tender) == {
        "decide": date(2026, 11, 20),
        "questions": date(2026, 11, 27),  # the 29th is a Sunday
        "prices": date(2026, 12, 4),
        "papers": date(2026, 12, 4),  # the 5th is a Saturday
        "proposal": date(2026, 12, 4),
        "review": date(2026, 12, 8),
        "submit": date(2026, 12, 10),
    }


def test_where_there_is_little_time_steps_come_closer(session, tender):
    tender.deadline = tender.created_at + timedelta(days=7)
    found = days(session, tender)
    assert min(found.values()) >= date(2026, 11, 16)
    assert (found["decide"], found["submit"]) == (date(2026, 11, 17), date(2026, 11, 20))


def test_steps_follow_the_deadline_the_buyer_moves_but_not_one_with_a_day_of_its_own(session, tender, lead):
    tender.created_at -= timedelta(days=30)
    calendar.arrange(session, tender, "review", Arranged(on=date(2026, 12, 9)), party=lead, act=ACT)
    calendar.arrange(session, tender, "prices", Arranged(days_before=2), party=lead, act=ACT)
    tender.deadline += timedelta(days=7)
    found = days(session, tender)
    assert (found["review"], found["prices"]) == (date(2026, 12, 9), date(2026, 12, 16))
    assert found["submit"] == date(2026, 12, 17)


def test_without_a_deadline_a_step_needs_a_day(session, lead):
    tender = a_tender(session, lead, facts=some_facts(deadline=None))
    assert set(days(session, tender).values()) == {None}
    with pytest.raises(StepWithoutDay):
        calendar.arrange(session, tender, "review", Arranged(days_before=2), party=lead, act=ACT)
    calendar.arrange(session, tender, "review", Arranged(on=date(2026, 12, 1)), party=lead, act=ACT)
    assert calendar.steps_of(session, tender)[0].key == "review"


def test_what_the_tender_went_through_is_done(session, tender, lead):
    tender.state = workflow.ANSWERING
    assert [step.key for step in calendar.steps_of(session, tender) if step.done] == ["decide"]
    calendar.finish(session, tender, "prices", done=True, party=lead, act=ACT)
    calendar.finish(session, tender, "review", done=True, party=lead, act=ACT)
    calendar.finish(session, tender, "review", done=False, party=lead, act=ACT)
    tender.state, tender.submitted_at = workflow.SUBMITTED, ACT.at
    done = [step.key for step in calendar.steps_of(session, tender) if step.done]
    assert sorted(done) == ["decide", "prices", "submit"]
    assert calendar.step_of(session, tender, "prices").done_by == "Ines Marchal"


def test_each_sees_their_own_steps_and_the_lead_those_of_nobody(session, tender, lead):
    first, other = tender.members
    arranged = Arranged("Visiter l’école", on=date(2026, 11, 20), member_id=other.id)
    key = {"request_key": "a-step-key", "party": lead, "act": ACT}
    assert calendar.add(session, tender, arranged, **key) is calendar.add(session, tender, arranged, **key)
    assert [step.label for step in calendar.to_do(session, tender, other)] == ["Visiter l’école"]
    assert len(calendar.to_do(session, tender, first)) == len(calendar.USUAL)
    other.state = workflow.LEFT
    assert len(calendar.to_do(session, tender, first)) == len(calendar.USUAL) + 1


def test_a_step_that_was_dropped_is_gone(session, tender, lead):
    calendar.drop(session, tender, "review", party=lead, act=ACT)
    assert "review" not in days(session, tender)
    for key in ("review", "nothing"):
        with pytest.raises(StepGone):
            calendar.finish(session, tender, key, done=True, party=lead, act=ACT)


@given(
    key=st.sampled_from(sorted(calendar.USUAL)),
    began=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
    left=st.timedeltas(timedelta(hours=-48), timedelta(days=90)),
)
def test_a_usual_step_stands_between_the_beginning_and_the_deadline(key, began, left):
    tender = Tender(created_at=began, deadline=began + left)
    on = calendar.counted_back(tender, calendar.usual_days(tender, key))
    deadline = paris.day_of(tender.deadline)
    assert min(paris.day_of(began), deadline) <= on <= deadline


def test_a_question_is_written_asked_and_answered_once(session, tender, lead):
    facts = {"text": "Quel bois ?", "request_key": "a-question", "party": lead, "act": ACT}
    question = questions.write(session, tender, **facts)
    assert questions.write(session, tender, **facts) is question
    doer = {"party": lead, "act": ACT}
    with pytest.raises(QuestionNotSent):
        questions.answer(session, question, text="Du chêne", on=ACT.today, **doer)
    questions.change(session, question, text="Quelle essence ?", **doer)
    questions.ask(session, question, on=ACT.today, **doer)
    for too_late in (
        lambda: questions.ask(session, question, on=ACT.today, **doer),
        lambda: questions.change(session, question, text="Autre", **doer),
        lambda: questions.withdraw(session, question, **doer),
    ):
        with pytest.raises(QuestionSent):
            too_late()
    questions.answer(session, question, text="Du chêne", on=ACT.today, **doer)
    assert [(one.number, one.state, one.text) for one in questions.of_tender(session, tender)] == [
        (1, "answered", "Quelle essence ?")
    ]


def test_nothing_is_asked_once_the_offer_is_submitted(session, tender, lead):
    question = questions.write(session, tender, text="?", request_key="a-question", party=lead, act=ACT)
    assert questions.withdraw(session, question, party=lead, act=ACT).state == "withdrawn"
    tender.state = workflow.SUBMITTED
    session.flush()
    with pytest.raises(WrongState):
        questions.write(session, tender, text="?", request_key="b-question", party=lead, act=ACT)
