"""Payments on the documents we made: each knows its mirror by a pair of ids of our own.

The host looks for "a payment of the same amount" on the other side, and takes the first of two equal ones.
Documents that are not ours keep the host's own way.
"""

from datetime import UTC, datetime
from typing import Any

from caerp.exception import BadRequest
from caerp.interfaces import IPaymentRecordService
from caerp.models.base import DBSESSION
from caerp.models.supply import InternalSupplierInvoice
from caerp.models.supply.internalpayment import InternalSupplierInvoiceSupplierPayment
from caerp.models.task import InternalInvoice, InternalPayment
from caerp.models.task.services import InternalPaymentRecordService
from pyramid_services import IServiceRegistry, ProxyFactory
from sqlalchemy import select
from zope.interface import implementer

from ...exchanges import papers
from ...exchanges.paper_models import INVOICE, PAYMENT, HostDocument
from . import statuses, watching
from .statuses import MADE_IN_THE_HOST, SALE_UNITS_PER_CENT

AFTER_THE_HOST = 1_000

NOT_WHOLE_CENTS = "Le montant s'écrit avec deux décimales au plus."
NOT_VALID = (
    "La facture fournisseur de cet échange interne n'est pas validée : validez-la avant d'enregistrer un "
    "encaissement."
)
EXPORTED = (
    "Le paiement correspondant, chez l'autre enseigne, est déjà exporté en comptabilité : générez plutôt un "
    "encaissement inverse."
)


@implementer(IPaymentRecordService)
class PairedPayments(InternalPaymentRecordService):
    """Records, changes and removes a payment on both sides of a pair, or leaves it to the host."""

    def add(self, invoice: Any, params: dict[str, Any]) -> Any:
        pair = locked_pair(INVOICE, invoice.id)
        if pair is None:
            return super().add(invoice, params)
        cents, purchase = _whole_cents(params["amount"]), _valid_purchase(pair)
        payment = InternalPayment(user=self.request.identity, exported=False)
        _fill(payment, params)
        mirror = InternalSupplierInvoiceSupplierPayment(amount=cents, date=payment.date)
        invoice.payments.append(payment)
        purchase.payments.append(mirror)
        DBSESSION().flush()
        DBSESSION().add(
            HostDocument(
                exchange_id=pair.exchange_id,
                kind=f"{MADE_IN_THE_HOST}:{payment.id}",
                family=PAYMENT,
                sale_id=payment.id,
                purchase_id=mirror.id,
                amount_cents=cents,
                sale_number="",
                purchase_number="",
                made_at=datetime.now(UTC),
            )
        )
        statuses.bring_up_to_date(self.request, invoice, purchase)
        return payment

    def update(self, payment: Any, params: dict[str, Any]) -> Any:
        pair = locked_pair(PAYMENT, payment.id)
        if pair is None:
            return super().update(payment, params)
        mirror = _mirror(pair)
        if mirror is not None and mirror.exported:
            raise BadRequest(EXPORTED)
        cents = _whole_cents(params.get("amount", payment.amount))
        _fill(payment, params)
        if pair.kind.startswith(MADE_IN_THE_HOST):
            pair.amount_cents = cents
        if mirror is not None:
            mirror.amount, mirror.date = cents, payment.date
        statuses.bring_up_to_date(self.request, payment.invoice, _purchase_of(payment.invoice))
        return payment

    def delete(self, payment: Any) -> None:
        pair = locked_pair(PAYMENT, payment.id)
        if pair is None:
            super().delete(payment)
            return
        mirror = _mirror(pair)
        if mirror is not None and mirror.exported:
            raise BadRequest(EXPORTED)
        invoice = payment.invoice
        pair.removed_at = datetime.now(UTC)
        purchase = _purchase_of(invoice)
        DBSESSION().delete(payment)
        if mirror is not None:
            DBSESSION().delete(mirror)
        DBSESSION().flush()
        # Not taken off their lists: the host's page asks the payment for its document once more.
        for document in (invoice, purchase):
            if document is not None:
                DBSESSION().expire(document, ["payments"])
        statuses.bring_up_to_date(self.request, invoice, purchase)


def register(config: Any) -> None:
    """Put this service in the place of the host's, for internal documents alone."""

    def replace() -> None:
        services = config.registry.getUtility(IServiceRegistry)
        for context in (InternalInvoice, InternalPayment):
            services.register_factory(ProxyFactory(PairedPayments), IPaymentRecordService, context=context)

    # After the host's own: to Pyramid two registrations alike are a conflict, in the worker at least.
    config.action("endi_ext payments", replace, order=AFTER_THE_HOST)


def locked_pair(family: str, sale_id: int) -> HostDocument | None:
    """Return our pair of a row of the host, kept so that two people change it one after the other."""
    if not watching.tables_stand(DBSESSION().connection()):
        return None
    row = select(HostDocument).where(HostDocument.family == family, HostDocument.sale_id == sale_id)
    row = row.with_for_update().execution_options(populate_existing=True)
    found: HostDocument | None = DBSESSION().execute(row).scalars().one_or_none()
    return found


def _valid_purchase(pair: HostDocument) -> Any:
    purchase = DBSESSION().get(InternalSupplierInvoice, pair.purchase_id)
    if purchase is None or purchase.status != "valid":
        raise BadRequest(NOT_VALID)
    return purchase


def _purchase_of(invoice: Any) -> Any:
    pair = papers.paired(DBSESSION(), INVOICE, sale_id=invoice.id)
    return None if pair is None else DBSESSION().get(InternalSupplierInvoice, pair.purchase_id)


def _mirror(pair: HostDocument) -> Any:
    return DBSESSION().get(InternalSupplierInvoiceSupplierPayment, pair.purchase_id)


def _whole_cents(units: int) -> int:
    cents, rest = divmod(units, SALE_UNITS_PER_CENT)
    if rest:
        raise BadRequest(NOT_WHOLE_CENTS)
    return cents


def _fill(payment: Any, params: dict[str, Any]) -> None:
    columns = {one.key for one in InternalPayment.__mapper__.column_attrs}
    for name, value in params.items():
        if name in columns:
            setattr(payment, name, value)
