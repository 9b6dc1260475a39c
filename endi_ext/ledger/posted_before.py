"""Drafts whose entries are in the books already: found by their source, and told from another content."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from . import seals
from .driver import Answer, Driver
from .entries import EntryDraft
from .errors import SourceReused
from .rows import DOCUMENT_LENGTH, TEXT_LENGTH, line_json

if TYPE_CHECKING:
    from .writer import Writer


def ask(driver: Driver, drafts: Sequence[EntryDraft]) -> list[Answer]:
    """Ask for the entries whose sources are those of drafts."""
    return driver.ask_of(driver.sql.existing, list(dict.fromkeys(draft.source for draft in drafts)))


def existing(writer: "Writer", drafts: Sequence[EntryDraft], asked: Sequence[Answer]) -> dict[str, int]:
    """Return the ids of the drafts that are posted already with the same content. Raises SourceReused."""
    rows = [row for answer in asked for row in answer.rows()]
    if not rows:
        return {}
    by_source, found = {draft.source: draft for draft in drafts}, {}
    for entry_id, source, *stored in rows:
        if source in by_source and not _is_same(writer, by_source[source], *stored):
            raise SourceReused(source=source)
        found[source] = entry_id
    for draft in drafts:
        if draft.source in found and draft != by_source[draft.source]:
            raise SourceReused(source=draft.source)
    return found


def _is_same(writer: "Writer", draft: EntryDraft, *stored: Any) -> bool:
    """Say whether a posted entry holds the draft's content; an erased text is not held against it."""
    content_digest, text_digest, salt, text, victim = stored
    if draft.reverses != victim:
        return False
    reverses = None if draft.reverses is None else writer.entry_id(draft.reverses)
    lines = ",".join(line_json(line) for line in draft.lines)
    content = seals.content_json(draft.journal, draft.effective_on.isoformat(), lines, reverses, draft.source)
    if seals.digest_of(content) != content_digest:
        return False
    said = seals.text_digest(draft.document[:DOCUMENT_LENGTH], salt, draft.text[:TEXT_LENGTH])
    return bool(said == text_digest or text == "")
