"""Lines of entries as a page shows them, whether posted already or about to be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ..kernel.parties import Party
from ..ledger import service as ledger
from ..ledger.entries import EntryDraft, LineDraft, opposite
from ..ledger.models import Entry


@dataclass(frozen=True)
class ShownLine:
    """One line, its parties by name."""

    number: str
    party_name: str
    analytic_code: str
    counterparty_name: str
    debit_cents: int
    credit_cents: int


@dataclass(frozen=True)
class ShownEntry:
    """An entry about to be posted, with the text of the one it undoes, if any."""

    text: str
    lines: Sequence[ShownLine]


def of_entry(entry: Entry) -> list[ShownLine]:
    """Return the lines of a posted entry."""
    return [
        ShownLine(
            line.account.number,
            line.account.party.name,
            line.account.party.analytic_code,
            line.counterparty.name if line.counterparty else "",
            line.debit_cents,
            line.credit_cents,
        )
        for line in entry.lines
    ]


def of_draft(session: Any, draft: EntryDraft) -> ShownEntry:
    """Return an entry that would be posted."""
    return ShownEntry(draft.text, _of_drafts(draft.lines, _parties(session, draft.lines)))


def of_drafts(session: Any, drafts: Sequence[EntryDraft]) -> list[list[ShownLine]]:
    """Return the lines of entries that would be posted, in their order: the parties of all read at once."""
    parties = _parties(session, [line for draft in drafts for line in draft.lines])
    return [_of_drafts(draft.lines, parties) for draft in drafts]


def of_reversals(session: Any, sources: Sequence[str]) -> list[ShownEntry]:
    """Return the entries that would undo those of `sources`, in that order."""
    entries = [
        entry for entry in (ledger.entry_of(session, source) for source in sources) if entry is not None
    ]
    drafts = ledger.drafts_of(entries)
    parties = _parties(session, [line for draft in drafts for line in draft.lines])
    return [ShownEntry(draft.text, _of_drafts(opposite(draft.lines), parties)) for draft in drafts]


def _parties(session: Any, lines: Sequence[LineDraft]) -> Mapping[int, Party]:
    ids = {line.party_id for line in lines} | {line.counterparty_id for line in lines if line.counterparty_id}
    return {party.id: party for party in session.execute(select(Party).where(Party.id.in_(ids))).scalars()}


def _of_drafts(lines: Sequence[LineDraft], parties: Mapping[int, Party]) -> list[ShownLine]:
    return [
        ShownLine(
            line.number,
            parties[line.party_id].name,
            parties[line.party_id].analytic_code,
            parties[line.counterparty_id].name if line.counterparty_id else "",
            line.debit_cents,
            line.credit_cents,
        )
        for line in lines
    ]
