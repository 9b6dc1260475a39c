"""What waits for a party in the tenders it takes part in: one kind per thing it is expected to do."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session, selectinload

from ..kernel import paris
from ..kernel.parties import Party
from . import ballots, calendar, checklist, decisions, proposal, queries, questions, updates, workflow
from .models import Member, Tender
from .outcome_models import Agreement

INVITATION, POSITION, DECISION, PAPERS, CHECKS = "invitation", "position", "decision", "papers", "checks"
STEP, PARTS, QUESTIONS, OVERDUE = "step", "parts", "questions", "overdue"
RESULT, AGREEMENTS, CHANGED = "result", "agreements", "changed"
# A buyer is usually heard of within so many days; after that the lead is asked for the result.
RESULT_DAYS = 30
# Steps are announced so many days before; the decision and the offer itself wait as things of their own.
STEP_DAYS = 3
SHOWN_OTHERWISE = {
    calendar.DECIDE: (POSITION, DECISION),
    calendar.PAPERS: (PAPERS,),
    calendar.PROPOSAL: (PARTS,),
    calendar.QUESTIONS: (QUESTIONS,),
}


@dataclass(frozen=True)
class Waited:
    """One thing that waits: of which tender, until when if it is known, how many of it, and which."""

    kind: str
    tender: Tender
    until: date | None = None
    count: int = 1
    thing: Any = None


def waiting(session: Session, party: Party, *, today: date) -> list[Waited]:
    """Return what a party is expected to do in its tenders, the most pressing first."""
    found = [
        item
        for tender in _concerned(session, party)
        if (member := workflow.membership(tender, party)) is not None
        for item in of_member(session, tender, member, today)
    ]
    return sorted(found, key=lambda item: (item.until is None, item.until or today))


def of_member(session: Session, tender: Tender, member: Member, today: date) -> list[Waited]:
    """Return what someone of the team is expected to do in one tender."""
    if tender.state in workflow.UNDER_WAY and member.state == workflow.INVITED:
        return [Waited(INVITATION, tender, member.answer_by)]
    changed = list(_changes(session, tender, member))
    if tender.state not in workflow.UNDER_WAY:
        return [*changed, *_after_the_offer(tender, member, today)]
    found = changed + [item for ask in ASKED for item in ask(session, tender, member, today)]
    kinds = {item.kind for item in found}
    return [item for item in found if item.kind != STEP or not _said_already(item.thing.key, kinds)]


def _concerned(session: Session, party: Party) -> list[Tender]:
    """Return the tenders of a party in which something may wait: with the years most are over."""
    without_agreement = ~exists().where(Agreement.tender_id == Tender.id)
    waits = or_(
        Tender.state.in_(queries.OPEN),
        and_(Tender.state == workflow.WON, Tender.lead_id == party.id, without_agreement),
    )
    found = select(Tender).where(queries.seen_by(party), waits).order_by(Tender.id)
    return list(session.execute(found.options(selectinload(Tender.members))).scalars())


def _after_the_offer(tender: Tender, member: Member, today: date) -> list[Waited]:
    """Return what the lead has to see to once the offer is submitted, and once it is won."""
    if member.role != "lead":
        return []
    if tender.state == workflow.SUBMITTED and tender.deadline is not None:
        heard_by = paris.day_of(tender.deadline) + timedelta(days=RESULT_DAYS)
        return [Waited(RESULT, tender)] if heard_by <= today else []
    inside = [one for one in tender.members if one.state == workflow.ACCEPTED and not one.outside]
    shared = any(one.role == "member" for one in inside)
    return [Waited(AGREEMENTS, tender)] if tender.state == workflow.WON and shared else []


def _changes(session: Session, tender: Tender, member: Member) -> Iterator[Waited]:
    """What the buyer changed of a tender that is not over, until it was seen."""
    if tender.state in queries.OPEN and member.state == workflow.ACCEPTED and member.party is not None:
        unseen = updates.unseen(session, tender, member.party)
        if unseen:
            yield Waited(CHANGED, tender, count=len(unseen))


def _position(session: Session, tender: Tender, member: Member, today: date) -> Iterator[Waited]:
    if tender.state != workflow.PREPARING:
        return
    stands = decisions.standing(session, tender, today=today)
    said = {one.id for one, position in stands.said if position is not None}
    if member.role == "lead" and stands.verdict != ballots.OPEN:
        yield Waited(DECISION, tender, stands.closes_on)
    elif member.id not in said and not stands.over:
        yield Waited(POSITION, tender, stands.closes_on)


def _papers(session: Session, tender: Tender, member: Member, _today: date) -> Iterator[Waited]:
    if tender.state != workflow.ANSWERING or member.role == "adviser":
        return
    found = checklist.items(session, tender)
    until = _day_of(session, tender, calendar.PAPERS)
    # The cooperative's own are the support team's to bring.
    mine = [one for one in checklist.own_items(found, member) if one.who != checklist.COOPERATIVE]
    lacking = sum(not one.stands for one in mine)
    if lacking:
        yield Waited(PAPERS, tender, until, lacking)
    unchecked = sum(one.state == checklist.PROVIDED for one in found)
    if unchecked and member.role == "lead":
        yield Waited(CHECKS, tender, until, unchecked)


def _parts(session: Session, tender: Tender, member: Member, _today: date) -> Iterator[Waited]:
    if tender.state != workflow.ANSWERING or member.role == "adviser":
        return
    undone = proposal.to_write(session, tender, member)
    if undone:
        days = [part.due_on for part in undone if part.due_on is not None]
        until = min(days) if days else _day_of(session, tender, calendar.PROPOSAL)
        yield Waited(PARTS, tender, until, len(undone))


def _questions(session: Session, tender: Tender, member: Member, _today: date) -> Iterator[Waited]:
    drafts = sum(one.state == questions.DRAFT for one in questions.of_tender(session, tender))
    if drafts and member.role == "lead":
        yield Waited(QUESTIONS, tender, _day_of(session, tender, calendar.QUESTIONS), drafts)


def _steps(session: Session, tender: Tender, member: Member, today: date) -> Iterator[Waited]:
    late = tender.deadline is not None and paris.day_of(tender.deadline) < today
    if late:
        if member.role == "lead":
            yield Waited(OVERDUE, tender, paris.day_of(tender.deadline))
        return
    latest = today + timedelta(days=STEP_DAYS)
    for step in calendar.to_do(session, tender, member):
        if step.on is not None and step.on <= latest and step.key != calendar.DECIDE:
            yield Waited(STEP, tender, step.on, thing=step)


Ask = Callable[[Session, Tender, Member, date], Iterator[Waited]]
ASKED: Sequence[Ask] = (_position, _papers, _parts, _questions, _steps)


def _said_already(key: str, kinds: set[str]) -> bool:
    return any(kind in kinds for kind in SHOWN_OTHERWISE.get(key, ()))


def _day_of(session: Session, tender: Tender, key: str) -> date | None:
    step = calendar.step_of(session, tender, key)
    return None if step is None else step.on
