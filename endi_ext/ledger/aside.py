"""Entries put aside instead of posted, because their journal waits for an accountant (brouillard).

Called by the writer with the head of the book taken: whoever reads or changes what waits takes it first, so
that the same source is never put aside twice, nor put aside and posted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel import preferences
from ..kernel.preferences import Preference
from .draft_models import WAITING
from .entries import EntryDraft, LineDraft
from .errors import PeriodClosed, SourceReused
from .rows import DOCUMENT_LENGTH, TEXT_LENGTH, recorded_at_sql

if TYPE_CHECKING:
    from .writer import Writer

# One preference for each journal whose entries wait.
PREFIX, WAITS = "draft_stage.", "yes"


@dataclass(frozen=True)
class Stage:
    """What the writer learns of the draft stage with the head: which journals wait, and the last draft."""

    journals: frozenset[str] = frozenset()
    last_id: int = 0

    @classmethod
    def read(cls, names: str | None, last_id: int | None) -> "Stage":
        """Return the stage as the statement `limits` tells it."""
        journals = (name.removeprefix(PREFIX) for name in (names or "").split(",") if name)
        return cls(frozenset(journals), int(last_id or 0))


def waits(session: Session, journal: str) -> bool:
    """Say whether entries of a journal wait for an accountant."""
    return preferences.get(session, f"{PREFIX}{journal}") == WAITS


def journals_waiting(session: Session) -> list[str]:
    """Return the codes of the journals whose entries wait."""
    chosen = select(Preference.name).where(Preference.name.like(f"{PREFIX}%"), Preference.value == WAITS)
    return sorted(name.removeprefix(PREFIX) for name in session.execute(chosen).scalars())


def concerns(stage: Stage, drafts: Sequence[EntryDraft]) -> bool:
    """Say whether some may wait, or wait already: not where nobody ever used the draft stage."""
    used = bool(stage.journals) or bool(stage.last_id)
    return used or any(draft.waits for draft in drafts)


def take(
    writer: "Writer", drafts: Sequence[EntryDraft], existing: Mapping[str, int], at: datetime, by: str
) -> dict[str, int]:
    """Put aside those that wait; return the ids of all that were, now or before, by source.

    Raises PeriodClosed, SourceReused.
    """
    fresh = [draft for draft in drafts if draft.source not in existing]
    known = _known(writer, fresh) if writer.stage.last_id else {}
    rows: list[tuple[Any, ...]] = []
    lines: list[tuple[Any, ...]] = []
    told: dict[str, EntryDraft] = {}
    for draft in fresh:
        if told.setdefault(draft.source, draft) != draft:
            raise SourceReused(source=draft.source)
        if draft.source in known or not _is_to_wait(writer.stage, draft):
            continue
        if draft.effective_on.isoformat() <= writer.closed_until:
            raise PeriodClosed(on=draft.effective_on, source=draft.source)
        known[draft.source] = draft_id = writer.stage.last_id + len(rows) + 1
        rows.append(_row(draft, draft_id, recorded_at_sql(at), by))
        lines.extend((draft_id, place, *line) for place, line in enumerate(draft.lines, 1))
    if rows:
        writer.driver.insert(writer.sql.put_aside, rows)
        writer.driver.insert(writer.sql.put_line_aside, lines)
        writer.stage = Stage(writer.stage.journals, writer.stage.last_id + len(rows))
    return known


def _is_to_wait(stage: Stage, draft: EntryDraft) -> bool:
    """Say whether a draft waits: as it says itself, else as its journal does; what undoes an entry never."""
    if draft.reverses is not None:
        return False
    return draft.journal in stage.journals if draft.waits is None else draft.waits


def _row(draft: EntryDraft, draft_id: int, at: str, by: str) -> tuple[Any, ...]:
    texts = draft.text[:TEXT_LENGTH], draft.document[:DOCUMENT_LENGTH]
    day = draft.effective_on.isoformat()
    return (draft_id, draft.journal, day, draft.source, *texts, draft.total_cents, at, by, WAITING)


def _known(writer: "Writer", drafts: Sequence[EntryDraft]) -> dict[str, int]:
    """Return the ids of those that wait already with the same content."""
    by_source, found = {draft.source: draft for draft in drafts}, {}
    for answer in writer.driver.ask_of(writer.sql.drafts_of, list(by_source)):
        for draft_id, source, journal, day, text, document, state in answer.rows():
            said = journal, str(day), text, document, _lines(writer, draft_id)
            if state != WAITING or said != _told(by_source[source]):
                raise SourceReused(source=source)
            found[source] = int(draft_id)
    return found


def _told(draft: EntryDraft) -> tuple[Any, ...]:
    row = _row(draft, 0, "", "")
    return row[1], row[2], row[4], row[5], tuple(draft.lines)


def _lines(writer: "Writer", draft_id: int) -> tuple[LineDraft, ...]:
    rows = writer.driver.ask(writer.sql.lines_aside, draft_id).rows()
    return tuple(
        LineDraft(number, party, debit, credit, other) for number, party, debit, credit, other in rows
    )
