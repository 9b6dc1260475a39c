"""Two people at once in one checklist, calendar or technical proposal, on both engines."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from endi_ext.kernel.history import Event
from endi_ext.subcontracts.duties import Day
from endi_ext.tenders import calendar, checklist, duties, files, papers, proposal, questions, workflow
from endi_ext.tenders.calendar import Arranged
from endi_ext.tenders.models import Tender
from endi_ext.tenders.paper_errors import PartChanged
from endi_ext.tenders.paper_models import ProposalPart, TenderFile, TenderPaper, TenderQuestion, TenderStep
from endi_ext.tenders.papers import Sent
from endi_ext.tenders.proposal import Plan, Written
from tests.builders import a_party, an_act

from .builders import a_tender, some_facts

ACT = an_act()


@pytest.fixture
def key(made):
    """The id of a tender that asks for one paper."""
    facts = some_facts(requested_documents=["Planning"])
    return made(lambda session: a_tender(session, a_party(session), [a_party(session)], facts=facts))


def counted(engine, model, *conditions):
    with Session(engine, future=True) as session:
        return session.execute(select(func.count(model.id)).where(*conditions)).scalar_one()


def doer(session, key, place=0):
    tender = session.get(Tender, key)
    return tender, {"party": tender.members[place].party, "act": an_act(f"user:{place}", f"Personne {place}")}


def test_a_paper_provided_twice_at_once_is_one_paper_with_the_last_file(engine, both, key):
    def provide(place):
        def act(session):
            tender, one = doer(session, key, place)
            (item,) = checklist.items(session, tender)
            sent = Sent(f"{place}.pdf", b"%PDF-1.7 " + bytes([48 + place]))
            return papers.provide(session, tender, item.key, sent, **one).id

        return act

    assert len(set(both(provide(0), provide(1)))) == 1
    assert (counted(engine, TenderPaper), counted(engine, TenderFile)) == (1, 1)
    with Session(engine, future=True) as session:
        paper = session.execute(select(TenderPaper)).scalars().one()
        last = session.execute(select(TenderFile).order_by(TenderFile.id.desc())).scalars().first()
        assert paper.file_id == last.id
        assert b"".join(files.content(session, paper.file)).startswith(b"%PDF-1.7")


def test_questions_written_at_once_have_their_own_numbers_and_one_sent_twice_has_one(engine, both, key):
    def write(request_key):
        def act(session):
            tender, one = doer(session, key)
            return questions.write(session, tender, text="?", request_key=request_key, **one).number

        return act

    assert sorted(both(write("question-1"), write("question-2"))) == [1, 2]
    assert both(write("question-3"), write("question-3")) == [3, 3]
    assert counted(engine, TenderQuestion) == 3


def test_a_plan_laid_twice_at_once_is_laid_once(engine, both, key):
    def lay(session):
        tender, one = doer(session, key)
        return len(proposal.outline(session, tender, [Plan("Besoin"), Plan("Méthode")], **one)) > 0

    both(lay, lay)
    assert counted(engine, ProposalPart) == 2


def test_of_two_who_write_a_part_at_once_one_is_told_of_the_other(engine, both, key):
    def begin(session):
        tender, one = doer(session, key)
        return proposal.outline(session, tender, [Plan("Besoin")], **one)[0].id

    with Session(engine, future=True) as session, session.begin():
        part_id = begin(session)

    def write(place):
        def act(session):
            _tender, one = doer(session, key, place)
            part = session.get(ProposalPart, part_id)
            return proposal.write(session, part, Written(f"Texte {place}", "draft", 1), **one).text

        return act

    answers = both(write(0), write(1))
    assert answers.count(PartChanged) == 1
    with Session(engine, future=True) as session:
        assert session.get(ProposalPart, part_id).text in answers


def test_a_step_is_recalled_once_by_two_who_do_the_duties_at_once(engine, both, key):
    with Session(engine, future=True) as session, session.begin():
        tender, one = doer(session, key)
        tender.state = workflow.ANSWERING
        calendar.arrange(session, tender, "review", Arranged(on=ACT.today), **one)

    def recall(session):
        duty = next(one for one in duties.DUTIES if one.name == "recall_steps")
        day = Day(an_act("daily"))
        return [duty.do(session, tender, day) for tender in duty.due(session, day)]

    both(recall, recall)
    assert counted(engine, TenderStep) == 1
    assert counted(engine, Event, Event.action == "remind") == 1
