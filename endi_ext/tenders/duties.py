"""What is to be done each day for tenders: reminders of invitations, of steps and of the deadline.

Each thing is reminded of once: who has a long list must still see what is new in it.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..kernel import paris
from ..kernel.history import Event, remember
from ..subcontracts.duties import Day, Duty
from . import calendar, steps, workflow
from .calendar import Step
from .models import Member, Tender

# So many days before the deadline the whole team is told.
DEADLINE_MARKS = (7, 2)
# An invitation is recalled so many days before the last one to answer, or after it was sent without one.
ANSWER_DAYS, SILENT_DAYS = 2, 5
# A step is recalled the day before; one that is over for longer than that is not news any more.
STEP_DAYS, OLD_DAYS = 1, 7


def invitations_to_recall(session: Session, day: Day) -> Sequence[Member]:
    """Return those who were invited, should answer soon and were not reminded of it."""
    wanted = select(Member).join(Tender, Tender.id == Member.tender_id)
    wanted = wanted.where(
        Member.state == workflow.INVITED,
        Member.party_id.is_not(None),
        Tender.state.in_(workflow.UNDER_WAY),
    )
    found = session.execute(wanted.order_by(Member.id)).scalars().all()
    return [one for one in found if _is_silent(one, day.act.today) and not _reminded_member(session, one)]


def tenders_to_recall(session: Session, day: Day) -> Sequence[Tender]:
    """Return the tenders whose deadline comes near, unless their team was told so at this mark."""
    wanted = select(Tender).where(Tender.state.in_(workflow.UNDER_WAY), Tender.deadline > day.act.at)
    latest = day.act.at + timedelta(days=max(DEADLINE_MARKS) + 1)
    found = session.execute(wanted.where(Tender.deadline < latest).order_by(Tender.id)).scalars().all()
    return [tender for tender in found if _mark_to_tell(session, tender, day.act.today) is not None]


def steps_to_recall(session: Session, day: Day) -> Sequence[Tender]:
    """Return the tenders with steps that are due and that nobody was reminded of."""
    wanted = select(Tender).where(Tender.state.in_(workflow.UNDER_WAY)).order_by(Tender.id)
    found = session.execute(wanted).scalars().all()
    return [tender for tender in found if _due(session, tender, day.act.today)]


def _recall_invitation(session: Session, member: Any, day: Day) -> bool:
    steps.lock(session, member.tender)
    if member not in invitations_to_recall(session, day):
        return False
    remember(session, member, "remind", day.act)
    return True


def _recall_deadline(session: Session, tender: Any, day: Day) -> bool:
    locked = steps.lock(session, tender)
    if locked.state not in workflow.UNDER_WAY or _mark_to_tell(session, locked, day.act.today) is None:
        return False
    remember(session, locked, "remind", day.act, after=str(_days_left(locked, day.act.today)))
    return True


def _recall_steps(session: Session, tender: Any, day: Day) -> bool:
    locked = steps.lock(session, tender)
    if locked.state not in workflow.UNDER_WAY:
        return False
    due = [calendar.touch(session, locked, step.key) for step in _due(session, locked, day.act.today)]
    # A row is younger than our snapshot when another did all this a moment ago.
    due = [row for row in due if row.reminded_at is None and row.done_at is None]
    for row in due:
        row.reminded_at = day.act.at
        remember(session, row, "remind", day.act)
    return bool(due)


def _due(session: Session, tender: Tender, today: date) -> list[Step]:
    latest, oldest = today + timedelta(days=STEP_DAYS), today - timedelta(days=OLD_DAYS)
    found = [one for one in calendar.steps_of(session, tender) if not one.done and one.on is not None]
    found = [one for one in found if one.on is not None and oldest <= one.on <= latest]
    return [one for one in found if one.row is None or one.row.reminded_at is None]


def _is_silent(member: Member, today: date) -> bool:
    if member.answer_by is not None:
        return bool(member.answer_by >= today >= member.answer_by - timedelta(days=ANSWER_DAYS))
    return paris.day_of(member.invited_at) <= today - timedelta(days=SILENT_DAYS)


def _reminded_member(session: Session, member: Member) -> bool:
    reminded = _last_reminder(session, "member", member.id)
    return reminded is not None and reminded >= paris.day_of(member.invited_at)


def _mark_to_tell(session: Session, tender: Tender, today: date) -> int | None:
    """Return the mark that is reached and was not told."""
    left = _days_left(tender, today)
    reached = [mark for mark in DEADLINE_MARKS if 0 <= left <= mark]
    if not reached:
        return None
    mark = min(reached)
    reminded = _last_reminder(session, "tender", tender.id)
    since = paris.day_of(tender.deadline) - timedelta(days=mark)
    return None if reminded is not None and reminded >= since else mark


def _days_left(tender: Tender, today: date) -> int:
    return (paris.day_of(tender.deadline) - today).days


def _last_reminder(session: Session, subject: str, key: int) -> date | None:
    last = select(func.max(Event.at)).where(
        Event.subject == subject, Event.subject_id == key, Event.action == "remind"
    )
    at = session.execute(last).scalar_one()
    return None if at is None else paris.day_of(at)


DUTIES = (
    Duty("recall_invitations", invitations_to_recall, _recall_invitation),
    Duty("recall_steps", steps_to_recall, _recall_steps),
    Duty("recall_deadlines", tenders_to_recall, _recall_deadline),
)
