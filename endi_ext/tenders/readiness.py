"""What to look at before a dossier goes out: what is missing, unfinished or only said by default."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from . import checklist, identity, proposal, workflow
from .bids import Bid, Outsider
from .models import Member

# What the declaration of a subcontractor does not do without; of a partner, what DC1 and DC2 say.
OF_PARTNER = ("legal_form", "address", "signatory")
OF_SUBCONTRACTOR = (*OF_PARTNER, "months", "vat")


@dataclass(frozen=True)
class Finding:
    """One thing to look at: a code, its facts, and the member it is about."""

    code: str
    facts: dict[str, Any] = field(default_factory=dict)
    member: Member | None = None


def findings(session: Session, bid: Bid) -> list[Finding]:
    """Return what to look at before the dossier goes out, what stops it first."""
    return [
        *_lots_and_prices(bid),
        *_identity(bid),
        *_firms(bid),
        *_papers(session, bid),
        *_people(bid),
    ]


def _lots_and_prices(bid: Bid) -> list[Finding]:
    if not bid.lots:
        return [Finding("no_lot")]
    found = []
    if not bid.split.total_cents:
        found.append(Finding("no_price"))
    elif not bid.split.complete:
        found.append(Finding("price_unfinished", {"unassigned_cents": bid.split.unassigned_cents}))
    return found


def _identity(bid: Bid) -> list[Finding]:
    lacking = identity.missing(bid.identity)
    found = [Finding("identity_lacks", {"names": lacking})] if lacking else []
    if not bid.consultation.buyer_address:
        found.append(Finding("buyer_address_missing"))
    return found


def _firms(bid: Bid) -> list[Finding]:
    found = []
    for one in bid.partners:
        found += _lacking(one, OF_PARTNER)
    for one in bid.subcontractors:
        found += _lacking(one, OF_SUBCONTRACTOR)
    if bid.subcontractors and bid.tender.liability == "none":
        names = ", ".join(one.member.name for one in bid.subcontractors)
        found.append(Finding("subcontractors_by_default", {"names": names}))
    return found


def _lacking(one: Outsider, needed: tuple[str, ...]) -> list[Finding]:
    # An entrepreneur of another cooperative is that cooperative: their own name is no legal person's.
    also = ("legal_name",) if one.member.via == "cooperative" else ()
    names = tuple(name for name in (*also, *needed) if not getattr(one.firm, name))
    told = {"name": one.member.name, "names": names}
    return [Finding("firm_lacks", told, one.member)] if names else []


def _papers(session: Session, bid: Bid) -> list[Finding]:
    missing = checklist.missing(session, bid.tender)
    unchecked = checklist.unchecked(session, bid.tender)
    undone = [part for part in proposal.parts(session, bid.tender) if part.state != proposal.READY]
    counted = (("papers_missing", missing), ("papers_unchecked", unchecked), ("parts_unfinished", undone))
    return [Finding(code, {"count": len(listed)}) for code, listed in counted if listed]


def _people(bid: Bid) -> list[Finding]:
    waiting = [member.name for member in bid.tender.members if member.state == workflow.INVITED]
    return [Finding("invited_not_answered", {"names": ", ".join(waiting)})] if waiting else []
