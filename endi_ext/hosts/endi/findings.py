"""What differs between our own documents and the books is noted when it comes to be, on the connection of
the moment, beside what is found everywhere else.
"""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session, aliased
from zope.sqlalchemy import mark_changed

from ...exchanges.models import Exchange
from ...exchanges.paper_models import INVOICE, HostDocument
from ...kernel import paris
from ...kernel.history import Act
from ...kernel.parties import Party
from ...reconciliation import finding_rows
from ...reconciliation.finding_models import Finding
from ...reconciliation.findings import side_of
from ...reconciliation.found import BLOCKING, Found
from ...reconciliation.pairs import Pair
from . import mirrors, reading

SOURCE = "documents"
# The sources of exchanges adopted from the host's own documents.
ADOPTED = "endi:invoice:%"
WATCHER_KEY, WATCHER_NAME = "watcher", "Surveillance des documents"
# What an accountant follows in the books with one click: someone paid or credited in the host's own pages.
ALIGN = "align_books"
REPAIRS = dict.fromkeys(
    ("document_payment_unknown", "document_payment_missing", "document_credit_unknown"), ALIGN
)

_EXCHANGE: Any = Exchange.__table__
_PAIR: Any = HostDocument.__table__
_FINDING: Any = Finding.__table__


def look(connection: Connection, exchange_id: int) -> int:
    """Compare the documents of an exchange, note what is new or gone; return how many differences stand."""
    return note(connection, exchange_id, watching(datetime.now(UTC)))


def note(connection: Connection, exchange_id: int, act: Act, **options: Any) -> int:
    """Compare the documents of an exchange in the name of someone."""
    found = mirrors.differences(connection, exchange_id)
    about = key_of(exchange_id)
    if not found and not finding_rows.any_stands(connection, SOURCE, about):
        # Nothing to note and nothing to close: the host's transaction need not wait for another look.
        return 0
    founds = _told(connection, exchange_id, found)
    return finding_rows.note(connection, SOURCE, founds, act, about=(about,), **options).standing


def look_everywhere(session: Session) -> int:
    """Compare the documents of every exchange we had made some for; return how many differences stand.

    An adopted one is looked at as it is written, and each night all of them are read at once: here only those
    of which something stands already.
    """
    session.flush()
    connection = session.connection()
    of_it = _PAIR.join(_EXCHANGE, _EXCHANGE.c.id == _PAIR.c.exchange_id)
    stands = select(_FINDING.c.exchange_id).where(_FINDING.c.source == SOURCE, _FINDING.c.standing)
    looked_at = or_(_EXCHANGE.c.source.notlike(ADOPTED), _EXCHANGE.c.id.in_(stands))
    ids = select(_PAIR.c.exchange_id).select_from(of_it).where(_PAIR.c.kind == INVOICE, looked_at)
    ids = ids.order_by(_PAIR.c.exchange_id)
    standing = sum(look(connection, exchange_id) for exchange_id in connection.execute(ids).scalars().all())
    # Written beside the ORM: the host's transaction would not know that there is something to commit.
    mark_changed(session)
    return standing


def key_of(exchange_id: int) -> str:
    """Return what findings about the documents of an exchange hang on."""
    return f"exchange:{exchange_id}"


def watching(at: datetime) -> Act:
    """Return who notes what nobody asked for."""
    return Act(WATCHER_KEY, WATCHER_NAME, at, paris.day_of(at))


def _told(connection: Connection, exchange_id: int, found: list[mirrors.Difference]) -> list[Found]:
    if not found:
        return []
    sides: dict[str, Any] = {name: aliased(Party.__table__, name=name) for name in ("seller", "buyer")}
    row = connection.execute(
        select(
            _EXCHANGE.c.accepted_on, sides["seller"].c.host_key, sides["buyer"].c.host_key.label("buyer_key")
        )
        .join(sides["seller"], sides["seller"].c.id == _EXCHANGE.c.seller_id)
        .join(sides["buyer"], sides["buyer"].c.id == _EXCHANGE.c.buyer_id)
        .where(_EXCHANGE.c.id == exchange_id)
    ).one()
    on: date = row.accepted_on
    pair = _pair(connection, exchange_id)
    sale, purchase = (None, None) if pair is None else (side_of(pair.sale), side_of(pair.purchase))
    return [
        Found(
            key=key_of(exchange_id),
            code=one.code,
            severity=BLOCKING,
            amount_cents=one.amount_cents,
            on=on,
            seller_key=row.host_key,
            buyer_key=row.buyer_key,
            exchange_id=exchange_id,
            sale=sale,
            purchase=purchase,
            repair=REPAIRS.get(one.code),
            facts=one.facts,
        )
        for one in found
    ]


def _pair(connection: Connection, exchange_id: int) -> Pair | None:
    """Return both documents of an exchange, as every finding shows them."""
    made = select(_PAIR.c.sale_id).where(_PAIR.c.exchange_id == exchange_id, _PAIR.c.kind == INVOICE)
    sale_id = connection.execute(made).scalar()
    return None if sale_id is None else next(iter(reading.Reader(connection).invoices([sale_id])), None)
