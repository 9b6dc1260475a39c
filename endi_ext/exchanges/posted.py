"""What stands behind an exchange: its row kept for a transaction, its entries found and undone.

Those that wait for an accountant are found too; what undoes them rejects them.
"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel.history import Act
from ..ledger import drafts
from ..ledger import service as ledger
from ..ledger.entries import EntryDraft
from ..ledger.models import Entry
from . import choices, postings, rules
from .models import WAITING, Exchange
from .rules import ChangedMeanwhile


def locked(session: Session, exchange_id: int) -> Exchange:
    """Return the exchange as it is now, kept for this transaction."""
    row = select(Exchange).where(Exchange.id == exchange_id).with_for_update()
    return session.execute(row.execution_options(populate_existing=True)).scalars().one()


def scheme_of(session: Session, exchange: Exchange) -> postings.Scheme:
    """Return the scheme with the accounts the exchange was posted on: an admin may have changed them."""
    draft = draft_of(session, exchange.source, exchange)
    return choices.read(session).scheme.with_accounts(postings.accounts_of_acceptance(draft))


def draft_of(session: Session, source: str, exchange: Exchange) -> EntryDraft:
    """Return the entry of `source` as a draft, also when it waits."""
    if exchange.state == WAITING:
        waiting = drafts.of_source(session, source)
        if waiting is not None:
            return drafts.as_entry(waiting)
    return ledger.drafts_of([entry_of(session, source, exchange)])[0]


def entry_of(session: Session, source: str, exchange: Exchange) -> Entry:
    """Return the entry of `source`, one of those of the exchange."""
    entry = ledger.entry_of(session, source)
    if entry is None:
        # Its exchange is locked and fresh, its entry is younger than our snapshot.
        raise ChangedMeanwhile(exchange=exchange.label)
    return entry


def reverse(session: Session, source: str, exchange: Exchange, *, reason: str, on: date, act: Act) -> None:
    """Post the opposite of the entry of `source`, or reject it where it waits."""
    waiting = drafts.of_source(session, source) if exchange.state == WAITING else None
    if waiting is not None:
        drafts.reject(session, [waiting.id], act, reason=reason)
        return
    text = rules.reversal_text(exchange, reason)
    entry = entry_of(session, source, exchange)
    ledger.reverse(session, entry, on=on, source=f"{source}:reversed", text=text, act=act)
