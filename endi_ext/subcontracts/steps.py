"""What every step of a subcontract does: lock, move to the next state, put a version on the table, sign.

Whoever changes a subcontract or one of its deliveries locks the row of the subcontract first, then reads
what decides by its key with a lock: in a transaction that began earlier an ordinary read would show the past.
Ranges are not locked: on MariaDB two people who deliver for different subcontracts would block each other.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ..exchanges.rules import PartyInactive
from ..kernel.errors import DomainError
from ..kernel.history import Act, remember
from ..kernel.parties import Party
from ..kernel.workflow import Workflow
from . import workflow
from .agreement_errors import AnswerTooLate, StillTimeToAnswer
from .errors import VersionChanged
from .models import Amendment, Delivery, Signature, Subcontract, SubcontractLine, SubcontractVersion
from .terms import Terms, digest

Document = TypeVar("Document", Subcontract, Amendment, Delivery)
Made = TypeVar("Made")

# The key of a new line says which version brought it, and where it stood: nothing else has to be read.
KEYS_PER_VERSION = 10_000


def lock(session: Session, model: Any, key: int) -> Any:
    """Return the row as it is now, kept for this transaction."""
    statement = select(model).where(model.id == key).with_for_update()
    return session.execute(statement.execution_options(populate_existing=True)).scalars().one()


def lock_delivery(session: Session, delivery: Delivery) -> tuple[Subcontract, Delivery]:
    """Return the subcontract and the delivery as they are now, locked in this order."""
    subcontract = lock(session, Subcontract, delivery.subcontract_id)
    return subcontract, lock(session, Delivery, delivery.id)


def version_on_the_table(session: Session, subcontract: Subcontract) -> SubcontractVersion:
    """Return the version on the table, or the one agreed upon."""
    return version(session, subcontract, subcontract.version_number)


def version(session: Session, subcontract: Subcontract, number: int) -> SubcontractVersion:
    """Return the version of that number, even when it is younger than our snapshot."""
    statement = select(SubcontractVersion).where(
        SubcontractVersion.subcontract_id == subcontract.id, SubcontractVersion.number == number
    )
    return session.execute(statement.with_for_update(read=True)).scalars().one()


def lines_of(session: Session, version: SubcontractVersion) -> list[SubcontractLine]:
    """Return the lines of a version, even when it is younger than our snapshot."""
    seen = list(version.lines)
    if seen:
        return seen
    # Only then is a range locked: a second click of the same form, met by the one that came first.
    younger = select(SubcontractLine).where(SubcontractLine.version_id == version.id)
    ordered = younger.order_by(SubcontractLine.position).with_for_update(read=True)
    return list(session.execute(ordered).scalars())


def once(session: Session, model: Any, request_key: str, make: Callable[[], Made]) -> Made:
    """Return the document made for `request_key`, made now if there is none.

    Two submits at once are told apart by the unique key only, in a savepoint that takes back all of the
    second one. It may be refused before it meets the key: the first one took all that remained.
    """
    statement = select(model).where(model.request_key == request_key)
    found: Made | None = session.execute(statement).scalars().one_or_none()
    if found is not None:
        return found
    try:
        with session.begin_nested():
            made = make()
            session.flush()
            return made
    except (DomainError, IntegrityError):
        found = session.execute(statement.with_for_update(read=True)).scalars().one_or_none()
        if found is None:
            raise
        return found


def party_step(
    session: Session, subcontract: Subcontract, action: str, party: Party, act: Act, reason: str | None = None
) -> Subcontract:
    """Move the subcontract on by what one of its sides does."""
    flow, role = workflow.flow_of(subcontract), workflow.role_of(subcontract, party)
    return step(session, subcontract, flow, action, role, act, reason)


def step(
    session: Session,
    document: Document,
    flow: Workflow,
    action: str,
    role: str,
    act: Act,
    reason: str | None = None,
) -> Document:
    """Move a document to the next state and remember it. Raises WrongState, WrongRole, ReasonMissing."""
    before = str(document.state)
    document.state = flow.target(before, action, role, reason)
    if isinstance(document, Delivery | Amendment):
        document.decided_at = act.at
    remember(session, document, action, act, before=before, after=str(document.state), reason=reason or None)
    return document


def put_on_the_table(
    session: Session,
    subcontract: Subcontract,
    party: Party,
    terms: Terms,
    act: Act,
    *,
    amendment: Amendment | None = None,
) -> SubcontractVersion:
    """Add the next version of the agreement, or of an amendment to it, signed by its author."""
    subcontract.version_count += 1
    negotiated = amendment or subcontract
    negotiated.version_number = subcontract.version_count
    negotiated.proposed_by = party
    version = SubcontractVersion(
        number=negotiated.version_number,
        amendment=amendment,
        proposed_by=party,
        due_on=terms.due_on,
        answer_by=terms.answer_by,
        message=terms.message,
        total_cents=terms.total_cents,
        digest=digest_of(subcontract, terms, amending=amendment is not None),
        created_at=act.at,
        lines=_lines(terms, negotiated.version_number),
        **vars(terms.conditions),
    )
    subcontract.versions.append(version)
    sign(version, party, act)
    session.flush()  # history and addresses name the subcontract by its id
    return version


def digest_of(subcontract: Subcontract, terms: Terms, *, amending: bool = False) -> str:
    """Return the digest of terms proposed for a subcontract, or to amend what is in force of it."""
    return digest(
        subcontract.title,
        subcontract.buyer.host_key,
        subcontract.seller.host_key,
        terms,
        kind=subcontract.kind,
        amends=subcontract.version_number if amending else None,
    )


def refuse_unanswerable(subcontract: Subcontract, version: SubcontractVersion, seen: int, act: Act) -> None:
    """Refuse to sign or change what was not read, what is too late, and what a party that left would keep.

    Raises VersionChanged, AnswerTooLate, PartyInactive.
    """
    if seen != version.number:
        raise VersionChanged(seen=seen, current=version.number)
    if version.answer_by is not None and act.today > version.answer_by:
        raise AnswerTooLate(answer_by=version.answer_by)
    refuse_inactive(subcontract.buyer, subcontract.seller)


def refuse_early(version: SubcontractVersion, act: Act) -> None:
    """Refuse to let expire what may still be answered. Raises StillTimeToAnswer."""
    if version.answer_by is None or act.today <= version.answer_by:
        raise StillTimeToAnswer(answer_by=version.answer_by)


def refuse_inactive(*parties: Party) -> None:
    """Refuse new engagements of parties that left. Raises PartyInactive."""
    for party in parties:
        if not party.active:
            raise PartyInactive(party=party.name)


def _lines(terms: Terms, number: int) -> list[SubcontractLine]:
    """Return the lines to propose; a new one gets a key no other version has."""
    return [
        SubcontractLine(
            position=position,
            key=line.key or number * KEYS_PER_VERSION + position,
            description=line.description,
            quantity_thousandths=line.quantity_thousandths,
            unit=line.unit,
            unit_price_cents=line.unit_price_cents,
            total_cents=line.total_cents,
        )
        for position, line in enumerate(terms.lines, start=1)
    ]


def sign(version: SubcontractVersion, party: Party, act: Act) -> None:
    """Let `party` consent to what `version` says."""
    version.signatures.append(
        Signature(
            party=party,
            digest=version.digest,
            actor_key=act.actor_key,
            actor_name=act.actor_name,
            signed_at=act.at,
        )
    )
