"""A repair done by the tool: noted once however often one clicks, with what undoes it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ..kernel.history import Act
from . import finding_rows, finding_store
from .finding_errors import NotUndoable, RepairedAlready
from .finding_models import BY_TOOL, OPEN, REPAIRED, Finding, FindingRepair
from .finding_workflow import ACCOUNTANT, FINDING


def begin(session: Session, finding: Finding, changes: Sequence[Any], act: Act) -> FindingRepair:
    """Note that a finding is being repaired; another who does so waits, then is refused.

    Raises WrongState, RepairedAlready.
    """
    FINDING.target(finding.state, "repair", ACCOUNTANT)
    of_it = select(func.count()).where(FindingRepair.finding_id == finding.id)
    tried = session.execute(of_it).scalar_one()
    repair = FindingRepair(
        finding_id=finding.id,
        occasion=f"{finding.id}:{finding.times}:{tried}",
        code=finding.repair,
        changes=[_plain(one) for one in changes],
        done_at=act.at,
        done_by=act.actor_name,
    )
    try:
        with session.begin_nested():
            session.add(repair)
    except IntegrityError as error:
        raise RepairedAlready from error
    return repair


def finish(
    session: Session, finding: Finding, repair: FindingRepair, undo: Mapping[str, Any] | None, act: Act
) -> bool:
    """Note what undoes a repair, after the documents were looked at again; return whether nothing is left."""
    repair.undo = None if undo is None else dict(undo)
    session.flush()
    session.refresh(finding)
    if finding.standing:
        step = (finding.id, finding.state, finding.state)
        finding_rows.steps(session.connection(), [step], "left_after_repair", act, None)
        return False
    finding.repaired_how = BY_TOOL
    finding_rows.steps(session.connection(), [(finding.id, OPEN, REPAIRED)], "repair", act, None)
    return True


def undoable(session: Session, finding: Finding) -> FindingRepair | None:
    """Return the last repair of a finding, if it may still be taken back."""
    of_it = (
        select(FindingRepair).where(FindingRepair.finding_id == finding.id).order_by(FindingRepair.id.desc())
    )
    last: FindingRepair | None = session.execute(of_it.limit(1)).scalars().one_or_none()
    if last is None or last.undo is None or last.undone_at is not None or finding.state != REPAIRED:
        return None
    return last


def undone(session: Session, finding: Finding, act: Act) -> Mapping[str, Any]:
    """Open a finding again whose repair is taken back; return what undoes it.

    Raises WrongState, NotUndoable, NoFindings.
    """
    finding_store.locked(session, [finding.id])
    FINDING.target(finding.state, "undo", ACCOUNTANT)
    repair = undoable(session, finding)
    if repair is None:
        raise NotUndoable
    repair.undone_at, repair.undone_by = act.at, act.actor_name
    finding.state, finding.standing, finding.changed_at = OPEN, True, act.at
    finding_store.opened_again(finding)
    session.flush()
    finding_rows.steps(session.connection(), [(finding.id, REPAIRED, OPEN)], "undo", act, None)
    facts: Mapping[str, Any] = repair.undo
    return facts


def _plain(change: Any) -> dict[str, Any]:
    facts = {name: finding_rows.plain(value) for name, value in change.facts.items()}
    return {"code": change.code, "facts": facts}
