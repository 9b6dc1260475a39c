"""The papers of an exchange: the voucher, the same for both sides, and the host's documents on each."""

from collections.abc import Sequence
from typing import Any

from caerp.models.supply import InternalSupplierInvoice, InternalSupplierOrder
from caerp.models.task import InternalCancelInvoice, InternalEstimation, InternalInvoice

from ...exchanges import papers
from ...exchanges.paper_models import CREDIT_NOTE, INVOICE
from ...kernel.history import Act
from ...ports import Paper
from ...reconciliation import frozen
from . import aligning, findings
from .reading import EndiReading
from .repairs import EndiRepairs

LABELS = {INVOICE: "Facture", CREDIT_NOTE: "Avoir"}
PURCHASE_LABELS = {INVOICE: "Facture fournisseur", CREDIT_NOTE: "Avoir fournisseur"}
SALES: dict[str, tuple[Any, str]] = {
    INVOICE: (InternalInvoice, "/invoices/{id}"),
    CREDIT_NOTE: (InternalCancelInvoice, "/cancelinvoices/{id}"),
}
PURCHASE_ROUTE = "/supplier_invoices/{id}"
MAY_READ = "company.view"


class EndiDocuments(EndiReading):
    """Leads to the voucher and to the host's own documents."""

    repairs = EndiRepairs()

    def voucher_links(self, request: Any, exchange: Any) -> Sequence[tuple[str, str]]:
        address = request.route_path("endi_ext.exchange.voucher", exchange_id=exchange.id)
        return [("Bon d'échange interne (PDF)", address)]

    def papers(self, request: Any, exchange: Any) -> Sequence[Paper]:
        """Return the documents of both sides by number, with an address where the reader may open them."""
        found = []
        for pair in papers.documents_of(request.dbsession, exchange.id):
            if pair.family not in LABELS:
                continue
            model, route = SALES[pair.family]
            sale = request.dbsession.get(model, pair.sale_id)
            purchase = request.dbsession.get(InternalSupplierInvoice, pair.purchase_id or 0)
            found += _shown(request, LABELS[pair.family], sale, route)
            found += _shown(request, PURCHASE_LABELS[pair.family], purchase, PURCHASE_ROUTE)
        for kept in frozen.quotations_of(request.dbsession, exchange.id):
            found += _kept(request, kept)
        return found

    def compare(self, request: Any) -> int:
        """Compare both sides of all our documents with the books; note what differs."""
        return findings.look_everywhere(request.dbsession)

    def bring_books_in_line(self, _request: Any, exchange: Any, act: Act) -> None:
        """Record in the books what people did to our documents in the host's own pages."""
        aligning.bring_in_line(exchange, act)


def _kept(request: Any, kept: Any) -> list[Paper]:
    """Return the quotation of an exchange and its order, by the ids kept when they were read."""
    quotation_id, order_id = (int(key.partition(":")[2] or 0) for key in (kept.key, kept.purchase_key))
    quotation = request.dbsession.get(InternalEstimation, quotation_id)
    order = request.dbsession.get(InternalSupplierOrder, order_id)
    return [
        *_shown(request, "Devis", quotation, "/estimations/{id}", kept.sale_number),
        *_shown(request, "Commande fournisseur", order, "/supplier_orders/{id}", kept.purchase_number),
    ]


def _shown(request: Any, label: str, document: Any, route: str, number: str | None = None) -> list[Paper]:
    if document is None:
        return []
    readable = request.has_permission(MAY_READ, document)
    address = request.route_path(route, id=document.id) if readable else None
    return [Paper(label, number if number is not None else document.official_number or "", address)]
