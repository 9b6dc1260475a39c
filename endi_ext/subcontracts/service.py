"""Negotiation: propose, answer, let expire. What deliveries.py and its like do is named here for callers."""

from sqlalchemy.orm import Session

from ..exchanges import service as exchanges
from ..kernel.history import Act, remember
from ..kernel.parties import EXTERNAL, Party
from . import conditions, steps, workflow
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
    refuse_active,
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
from .models import Subcontract, SubcontractVersion
from .silence import remind
from .terms import CONTRACT, ProposedLine, Terms

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
    "expire",
    "propose",
    "quantities_at",
    "refuse_active",
    "refuse_empty",
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
    session: Session,
    *,
    buyer: Party,
    seller: Party,
    title: str,
    terms: Terms,
    request_key: str,
    act: Act,
    proposed_by: Party | None = None,
    kind: str = CONTRACT,
) -> Subcontract:
    """Put a first version on the table, signed by its author, the buyer unless told otherwise.

    The same request_key again returns the one made. Raises NothingInIt, TooSmall, TooExpensive,
    RequestKeyReused, exchanges.SameParty, PartyInactive, PartyExternal, and as conditions.check does.
    """
    author = proposed_by or buyer
    _refuse_wrong_parties(buyer, seller)
    refuse_empty(terms)
    new = Subcontract(request_key=request_key, title=title, kind=kind, state=workflow.PROPOSED)
    new.buyer, new.seller = buyer, seller

    def make() -> Subcontract:
        conditions.check(session, terms, act.today)
        new.version_number = new.version_count = 0
        new.proposed_by, new.created_at = author, act.at
        session.add(new)
        steps.put_on_the_table(session, new, author, terms, act)
        remember(session, new, "propose", act, after=workflow.PROPOSED)
        return new

    made = steps.once(session, Subcontract, request_key, make)
    # The form may have been changed after it was sent: what it says now would silently be lost.
    first = steps.version(session, made, 1)
    if (first.digest, first.proposed_by_id) != (steps.digest_of(new, terms), author.id):
        raise RequestKeyReused
    return made


def counter(
    session: Session, subcontract: Subcontract, *, party: Party, terms: Terms, version: int, act: Act
) -> Subcontract:
    """Answer with changes: a new version, signed by `party`, waits for the other side.

    Raises WrongState, WrongRole, VersionChanged, AnswerTooLate, PartyInactive, NothingInIt, TooSmall,
    TooExpensive, AgreementChanged, and as conditions.check does.
    """
    locked, read = _lock_to_answer(session, subcontract, version, act)
    steps.party_step(session, locked, "counter", party, act, terms.message)
    refuse_empty(terms)
    keys = [line.key for line in terms.lines if line.key is not None]
    if len(keys) != len(set(keys)) or not set(keys) <= {line.key for line in read.lines}:
        raise AgreementChanged
    conditions.check(session, terms, act.today, before=conditions.of(read))
    steps.put_on_the_table(session, locked, party, terms, act)
    return locked


def accept(
    session: Session, subcontract: Subcontract, *, party: Party, version: int, act: Act
) -> Subcontract:
    """Sign the version the other side put on the table: it binds both.

    Raises WrongState, WrongRole, VersionChanged, AnswerTooLate, PartyInactive.
    """
    locked, read = _lock_to_answer(session, subcontract, version, act)
    steps.party_step(session, locked, "accept", party, act)
    steps.sign(read, party, act)
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


def expire(session: Session, subcontract: Subcontract, act: Act) -> Subcontract:
    """Let a proposal nobody answered end after its last day, as a daily duty; queries.to_expire finds them.

    Raises WrongState, StillTimeToAnswer.
    """
    locked = steps.lock(session, Subcontract, subcontract.id)
    if locked.state == workflow.PROPOSED:
        steps.refuse_early(steps.version_on_the_table(session, locked), act)
    return steps.step(session, locked, workflow.flow_of(locked), "expire", workflow.BOOKS, act)


def refuse_empty(terms: Terms) -> None:
    """Refuse lines that say nothing. Raises NothingInIt, TooSmall, TooExpensive."""
    if not terms.lines:
        raise NothingInIt
    for line in terms.lines:
        if min(line.quantity_thousandths, line.unit_price_cents, line.total_cents) < 1:
            raise TooSmall(line=line.description)
    if terms.total_cents > MOST_CENTS:
        raise TooExpensive(total_cents=terms.total_cents, most_cents=MOST_CENTS)


def _refuse_wrong_parties(buyer: Party, seller: Party) -> None:
    if buyer.id == seller.id:
        raise exchanges.SameParty(party=buyer.name)
    for party in (buyer, seller):
        if party.kind == EXTERNAL:
            raise exchanges.PartyExternal(party=party.name)
    steps.refuse_inactive(buyer, seller)


def _lock_to_answer(
    session: Session, subcontract: Subcontract, seen: int, act: Act
) -> tuple[Subcontract, SubcontractVersion]:
    """Return the subcontract and the version that was read, if one may still answer it."""
    locked = steps.lock(session, Subcontract, subcontract.id)
    read = steps.version_on_the_table(session, locked)
    if locked.state == workflow.PROPOSED:
        steps.refuse_unanswerable(locked, read, seen, act)
    return locked, read
