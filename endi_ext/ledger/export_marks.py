"""What was handed to the accounting software and what was not: entries are exported twice only when asked."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from sqlalchemy import exists, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ..kernel import paris
from ..kernel.errors import DomainError
from ..kernel.history import Act
from . import exports, service
from .export_models import ExportMark
from .models import DayTotal, Entry
from .spans import Span

# All of a span that was never exported, what of it was not exported yet, or all of it whatever was.
FIRST, REST, AGAIN = "first", "rest", "again"
PIECE_BYTES = 65_536


class AlreadyExported(DomainError):
    """Some of it was exported before, and nobody asked for it again.

    Facts: span, exported, pending, made_on, made_by, file_name: the last file that held some of it.
    """

    code = "already_exported"
    field = "scope"


class NothingToExport(DomainError):
    """Everything of the span was exported before (facts: span, made_on, made_by)."""

    code = "nothing_to_export"
    field = "scope"


class ExportedMeanwhile(DomainError):
    """Somebody exported some of the same entries at the same time (facts: span)."""

    code = "exported_meanwhile"


@dataclass(frozen=True)
class Plan:
    """What a file is to hold: `only` is a condition on entries, none for the whole span.

    `last_mark` is the id of the last mark that was there when it was made.
    """

    span: Span
    shape: str
    only: Any
    entry_count: int
    repeated_count: int
    first_sequence: int
    last_sequence: int
    last_mark: int


def plan(session: Session, span: Span, shape: str, scope: str = FIRST) -> Plan:
    """Return what to export of a span: all of it, or what of it was not exported in that shape yet.

    Raises AlreadyExported, NothingToExport; an empty span is planned, for its caller to say what it thinks.
    """
    total, rest = exports.entries_of(session, span), pending(shape)
    left = exports.entries_of(session, span, rest)
    last = covering(session, span, shape) if left < total else None
    if last is not None:
        _refuse(span, scope, last, exported=total - left, left=left)
    # Nothing of it was exported: then the rest is all of it, and the file is the same as the first one asked.
    only = rest if scope == REST and left < total else None
    first_sequence, last_sequence = _ends(session, span, only)
    count = left if scope == REST else total
    last_mark = int(session.execute(select(func.max(ExportMark.id))).scalar() or 0)
    return Plan(span, shape, only, count, count - left, first_sequence, last_sequence, last_mark)


def digest_of(file: IO[bytes]) -> str:
    """Return the SHA-256 of a file, read from its beginning."""
    digest = hashlib.sha256()
    file.seek(0)
    while piece := file.read(PIECE_BYTES):
        digest.update(piece)
    return digest.hexdigest()


def record(session: Session, planned: Plan, *, file_name: str, file_digest: str, act: Act) -> ExportMark:
    """Note that the file of a plan was made. Raises ExportedMeanwhile."""
    span = planned.span
    service.hold(session)  # of two who export at once, the second sees the mark of the first
    if not planned.repeated_count and _marked_since(session, planned):
        raise ExportedMeanwhile(span=span.name)
    mark = ExportMark(
        shape=planned.shape,
        span=span.name,
        starts_on=span.starts_on,
        ends_on=span.ends_on,
        first_sequence=planned.first_sequence,
        last_sequence=planned.last_sequence,
        attempt=_attempts(session, planned) + 1,
        entry_count=planned.entry_count,
        repeated_count=planned.repeated_count,
        file_name=file_name,
        file_digest=file_digest,
        made_at=act.at,
        made_by=act.actor_name,
    )
    try:
        with session.begin_nested():
            session.add(mark)
    except IntegrityError:
        raise ExportedMeanwhile(span=span.name) from None
    return mark


def pending(shape: str | None = None) -> Any:
    """Return the condition on entries never exported in a shape; in any, when none is named."""
    day, sequence = Entry.effective_on, Entry.id
    covered = (
        (ExportMark.starts_on <= day) & (ExportMark.ends_on >= day) & (ExportMark.last_sequence >= sequence)
    )
    if shape is not None:
        covered &= ExportMark.shape == shape
    return ~exists().where(covered).correlate(Entry)


def standing(session: Session, starts_on: date, ends_on: date) -> tuple[int, int]:
    """Return how many entries of these days were never exported, and for how many cents."""
    days = Entry.effective_on.between(starts_on, ends_on)
    if not _touched(session, starts_on, ends_on):
        # A month never exported is counted along its index, and its cents by the totals of its days.
        count = session.execute(select(func.count()).select_from(Entry).where(days)).scalar()
        total = select(func.sum(DayTotal.debit_cents)).where(DayTotal.day.between(starts_on, ends_on))
        return int(count or 0), int(session.execute(total).scalar() or 0)
    found = select(func.count(), func.coalesce(func.sum(Entry.total_cents), 0)).select_from(Entry)
    found = found.where(days, pending())
    # Most of a month is behind its last file: what came after it is found by its sequence.
    beyond = _exported_through(session, starts_on, ends_on)
    count, cents = session.execute(found.where(Entry.id > beyond)).one()
    return int(count), int(cents)


def covering(session: Session, span: Span, shape: str) -> ExportMark | None:
    """Return the last file of a shape that had entries of the days of a span."""
    found = select(ExportMark).where(
        ExportMark.shape == shape, ExportMark.starts_on <= span.ends_on, ExportMark.ends_on >= span.starts_on
    )
    mark: ExportMark | None = session.execute(found.order_by(ExportMark.id.desc()).limit(1)).scalars().first()
    return mark


def latest(session: Session, *, size: int) -> list[ExportMark]:
    """Return the last files made, the newest first."""
    return list(session.execute(select(ExportMark).order_by(ExportMark.id.desc()).limit(size)).scalars())


def _refuse(span: Span, scope: str, last: ExportMark, *, exported: int, left: int) -> None:
    facts = {"span": span.name, "made_on": paris.day_of(last.made_at), "made_by": last.made_by}
    if scope == REST and not left:
        raise NothingToExport(**facts)
    if scope == FIRST:
        raise AlreadyExported(**facts, exported=exported, pending=left, file_name=last.file_name)


def _ends(session: Session, span: Span, only: Any) -> tuple[int, int]:
    found = select(func.min(Entry.id), func.max(Entry.id))
    found = found.where(Entry.effective_on.between(span.starts_on, span.ends_on))
    first, last = session.execute(found if only is None else found.where(only)).one()
    return int(first or 0), int(last or 0)


def _attempts(session: Session, planned: Plan) -> int:
    same = (
        ExportMark.shape == planned.shape,
        ExportMark.starts_on == planned.span.starts_on,
        ExportMark.ends_on == planned.span.ends_on,
        ExportMark.last_sequence == planned.last_sequence,
    )
    return int(session.execute(select(func.max(ExportMark.attempt)).where(*same)).scalar() or 0)


def _marked_since(session: Session, planned: Plan) -> bool:
    """Say whether some of the days of a plan were exported since it was made, whatever the snapshot."""
    days = ExportMark.starts_on <= planned.span.ends_on, ExportMark.ends_on >= planned.span.starts_on
    newer = ExportMark.id > planned.last_mark, ExportMark.shape == planned.shape
    found = select(ExportMark.id).where(*newer, *days).limit(1).with_for_update(read=True)
    return session.execute(found).first() is not None


def _touched(session: Session, starts_on: date, ends_on: date) -> bool:
    """Say whether any file had entries of some of these days."""
    some = select(ExportMark.id).where(ExportMark.starts_on <= ends_on, ExportMark.ends_on >= starts_on)
    return session.execute(some.limit(1)).scalar() is not None


def _exported_through(session: Session, starts_on: date, ends_on: date) -> int:
    whole = ExportMark.starts_on <= starts_on, ExportMark.ends_on >= ends_on
    return int(session.execute(select(func.max(ExportMark.last_sequence)).where(*whole)).scalar() or 0)
