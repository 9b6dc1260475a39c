"""The calendar of an answer: steps counted back from the deadline, moved, given to someone, done.

The usual steps are there as soon as the deadline is known. Where less than USUAL_DAYS lie between the
beginning and the deadline they come closer in proportion; a step never falls on a weekend but on the Friday
before, and never before the day the answer began.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel import paris
from ..kernel.history import Act, remember
from ..kernel.parties import Party
from . import papers, steps, workflow
from .models import Member, Tender
from .paper_errors import StepGone, StepWithoutDay
from .paper_models import TenderStep

DECIDE, QUESTIONS, PRICES, PAPERS, PROPOSAL, REVIEW, SUBMIT = (
    "decide",
    "questions",
    "prices",
    "papers",
    "proposal",
    "review",
    "submit",
)
# How many days before the deadline each usual step is to be done; their words are the page's.
USUAL = {DECIDE: 21, QUESTIONS: 12, PRICES: 7, PAPERS: 6, PROPOSAL: 5, REVIEW: 3, SUBMIT: 1}
USUAL_DAYS = 28
SATURDAY = 5


@dataclass(frozen=True)
class Step:
    """One step: what, until when, whose. `label` is empty for a usual one, `on` none without a deadline."""

    key: str
    label: str
    on: date | None
    days_before: int | None
    member: Member | None
    done: bool
    done_by: str
    row: TenderStep | None = None

    def is_late(self, today: date) -> bool:
        """Whether it should be done by now."""
        return not self.done and self.on is not None and self.on < today


def steps_of(session: Session, tender: Tender) -> list[Step]:
    """Return the steps of a tender, the earliest first; those without a day last."""
    kept = [step for step in _every(session, tender) if step.row is None or not step.row.dropped]
    return sorted(kept, key=lambda step: (step.on is None, step.on or date.max, step.key == SUBMIT))


def step_of(session: Session, tender: Tender, key: str, *, dropped: bool = False) -> Step | None:
    """Return the step of that key, where asked also one that was dropped."""
    listed = _every(session, tender) if dropped else steps_of(session, tender)
    return next((step for step in listed if step.key == key), None)


def to_do(session: Session, tender: Tender, member: Member) -> list[Step]:
    """Return the undone steps of a member; the lead's also those of nobody and of the firms outside."""
    undone = [step for step in steps_of(session, tender) if not step.done]
    if member.role == "lead":
        return [one for one in undone if one.member is None or one.member.outside or one.member is member]
    return [step for step in undone if step.member is member]


def counted_back(tender: Tender, days: int) -> date | None:
    """Return the working day `days` days before the deadline, not before the answer began."""
    if tender.deadline is None:
        return None
    deadline, began = paris.day_of(tender.deadline), paris.day_of(tender.created_at)
    return max(_before_the_weekend(deadline - timedelta(days=days)), min(began, deadline))


def usual_days(tender: Tender, key: str) -> int:
    """Return how many days before the deadline a usual step is due: fewer where there is little time."""
    if tender.deadline is None:
        return USUAL[key]
    there_are = (paris.day_of(tender.deadline) - paris.day_of(tender.created_at)).days
    # Rounded up: while a day is left, the offer is to be there the day before.
    return -(-USUAL[key] * max(0, min(there_are, USUAL_DAYS)) // USUAL_DAYS)


@dataclass(frozen=True)
class Arranged:
    """How a step is arranged: on a day, or so many days before the deadline; whose it is."""

    label: str = ""
    on: date | None = None
    days_before: int | None = None
    member_id: int | None = None


def add(
    session: Session, tender: Tender, arranged: Arranged, *, request_key: str, party: Party, act: Act
) -> TenderStep:
    """Add a step of the team's own; the same request_key adds one.

    Raises WrongState, WrongRole, StepWithoutDay.
    """
    locked = _lock(session, tender, party)
    key = "own-" + hashlib.sha256(request_key.encode()).hexdigest()[:32]
    found = _row(session, locked, key)
    if found is not None:
        return found
    row = TenderStep(tender=locked, step_key=key, label=arranged.label)
    return _arrange(session, row, arranged, "add", act)


def arrange(
    session: Session, tender: Tender, key: str, arranged: Arranged, *, party: Party, act: Act
) -> TenderStep:
    """Move a step or give it to someone. Raises WrongState, WrongRole, StepGone, StepWithoutDay."""
    row = _touch(session, _lock(session, tender, party), key)
    return _arrange(session, row, arranged, "arrange", act)


def drop(session: Session, tender: Tender, key: str, *, party: Party, act: Act) -> TenderStep:
    """Do without a step. Raises WrongState, WrongRole, StepGone."""
    row = _touch(session, _lock(session, tender, party), key)
    row.dropped = True
    remember(session, row, "drop", act)
    return row


def finish(session: Session, tender: Tender, key: str, *, done: bool, party: Party, act: Act) -> TenderStep:
    """Note that a step is done, or that it is not after all. Raises WrongState, WrongRole, StepGone."""
    row = _touch(session, _lock(session, tender, party), key)
    if (row.done_at is not None) != done:
        row.done_at, row.done_name = (act.at, act.actor_name) if done else (None, "")
        remember(session, row, "finish" if done else "resume", act)
    return row


def touch(session: Session, tender: Tender, key: str) -> TenderStep:
    """Return the row of a step of a locked tender, a new one where nobody touched it yet. Raises StepGone."""
    return _touch(session, tender, key)


def _every(session: Session, tender: Tender) -> list[Step]:
    rows = {row.step_key: row for row in _rows(session, tender)}
    usual = [_usual(tender, key, rows.get(key)) for key in USUAL]
    return usual + [_step(tender, row, row.days_before) for key, row in rows.items() if key not in USUAL]


def _lock(session: Session, tender: Tender, party: Party) -> Tender:
    locked = steps.lock(session, tender)
    steps.check(locked, "prepare", party)
    return locked


def _arrange(session: Session, row: TenderStep, arranged: Arranged, action: str, act: Act) -> TenderStep:
    known = arranged.days_before is not None and row.tender.deadline is not None
    if arranged.on is None and not known:
        raise StepWithoutDay
    before = (row.id, row.on, row.days_before, row.member_id, row.label)
    row.on, row.days_before = arranged.on, None if arranged.on is not None else arranged.days_before
    row.member = papers.member_of(row.tender, arranged.member_id)
    row.label = arranged.label or row.label
    session.add(row)
    session.flush()  # its event names it, and its member's id is compared
    if before != (row.id, row.on, row.days_before, row.member_id, row.label):
        row.reminded_at = None
        remember(session, row, action, act)
    return row


def _touch(session: Session, tender: Tender, key: str) -> TenderStep:
    row = _row(session, tender, key)
    if (row is None and key not in USUAL) or (row is not None and row.dropped):
        raise StepGone
    if row is None:
        row = TenderStep(tender=tender, step_key=key)
        session.add(row)
        session.flush()  # its event names it
    return row


def _usual(tender: Tender, key: str, row: TenderStep | None) -> Step:
    if row is not None:
        days = usual_days(tender, key) if row.days_before is None else row.days_before
        return _step(tender, row, days)
    days = usual_days(tender, key)
    return Step(key, "", counted_back(tender, days), days, None, _over(tender, key), "")


def _step(tender: Tender, row: TenderStep, days_before: int | None) -> Step:
    on = row.on
    if on is None and days_before is not None:
        on = counted_back(tender, days_before)
    done = row.done_at is not None or _over(tender, str(row.step_key))
    member = row.member if row.member is not None and row.member.state == workflow.ACCEPTED else None
    days = None if row.on is not None else days_before
    return Step(str(row.step_key), str(row.label), on, days, member, done, str(row.done_name), row)


def _over(tender: Tender, key: str) -> bool:
    """Say whether what the tender went through shows that a step is done."""
    if key == DECIDE:
        return tender.state != workflow.PREPARING
    return key == SUBMIT and tender.submitted_at is not None and tender.state not in workflow.UNDER_WAY


def _before_the_weekend(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))


def _rows(session: Session, tender: Tender) -> list[TenderStep]:
    rows = select(TenderStep).where(TenderStep.tender_id == tender.id).order_by(TenderStep.id)
    return list(session.execute(rows).scalars())


def _row(session: Session, tender: Tender, key: str) -> TenderStep | None:
    wanted = select(TenderStep).where(TenderStep.tender_id == tender.id, TenderStep.step_key == key)
    locking = wanted.with_for_update().execution_options(populate_existing=True)
    return session.execute(locking).scalars().one_or_none()
