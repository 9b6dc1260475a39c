"""What people tell of a consultation and of outside firms so that forms can be filled in."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel.history import Act, remember
from ..kernel.parties import Party
from . import steps
from .form_models import FormFacts
from .models import Member, Tender

PARTNER, SUBCONTRACTOR = "partner", "subcontractor"
# Whom a public contract may be reserved for (DC2, C2); "" for one that is not reserved.
RESERVED = ("insertion", "adapted", "assisted", "social", "prison")


@dataclass(frozen=True)
class Consultation:
    """Of the consultation: where the buyer is, whether the contract is reserved, what proves our capacity."""

    buyer_address: str = ""
    reserved: str = ""
    references: str = ""
    means: str = ""
    more: str = ""


@dataclass(frozen=True)
class Firm:
    """Of an outside firm: its place beside us, who it is, and what a subcontractor is declared with.

    `place` is "partner" (co-contractor of a group) or "subcontractor". `legal_name` is that of the legal
    person where it differs from the name people know: of an entrepreneur of another cooperative, that
    cooperative's. `small`, `direct_payment` and `advance` are "yes", "no" or "" (not told). `vat` is "",
    "reverse_charge" (works of construction) or a rate in basis points.
    """

    place: str = ""
    legal_name: str = ""
    legal_form: str = ""
    address: str = ""
    phone: str = ""
    registry: str = ""
    small: str = ""
    signatory: str = ""
    work: str = ""
    months: str = ""
    vat: str = ""
    price_variation: str = ""
    direct_payment: str = ""
    advance: str = ""
    personal_data: str = ""


# What stays true of a firm from one tender to the next.
LASTING = ("legal_name", "legal_form", "address", "phone", "registry", "small", "signatory")
Known = TypeVar("Known", Consultation, Firm)


def of_consultation(session: Session, tender: Tender) -> Consultation:
    """Return what was told of the consultation."""
    return _as(Consultation, _written(session, tender, 0))


def of_firm(session: Session, tender: Tender, member: Member) -> Firm:
    """Return what was told of an outside firm: here, else when the same lead last answered with it."""
    return _as(Firm, _written(session, tender, member.id) or _told_before(session, tender, member))


def note(
    session: Session,
    tender: Tender,
    values: Mapping[str, str],
    *,
    party: Party,
    act: Act,
    member: Member | None = None,
) -> None:
    """Keep what is told of the consultation, or of an outside firm; the same again changes nothing.

    Raises WrongState, WrongRole.
    """
    tender = steps.lock(session, tender)
    steps.check(tender, "prepare", party)
    kind: Any = Consultation if member is None else Firm
    facts = vars(_as(kind, values))
    key = 0 if member is None else member.id
    # With a lock: what someone told just now is younger than our snapshot.
    row = session.execute(_wanted(tender, key).with_for_update()).scalars().one_or_none()
    if row is not None and row.facts == facts:
        return
    row = row or FormFacts(tender_id=tender.id, member_key=key)
    row.facts, row.changed_at, row.changed_by = facts, act.at, act.actor_name
    session.add(row)
    remember(session, tender, "tell_forms", act, reason=None if member is None else member.name)


def _wanted(tender: Tender, key: int) -> Any:
    return select(FormFacts).where(FormFacts.tender_id == tender.id, FormFacts.member_key == key)


def _written(session: Session, tender: Tender, key: int) -> dict[str, str]:
    row = session.execute(_wanted(tender, key)).scalars().one_or_none()
    return {} if row is None else dict(row.facts)


def _told_before(session: Session, tender: Tender, member: Member) -> dict[str, str]:
    wanted = (
        select(FormFacts.facts)
        .join(Member, Member.id == FormFacts.member_key)
        .join(Tender, Tender.id == FormFacts.tender_id)
        .where(Member.siret == member.siret, Member.siret != "", Tender.lead_id == tender.lead_id)
        .order_by(FormFacts.id.desc())
        .limit(1)
    )
    facts = session.execute(wanted).scalars().first() or {}
    return {name: facts.get(name, "") for name in LASTING}


def _as(kind: type[Known], values: Mapping[str, str]) -> Known:
    return kind(**{one.name: str(values.get(one.name) or "") for one in fields(kind)})
