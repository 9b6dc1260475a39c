"""What stands behind an exchange: its row kept for a transaction, its entries found and undone."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel.history import Act
from ..ledger import service as ledger
from ..ledger.models import Entry
from . import choices, postings, rules
from .models import Exchange
from .rules import ChangedMeanwhile


def locked(session: Session, exchange_id: int) -> Exchange:
    """Return the exchange as it is now, kept for this transaction."""
    row = select(Exchange).where(Exchange.id == exchange_id).with_for_update()
    return session.execute(row.execution_options(populate_existing=True)).scalars().one()


def scheme_of(session: Session, exchange: Exchange) -> postings.Scheme:
    """Return the scheme with the accounts the exchange was posted on: an admin may have changed them."""
    draft = ledger.drafts_of([entry_of(session, exchange.source, exchange)])[0]
    return choices.read(session).scheme.with_accounts(postings.accounts_of_acceptance(draft))


def entry_of(session: Session, source: str, exchange: Exchange) -> Entry:
    """Return the entry of `source`, one of those of the exchange."""
    entry = ledger.entry_of(session, source)
    if entry is None:
        # Its exchange is locked and fresh, its entry is younger than our snapshot.
        raise ChangedMeanwhile(exchange=exchange.label)
    return entry


def reverse(session: Session, source: str, exchange: Exchange, *, reason: str, on: date, act: Act) -> None:
    """Post the opposite of the entry of `source`."""
    text = rules.reversal_text(exchange, reason)
    entry = entry_of(session, source, exchange)
    ledger.reverse(session, entry, on=on, source=f"{source}:reversed", text=text, act=act)
