"""Drafts whose entries are in the books already: found by their source, and told from another content."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from . import seals, statements
from .entries import EntryDraft
from .errors import SourceReused
from .rows import DOCUMENT_LENGTH, TEXT_LENGTH, line_json

if TYPE_CHECKING:
    from .writer import Writer

PLACES = 500  # parameters in one IN (...)


def existing(writer: "Writer", drafts: Sequence[EntryDraft]) -> dict[str, int]:
    """Return the ids of the drafts that are posted already with the same content. Raises SourceReused."""
    by_source = {draft.source: draft for draft in drafts}
    sources, found = list(by_source), {}
    for start in range(0, len(sources), PLACES):
        some = sources[start : start + PLACES]
        sql = statements.with_places(writer.sql.existing, len(some), writer.dialect)
        for entry_id, source, *stored in writer.run(sql, *some):
            if source in by_source and not _is_same(writer, by_source[source], *stored):
                raise SourceReused(source=source)
            found[source] = entry_id
    for draft in drafts if found else ():
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
