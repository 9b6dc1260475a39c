"""The reasons to let findings pass: added, written otherwise, taken out of use, offered again."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ..kernel.history import Act
from .finding_errors import ReasonDoubled
from .finding_models import Finding, WaiverReason


def add(session: Session, label: str, act: Act) -> WaiverReason:
    """Add a reason; one that is out of use is offered again. Raises ReasonDoubled."""
    same = select(WaiverReason).where(WaiverReason.label == label)
    known: WaiverReason | None = session.execute(same).scalars().one_or_none()
    if known is not None:
        if known.retired_at is None:
            raise ReasonDoubled(label=label)
        restore(known)
        return known
    reason = WaiverReason(label=label, added_at=act.at)
    try:
        with session.begin_nested():
            session.add(reason)
    except IntegrityError as error:
        raise ReasonDoubled(label=label) from error
    return reason


def rename(session: Session, reason: WaiverReason, label: str) -> None:
    """Write a reason otherwise. Raises ReasonDoubled."""
    try:
        with session.begin_nested():
            reason.label = label
    except IntegrityError as error:
        raise ReasonDoubled(label=label) from error


def withdraw(session: Session, reason: WaiverReason, act: Act) -> bool:
    """Remove a reason that let nothing pass, else offer it no more; return whether it is removed."""
    used = select(Finding.id).where(Finding.waiver_reason_id == reason.id).limit(1).with_for_update()
    if session.execute(used).scalar() is None:
        session.delete(reason)
        return True
    reason.retired_at = reason.retired_at or act.at
    return False


def restore(reason: WaiverReason) -> None:
    """Offer a reason again."""
    reason.retired_at = None
