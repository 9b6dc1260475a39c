"""What the books know already of a host's documents: whose papers they are, which payments are the same."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from ..exchanges.models import Exchange
from ..exchanges.paper_models import INVOICE, PAYMENT, HostDocument

# An exchange read from a host has the host's own document as its source: "endi:invoice:12".
_DOCUMENT_KEYS = ("invoice",)

_EXCHANGE: Any = Exchange.__table__
_PAIR: Any = HostDocument.__table__


@dataclass(frozen=True)
class Known:
    """The exchange of ours behind a document of the host's."""

    exchange_id: int
    adopted: bool
    payment_pairs: tuple[tuple[int, int], ...] = ()


def source_of(origin: str, key: str) -> str:
    """Return the source of the exchange adopted from a document: `origin` names the host."""
    return f"{origin}:{key}"


def exchanges_of(
    connection: Connection, origin: str, sale_ids: Collection[int], family: str = INVOICE
) -> dict[int, Known]:
    """Return, by the id of the seller's document, the exchanges that have it; two statements for them all."""
    both = _PAIR.join(_EXCHANGE, _EXCHANGE.c.id == _PAIR.c.exchange_id)
    rows = connection.execute(
        select(_PAIR.c.sale_id, _PAIR.c.exchange_id, _EXCHANGE.c.source)
        .select_from(both)
        .where(_PAIR.c.family == family, _PAIR.c.sale_id.in_(sale_ids))
    ).all()
    paid = _payments(connection, [row.exchange_id for row in rows]) if family == INVOICE else {}
    prefixes = tuple(source_of(origin, f"{one}:") for one in _DOCUMENT_KEYS)
    return {
        row.sale_id: Known(
            row.exchange_id, row.source.startswith(prefixes), tuple(paid.get(row.exchange_id, ()))
        )
        for row in rows
    }


def _payments(connection: Connection, exchange_ids: Collection[int]) -> dict[int, list[tuple[int, int]]]:
    paired = select(_PAIR.c.exchange_id, _PAIR.c.sale_id, _PAIR.c.purchase_id).where(
        _PAIR.c.family == PAYMENT, _PAIR.c.exchange_id.in_(exchange_ids), _PAIR.c.removed_at.is_(None)
    )
    found: dict[int, list[tuple[int, int]]] = {}
    for row in connection.execute(paired.order_by(_PAIR.c.id)):
        if row.purchase_id is not None:
            found.setdefault(row.exchange_id, []).append((row.sale_id, row.purchase_id))
    return found
