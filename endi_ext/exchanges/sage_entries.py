"""The entries of a span with what their Sage lines need: the numbers of the papers that prove each."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel.parties import Party
from ..ledger import exports
from ..ledger.models import Account, Entry, EntryText, Journal, Line
from ..ledger.spans import Span
from .models import Exchange, Settlement
from .paper_models import CREDIT_NOTE, INVOICE, PAYMENT, HostDocument, Reduction
from .sage import Papers

SETTLEMENT, REDUCTION, REVERSED = "settlement:", "reduction:", ":reversed"


class Told(NamedTuple):
    """An entry, its lines, and the papers that prove it."""

    head: Any
    lines: Sequence[Any]
    papers: Papers


def told(session: Session, span: Span, *, only: Any = None) -> Iterator[Told]:
    """Yield the entries of a span in the order they were recorded; `only` is a condition on entries."""
    for ids in exports.id_windows(session, span, only):
        yield from told_of(session, ids)


def told_of(session: Session, ids: Sequence[int]) -> Iterator[Told]:
    """Yield some entries, few enough to be read at once."""
    heads = session.execute(_heads().where(Entry.id.in_(ids)).order_by(Entry.id)).all()
    lines = session.execute(_sides().where(Line.entry_id.in_(ids)))
    by_entry = {one: list(rows) for one, rows in groupby(lines, key=lambda row: row.entry_id)}
    papers = papers_of(session, heads)
    for head in heads:
        yield Told(head, by_entry[head.id], papers[head.id])


def papers_of(session: Session, heads: Sequence[Any]) -> dict[int, Papers]:
    """Return how the papers of entries are numbered: by the host where it made them, else by the books."""
    by_source = _exchanges(session, {exchange_source(head.source) for head in heads})
    settlements = _settlements(session, {_key(head.source, SETTLEMENT) for head in heads})
    reduced = _reductions(session, {_key(head.source, REDUCTION) for head in heads})
    behind = {}
    for head in heads:
        settled = settlements.get(_key(head.source, SETTLEMENT) or "")
        found = by_source.get(exchange_source(head.source))
        found = found or reduced.get(_key(head.source, REDUCTION) or "") or (settled and settled.exchange)
        behind[head.id] = (found, settled)
    documents = _documents(session, {found.id for found, _settled in behind.values() if found})
    return {head.id: _papers(head, *behind[head.id], documents) for head in heads}


def exchange_source(source: str) -> str:
    """Return the source of the exchange an entry is about, when the entry is not of a settlement."""
    kept = source.removesuffix(REVERSED).removesuffix(":retained")
    before, found, _number = kept.rpartition(":released:")
    return before if found else kept


def _papers(head: Any, exchange: Any, settled: Any, documents: dict[tuple[int, str], Any]) -> Papers:
    called = head.document or f"{head.code} {head.number}"
    if exchange is None:
        return Papers(called, called, called)
    is_reversal = settled is None and head.source == exchange.source + REVERSED
    pair = documents.get((exchange.id, CREDIT_NOTE if is_reversal else INVOICE))
    paid = documents.get((exchange.id, f"{PAYMENT}:{settled.id}")) if settled else None
    sale = (pair.sale_number if pair else "") or called
    purchase = (pair.purchase_number if pair else "") or called
    payment = str(paid.purchase_id) if paid and paid.purchase_id else called
    return Papers(sale, purchase, payment, exchange.due_on)


def _key(source: str, prefix: str) -> str | None:
    return source.removesuffix(REVERSED).removeprefix(prefix) if source.startswith(prefix) else None


def _exchanges(session: Session, sources: set[str]) -> dict[str, Any]:
    wanted = select(Exchange.id, Exchange.source, Exchange.due_on).where(Exchange.source.in_(sources))
    return {row.source: row for row in session.execute(wanted)}


class _Settled(NamedTuple):
    id: int
    exchange: Any


def _settlements(session: Session, keys: set[str | None]) -> dict[str, _Settled]:
    wanted = (
        select(
            Settlement.id,
            Settlement.request_key,
            Exchange.id.label("exchange_id"),
            Exchange.source,
            Exchange.due_on,
        )
        .join(Exchange, Exchange.id == Settlement.exchange_id)
        .where(Settlement.request_key.in_(keys - {None}))
    )
    return {row.request_key: _Settled(row.id, _exchange_of(row)) for row in session.execute(wanted)}


class _Behind(NamedTuple):
    id: int
    source: str
    due_on: date | None


def _exchange_of(row: Any) -> _Behind:
    return _Behind(row.exchange_id, row.source, row.due_on)


def _reductions(session: Session, keys: set[str | None]) -> dict[str, _Behind]:
    wanted = (
        select(Reduction.request_key, Exchange.id.label("exchange_id"), Exchange.source, Exchange.due_on)
        .join(Exchange, Exchange.id == Reduction.exchange_id)
        .where(Reduction.request_key.in_(keys - {None}))
    )
    return {row.request_key: _exchange_of(row) for row in session.execute(wanted)}


def _documents(session: Session, exchange_ids: Iterable[int]) -> dict[tuple[int, str], Any]:
    wanted = select(
        HostDocument.exchange_id, HostDocument.kind, HostDocument.sale_number, HostDocument.purchase_number,
        HostDocument.purchase_id,
    )  # fmt: skip
    rows = session.execute(wanted.where(HostDocument.exchange_id.in_(list(exchange_ids))))
    return {(row.exchange_id, row.kind): row for row in rows}


def _heads() -> Any:
    columns = (Entry.id, Entry.source, Journal.code, Entry.number, Entry.effective_on)
    return (
        select(*columns, EntryText.document, EntryText.text)
        .join(Journal, Journal.id == Entry.journal_id)
        .join(EntryText, EntryText.entry_id == Entry.id)
    )


def _sides() -> Any:
    columns = (Line.entry_id, Account.number.label("account"), Account.party_id, Line.counterparty_id)
    return (
        select(
            *columns, Party.host_key, Party.analytic_code, Party.name.label("party"), Line.debit_cents,
            Line.credit_cents,
        )
        .join(Account, Account.id == Line.account_id)
        .join(Party, Party.id == Account.party_id)
        .order_by(Line.entry_id, Line.position)
    )  # fmt: skip
