"""Whether our documents are paid, as the host shows it on both sides: from what was paid and taken back.

The host settles the whole purchase as soon as anything is credited, and never deducts a credit note from it.
"""

from typing import Any

from caerp.controllers.state_managers import check_node_resulted, set_payment_status
from caerp.interfaces import IPaymentRecordService
from caerp.models.base import DBSESSION
from caerp.models.supply.internalpayment import InternalSupplierInvoiceSupplierPayment

from ...exchanges.paper_models import HostDocument

# What someone records in the host's own pages has no settlement of ours: this begins its kind.
MADE_IN_THE_HOST = "host_payment"
WAITING, PARTLY_PAID, RESULTED = "waiting", "paid", "resulted"
# The host writes sales in hundred-thousandths of a euro, purchases in cents.
SALE_UNITS_PER_CENT = 1_000


def bring_up_to_date(request: Any, sale: Any, purchase: Any) -> None:
    """Say on both documents of a pair whether they are paid."""
    DBSESSION().flush()
    check_node_resulted(request, sale)
    if purchase is not None:
        set_payment_status(request, purchase, of_purchase(sale, purchase))
    DBSESSION().flush()


def of_purchase(sale: Any, purchase: Any) -> str:
    """Return the payment status of a buyer's document, credit notes of the sale deducted."""
    credited_cents = sale.cancelinvoice_amount() // SALE_UNITS_PER_CENT
    covered_cents = purchase.paid() + credited_cents
    if covered_cents >= purchase.total:
        return RESULTED
    return PARTLY_PAID if covered_cents else WAITING


def payment_service(request: Any, sale: Any) -> Any:
    """Return the service that records payments of a sale."""
    return request.find_service(IPaymentRecordService, context=sale)


def exported_purchase(pair: HostDocument) -> bool:
    """Say whether the buyer's side of a payment is in the accounts already."""
    mirror = DBSESSION().get(InternalSupplierInvoiceSupplierPayment, pair.purchase_id)
    return mirror is not None and bool(mirror.exported)
