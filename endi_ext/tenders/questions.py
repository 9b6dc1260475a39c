"""Questions to the buyer: written together, asked on the buyer's own platform, their answers noted."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel.history import Act, remember
from ..kernel.parties import Party
from ..subcontracts import steps as agreements
from . import steps
from .models import Tender
from .paper_errors import QuestionNotSent, QuestionSent
from .paper_models import TenderQuestion

DRAFT, SENT, ANSWERED, WITHDRAWN = "draft", "sent", "answered", "withdrawn"


def of_tender(session: Session, tender: Tender) -> list[TenderQuestion]:
    """Return the questions of a tender in the order they were written."""
    wanted = select(TenderQuestion).where(TenderQuestion.tender_id == tender.id)
    return list(session.execute(wanted.order_by(TenderQuestion.number)).scalars())


def question_of(session: Session, tender: Tender, question_id: int) -> TenderQuestion | None:
    """Return a question through its tender."""
    wanted = select(TenderQuestion).where(
        TenderQuestion.id == question_id, TenderQuestion.tender_id == tender.id
    )
    return session.execute(wanted).scalars().one_or_none()


def write(
    session: Session, tender: Tender, *, text: str, request_key: str, party: Party, act: Act
) -> TenderQuestion:
    """Write a question to ask the buyer; the same request_key writes one. Raises WrongState, WrongRole."""
    locked = steps.lock(session, tender)

    def make() -> TenderQuestion:
        steps.check(locked, "prepare", party)
        # With a lock: what someone wrote just now is younger than our snapshot.
        numbers = select(TenderQuestion.number).where(TenderQuestion.tender_id == locked.id).with_for_update()
        question = TenderQuestion(
            request_key=request_key,
            tender=locked,
            number=1 + max(session.execute(numbers).scalars(), default=0),
            state=DRAFT,
            text=text,
            written_by=party,
            written_name=act.actor_name,
            written_at=act.at,
        )
        session.add(question)
        session.flush()  # its event names it
        remember(session, question, "write", act, after=DRAFT)
        return question

    return agreements.once(session, TenderQuestion, request_key, make)


def change(
    session: Session, question: TenderQuestion, *, text: str, party: Party, act: Act
) -> TenderQuestion:
    """Write a question differently before it is asked. Raises WrongState, WrongRole, QuestionSent."""
    locked = _lock(session, question, party)
    if locked.state != DRAFT:
        raise QuestionSent
    if locked.text != text:
        locked.text = text
        remember(session, locked, "change", act)
    return locked


def ask(session: Session, question: TenderQuestion, *, on: date, party: Party, act: Act) -> TenderQuestion:
    """Note that a question was asked on the buyer's platform. Raises WrongState, WrongRole, QuestionSent."""
    locked = _lock(session, question, party)
    if locked.state != DRAFT:
        raise QuestionSent
    locked.state, locked.sent_on = SENT, on
    remember(session, locked, "ask", act, after=SENT)
    return locked


def answer(
    session: Session, question: TenderQuestion, *, text: str, on: date, party: Party, act: Act
) -> TenderQuestion:
    """Note the buyer's answer, or correct it. Raises WrongState, WrongRole, QuestionNotSent."""
    locked = _lock(session, question, party)
    if locked.state not in (SENT, ANSWERED):
        raise QuestionNotSent
    if (locked.answer, locked.answered_on) != (text, on):
        locked.state, locked.answer, locked.answered_on = ANSWERED, text, on
        remember(session, locked, "answer", act, after=ANSWERED)
    return locked


def withdraw(session: Session, question: TenderQuestion, *, party: Party, act: Act) -> TenderQuestion:
    """Do without a question that was not asked. Raises WrongState, WrongRole, QuestionSent."""
    locked = _lock(session, question, party)
    if locked.state != DRAFT:
        raise QuestionSent
    locked.state = WITHDRAWN
    remember(session, locked, "withdraw", act, after=WITHDRAWN)
    return locked


def _lock(session: Session, question: TenderQuestion, party: Party) -> TenderQuestion:
    tender = steps.lock(session, question.tender)
    steps.check(tender, "prepare", party)
    locked: TenderQuestion = steps.lock_row(session, TenderQuestion, question.id)
    return locked
