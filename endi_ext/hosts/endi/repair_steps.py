"""The steps of repairs, each by what the host itself does there, and what takes each back.

The host's `sync_with_customer` makes a mirror, its state manager validates it, its `record_payment` pays it,
its payment services say whether it is settled. Nothing is written behind its models.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from caerp.celery.mail import (
    send_customer_new_invoice_mail,
    send_customer_new_order_mail,
    send_supplier_new_invoice_mail,
    send_supplier_new_order_mail,
)
from caerp.controllers.payment import record_payment
from caerp.controllers.state_managers import set_validation_status
from caerp.models.base import DBSESSION
from caerp.models.supply import InternalSupplierInvoice
from caerp.models.supply.internalpayment import InternalSupplierInvoiceSupplierPayment

from ...reconciliation.finding_errors import NotRepairable, NotUndoable
from ...reconciliation.pairs import VALID
from ...reconciliation.repair_plans import Step
from ..repairing import untouched
from . import statuses
from .repair_rights import document_of


def _make_mirror(request: Any, step: Step, _choice: Any) -> dict[str, Any]:
    sale = document_of(step.key)
    mirror = sale.sync_with_customer(request)
    DBSESSION().flush()
    if step.key.startswith("estimation"):
        send_customer_new_order_mail(request, mirror)
        send_supplier_new_order_mail(request, mirror)
        return {"code": "mirror_made", "key": f"supplier_order:{mirror.id}"}
    send_customer_new_invoice_mail(request, mirror)
    send_supplier_new_invoice_mail(request, mirror)
    return {"code": "mirror_made", "key": f"supplier_invoice:{mirror.id}"}


def _make_refund_mirror(request: Any, step: Step, choice: Any) -> dict[str, Any]:
    made = _make_mirror(request, step, choice)
    invoice = document_of(step.key).invoice
    if invoice is not None and invoice.supplier_invoice is not None:
        statuses.bring_up_to_date(request, invoice, invoice.supplier_invoice)
    return made


def _tie(_request: Any, step: Step, _choice: Any) -> None:
    """Give the sale the mirror that counts, as its own transmission did before the later one."""
    sale, mirror = document_of(step.key), document_of(step.values["purchase_key"])
    if step.key.startswith("estimation"):
        sale.supplier_order = mirror
    else:
        sale.supplier_invoice = mirror
    DBSESSION().merge(sale)
    DBSESSION().flush()


def _remove_twin(_request: Any, step: Step, _choice: Any) -> None:
    """Delete a draft that belongs to no sale.

    The host lets nobody delete an internal purchase, because it holds each to be the mirror of a sale; this
    one is the mirror of none.
    """
    twin = document_of(step.key)
    if twin is None or twin.status == VALID or getattr(twin, "payments", None):
        raise NotRepairable
    DBSESSION().delete(twin)
    DBSESSION().flush()


def _settle(request: Any, step: Step, _choice: Any) -> None:
    sale = document_of(step.values["sale_key"])
    statuses.bring_up_to_date(request, sale, sale.supplier_invoice)


def _validate(request: Any, step: Step, _choice: Any) -> None:
    set_validation_status(request, document_of(step.key), VALID)
    DBSESSION().flush()


def _add_payment(request: Any, step: Step, _choice: Any) -> dict[str, Any]:
    purchase = document_of(step.key)
    payment = InternalSupplierInvoiceSupplierPayment(
        amount=step.values["amount_cents"], date=_moment(step.values["on"]), user_id=request.identity.id
    )
    record_payment(request, purchase, payment)
    DBSESSION().flush()
    return {"code": "payment_added", "key": f"supplier_payment:{payment.id}", "made": _said(payment)}


def _change_payment(_request: Any, step: Step, _choice: Any) -> dict[str, Any]:
    payment = document_of(step.key)
    before = {"amount_cents": payment.amount, "on": _day(payment.date)}
    _write(payment, step.values)
    return {"code": "payment_changed", "key": step.key, **before, "made": _said(payment)}


def _remove_payment(_request: Any, step: Step, _choice: Any) -> dict[str, Any]:
    payment = document_of(step.key)
    purchase = payment.supplier_invoice
    before = {"amount_cents": payment.amount, "on": _day(payment.date)}
    purchase.payments.remove(payment)
    DBSESSION().flush()
    return {"code": "payment_removed", "key": f"supplier_invoice:{purchase.id}", **before}


def _set_type(_request: Any, step: Step, choice: Any) -> dict[str, Any]:
    lines = [one for one in document_of(step.key).lines if one.type_id is None]
    for one in lines:
        one.type_id = int(choice)
    DBSESSION().flush()
    return {"code": "type_set", "key": step.key, "lines": [one.id for one in lines], "made": int(choice)}


def _set_year(_request: Any, step: Step, _choice: Any) -> dict[str, Any]:
    sale = document_of(step.key)
    before, sale.financial_year = sale.financial_year, step.values["year"]
    DBSESSION().flush()
    return {"code": "year_set", "key": step.key, "year": before, "made": sale.financial_year}


def _set_number(_request: Any, step: Step, _choice: Any) -> dict[str, Any]:
    purchase = document_of(step.key)
    before, purchase.remote_invoice_number = purchase.remote_invoice_number, step.values["number"]
    DBSESSION().flush()
    return {"code": "number_set", "key": step.key, "number": before, "made": step.values["number"]}


STEPS: dict[str, Callable[[Any, Step, Any], Any]] = {
    "mirror_made": _make_mirror,
    "mirror_made_valid": _make_refund_mirror,
    "mirror_tied": _tie,
    "twin_removed": _remove_twin,
    "sale_status": _settle,
    "purchase_status": _settle,
    "purchase_validated": _validate,
    "payment_added": _add_payment,
    "payment_changed": _change_payment,
    "payment_removed": _remove_payment,
    "type_set": _set_type,
    "year_set": _set_year,
    "number_set": _set_number,
}


def _unmake_mirror(request: Any, done: Mapping[str, Any]) -> None:
    mirror = document_of(done["key"])
    if mirror is None or mirror.status == VALID or getattr(mirror, "payments", None):
        raise NotUndoable
    _remove_twin(request, Step("twin_removed", done["key"]), None)


def _unmake_payment(request: Any, done: Mapping[str, Any]) -> None:
    purchase = _own_payment(done).supplier_invoice
    _remove_payment(request, Step("payment_removed", done["key"]), None)
    _settled(request, purchase)


def _rewrite_payment(request: Any, done: Mapping[str, Any]) -> None:
    payment = _own_payment(done)
    _write(payment, done)
    _settled(request, payment.supplier_invoice)


def _remake_payment(request: Any, done: Mapping[str, Any]) -> None:
    _add_payment(request, Step("payment_added", done["key"], values=done), None)
    _settled(request, document_of(done["key"]))


def _unset_type(_request: Any, done: Mapping[str, Any]) -> None:
    purchase = document_of(done["key"])
    if purchase is None or purchase.exported:
        raise NotUndoable
    lines = [one for one in purchase.lines if one.id in done["lines"]]
    for one in lines:
        untouched(done, one.type_id)
    for one in lines:
        one.type_id = None
    DBSESSION().flush()


def _unset_year(request: Any, done: Mapping[str, Any]) -> None:
    sale = document_of(done["key"])
    untouched(done, sale.financial_year)
    if sale.exported:
        raise NotUndoable
    _set_year(request, Step("year_set", done["key"], values=done), None)


def _unset_number(request: Any, done: Mapping[str, Any]) -> None:
    purchase = document_of(done["key"])
    untouched(done, purchase.remote_invoice_number)
    if purchase.exported:
        raise NotUndoable
    _set_number(request, Step("number_set", done["key"], values=done), None)


UNDO: dict[str, Callable[[Any, Mapping[str, Any]], Any]] = {
    "mirror_made": _unmake_mirror,
    "payment_added": _unmake_payment,
    "payment_changed": _rewrite_payment,
    "payment_removed": _remake_payment,
    "type_set": _unset_type,
    "year_set": _unset_year,
    "number_set": _unset_number,
}


def _own_payment(done: Mapping[str, Any]) -> Any:
    """Return a payment that a repair wrote, if nobody changed or exported it since. Raises NotUndoable."""
    payment = document_of(done["key"])
    if payment is None or payment.exported:
        raise NotUndoable
    untouched(done, _said(payment))
    return payment


def _said(payment: Any) -> list[Any]:
    return [payment.amount, _day(payment.date)]


def _settled(request: Any, purchase: InternalSupplierInvoice) -> None:
    statuses.bring_up_to_date(request, purchase.source_invoice, purchase)


def _write(payment: Any, values: Mapping[str, Any]) -> None:
    payment.amount, payment.date = values["amount_cents"], _moment(values["on"])
    DBSESSION().flush()


def _moment(on: str) -> datetime:
    return datetime.combine(date.fromisoformat(on), time())


def _day(at: Any) -> str:
    return (at.date() if hasattr(at, "date") else at).isoformat()
