"""What every step of a subcontract does: lock, move to the next state, put a version on the table, sign.

Whoever changes a subcontract or one of its deliveries locks the row of the subcontract first, then reads
what decides by its key with a lock: in a transaction that began earlier an ordinary read would show the past.
Ranges are not locked: on MariaDB two people who deliver for different subcontracts would block each other.
"""

from collections.abc import Callable
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ..kernel.errors import DomainError
from ..kernel.history import Act, remember
from ..kernel.parties import Party
from ..kernel.workflow import Workflow
from . import workflow
from .models import Delivery, Signature, Subcontract, SubcontractLine, SubcontractVersion
from .terms import Terms, digest

Document = TypeVar("Document", Subcontract, Delivery)


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


def once(session: Session, model: Any, request_key: str, make: Callable[[], Document]) -> Document:
    """Return the document made for `request_key`, made now if there is none.

    Two submits at once are told apart by the unique key only, in a savepoint that takes back all of the
    second one. It may be refused before it meets the key: the first one took all that remained.
    """
    statement = select(model).where(model.request_key == request_key)
    found = session.execute(statement).scalars().one_or_none()
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
    return step(
        session, subcontract, workflow.SUBCONTRACT, action, workflow.role_of(subcontract, party), act, reason
    )


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
    if isinstance(document, Delivery):
        document.decided_at = act.at
    remember(session, document, action, act, before=before, after=str(document.state), reason=reason or None)
    return document


def put_on_the_table(
    session: Session, subcontract: Subcontract, party: Party, terms: Terms, act: Act
) -> None:
    """Add the next version, signed by its author."""
    subcontract.version_count += 1
    subcontract.version_number = subcontract.version_count
    subcontract.proposed_by = party
    version = SubcontractVersion(
        number=subcontract.version_number,
        proposed_by=party,
        due_on=terms.due_on,
        answer_by=terms.answer_by,
        message=terms.message,
        total_cents=terms.total_cents,
        digest=digest(subcontract.title, subcontract.buyer.host_key, subcontract.seller.host_key, terms),
        created_at=act.at,
        lines=_lines(terms),
        **vars(terms.conditions),
    )
    subcontract.versions.append(version)
    sign(version, party, act)
    session.flush()  # history and addresses name the subcontract by its id


def _lines(terms: Terms) -> list[SubcontractLine]:
    """Return the lines to propose; a new one gets the next key."""
    following = count(1 + max((line.key or 0 for line in terms.lines), default=0))
    return [
        SubcontractLine(
            position=position,
            total_cents=line.total_cents,
            **{**vars(line), "key": line.key or next(following)},
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
