"""Findings as accountants read them: counted by code first, then line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from ..ledger import paging
from ..ledger.queries import Page
from .finding_models import STATES, Finding, FindingLook, FindingRepair, WaiverReason
from .finding_rows import NOBODY

# What is asked for when nothing is: those that nobody settled.
STANDING = "standing"


@dataclass(frozen=True)
class Wanted:
    """Which findings: those of a state, a stretch of days, a code, a party on either side, an accountant."""

    state: str = STANDING
    starts_on: date | None = None
    ends_on: date | None = None
    code: str | None = None
    party_id: int | None = None
    assigned_key: str | None = None


@dataclass(frozen=True)
class OfCode:
    """How many findings have a code, and the cents at stake."""

    code: str
    count: int
    cents: int


def counted(session: Session, wanted: Wanted) -> list[OfCode]:
    """Return how many findings each code has among those wanted, what is worth most first."""
    cents = func.coalesce(func.sum(func.abs(Finding.amount_cents)), 0)
    grouped = _of(select(Finding.code, func.count(), cents), wanted).group_by(Finding.code)
    rows = [OfCode(code, int(count), int(total)) for code, count, total in session.execute(grouped)]
    return sorted(rows, key=lambda row: (-row.cents, -row.count, row.code))


def listed(session: Session, wanted: Wanted, *, cursor: str | None, size: int) -> Page[Finding]:
    """Return a page of the findings wanted, the newest first."""
    place = paging.Place.read(cursor)
    keys = _of(select(Finding.found_on, Finding.id), wanted)
    found = session.execute(place.limit(keys, Finding.found_on, Finding.id, size)).all()
    shown, next_cursor, previous_cursor = place.cut([(row[0], row[1]) for row in found], size)
    ids = [row_id for _on, row_id in shown]
    sides = (joinedload(Finding.seller), joinedload(Finding.buyer), joinedload(Finding.waiver_reason))
    rows = select(Finding).where(Finding.id.in_(ids)).options(*sides)
    by_id = {row.id: row for row in session.execute(rows).scalars()} if ids else {}
    return Page([by_id[row_id] for row_id in ids], next_cursor, previous_cursor)


def codes(session: Session) -> list[str]:
    """Return every code that was ever found."""
    return list(session.execute(select(Finding.code).distinct().order_by(Finding.code)).scalars())


def of_source(session: Session, source: str, *, size: int) -> list[Finding]:
    """Return the findings of one source that nobody settled, the newest first."""
    rows = select(Finding).where(Finding.source == source, Finding.standing)
    return list(session.execute(rows.order_by(Finding.id.desc()).limit(size)).scalars())


def neighbours(session: Session, finding: Finding) -> list[Finding]:
    """Return the other findings about the same document that nobody settled."""
    same = select(Finding).where(Finding.about == finding.about, Finding.id != finding.id, Finding.standing)
    return list(session.execute(same.order_by(Finding.id).limit(20)).scalars())


def repairs_of(session: Session, finding: Finding) -> list[FindingRepair]:
    """Return what the tool did about a finding, oldest first."""
    done = select(FindingRepair).where(FindingRepair.finding_id == finding.id)
    return list(session.execute(done.order_by(FindingRepair.id)).scalars())


def reasons(session: Session, *, retired: bool = False) -> list[WaiverReason]:
    """Return the reasons to let a finding pass, those out of use only if asked for."""
    rows = select(WaiverReason).order_by(WaiverReason.label)
    return list(session.execute(rows if retired else rows.where(WaiverReason.retired_at.is_(None))).scalars())


def used_reasons(session: Session) -> set[int]:
    """Return which reasons let some finding pass."""
    used = exists().where(Finding.waiver_reason_id == WaiverReason.id)
    return set(session.execute(select(WaiverReason.id).where(used)).scalars())


def looks(session: Session) -> Sequence[FindingLook]:
    """Return the last look of each source."""
    return list(session.execute(select(FindingLook).where(FindingLook.source != NOBODY)).scalars())


def _of(statement: Any, wanted: Wanted) -> Any:
    conditions = [Finding.state == wanted.state] if wanted.state in STATES else [Finding.standing]
    if wanted.starts_on and wanted.ends_on:
        conditions += [Finding.found_on >= wanted.starts_on, Finding.found_on <= wanted.ends_on]
    if wanted.code:
        conditions.append(Finding.code == wanted.code)
    if wanted.party_id:
        conditions.append(or_(Finding.seller_id == wanted.party_id, Finding.buyer_id == wanted.party_id))
    if wanted.assigned_key:
        conditions.append(Finding.assigned_key == wanted.assigned_key)
    return statement.where(*conditions)


def months(session: Session) -> list[date]:
    """Return the first day of every month from the newest finding back to the oldest."""
    first, last = session.execute(select(func.min(Finding.found_on), func.max(Finding.found_on))).one()
    found = []
    while first is not None and (last.year, last.month) >= (first.year, first.month):
        found.append(last.replace(day=1))
        last = found[-1] - timedelta(days=1)
    return found
