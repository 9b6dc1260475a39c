"""Our side of what the host exported: the entries of exchanges in its layout, and what differs."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..exchanges import sage, sage_entries
from ..exchanges.models import Exchange, Settlement
from ..exchanges.paper_models import Reduction
from ..exchanges.reductions import source_of
from ..exchanges.rules import settlement_source
from ..ledger.models import Entry
from .export_compare import BOOKS, UNITS_PER_CENT, Exported, Place, compare
from .found import Found

SOURCE = "exports"
AT_ONCE = 100


def founds(session: Session, accounting: Any, exported: Iterable[Exported]) -> Iterator[Found]:
    """Yield what differs of exchanges whose documents the host exported; their own side is filled in here."""
    layout, waiting = accounting.layout(session), iter(exported)
    while some := list(islice(waiting, AT_ONCE)):
        by_id = {one.exchange_id: one for one in some}
        pairs = {(one.seller_key, one.buyer_key) for one in some}
        cards = accounting.cards(session, pairs)
        for exchange_id, told in _entries(session, list(by_id)):
            one = by_id[exchange_id]
            _add(one, told, cards[one.seller_key, one.buyer_key], layout)
        for one in some:
            yield from compare(one)


def _add(one: Exported, told: sage_entries.Told, cards: sage.Cards, layout: sage.Layout) -> None:
    apart = sage.sides_of(told.head.code, told.head.source, told.lines)
    if apart is None:
        return
    for part, cells in sage.rows(told.head, apart, told.papers, cards, layout):
        if cells["type"] == "A":
            units = (_cents(cells["debit"]) - _cents(cells["credit"])) * UNITS_PER_CENT
            one.add(BOOKS, Place(part, cells["account"], cells["analytic"]), units)


def _entries(session: Session, exchange_ids: list[int]) -> Iterator[tuple[int, sage_entries.Told]]:
    """Yield the entries of some exchanges, each with the exchange it is about."""
    sources = _sources(session, exchange_ids)
    reversals = {f"{source}{sage_entries.REVERSED}": one for source, one in sources.items()}
    sources.update(reversals)
    ids = session.execute(select(Entry.id, Entry.source).where(Entry.source.in_(list(sources)))).all()
    by_entry = {row.id: sources[row.source] for row in ids}
    for told in sage_entries.told_of(session, sorted(by_entry)):
        yield by_entry[told.head.id], told


def _sources(session: Session, exchange_ids: list[int]) -> dict[str, int]:
    """Return what entries the host has a counterpart of: not those of what is held back."""
    found: dict[str, int] = {}
    accepted = select(Exchange.source, Exchange.id).where(Exchange.id.in_(exchange_ids))
    found.update({row.source: row.id for row in session.execute(accepted)})
    for model, named in ((Settlement, settlement_source), (Reduction, source_of)):
        rows = select(model.request_key, model.exchange_id).where(model.exchange_id.in_(exchange_ids))
        found.update({named(row.request_key): row.exchange_id for row in session.execute(rows)})
    return found


def _cents(cell: str) -> int:
    return int(cell.replace(",", "")) if cell else 0
