"""The host's transmission of internal documents, made safe: a document has one mirror, whoever asks.

Its button and its worker both call the process services replaced here. The document is locked first, so that
the second to come finds what the first one made.
"""

from typing import Any

from caerp.models.base import DBSESSION
from caerp.models.supply import InternalSupplierInvoice, InternalSupplierOrder
from caerp.models.supply.internalpayment import InternalSupplierInvoiceSupplierPayment
from caerp.models.supply.payment import SupplierInvoiceSupplierPayment
from caerp.models.task import InternalCancelInvoice, InternalEstimation, InternalInvoice
from caerp.models.task.services import (
    InternalEstimationProcessService,
    InternalInvoiceProcessService,
)
from caerp.models.task.services.invoice import InternalCancelInvoiceProcessService
from caerp.models.third_party import Supplier
from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from . import cards, paper_request


class OneMirror:
    """Returns the mirror that exists; makes it otherwise, also for a seller nobody logs in for."""

    mirror_class: Any = InternalSupplierInvoice
    mirror_name = "supplier_invoice"

    @classmethod
    def sync_with_customer(cls, document: Any, request: Any) -> Any:
        mirror_id = cls._mirror_id(document)
        if mirror_id is not None:
            return cls._fresh(document, mirror_id)
        return super().sync_with_customer(document, request)  # type: ignore[misc]

    @classmethod
    def _mirror_id(cls, document: Any) -> int | None:
        """Keep the document for this transaction and return the id of its mirror as it is now."""
        DBSESSION().flush()
        own: Any = type(document).__table__
        column = own.c[f"{cls.mirror_name}_id"]
        # A locking read: our snapshot may be older than what another worker has just committed.
        found: int | None = (
            DBSESSION().execute(select(column).where(own.c.id == document.id).with_for_update()).scalar()
        )
        return found

    @classmethod
    def _fresh(cls, document: Any, mirror_id: int) -> Any:
        found = select(cls.mirror_class).where(cls.mirror_class.id == mirror_id).with_for_update()
        mirror = DBSESSION().execute(found.execution_options(populate_existing=True)).scalars().one()
        card = select(Supplier).where(Supplier.id == mirror.supplier_id).with_for_update(read=True)
        set_committed_value(mirror, "supplier", DBSESSION().execute(card).scalars().one())
        set_committed_value(document, cls.mirror_name, mirror)
        return mirror

    @classmethod
    def _generate_supplier(cls, document: Any, _request: Any) -> Any:
        return cards.supplier(document.company, document.customer.source_company)


class OneOrder(OneMirror, InternalEstimationProcessService):
    """The buyer's order of a quotation."""

    mirror_class, mirror_name = InternalSupplierOrder, "supplier_order"


class OnePurchase(OneMirror, InternalInvoiceProcessService):
    """The buyer's document of an invoice."""


class OneRefund(OneMirror, InternalCancelInvoiceProcessService):
    """The buyer's document of a credit note.

    The host validates it in the name of whoever validated the credit note, who may have no say in the
    buyer's company: the whole transmission then failed.
    """

    @classmethod
    def _generate_supplier_document(cls, document: Any, request: Any, supplier: Any) -> Any:
        with paper_request.lent(request.registry) as ours:
            return super()._generate_supplier_document(document, ours, supplier)


def register() -> None:
    """Put these services in the place of the host's; called again, it changes nothing."""
    InternalEstimation._internal_process_service = OneOrder  # noqa: SLF001 - the host's own way to them
    InternalInvoice._internal_process_service = OnePurchase  # noqa: SLF001
    InternalCancelInvoice._internal_process_service = OneRefund  # noqa: SLF001
    # What the cooperative paid of a purchase: the host forgets internal payments, and shows it unpaid.
    InternalSupplierInvoice.cae_payments = property(_paid_by_the_cooperative)


def _paid_by_the_cooperative(purchase: Any) -> list[Any]:
    kinds = (SupplierInvoiceSupplierPayment, InternalSupplierInvoiceSupplierPayment)
    return [one for one in purchase.payments if isinstance(one, kinds)]
