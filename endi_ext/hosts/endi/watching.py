"""The host's documents and payments are watched as they are written: a difference is noted at once.

Nothing the host announces covers it: payments are edited and deleted in silence.
"""

from datetime import UTC, datetime
from typing import Any

import transaction
from caerp.events.document_events import StatusChangedEvent
from caerp.models.base import DBSESSION
from caerp.models.supply import InternalSupplierInvoice, SupplierInvoiceLine
from caerp.models.supply.internalpayment import InternalSupplierInvoiceSupplierPayment
from caerp.models.task import InternalCancelInvoice, InternalInvoice, InternalPayment
from sqlalchemy import inspect, or_, select
from sqlalchemy.engine import Connection
from transaction._transaction import Status

from ...exchanges import papers
from ...exchanges.models import Exchange
from ...exchanges.paper_models import (
    CREDIT_NOTE,
    INVOICE,
    MIRROR,
    PAYMENT,
    PENDING,
    DocumentTask,
    HostDocument,
)
from . import findings, listening, statuses
from .statuses import SALE_UNITS_PER_CENT

_PAIR: Any = HostDocument.__table__
_TOUCHED = object()


def listen() -> None:
    """Watch the host's documents and ours; called again, it changes nothing."""
    for target, column in _WATCHED.items():
        for name in ("after_insert", "after_update", "after_delete"):
            listening.listen_once(target, name, _NOTERS[column])
    listening.listen_once(DBSESSION.session_factory, "after_flush_postexec", _after_flush)


def subscribe(config: Any) -> None:
    """Follow the credit notes people make in the host on our invoices."""
    config.add_subscriber(_on_status, StatusChangedEvent)


def _noter(column: str) -> Any:
    def note(_mapper: Any, _connection: Connection, row: Any) -> None:
        where = "exchange" if column in ("exchange_id", "own_id") else "host"
        led_to = inspect(row).attrs["id" if column == "own_id" else column]
        # A payment taken off its document has already forgotten which one.
        for one in (led_to.value, *(led_to.history.deleted or ())):
            if one is not None:
                _touched().add((where, one))

    return note


def _touched() -> set[tuple[str, int]]:
    """Return what the transaction under way has written so far, to be looked at before it commits."""
    under_way = transaction.get()
    try:
        kept: set[tuple[str, int]] = under_way.data(_TOUCHED)
    except KeyError:
        kept = set()
        under_way.set_data(_TOUCHED, kept)
    return kept


def _after_flush(session: Any, _context: Any) -> None:
    touched = _touched()
    if not touched:
        return
    under_way = transaction.get()
    if under_way.status is Status.COMMITTING:
        # The last flush, made by the commit itself: no hook comes after it.
        _look(session)
    elif ("hooked", 0) not in touched:
        touched.add(("hooked", 0))
        under_way.addBeforeCommitHook(_before_commit, (session,))


def _before_commit(session: Any) -> None:
    session.flush()
    _look(session)


def _look(session: Any) -> None:
    touched = _touched()
    host_ids = {one for where, one in touched if where == "host"}
    exchange_ids = {one for where, one in touched if where == "exchange"}
    touched.clear()
    connection = session.connection()
    if not tables_stand(connection):
        return
    for exchange_id in sorted(_with_documents(connection, host_ids, exchange_ids)):
        findings.look(connection, exchange_id)


def _with_documents(connection: Connection, host_ids: set[int], exchange_ids: set[int]) -> set[int]:
    """Return the exchanges whose documents were touched, by their own id or by those of the host's rows."""
    ours = or_(
        _PAIR.c.exchange_id.in_(exchange_ids),
        (_PAIR.c.family != PAYMENT) & (_PAIR.c.sale_id.in_(host_ids) | _PAIR.c.purchase_id.in_(host_ids)),
    )
    return set(connection.execute(select(_PAIR.c.exchange_id).where(ours).distinct()).scalars())


def tables_stand(connection: Connection) -> bool:
    """Say whether our tables of documents exist: the host works without them."""
    return listening.has_table(connection, _PAIR.name)


def _on_status(changed: Any) -> None:
    """Follow a credit note that someone validated: the buyer's document is paid for that much, no more."""
    refund, request = changed.node, changed.request
    ours = getattr(request, "endi_ext_makes_papers", False)
    if ours or changed.status != "valid" or not isinstance(refund, InternalCancelInvoice):
        return
    if not tables_stand(DBSESSION().connection()):
        return
    pair = papers.paired(DBSESSION(), INVOICE, sale_id=refund.invoice_id)
    if pair is None:
        return
    _pass_on(pair, refund, request.identity)
    purchase = DBSESSION().get(InternalSupplierInvoice, pair.purchase_id)
    statuses.bring_up_to_date(request, refund.invoice, purchase)


def _pass_on(pair: HostDocument, refund: Any, person: Any) -> None:
    now = datetime.now(UTC)
    DBSESSION().add_all(
        (
            HostDocument(
                exchange_id=pair.exchange_id,
                kind=f"{CREDIT_NOTE}:{refund.id}",
                family=CREDIT_NOTE,
                sale_id=refund.id,
                amount_cents=abs(refund.total()) // SALE_UNITS_PER_CENT,
                sale_number=refund.official_number or "",
                purchase_number="",
                made_at=now,
            ),
            DocumentTask(
                exchange_id=pair.exchange_id,
                kind=f"{MIRROR}:{refund.id}",
                state=PENDING,
                attempts=0,
                error_code="",
                error_facts="{}",
                asked_at=now,
                asked_by=f"{person.firstname} {person.lastname}".strip()[:190],
            ),
        )
    )


# Which column of each row leads to the document, or to the exchange, it belongs to.
_WATCHED: dict[Any, str] = {
    InternalInvoice: "id",
    InternalCancelInvoice: "invoice_id",
    InternalPayment: "task_id",
    InternalSupplierInvoice: "id",
    SupplierInvoiceLine: "supplier_invoice_id",
    InternalSupplierInvoiceSupplierPayment: "supplier_invoice_id",
    Exchange: "own_id",
    DocumentTask: "exchange_id",
    HostDocument: "exchange_id",
}
_NOTERS = {column: _noter(column) for column in set(_WATCHED.values())}
