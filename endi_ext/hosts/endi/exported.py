"""What enDI writes of the documents it made of our exchanges, by its own producers of entries.

It keeps no entries: each export recomputes them from the documents, and so do we, for those it exported.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from caerp.interfaces import ITreasuryProducer
from caerp.models.base import DBSESSION
from caerp.models.supply import InternalSupplierInvoice, InternalSupplierInvoiceSupplierPayment
from caerp.models.task import InternalCancelInvoice, InternalInvoice, InternalPayment
from sqlalchemy import select

from ...exchanges import sage
from ...exchanges.models import Exchange
from ...exchanges.paper_models import CREDIT_NOTE, INVOICE, PAYMENT, HostDocument
from ...reconciliation.export_compare import HOST, UNITS_PER_CENT, Exported, Place
from ...reconciliation.found import PaperSide

AT_ONCE = 100
# Of each family, the sale's model, its file, the purchase's, its file; sales count in finer units.
FAMILIES: dict[str, tuple[Any, str, Any, str]] = {
    INVOICE: (InternalInvoice, sage.SALES, InternalSupplierInvoice, sage.PURCHASES),
    CREDIT_NOTE: (InternalCancelInvoice, sage.SALES, InternalSupplierInvoice, sage.PURCHASES),
    PAYMENT: (InternalPayment, sage.RECEIPTS, InternalSupplierInvoiceSupplierPayment, sage.PAYMENTS),
}
OF_SALES = (sage.SALES, sage.RECEIPTS)


def papers(request: Any, starts_on: date, ends_on: date, after: int) -> Iterator[Exported]:
    """Yield the exchanges accepted in these days of which the host exported something, its side filled in.

    In the order of their ids, those behind `after`.
    """
    within = select(Exchange.id).where(Exchange.accepted_on.between(starts_on, ends_on), Exchange.id > after)
    with_papers = select(HostDocument.exchange_id).where(HostDocument.kind == INVOICE)
    ids = list(
        DBSESSION().execute(within.where(Exchange.id.in_(with_papers)).order_by(Exchange.id)).scalars()
    )
    for start in range(0, len(ids), AT_ONCE):
        yield from _some(request, ids[start : start + AT_ONCE])


def _some(request: Any, exchange_ids: list[int]) -> Iterator[Exported]:
    wanted = select(HostDocument).where(
        HostDocument.exchange_id.in_(exchange_ids), HostDocument.removed_at.is_(None)
    )
    by_exchange: dict[int, list[HostDocument]] = defaultdict(list)
    for pair in DBSESSION().execute(wanted.order_by(HostDocument.id)).scalars():
        by_exchange[pair.exchange_id].append(pair)
    for pairs in by_exchange.values():
        told = _told(request, pairs[0].exchange, pairs)
        if told.parts:
            yield told


def _told(request: Any, exchange: Exchange, pairs: list[HostDocument]) -> Exported:
    told = Exported(exchange.id, exchange.seller.host_key, exchange.buyer.host_key, exchange.accepted_on)
    for pair in pairs:
        model, part, mirror_model, mirror_part = FAMILIES[pair.family]
        sale = DBSESSION().get(model, pair.sale_id)
        purchase = DBSESSION().get(mirror_model, pair.purchase_id) if pair.purchase_id else None
        if pair.kind == INVOICE and sale is not None:
            told.sale = _shown("invoice", sale, sale.total() // UNITS_PER_CENT)
        if pair.kind == INVOICE and purchase is not None:
            told.purchase = _shown("supplier_invoice", purchase, purchase.total)
        for document, its_part in ((sale, part), (purchase, mirror_part)):
            if document is not None and document.exported:
                told.parts.add(its_part)
                _add(request, told, document, its_part)
    return told


def _add(request: Any, told: Exported, document: Any, part: str) -> None:
    producer = request.find_service(ITreasuryProducer, context=document)
    scale = 1 if part in OF_SALES else UNITS_PER_CENT
    for line in producer.get_item_book_entries(document):
        if line["type_"] == "A":
            units = (line.get("debit") or 0) - (line.get("credit") or 0)
            place = Place(part, line["compte_cg"] or "", line.get("num_analytique") or "")
            told.add(HOST, place, units * scale)


def _shown(kind: str, document: Any, cents: int) -> PaperSide:
    return PaperSide(
        key=f"{kind}:{document.id}",
        kind=kind,
        number=document.official_number or "",
        on=document.date,
        amount_cents=cents,
        status=document.status,
        paid_status=document.paid_status,
        exported=bool(document.exported),
    )
