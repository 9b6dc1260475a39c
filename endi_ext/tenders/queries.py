"""Which tenders a party sees."""

from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from ..kernel.parties import Party
from . import workflow
from .models import Member, Tender

OPEN = (*workflow.UNDER_WAY, workflow.SUBMITTED)


def seen_by(party: Party) -> Any:
    """Return the condition on Tender: those a party leads, was invited to, or is a member of."""
    mine = exists().where(
        Member.tender_id == Tender.id,
        Member.party_id == party.id,
        Member.state.in_(workflow.IN_THE_TEAM),
    )
    return or_(Tender.lead_id == party.id, mine)


def of_party(session: Session, party: Party) -> list[Tender]:
    """Return the tenders a party sees, the nearest deadline first, those without one last."""
    found = (
        select(Tender).where(seen_by(party)).order_by(Tender.deadline.is_(None), Tender.deadline, Tender.id)
    )
    return list(session.execute(found).scalars())


def open_of_party(session: Session, party: Party) -> list[Tender]:
    """Return the tenders a party sees that are not over, the nearest deadline first, no deadline last."""
    found = _with_names(select(Tender).where(seen_by(party), Tender.state.in_(OPEN)))
    ordered = found.order_by(Tender.deadline.is_(None), Tender.deadline, Tender.id)
    return list(session.execute(ordered).scalars())


def without_notice(session: Session, party: Party) -> list[Tender]:
    """Return the tenders under way that a party leads and typed by hand, the newest first."""
    typed = select(Tender).where(
        Tender.lead_id == party.id, Tender.notice_id.is_(None), Tender.state.in_(workflow.UNDER_WAY)
    )
    return list(session.execute(typed.order_by(Tender.id.desc())).scalars())


def past_of_party(session: Session, party: Party, *, before: int | None, size: int) -> list[Tender]:
    """Return at most `size` tenders a party sees that are over, the newest first, older than `before`."""
    found = _with_names(select(Tender).where(seen_by(party), ~Tender.state.in_(OPEN)))
    if before is not None:
        found = found.where(Tender.id < before)
    return list(session.execute(found.order_by(Tender.id.desc()).limit(size)).scalars())


def _with_names(statement: Any) -> Any:
    return statement.options(joinedload(Tender.lead), selectinload(Tender.lots), selectinload(Tender.members))
