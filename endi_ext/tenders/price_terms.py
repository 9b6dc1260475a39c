"""What a team settles on its money: fee, common expenses, retention, payments expected, what one may bear."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ..exchanges import choices
from ..kernel import preferences
from ..kernel.history import Act
from ..kernel.parties import Party
from . import cash, exposure, prices, steps, workflow
from .models import Member, Tender
from .price_errors import CapOfAnother, InstalmentsExceed, RetentionOverLimit
from .price_models import Instalment, PriceTerms
from .shares import WHOLE_BP
from .splits import Split

DEFAULT_CAP = "tender_cap_cents"
MOST_RETENTION = "retention_max_bp"


@dataclass(frozen=True)
class Settled:
    """What the lead settles: basis points, cents, the client's days to pay, when the retention is let go."""

    fee_bp: int
    common_cents: int
    retention_rate_bp: int
    payment_days: int
    retention_release_on: date | None = None


def settle(session: Session, tender: Tender, wanted: Settled, *, party: Party, act: Act) -> None:
    """Settle fee, common expenses, retention and payment; the same again changes nothing.

    Raises WrongState, WrongRole, RetentionOverLimit.
    """
    locked = steps.lock(session, tender)
    steps.check(locked, "steer", party)
    most_bp = int(preferences.get(session, MOST_RETENTION))
    if wanted.retention_rate_bp > most_bp:
        raise RetentionOverLimit(rate_bp=wanted.retention_rate_bp, most_bp=most_bp)
    if wanted == settled(session, locked):
        return
    locked.fee_bp, locked.common_cents = wanted.fee_bp, wanted.common_cents
    locked.retention_rate_bp = wanted.retention_rate_bp
    row = _row(session, locked) or PriceTerms(tender_id=locked.id)
    row.payment_days, row.retention_release_on = wanted.payment_days, wanted.retention_release_on
    session.add(row)
    prices.note(session, locked, "change_terms", act)


def settled(session: Session, tender: Tender) -> Settled:
    """Return what is settled; before anything is, the client is expected to pay in the usual days."""
    row = _row(session, tender)
    return Settled(
        tender.fee_bp,
        tender.common_cents,
        tender.retention_rate_bp,
        choices.read(session).payment_days if row is None else row.payment_days,
        None if row is None else row.retention_release_on,
    )


def plan(
    session: Session, tender: Tender, wanted: Sequence[cash.Expected], *, party: Party, act: Act
) -> None:
    """Say when the client is expected to be invoiced, in the place of what was said before.

    Raises WrongState, WrongRole, InstalmentsExceed.
    """
    locked = steps.lock(session, tender)
    steps.check(locked, "steer", party)
    ordered = sorted(wanted, key=lambda one: one.invoiced_on)
    if sum(one.rate_bp for one in ordered) > WHOLE_BP:
        raise InstalmentsExceed
    if ordered == planned(session, locked):
        return
    session.execute(delete(Instalment).where(Instalment.tender_id == locked.id))
    for position, one in enumerate(ordered, start=1):
        session.add(Instalment(tender_id=locked.id, position=position, **vars(one)))
    prices.note(session, locked, "change_terms", act)


def planned(session: Session, tender: Tender) -> list[cash.Expected]:
    """Return when the client is expected to be invoiced, the earliest first."""
    found = select(Instalment).where(Instalment.tender_id == tender.id).order_by(Instalment.position)
    return [
        cash.Expected(one.invoiced_on, one.rate_bp, one.label) for one in session.execute(found).scalars()
    ]


def payments(session: Session, tender: Tender, split: Split) -> list[cash.Payment]:
    """Return when money is expected to reach each member."""
    terms = settled(session, tender)
    return cash.calendar(
        split.members,
        planned(session, tender),
        payment_days=terms.payment_days,
        release_on=terms.retention_release_on,
    )


def bind(
    session: Session, tender: Tender, liability: str, *, lead_is_liable: bool, party: Party, act: Act
) -> None:
    """Choose the form of the group towards the buyer; the same again changes nothing.

    Raises WrongState, WrongRole.
    """
    locked = steps.lock(session, tender)
    steps.check(locked, "steer", party)
    lead_is_liable = lead_is_liable and liability == exposure.SEVERAL
    if (locked.liability, locked.lead_is_liable) == (liability, lead_is_liable):
        return
    locked.liability, locked.lead_is_liable = liability, lead_is_liable
    prices.note(session, locked, "change_liability", act)


def cap(
    session: Session, tender: Tender, member: Member, cap_cents: int | None, *, party: Party, act: Act
) -> None:
    """Say the most a member wants to bear: members for themselves, the lead for firms outside too.

    None keeps the cooperative's own cap. Raises WrongState, WrongRole, CapOfAnother.
    """
    locked = steps.lock(session, tender)
    steps.check(locked, "prepare", party)
    is_own = member.party_id == party.id
    speaks_for = member.outside and workflow.role_in(locked, party) == workflow.LEAD
    if not (is_own or speaks_for):
        raise CapOfAnother(name=member.name)
    found: Member = steps.lock_row(session, Member, member.id)
    if found.cap_cents != cap_cents:
        found.cap_cents = cap_cents
        prices.note(session, locked, "change_cap", act)


def default_cap_cents(session: Session) -> int | None:
    """Return the cooperative's own cap for each entrepreneur, none where it has chosen none."""
    chosen = preferences.get(session, DEFAULT_CAP)
    return int(chosen) if chosen else None


def exposure_of(session: Session, tender: Tender, split: Split) -> exposure.Exposure:
    """Return what is at risk in a tender as it stands; outside firms have no cap of the cooperative's."""
    usual = default_cap_cents(session)
    by_id = {member.id: member for member in tender.members}
    team = [
        exposure.Bound(
            member_id,
            share.gross_cents,
            by_id[member_id].outside,
            by_id[member_id].cap_cents
            if by_id[member_id].cap_cents is not None or by_id[member_id].outside
            else usual,
        )
        for member_id, share in split.members.items()
    ]
    return exposure.of(
        team,
        str(tender.liability),
        lead_answers_for_all=bool(tender.lead_is_liable),
        unassigned_cents=split.unassigned_cents,
    )


def _row(session: Session, tender: Tender) -> PriceTerms | None:
    found = select(PriceTerms).where(PriceTerms.tender_id == tender.id)
    row: PriceTerms | None = session.execute(found).scalars().one_or_none()
    return row
