"""What every step of a tender does: lock the tender's row first, move on, remember."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel.history import Act, remember
from ..kernel.parties import Party
from . import workflow
from .models import Tender


def lock(session: Session, tender: Tender) -> Tender:
    """Return the tender as it is now, kept for this transaction; its lots and members are read anew."""
    return lock_row(session, Tender, tender.id)


def lock_row(session: Session, model: Any, key: int) -> Any:
    """Return a row as it is now, kept for this transaction: below its tender's, which is locked first."""
    statement = select(model).where(model.id == key).with_for_update()
    row = session.execute(statement.execution_options(populate_existing=True)).scalars().one()
    if model is Tender:
        session.expire(row, ["lots", "members"])
    return row


def step(
    session: Session, tender: Tender, action: str, party: Party, act: Act, reason: str | None = None
) -> Tender:
    """Move a locked tender on by what a party does, and remember it.

    Raises WrongState, WrongRole, ReasonMissing.
    """
    before = str(tender.state)
    tender.state = workflow.TENDER.target(before, action, workflow.role_in(tender, party), reason)
    remember(session, tender, action, act, before=before, after=str(tender.state), reason=reason or None)
    return tender


def check(tender: Tender, action: str, party: Party) -> None:
    """Refuse what a party may not do as the tender stands, without noting anything.

    Raises WrongState, WrongRole.
    """
    workflow.TENDER.target(str(tender.state), action, workflow.role_in(tender, party), reason="-")
