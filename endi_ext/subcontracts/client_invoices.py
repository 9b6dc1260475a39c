"""What the principal says of the client's payments: the invoices behind a subcontract, or to wait no more."""

from sqlalchemy.orm import Session

from ..kernel.history import Act, remember
from ..kernel.parties import Party
from . import client_payments
from .client_models import NamedInvoice
from .client_payments import WHOLE
from .client_terms import Receipts
from .errors import InvoiceUnknown
from .models import Subcontract


def name_invoice(
    session: Session,
    receipts: Receipts,
    subcontract: Subcontract,
    *,
    party: Party,
    invoice_key: str,
    delivery_number: int = WHOLE,
    act: Act,
) -> Subcontract:
    """Say that a client invoice stands behind the whole, or one delivery; named again, nothing changes.

    Raises WrongRole, WrongState, InvoiceUnknown.
    """
    locked = client_payments.lock_for_buyer(session, subcontract, party, "name_invoice")
    invoice = receipts.invoice(session, party.host_key, invoice_key)
    known = {delivery.number for delivery in locked.deliveries} | {WHOLE}
    if invoice is None or delivery_number not in known:
        raise InvoiceUnknown
    job = client_payments.job_of(session, locked)
    if not any(
        (one.invoice_key, one.delivery_number) == (invoice_key, delivery_number) for one in job.invoices
    ):
        named = NamedInvoice(invoice_key=invoice_key, delivery_number=delivery_number, looked_at=act.at)
        client_payments.note(named, invoice, act)
        job.invoices.append(named)
        remember(session, locked, "name_invoice", act, after=locked.state, reason=invoice.number)
    client_payments.follow(session, receipts, locked, act)
    return locked


def forget_invoice(
    session: Session, receipts: Receipts, subcontract: Subcontract, *, party: Party, named_id: int, act: Act
) -> Subcontract:
    """Name an invoice no longer: what it made due waits again, as far as it is not settled.

    One that is not named any more is no matter. Raises WrongRole, WrongState.
    """
    locked = client_payments.lock_for_buyer(session, subcontract, party, "forget_invoice")
    job = client_payments.job_of(session, locked)
    for named in [one for one in job.invoices if one.id == named_id]:
        job.invoices.remove(named)
        session.delete(named)
        remember(session, locked, "forget_invoice", act, after=locked.state, reason=named.number)
    client_payments.follow(session, receipts, locked, act)
    return locked


def lift_wait(
    session: Session, receipts: Receipts, subcontract: Subcontract, *, party: Party, reason: str, act: Act
) -> Subcontract:
    """Let nothing wait for the client any more, now and later: what waits is due today.

    Raises WrongRole, WrongState.
    """
    locked = client_payments.lock_for_buyer(session, subcontract, party, "lift_wait")
    job = client_payments.job_of(session, locked)
    if job.lifted_at is None:
        job.lifted_at, job.lifted_on, job.lifted_reason = act.at, act.today, reason
        remember(session, locked, "lift_wait", act, after=locked.state, reason=reason or None)
    client_payments.follow(session, receipts, locked, act)
    return locked
