"""What every step of a tender does: lock the tender's row first, move on, remember."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from ..kernel.history import Act, remember
from ..kernel.parties import Party
from . import workflow
from .models import Lot, Member, Tender


def lock(session: Session, tender: Tender) -> Tender:
    """Return the tender as it is now, kept for this transaction; its lots and members are read anew.

    They too are read with a lock: on MariaDB a plain read sees the team as it was when the request began.
    """
    locked: Tender = lock_row(session, Tender, tender.id)
    for name, model in (("lots", Lot), ("members", Member)):
        set_committed_value(locked, name, lock_rows(session, model, model.tender_id == locked.id))
    return locked


def lock_row(session: Session, model: Any, key: int) -> Any:
    """Return a row as it is now, kept for this transaction: below its tender's, which is locked first."""
    statement = select(model).where(model.id == key).with_for_update()
    return session.execute(statement.execution_options(populate_existing=True)).scalars().one()


def lock_rows(session: Session, model: Any, *conditions: Any, order: Any = None) -> list[Any]:
    """Return rows as they are now, kept for this transaction, by `order`, else by their position."""
    by = model.position if order is None else order
    statement = select(model).where(*conditions).order_by(by).with_for_update()
    return list(session.execute(statement.execution_options(populate_existing=True)).scalars())


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
