"""Tenders: begun from a notice or by hand, changed by their lead, updated by change notices."""

from sqlalchemy.orm import Session

from ..kernel.history import Act, remember
from ..kernel.parties import Party
from ..subcontracts import steps as agreements
from . import notice_store, rivals, workflow
from .models import Member, Tender, TenderNotice
from .notices import facts as facts_of_notices
from .notices.facts import LotFacts, TenderFacts
from .updates import lot_row, update_from

__all__ = ["LotFacts", "TenderFacts", "create", "facts_of", "update_from"]


def facts_of(notice: TenderNotice) -> TenderFacts:
    """Return what a tender begun from a kept notice starts with."""
    return facts_of_notices.of(notice_store.in_force(notice))


def create(
    session: Session,
    *,
    lead: Party,
    facts: TenderFacts,
    request_key: str,
    act: Act,
    notice: TenderNotice | None = None,
) -> Tender:
    """Begin a tender led by `lead`; the same request_key again returns the one made.

    Raises NoticeReplaced: a newer notice is in force.
    """

    def make() -> Tender:
        if notice is not None:
            notice_store.refuse_replaced(session, notice)
        tender = Tender(request_key=request_key, state=workflow.PREPARING, title=facts.title, **facts.values)
        tender.lead, tender.notice, tender.created_at = lead, notice, act.at
        tender.procedure_key = rivals.procedure_of(notice) if notice is not None else None
        for position, lot in enumerate(facts.lots, start=1):
            tender.lots.append(lot_row(position, lot))
        member = Member(position=1, party=lead, role="lead", state=workflow.ACCEPTED, via="party")
        member.invited_at = member.answered_at = act.at
        tender.members.append(member)
        tender.member_count = 1
        session.add(tender)
        session.flush()
        remember(session, tender, "begin", act, after=workflow.PREPARING)
        return tender

    return agreements.once(session, Tender, request_key, make)
