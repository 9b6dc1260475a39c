"""Questions accountants ask parties: asked, answered in words and files, asked again, closed.

Whoever changes a question locks its row first. Files come checked: what they are was read from their content
by whoever received them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from ..kernel.errors import DomainError
from ..kernel.history import Act, remember
from ..kernel.parties import Party
from ..ledger.queries import Page
from .question_messages import FilesTooLarge, Joined, NothingAsked, TooManyFiles, content, write
from .question_models import ACCOUNTANT, ANSWERED, ASKED, PARTY, Question, QuestionMessage
from .question_workflow import QUESTION


class QuestionKeyReused(DomainError):
    """The same form was sent with another content."""

    code = "question_key_reused"


@dataclass(frozen=True)
class About:
    """What a question is about: its kind and id, and what both sides read of it."""

    subject: str
    subject_id: int
    title: str
    on: date
    amount_cents: int = 0


def ask(session: Session, about: About, party: Party, text: str, *, request_key: str, act: Act) -> Question:
    """Ask a party about something; the same request_key again returns the question made.

    Raises NothingAsked, QuestionKeyReused.
    """
    known = _asked(session, request_key)
    if known is None:
        question = _new_question(about, party, request_key, act)
        try:
            with session.begin_nested():
                session.add(question)
                session.flush()
        except IntegrityError:
            known = _asked(session, request_key, lock=True)
            if known is None:
                raise
        else:
            write(session, question, ACCOUNTANT, text, (), request_key, act)
            remember(session, question, "ask", act, after=ASKED)
            return question
    if (known.party_id, known.subject, known.subject_id) != (party.id, about.subject, about.subject_id):
        raise QuestionKeyReused
    return known


def ask_again(session: Session, question: Question, text: str, *, request_key: str, act: Act) -> Question:
    """Ask more about it: the party is expected to answer again, also once it was closed.

    Raises NothingAsked, QuestionKeyReused.
    """

    def make(locked: Question) -> None:
        write(session, locked, ACCOUNTANT, text, (), request_key, act)
        locked.closed_at = locked.closed_by = None
        _move(session, locked, "ask_again", ACCOUNTANT, act)

    return _once(session, question, request_key, make)


def answer(
    session: Session, question: Question, text: str, files: Sequence[Joined], *, request_key: str, act: Act
) -> Question:
    """Answer as the party, in words, with files, or both; more may follow until the question is closed.

    Raises WrongState, NothingAsked, TooManyFiles, FilesTooLarge, QuestionKeyReused.
    """

    def make(locked: Question) -> None:
        QUESTION.target(str(locked.state), "answer", PARTY)
        write(session, locked, PARTY, text, files, request_key, act)
        locked.answered_at = act.at
        _move(session, locked, "answer", PARTY, act)

    return _once(session, question, request_key, make)


def close(session: Session, question: Question, act: Act) -> Question:
    """Close a question, answered or not: nothing waits any more. Raises WrongState."""
    locked = _lock(session, question)
    _move(session, locked, "close", ACCOUNTANT, act)
    locked.closed_at, locked.closed_by = act.at, act.actor_name
    return locked


def waiting_for(session: Session, party: Party) -> list[Question]:
    """Return what a party is expected to answer, the oldest first."""
    wanted = select(Question).where(Question.party_id == party.id, Question.state == ASKED)
    return list(session.execute(wanted.order_by(Question.id)).scalars())


def about(session: Session, subject: str, subject_id: int) -> list[Question]:
    """Return what was asked about one thing, the newest first."""
    wanted = select(Question).where(Question.subject == subject, Question.subject_id == subject_id)
    return list(
        session.execute(wanted.options(joinedload(Question.party)).order_by(Question.id.desc())).scalars()
    )


def page(
    session: Session, state: str, *, party_id: int | None = None, cursor: str | None = None, size: int = 50
) -> "Page[Question]":
    """Return a page of the questions in a state, newest first, with their parties."""
    wanted = select(Question).where(Question.state == state).options(joinedload(Question.party))
    if party_id is not None:
        wanted = wanted.where(Question.party_id == party_id)
    place = cursor or ""
    at = int(place[1:]) if place[1:].isdecimal() and place[0] in "on" else None
    newer = at is not None and place[0] == "n"
    if at is not None:
        wanted = wanted.where(Question.id > at if newer else Question.id < at)
    ordered = wanted.order_by(Question.id if newer else Question.id.desc()).limit(size + 1)
    rows = list(session.execute(ordered).scalars())
    more, rows = len(rows) > size, rows[:size]
    rows = rows[::-1] if newer else rows
    older, younger = (True, more) if newer else (more, at is not None)
    return Page(
        rows,
        f"o{rows[-1].id}" if rows and older else None,
        f"n{rows[0].id}" if rows and younger else None,
    )


def standing(session: Session, starts_on: date, ends_on: date) -> tuple[int, int]:
    """Return how many questions about these days are not closed, and the cents at stake."""
    sums = select(func.count(), func.sum(Question.amount_cents)).select_from(Question)
    open_ones = sums.where(Question.state.in_((ASKED, ANSWERED)), Question.on_day.between(starts_on, ends_on))
    count, cents = session.execute(open_ones).one()
    return int(count), int(cents or 0)


def _new_question(about: About, party: Party, request_key: str, act: Act) -> Question:
    return Question(
        request_key=request_key,
        party=party,
        subject=about.subject,
        subject_id=about.subject_id,
        title=about.title[:190],
        on_day=about.on,
        amount_cents=abs(about.amount_cents),
        state=ASKED,
        message_count=0,
        file_count=0,
        file_bytes=0,
        asked_at=act.at,
        asked_by=act.actor_name,
        asked_key=act.actor_key,
    )


def _asked(session: Session, request_key: str, *, lock: bool = False) -> Question | None:
    wanted = select(Question).where(Question.request_key == request_key)
    found: Question | None = (
        session.execute(wanted.with_for_update() if lock else wanted).scalars().one_or_none()
    )
    return found


def _lock(session: Session, question: Question) -> Question:
    row = select(Question).where(Question.id == question.id).with_for_update()
    locked: Question = session.execute(row.execution_options(populate_existing=True)).scalars().one()
    return locked


def _once(
    session: Session, question: Question, request_key: str, make: Callable[[Question], None]
) -> Question:
    """Do what a form asks unless it was done already: its key is that of a message of this question."""
    locked = _lock(session, question)
    known = select(QuestionMessage.question_id).where(QuestionMessage.request_key == request_key)
    # With a lock: the first click may be younger than our snapshot.
    written = session.execute(known.with_for_update(read=True)).scalar_one_or_none()
    if written is None:
        make(locked)
    elif written != question.id:
        raise QuestionKeyReused
    return locked


def _move(session: Session, question: Question, action: str, role: str, act: Act) -> None:
    before = str(question.state)
    question.state = QUESTION.target(before, action, role)
    remember(session, question, action, act, before=before, after=str(question.state))


__all__ = [
    "About", "FilesTooLarge", "Joined", "NothingAsked", "QuestionKeyReused", "TooManyFiles", "about",
    "answer", "ask", "ask_again", "close", "content", "page", "standing", "waiting_for",
]  # fmt: skip
