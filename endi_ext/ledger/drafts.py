"""What waits for an accountant (brouillard): listed, validated, rejected, switched on and off by journal.

Nothing here writes entries: what is validated is handed to service.py. Whoever decides takes the head of the
book first, as whoever puts aside does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from ..kernel import preferences
from ..kernel.errors import DomainError, ReasonMissing
from ..kernel.history import Act
from . import aside, paging, service
from .aside import journals_waiting, waits
from .draft_models import REJECTED, VALIDATED, WAITING, Draft, DraftLine
from .entries import EntryDraft, LineDraft
from .errors import PeriodClosed
from .models import CLOSED, Period
from .queries import Page

PLACES = 500


class DraftsWait(DomainError):
    """A journal cannot stop waiting while entries of it wait (facts: journal, count)."""

    code = "drafts_wait"


class DraftDecided(DomainError):
    """Somebody rejected it meanwhile (facts: what)."""

    code = "draft_rejected"


class DayNotOpen(DomainError):
    """The day chosen lies in a closed month, or before the entry's own (facts: on, first_open_on)."""

    code = "draft_day_not_open"
    field = "on"


@dataclass(frozen=True)
class Wanted:
    """Which of what waits: of a journal, of a party on any of its lines, between two days, up to an id."""

    journal: str | None = None
    party_id: int | None = None
    since: date | None = None
    until: date | None = None
    last_id: int | None = None


def page(session: Session, wanted: Wanted, *, cursor: str | None = None, size: int = 50) -> "Page[Draft]":
    """Return a page of what waits, newest first, with its lines and their parties."""
    place = paging.Place.read(cursor)
    keys = _waiting(wanted, select(Draft.effective_on, Draft.id))
    found = session.execute(place.limit(keys, Draft.effective_on, Draft.id, size)).all()
    cut, older, newer = place.cut([(on, int(row_id)) for on, row_id in found], size)
    rows = {row.id: row for row in _with_lines(session, [row_id for _on, row_id in cut])}
    return Page([rows[row_id] for _on, row_id in cut], older, newer)


def ids(session: Session, wanted: Wanted, *, size: int) -> list[int]:
    """Return the first of what waits, oldest first."""
    found = _waiting(wanted, select(Draft.id))
    return list(session.execute(found.order_by(Draft.effective_on, Draft.id).limit(size)).scalars())


def last_id(session: Session) -> int:
    """Return the id of what was put aside last: what comes later is not what the reader saw."""
    return int(session.execute(select(func.max(Draft.id))).scalar() or 0)


def of_source(session: Session, source: str) -> Draft | None:
    """Return what waits for `source`."""
    found = select(Draft).where(Draft.source == source, Draft.state == WAITING)
    draft: Draft | None = session.execute(found).scalars().one_or_none()
    return draft


def of_ids(session: Session, wanted: Iterable[int]) -> list[Draft]:
    """Return drafts by their ids, in the order of the ids."""
    every = sorted(set(wanted))
    return [
        row
        for start in range(0, len(every), PLACES)
        for row in _by_ids(session, every[start : start + PLACES])
    ]


def standing(session: Session, starts_on: date, ends_on: date) -> tuple[int, int]:
    """Return how many entries dated within these days wait, and the sum of their totals in cents."""
    sums = select(func.count(), func.sum(Draft.total_cents)).select_from(Draft)
    within = sums.where(Draft.state == WAITING, Draft.effective_on.between(starts_on, ends_on))
    count, cents = session.execute(within).one()
    return int(count), int(cents or 0)


def any_waits(session: Session, starts_on: date, ends_on: date) -> bool:
    """Say whether some entry dated within these days waits now, whatever the snapshot; the head is taken."""
    within = Draft.state == WAITING, Draft.effective_on.between(starts_on, ends_on)
    found = select(Draft.id).where(*within).limit(1).with_for_update(read=True)
    return session.execute(found).first() is not None


def count(session: Session, wanted: Wanted) -> int:
    """Return how many of what waits are wanted."""
    found = _waiting(wanted, select(func.count()).select_from(Draft))
    return int(session.execute(found).scalar_one())


def first_open_day(session: Session) -> date | None:
    """Return the first day after the last closed month; none when no month was closed yet."""
    last = session.execute(select(func.max(Period.ends_on)).where(Period.state == CLOSED)).scalar()
    return None if last is None else date.fromordinal(last.toordinal() + 1)


def validate(session: Session, wanted: Sequence[int], act: Act, *, on: date | None = None) -> list[Draft]:
    """Post what waits, by its day and then as it came, or all of it on the day `on`; return what was posted.

    All or nothing; what was validated before is left. Raises DraftDecided, PeriodClosed, DayNotOpen.
    """
    service.hold(session)
    rows = sorted(_fresh(session, wanted), key=lambda row: (row.effective_on, row.id))
    drafts = [_to_post(session, row, on) for row in rows if row.state != VALIDATED]
    open_ones = [row for row in rows if row.state != VALIDATED]
    service.post_validated(session, drafts, act)
    _decide(session, open_ones, VALIDATED, act)
    for some in _slices([row.id for row in open_ones]):
        # The lines are those of the entry now.
        session.execute(delete(DraftLine).where(DraftLine.draft_id.in_(some)), execution_options=QUIET)
    return open_ones


def reject(session: Session, wanted: Sequence[int], act: Act, *, reason: str) -> list[Draft]:
    """Leave what waits out of the books for good, with a reason; its source is free again.

    What was rejected before is left. Raises ReasonMissing, DraftDecided.
    """
    if not reason.strip():
        raise ReasonMissing(action="reject_draft")
    service.hold(session)
    rows = [row for row in _fresh(session, wanted) if row.state != REJECTED]
    for row in rows:
        if row.state == VALIDATED:
            raise DraftDecided(what=row.text)
        row.source = f"{row.source}:rejected:{row.id}"
    _decide(session, rows, REJECTED, act, reason.strip())
    session.flush()
    return rows


def choose_stage(session: Session, journal: str, on: bool, act: Act) -> None:
    """Let entries of a journal wait from now on, or not any more. Raises DraftsWait."""
    service.hold(session)
    if not on:
        left = select(func.count()).select_from(Draft)
        left = left.where(Draft.journal == journal, Draft.state == WAITING)
        waiting = int(session.execute(left).scalar_one())
        if waiting and waits(session, journal):
            raise DraftsWait(journal=journal, count=waiting)
    preferences.choose(session, f"{aside.PREFIX}{journal}", aside.WAITS if on else "", act)
    session.flush()  # whoever posts next in this transaction reads it with the driver's statements


QUIET = {"synchronize_session": False}


def _decide(session: Session, rows: Sequence[Draft], state: str, act: Act, reason: str = "") -> None:
    session.flush()
    values = {"state": state, "decided_at": act.at, "decided_by": act.actor_name, "reason": reason}
    for some in _slices([row.id for row in rows]):
        session.execute(update(Draft).where(Draft.id.in_(some)).values(values), execution_options=QUIET)
    for row in rows:
        session.expire(row)


def _to_post(session: Session, row: Draft, on: date | None) -> EntryDraft:
    if row.state == REJECTED:
        raise DraftDecided(what=row.text)
    first_open = first_open_day(session)
    day = on or row.effective_on
    if on is not None and (on < row.effective_on or (first_open is not None and on < first_open)):
        raise DayNotOpen(on=on, first_open_on=max(first_open or on, row.effective_on))
    if first_open is not None and day < first_open:
        raise PeriodClosed(on=day, source=row.source)
    return as_entry(row, day)


def as_entry(row: Draft, on: date | None = None) -> EntryDraft:
    """Return what waits as the entry it would be."""
    lines = tuple(
        LineDraft(line.number, line.party_id, line.debit_cents, line.credit_cents, line.counterparty_id)
        for line in row.lines
    )
    return EntryDraft(row.journal, on or row.effective_on, row.source, row.text, lines, row.document)


def _fresh(session: Session, wanted: Sequence[int]) -> list[Draft]:
    """Return drafts with their lines as they are now: the head of the book is taken."""
    found: list[Draft] = []
    for some in _slices(sorted(set(wanted))):
        # With locks, because the transaction's snapshot may be older; nobody else waits for them without
        # the head.
        rows = select(Draft).where(Draft.id.in_(some)).order_by(Draft.id).with_for_update()
        found.extend(session.execute(rows.execution_options(populate_existing=True)).scalars())
    _load_lines(session, found)
    return found


def _load_lines(session: Session, rows: Sequence[Draft]) -> None:
    by_draft: dict[int, list[DraftLine]] = {row.id: [] for row in rows}
    for some in _slices(list(by_draft)):
        lines = (
            select(DraftLine)
            .where(DraftLine.draft_id.in_(some))
            .order_by(DraftLine.draft_id, DraftLine.position)
        )
        for line in session.execute(lines.with_for_update(read=True)).scalars():
            by_draft[line.draft_id].append(line)
    for row in rows:
        set_committed_value(row, "lines", by_draft[row.id])


def _waiting(wanted: Wanted, keys: Any) -> Any:
    keys = keys.where(Draft.state == WAITING)
    if wanted.journal is not None:
        keys = keys.where(Draft.journal == wanted.journal)
    if wanted.since is not None:
        keys = keys.where(Draft.effective_on >= wanted.since)
    if wanted.until is not None:
        keys = keys.where(Draft.effective_on <= wanted.until)
    if wanted.last_id is not None:
        keys = keys.where(Draft.id <= wanted.last_id)
    if wanted.party_id is not None:
        theirs = select(DraftLine.id).where(
            DraftLine.draft_id == Draft.id, DraftLine.party_id == wanted.party_id
        )
        keys = keys.where(theirs.exists())
    return keys


def _with_lines(session: Session, wanted: Sequence[int]) -> Sequence[Draft]:
    lines = selectinload(Draft.lines)
    rows = select(Draft).where(Draft.id.in_(wanted))
    rows = rows.options(lines.joinedload(DraftLine.party), lines.joinedload(DraftLine.counterparty))
    return session.execute(rows).scalars().unique().all()


def _by_ids(session: Session, some: Sequence[int]) -> Sequence[Draft]:
    return session.execute(select(Draft).where(Draft.id.in_(some)).order_by(Draft.id)).scalars().all()


def _slices(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    return (keys[start : start + PLACES] for start in range(0, len(keys), PLACES))


__all__ = [
    "DayNotOpen", "DraftDecided", "DraftsWait", "Wanted", "any_waits", "choose_stage", "count",
    "first_open_day", "ids", "journals_waiting", "last_id", "of_ids", "of_source", "page", "reject",
    "standing", "validate", "waits",
]  # fmt: skip
