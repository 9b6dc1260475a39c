"""Proposals and amendments nobody answered in time."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel.history import Act
from . import amendments, service, workflow
from .models import Amendment, Subcontract, SubcontractVersion


def to_expire(session: Session, today: date) -> list[Subcontract | Amendment]:
    """Return what waits for an answer whose last day is over."""
    found: list[Subcontract | Amendment] = []
    for document, of_document in (
        (Subcontract, SubcontractVersion.subcontract_id == Subcontract.id),
        (Amendment, SubcontractVersion.amendment_id == Amendment.id),
    ):
        statement: Any = (
            select(document)
            .join(SubcontractVersion, of_document)
            .where(
                document.state == workflow.PROPOSED,
                SubcontractVersion.number == document.version_number,
                SubcontractVersion.answer_by < today,
            )
            .order_by(document.id)
        )
        found += session.execute(statement).scalars()
    return found


def expire(session: Session, document: Subcontract | Amendment, act: Act) -> None:
    """Let one of them end. Raises WrongState, StillTimeToAnswer."""
    if isinstance(document, Amendment):
        amendments.expire_amendment(session, document, act)
    else:
        service.expire(session, document, act)
