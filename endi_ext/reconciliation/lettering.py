"""Open lines of an account that seem to settle each other, found by the matching engine; a person decides."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..exchanges import cells
from ..ledger.lettering_models import OpenItem
from ..ledger.models import Entry, EntryText, Line
from . import matching
from .documents import Document, Settings

# More open lines than these are too many to look at together: choose a counterparty.
MOST_LINES = 2_000

# An invoice is often paid long after it was made, in parts.
PATIENT = Settings(window_days=45, far_days=366, tolerance_cents=500, tolerance_bp=100)


@dataclass(frozen=True)
class Suggestion:
    """Lines that seem to belong together: by which rule, how surely, and what is left of them in cents."""

    line_ids: tuple[int, ...]
    rule: str
    score: float
    cents: int


def suggest(
    session: Session, account_id: int, *, counterparty_id: int | None = None, most: int = 20
) -> list[Suggestion]:
    """Return the likeliest groups of open lines, those that net to zero first."""
    together: dict[str, list[Any]] = {}
    for row in _open(session, account_id, counterparty_id):
        # What is under one partial letter already counts as one, for what is left of it.
        key = f"line {row.id}" if row.matching_id is None else f"letter {row.matching_id}"
        together.setdefault(key, []).append(row)
    cents = {key: sum(int(row.cents) for row in rows) for key, rows in together.items()}
    shared = _said_on_both_sides(together, cents)
    documents = {key: _document(key, rows, cents[key], shared) for key, rows in together.items()}
    debits = [one for key, one in documents.items() if cents[key] > 0]
    credited = [one for key, one in documents.items() if cents[key] < 0]
    matches = matching.match(debits, credited, PATIENT).matches
    found = [_suggestion(one, together, cents) for one in matches]
    return sorted(found, key=lambda one: (one.cents != 0, -one.score, one.line_ids))[:most]


def _open(session: Session, account_id: int, counterparty_id: int | None) -> Iterable[Any]:
    wanted = (
        select(Line.id, Line.counterparty_id, OpenItem.cents, OpenItem.effective_on, EntryText.text)
        .add_columns(EntryText.document, OpenItem.matching_id)
        .join(OpenItem, OpenItem.line_id == Line.id)
        .join(Entry, Entry.id == Line.entry_id)
        .join(EntryText, EntryText.entry_id == Entry.id)
        .where(OpenItem.account_id == account_id)
    )
    if counterparty_id is not None:
        wanted = wanted.where(Line.counterparty_id == counterparty_id)
    return session.execute(wanted.order_by(OpenItem.effective_on, Line.id).limit(MOST_LINES))


def _said_on_both_sides(together: Mapping[str, Sequence[Any]], cents: Mapping[str, int]) -> set[str]:
    """Return the references that a debit and a credit have: one of its own says nothing against a line."""
    debits = {_reference(rows[0]) for key, rows in together.items() if cents[key] > 0}
    return debits & {_reference(rows[0]) for key, rows in together.items() if cents[key] < 0}


def _reference(row: Any) -> str:
    return cells.folded(row.document).replace(" ", "")


def _document(key: str, rows: Sequence[Any], cents: int, shared: Collection[str]) -> Document:
    """Return lines as the engine reads a document: both sides as positive amounts of one pair."""
    first, reference = rows[0], _reference(rows[0])
    return Document(
        key,
        "",
        str(first.counterparty_id or ""),
        first.effective_on.toordinal(),
        abs(cents),
        cells.folded(first.text),
        reference if reference in shared else "",
    )


def _suggestion(match: Any, together: Mapping[str, Sequence[Any]], cents: Mapping[str, int]) -> Suggestion:
    keys = (*match.sales, *match.purchases)
    ids = sorted(int(row.id) for key in keys for row in together[key])
    return Suggestion(tuple(ids), match.rule, match.score, sum(cents[key] for key in keys))
