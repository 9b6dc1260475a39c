"""Which tenders a party sees."""

from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from ..kernel.parties import Party
from . import workflow
from .models import Member, Tender


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
