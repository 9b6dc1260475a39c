"""The life of a subcontract: propose, answer; its deliveries are in deliveries.py, named here for callers."""

from sqlalchemy.orm import Session

from ..exchanges import service as exchanges
from ..kernel.history import Act, remember
from ..kernel.parties import EXTERNAL, Party
from . import steps, workflow
from .acceptances import (
    accept_by_silence,
    accept_delivery,
    accept_in_part,
    accept_in_place,
    arbitrate,
    conclude,
)
from .deliveries import (
    abandon,
    contest_delivery,
    declare_delivery,
    dismiss,
    quantities_at,
    reverse_delivery,
    reverse_exchange,
    withdraw_delivery,
    withdraw_in_place,
)
from .errors import (
    AcceptedTooEarly,
    AgreementChanged,
    MoreThanAgreed,
    MoreThanClaimed,
    NotDivisible,
    NothingAccepted,
    NothingInIt,
    NotYetDelivered,
    PartyActive,
    ProgressChanged,
    ProgressGoesBack,
    RefusalMissing,
    RequestKeyReused,
    SilenceSaysNothing,
    TooExpensive,
    TooSmall,
    VersionChanged,
)
from .models import Subcontract
from .silence import remind
from .terms import ProposedLine, Terms, digest

__all__ = [
    "AcceptedTooEarly",
    "AgreementChanged",
    "MoreThanAgreed",
    "MoreThanClaimed",
    "NotDivisible",
    "NotYetDelivered",
    "NothingAccepted",
    "NothingInIt",
    "PartyActive",
    "ProgressChanged",
    "ProgressGoesBack",
    "ProposedLine",
    "RefusalMissing",
    "RequestKeyReused",
    "SilenceSaysNothing",
    "Terms",
    "TooExpensive",
    "TooSmall",
    "VersionChanged",
    "abandon",
    "accept",
    "accept_by_silence",
    "accept_delivery",
    "accept_in_part",
    "accept_in_place",
    "arbitrate",
    "conclude",
    "contest_delivery",
    "counter",
    "declare_delivery",
    "decline",
    "dismiss",
    "propose",
    "quantities_at",
    "remind",
    "reverse_delivery",
    "reverse_exchange",
    "withdraw",
    "withdraw_delivery",
    "withdraw_in_place",
]

# Beyond what a cooperative trades, and far below what the books can hold.
MOST_CENTS = 10**12


def propose(
    session: Session, *, buyer: Party, seller: Party, title: str, terms: Terms, request_key: str, act: Act
) -> Subcontract:
    """Put a first version on the table, signed by the buyer; the same request_key again returns the one made.

    Raises NothingInIt, TooSmall, TooExpensive, RequestKeyReused, exchanges.SameParty, PartyInactive,
    PartyExternal.
    """
    _refuse_wrong_parties(buyer, seller)
    _refuse_empty(terms)

    def make() -> Subcontract:
        subcontract = Subcontract(
            request_key=request_key,
            buyer=buyer,
            seller=seller,
            proposed_by=buyer,
            title=title,
            state=workflow.PROPOSED,
            version_number=0,
            version_count=0,
            created_at=act.at,
        )
        session.add(subcontract)
        steps.put_on_the_table(session, subcontract, buyer, terms, act)
        remember(session, subcontract, "propose", act, after=workflow.PROPOSED)
        return subcontract

    made = steps.once(session, Subcontract, request_key, make)
    # The form may have been changed after it was sent: what it says now would silently be lost.
    if steps.version(session, made, 1).digest != digest(title, buyer.host_key, seller.host_key, terms):
        raise RequestKeyReused
    return made


def counter(
    session: Session, subcontract: Subcontract, *, party: Party, terms: Terms, version: int, act: Act
) -> Subcontract:
    """Answer with changes: a new version, signed by `party`, waits for the other side.

    Raises WrongState, WrongRole, VersionChanged, NothingInIt, TooSmall, TooExpensive.
    """
    locked = steps.lock(session, Subcontract, subcontract.id)
    _refuse_other_version(locked, version)
    steps.party_step(session, locked, "counter", party, act, terms.message)
    _refuse_empty(terms)
    steps.put_on_the_table(session, locked, party, terms, act)
    return locked


def accept(
    session: Session, subcontract: Subcontract, *, party: Party, version: int, act: Act
) -> Subcontract:
    """Sign the version the other side put on the table: it binds both.

    Raises WrongState, WrongRole, VersionChanged.
    """
    locked = steps.lock(session, Subcontract, subcontract.id)
    _refuse_other_version(locked, version)
    steps.party_step(session, locked, "accept", party, act)
    steps.sign(steps.version_on_the_table(session, locked), party, act)
    return locked


def decline(
    session: Session, subcontract: Subcontract, *, party: Party, reason: str, act: Act
) -> Subcontract:
    """Refuse with a reason. Raises WrongState, WrongRole, ReasonMissing."""
    locked = steps.lock(session, Subcontract, subcontract.id)
    return steps.party_step(session, locked, "decline", party, act, reason)


def withdraw(
    session: Session, subcontract: Subcontract, *, party: Party, reason: str, act: Act
) -> Subcontract:
    """Take back one's own proposal. Raises WrongState, WrongRole."""
    locked = steps.lock(session, Subcontract, subcontract.id)
    return steps.party_step(session, locked, "withdraw", party, act, reason)


def _refuse_wrong_parties(buyer: Party, seller: Party) -> None:
    if buyer.id == seller.id:
        raise exchanges.SameParty(party=buyer.name)
    for party in (buyer, seller):
        if party.kind == EXTERNAL:
            raise exchanges.PartyExternal(party=party.name)
        if not party.active:
            raise exchanges.PartyInactive(party=party.name)


def _refuse_empty(terms: Terms) -> None:
    if not terms.lines:
        raise NothingInIt
    for line in terms.lines:
        if min(line.quantity_thousandths, line.unit_price_cents, line.total_cents) < 1:
            raise TooSmall(line=line.description)
    if terms.total_cents > MOST_CENTS:
        raise TooExpensive(total_cents=terms.total_cents, most_cents=MOST_CENTS)


def _refuse_other_version(subcontract: Subcontract, seen: int) -> None:
    if subcontract.state == workflow.PROPOSED and seen != subcontract.version_number:
        raise VersionChanged(seen=seen, current=subcontract.version_number)
