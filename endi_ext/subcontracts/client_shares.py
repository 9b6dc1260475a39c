"""What each receipt of the client covers, line by line: said by the principal, claim by claim."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from ..exchanges.models import Exchange
from ..kernel.history import Act, remember
from ..kernel.parties import Party
from . import client_payments, client_terms
from .client_models import ClientClaim, ClientJob, ReceiptShare
from .client_terms import Invoice, Receipt, Receipts
from .errors import ClaimExceeded, ReceiptExceeded, ReceiptUnknown
from .models import Delivery, Subcontract


@dataclass(frozen=True)
class Part:
    """What one receipt may cover of one claim: `proposed_cents` is pro rata, or what was said before."""

    exchange: Exchange
    delivery_number: int
    proposed_cents: int
    most_cents: int


@dataclass(frozen=True)
class Division:
    """A receipt to be divided, with its invoice; `said` once the principal has said what it covers."""

    invoice: Invoice
    receipt: Receipt
    parts: Sequence[Part]
    most_cents: int
    said: bool


def divisions(session: Session, receipts: Receipts, subcontract: Subcontract) -> list[Division]:
    """Return the receipts behind a subcontract, the oldest first, each with the claims it may cover."""
    job = client_payments.job_if_any(session, subcontract)
    if job is None:
        return []
    invoices = invoices_of(session, receipts, subcontract, job)
    shares = client_payments.shares_of(session, job)
    claims = _claims(session, job)
    every = {one.key: one for named in invoices.values() for one in named}
    found = [
        _division(invoice, receipt, invoices, claims, shares)
        for invoice in every.values()
        for receipt in invoice.receipts
        if receipt.amount_cents > 0
    ]
    return sorted(found, key=lambda one: (one.receipt.received_on, one.receipt.key))


def invoices_of(
    session: Session, receipts: Receipts, subcontract: Subcontract, job: ClientJob
) -> dict[int, list[Invoice]]:
    """Return the invoices named, as they stand in the host, by the delivery they stand behind; for a page."""
    found: dict[int, list[Invoice]] = {}
    for named in job.invoices:
        invoice = receipts.invoice(session, subcontract.buyer.host_key, named.invoice_key)
        if invoice is not None:
            found.setdefault(named.delivery_number, []).append(invoice)
    return found


def divide(
    session: Session,
    receipts: Receipts,
    subcontract: Subcontract,
    *,
    party: Party,
    invoice_key: str,
    receipt_key: str,
    shares: Mapping[int, int],
    act: Act,
) -> Subcontract:
    """Say what one receipt covers: cents by exchange; what is not named is covered by nothing of it.

    Never more than the receipt brought without VAT (or than its part pro rata, where that is more), nor more
    than remains of a claim. Said again, it replaces what was said.
    Raises WrongRole, WrongState, ReceiptUnknown, ReceiptExceeded, ClaimExceeded.
    """
    locked = client_payments.lock_for_buyer(session, subcontract, party, "divide_receipt")
    found = [
        one
        for one in divisions(session, receipts, locked)
        if (one.invoice.key, one.receipt.key) == (invoice_key, receipt_key)
    ]
    if not found:
        raise ReceiptUnknown
    _refuse_too_much(found[0], shares)
    job = client_payments.job_of(session, locked)
    if _write(session, job, found[0], shares):
        remember(session, locked, "divide_receipt", act, after=locked.state, reason=found[0].invoice.number)
    client_payments.follow(session, receipts, locked, act)
    return locked


def _refuse_too_much(division: Division, shares: Mapping[int, int]) -> None:
    for part in division.parts:
        if not 0 <= shares.get(part.exchange.id, 0) <= part.most_cents:
            raise ClaimExceeded(delivery=part.delivery_number, most_cents=part.most_cents)
    known = {part.exchange.id for part in division.parts}
    if sum(cents for key, cents in shares.items() if key in known) > division.most_cents:
        raise ReceiptExceeded(most_cents=division.most_cents)


def _write(session: Session, job: ClientJob, division: Division, shares: Mapping[int, int]) -> bool:
    """Write what is said over what was; say whether that changed anything."""
    keys = {"job_id": job.id, "invoice_key": division.invoice.key, "receipt_key": division.receipt.key}
    mine = select(ReceiptShare).filter_by(**keys)
    rows = {row.exchange_id: row for row in session.execute(mine).scalars()}
    before = {key: row.amount_cents for key, row in rows.items()}
    for part in division.parts:
        cents = shares.get(part.exchange.id, 0)
        row = rows.get(part.exchange.id) or _row(session, {**keys, "exchange_id": part.exchange.id})
        row.amount_cents = cents
    session.flush()  # what follows reads the shares
    return before != {part.exchange.id: shares.get(part.exchange.id, 0) for part in division.parts}


def _row(session: Session, key: dict[str, Any]) -> ReceiptShare:
    condition = and_(*(getattr(ReceiptShare, name) == value for name, value in key.items()))
    found: ReceiptShare = client_payments.the_one(
        session, ReceiptShare, condition, {**key, "amount_cents": 0}
    )
    return found


def _claims(session: Session, job: ClientJob) -> list[tuple[Exchange, int]]:
    statement = (
        select(Exchange, Delivery.number)
        .join(ClientClaim, ClientClaim.exchange_id == Exchange.id)
        .join(Delivery, Delivery.exchange_id == Exchange.id)
        .where(ClientClaim.job_id == job.id, Exchange.state != "cancelled")
        .order_by(Delivery.number)
    )
    return [(exchange, number) for exchange, number in session.execute(statement)]


def _division(
    invoice: Invoice,
    receipt: Receipt,
    invoices: Mapping[int, list[Invoice]],
    claims: Sequence[tuple[Exchange, int]],
    shares: Mapping[int, Mapping[tuple[str, str], int]],
) -> Division:
    key = (invoice.key, receipt.key)
    parts, pro_rata, said = [], 0, False
    for exchange, number in claims:
        standing = client_payments.behind(invoices, number)
        if invoice.key not in {one.key for one in standing}:
            continue
        share = client_terms.share_pro_rata(exchange.net_cents, standing, key)
        own = shares.get(exchange.id, {})
        elsewhere = _said_elsewhere(own, standing, key)
        most = max(0, exchange.net_cents - elsewhere)
        said = said or key in own
        parts.append(Part(exchange, number, min(own.get(key, share), most), most))
        pro_rata += share
    most = max(client_terms.receipt_net_cents(invoice, receipt), pro_rata)
    return Division(invoice, receipt, parts, most, said)


def _said_elsewhere(
    own: Mapping[tuple[str, str], int], standing: Sequence[Invoice], key: tuple[str, str]
) -> int:
    """Return what other receipts that stand were said to cover of a claim."""
    alive = {(one.key, receipt.key) for one in standing for receipt in one.receipts} - {key}
    return sum(cents for place, cents in own.items() if place in alive)
