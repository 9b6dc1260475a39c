"""The life of findings: noted by those who look, assigned, repaired, let pass with a reason, opened again."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..kernel.history import Act
from . import finding_rows
from .finding_errors import NoFindings, ReasonRetired
from .finding_models import ASSIGNED, BY_HAND, UNSEEN, Finding, FindingLook, WaiverReason
from .finding_rows import NOBODY, Noted
from .finding_workflow import ACCOUNTANT, FINDING, STANDING
from .found import Found

# As many as are ticked on a page, or stand behind one code on one day's work.
MOST_AT_ONCE = 1_000


def refresh(session: Session, source: str, founds: Iterable[Found], act: Act) -> Noted:
    """Note all that a source finds now: new ones are opened, those it does not find any more are repaired.

    Only repaired ones that are found again, and waived ones whose amount changed, are opened again.
    """
    connection = begin(session, act)
    noted = finding_rows.note(connection, source, founds, act)
    noted.gone = finding_rows.sweep(connection, source, act, before=act.at)
    return noted


def refresh_some(
    session: Session,
    source: str,
    founds: Iterable[Found],
    act: Act,
    *,
    about: Collection[str],
    how_gone: str = UNSEEN,
) -> Noted:
    """Note what a source finds now about some documents, and nothing of the others."""
    connection = begin(session, act)
    return finding_rows.note(connection, source, founds, act, about=about, how_gone=how_gone)


def begin(session: Session, act: Act) -> Any:
    """Keep others from noting findings meanwhile; return the connection to note on."""
    row = select(FindingLook).where(FindingLook.source == NOBODY).with_for_update()
    head = session.execute(row).scalars().one()
    # What follows is written beside the session: this tells it that there is something to commit.
    head.finished_at, head.by_name = act.at, act.actor_name
    session.flush()
    return session.connection()


def standing(session: Session, starts_on: date, ends_on: date) -> tuple[int, int]:
    """Return how many findings of these days nobody settled, and the cents at stake."""
    of_days = select(func.count(), func.coalesce(func.sum(func.abs(Finding.amount_cents)), 0)).where(
        Finding.standing, Finding.found_on >= starts_on, Finding.found_on <= ends_on
    )
    count, cents = session.execute(of_days).one()
    return int(count), int(cents)


def assign(session: Session, ids: Collection[int], key: str, name: str, act: Act) -> list[Finding]:
    """Give findings to an accountant; who has one already keeps it. Raises WrongState, NoFindings."""
    others = [one.id for one in locked(session, ids) if (one.state, one.assigned_key) != (ASSIGNED, key)]
    found = _move(session, others, "assign", act, reason=name) if others else []
    for one in found:
        one.assigned_key, one.assigned_name = key, name
    return found


def hand_back(session: Session, ids: Collection[int], act: Act) -> list[Finding]:
    """Give findings back to all accountants. Raises WrongState, NoFindings."""
    return _move(session, ids, "hand_back", act)


def waive(
    session: Session, ids: Collection[int], reason: WaiverReason, comment: str | None, act: Act
) -> list[Finding]:
    """Let findings pass for a reason of the list, all or none. Raises WrongState, ReasonRetired."""
    if reason.retired_at is not None:
        raise ReasonRetired(reason=reason.label)
    said = f"{reason.label} : {comment}" if comment else str(reason.label)
    found = _move(session, ids, "waive", act, reason=said)
    for one in found:
        one.waiver_reason_id = reason.id
    return found


def tell_repaired(session: Session, ids: Collection[int], comment: str, act: Act) -> list[Finding]:
    """Note that findings were repaired by hand; the next look tells. Raises WrongState, ReasonMissing."""
    found = _move(session, ids, "tell_repaired", act, reason=comment)
    for one in found:
        one.repaired_how = BY_HAND
    return found


def reopen(session: Session, ids: Collection[int], reason: str, act: Act) -> list[Finding]:
    """Open findings again. Raises WrongState, ReasonMissing, NoFindings."""
    found = _move(session, ids, "reopen", act, reason=reason)
    for one in found:
        opened_again(one)
    return found


def opened_again(finding: Finding) -> None:
    """Forget what had settled a finding."""
    finding.waiver_reason_id = finding.repaired_how = None
    finding.times += 1


def locked(session: Session, ids: Collection[int]) -> Sequence[Finding]:
    """Return findings kept for this transaction, always in the same order. Raises NoFindings."""
    wanted = sorted(set(ids))[:MOST_AT_ONCE]
    rows = select(Finding).where(Finding.id.in_(wanted)).order_by(Finding.id).with_for_update()
    found = session.execute(rows.execution_options(populate_existing=True)).scalars().all()
    if not found:
        raise NoFindings
    return list(found)


def _move(
    session: Session, ids: Collection[int], action: str, act: Act, *, reason: str | None = None
) -> list[Finding]:
    found = list(locked(session, ids))
    moved = []
    for one in found:
        before = one.state
        one.state = FINDING.target(before, action, ACCOUNTANT, reason)
        one.standing = one.state in STANDING
        one.assigned_key = one.assigned_key if one.state != "open" else None
        one.assigned_name = one.assigned_name if one.state != "open" else None
        one.changed_at = act.at
        moved.append((one.id, before, one.state))
    finding_rows.steps(session.connection(), moved, action, act, reason)
    return found
