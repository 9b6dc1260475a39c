"""What the principal says of the client's payments: the invoices behind a subcontract, or to wait no more."""

from sqlalchemy import and_, select
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
    key = {"job_id": job.id, "invoice_key": invoice_key, "delivery_number": delivery_number}
    facts = {**key, "number": "", "paid_bp": 0, "expected_cents": 0, "looked_at": act.at}
    condition = and_(*(getattr(NamedInvoice, name) == value for name, value in key.items()))
    named = client_payments.the_one(session, NamedInvoice, condition, facts)
    if not named.number:
        client_payments.note(named, invoice, act)
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
    mine = select(NamedInvoice).where(NamedInvoice.id == named_id, NamedInvoice.job_id == job.id)
    for named in session.execute(mine.with_for_update()).scalars().all():
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
