"""Tenders: begun from a notice or by hand, changed by their lead, updated by change notices."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ..kernel.history import Act, remember
from ..kernel.parties import Party
from ..subcontracts import steps as agreements
from . import workflow
from .models import Lot, Member, Tender, TenderNotice


@dataclass(frozen=True)
class LotFacts:
    """What is known of a lot; amounts without VAT in cents, `deadline` aware."""

    title: str
    key: str = ""
    description: str = ""
    cpv: Sequence[str] = ()
    estimated_value_cents: int | None = None
    deadline: datetime | None = None
    criteria: Sequence[dict[str, Any]] = ()
    answered: bool = True


@dataclass(frozen=True)
class TenderFacts:
    """What is known of a tender: `values` are columns of models.Tender by name; one lot at least."""

    title: str
    lots: Sequence[LotFacts]
    values: dict[str, Any] = field(default_factory=dict)


def create(
    session: Session,
    *,
    lead: Party,
    facts: TenderFacts,
    request_key: str,
    act: Act,
    notice: TenderNotice | None = None,
) -> Tender:
    """Begin a tender led by `lead`; the same request_key again returns the one made."""

    def make() -> Tender:
        tender = Tender(request_key=request_key, state=workflow.PREPARING, title=facts.title, **facts.values)
        tender.lead, tender.notice, tender.created_at = lead, notice, act.at
        tender.procedure_key = notice.procedure_key if notice is not None else None
        for position, lot in enumerate(facts.lots, start=1):
            row = Lot(position=position, **vars(lot))
            row.cpv, row.criteria = list(lot.cpv), list(lot.criteria)
            tender.lots.append(row)
        member = Member(position=1, party=lead, role="lead", state=workflow.ACCEPTED, via="party")
        member.invited_at = member.answered_at = act.at
        tender.members.append(member)
        tender.member_count = 1
        session.add(tender)
        session.flush()
        remember(session, tender, "begin", act, after=workflow.PREPARING)
        return tender

    return agreements.once(session, Tender, request_key, make)
