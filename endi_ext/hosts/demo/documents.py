"""The paper of an exchange: the plugin's own voucher, and the internal documents the demo kept before."""

from collections.abc import Sequence
from typing import Any

from ...exchanges import papers
from ...exchanges.paper_models import CREDIT_NOTE, INVOICE
from ...kernel.history import Act
from ...ports import Paper
from ...reconciliation import frozen
from .internal_documents import DemoReading
from .internal_repairs import DemoRepairs

LABELS = {INVOICE: ("Facture", "Facture fournisseur"), CREDIT_NOTE: ("Avoir", "Avoir fournisseur")}


class DemoDocuments(DemoReading):
    """Leads to the voucher and to what was adopted; makes no documents of its own."""

    repairs = DemoRepairs()

    def voucher_links(self, request: Any, exchange: Any) -> Sequence[tuple[str, str]]:
        address = request.route_path("endi_ext.exchange.voucher", exchange_id=exchange.id)
        return [("Bon d'échange interne (PDF)", address)]

    def papers(self, request: Any, exchange: Any) -> Sequence[Paper]:
        """Return the documents an exchange was adopted from, by number: the demo has no page for them."""
        found = []
        for pair in papers.documents_of(request.dbsession, exchange.id):
            if pair.family in LABELS:
                ours, theirs = LABELS[pair.family]
                found += [Paper(ours, pair.sale_number, None), Paper(theirs, pair.purchase_number, None)]
        for kept in frozen.quotations_of(request.dbsession, exchange.id):
            found.append(Paper("Devis", kept.sale_number, None))
        return found

    def compare(self, _request: Any) -> int:
        return 0

    def bring_books_in_line(self, request: Any, exchange: Any, act: Act) -> None:
        """Nothing was made elsewhere."""
