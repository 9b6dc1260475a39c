"""When the client pays: what waits becomes due as the client invoices the principal named are paid.

Nothing here is posted. What waits is computed anew from the facts each time (`follow`): after a receipt, a
receipt cancelled or a credit note in the host, after an acceptance, and once a day. Locks: the subcontract
first, then each exchange.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ..exchanges import service as exchanges
from ..exchanges.models import CANCELLED, OPEN, PARTLY_SETTLED, Exchange, Retention
from ..kernel.errors import WrongRole, WrongState
from ..kernel.history import Act
from ..kernel.parties import Party
from . import client_terms, steps, terms, workflow
from .client_models import ClientClaim, ClientJob, NamedInvoice, ReceiptShare
from .client_terms import Invoice, Receipts
from .models import Delivery, Subcontract

WHOLE = 0


def follow(session: Session, receipts: Receipts, subcontract: Subcontract, act: Act) -> int:
    """Bring what waits of a subcontract in step with what its client paid; return how many claims moved.

    A claim accepted before any invoice is named waits whole. Calling it again changes nothing.
    """
    locked = steps.lock(session, Subcontract, subcontract.id)
    claims = _claims(session, locked)
    if not claims:
        return 0
    job = job_of(session, locked)
    invoices = look(session, receipts, locked, job, act)
    said = shares_of(session, job, fresh=True)
    return sum(
        _move(session, job, claim, number, behind(invoices, number), said, act) for claim, number in claims
    )


def follow_invoice(session: Session, receipts: Receipts, invoice_key: str, act: Act) -> int:
    """Follow every subcontract an invoice stands behind; return how many claims moved."""
    return _follow_each(session, receipts, behind_which(session, invoice_key), act)


def behind_which(session: Session, invoice_key: str) -> list[int]:
    """Return the ids of the subcontracts an invoice stands behind."""
    named = select(NamedInvoice.job_id).where(NamedInvoice.invoice_key == invoice_key)
    jobs = select(ClientJob.subcontract_id).where(ClientJob.id.in_(named))
    return list(session.execute(jobs.order_by(ClientJob.subcontract_id)).scalars())


def sweep(session: Session, receipts: Receipts, act: Act) -> int:
    """Follow every subcontract whose client has still to pay something; return how many claims moved."""
    return _follow_each(session, receipts, to_follow(session), act)


def to_follow(session: Session) -> list[int]:
    """Return the ids of the subcontracts whose client has still to pay something.

    Once a day following them makes good what no event told: a host stopped at the wrong moment, rows changed
    by hand.
    """
    open_ones = select(Exchange.id).where(Exchange.state.in_((OPEN, PARTLY_SETTLED)))
    waiting = open_ones.where(Exchange.awaiting_cents > 0)
    deliveries = select(Delivery.subcontract_id).where(Delivery.exchange_id.in_(waiting))
    claimed = (
        select(ClientJob.subcontract_id)
        .join(ClientClaim, ClientClaim.job_id == ClientJob.id)
        .where(ClientClaim.exchange_id.in_(open_ones))
    )
    wanted = {*session.execute(deliveries).scalars(), *session.execute(claimed).scalars()}
    return sorted(wanted)


def job_of(session: Session, subcontract: Subcontract) -> ClientJob:
    """Return what the principal says of the client behind a locked subcontract, made at the first word."""
    facts = {"subcontract_id": subcontract.id, **NOTHING_SAID}
    return the_one(session, ClientJob, ClientJob.subcontract_id == subcontract.id, facts)


def job_if_any(session: Session, subcontract: Subcontract) -> ClientJob | None:
    """Return what the principal said of the client behind a subcontract, for a page."""
    statement = select(ClientJob).where(ClientJob.subcontract_id == subcontract.id)
    return session.execute(statement).scalars().one_or_none()


def lock_for_buyer(session: Session, subcontract: Subcontract, party: Party, action: str) -> Subcontract:
    """Return the subcontract locked, for its principal. Raises WrongRole, WrongState."""
    locked: Subcontract = steps.lock(session, Subcontract, subcontract.id)
    side = workflow.side_of(locked, party)
    if side != workflow.BUYER:
        raise WrongRole(subject="subcontract", action=action, role=side)
    if locked.state not in workflow.STANDING:
        raise WrongState(subject="subcontract", action=action, state=locked.state)
    return locked


def look(
    session: Session, receipts: Receipts, subcontract: Subcontract, job: ClientJob, act: Act
) -> dict[int, list[Invoice]]:
    """Return the invoices named, as they stand in the host, by the delivery they stand behind.

    Those named a moment ago are read too, with a lock on all of them: in a transaction that began earlier an
    ordinary read would undo what somebody else has just said. Whoever names one has inserted it before.
    """
    found: dict[int, list[Invoice]] = {}
    mine = select(NamedInvoice).where(NamedInvoice.job_id == job.id).order_by(NamedInvoice.id)
    for named in session.execute(mine.with_for_update(read=True)).scalars():
        invoice = receipts.invoice(session, subcontract.buyer.host_key, named.invoice_key)
        note(named, invoice, act)
        if invoice is not None:
            found.setdefault(named.delivery_number, []).append(invoice)
    return found


def note(named: NamedInvoice, invoice: Invoice | None, act: Act) -> None:
    """Note how an invoice stands, for pages that may not ask the host; one that is gone keeps its number."""
    alone = [invoice] if invoice is not None else []
    named.paid_bp, named.expected_cents = client_terms.paid_bp(alone), client_terms.expected_cents(alone)
    named.looked_at = act.at
    if invoice is not None:
        named.number = invoice.number


def behind(invoices: Mapping[int, list[Invoice]], delivery_number: int) -> list[Invoice]:
    """Return the invoices behind a delivery: its own, else those of the whole."""
    return invoices.get(delivery_number) or invoices.get(WHOLE) or []


def shares_of(
    session: Session, job: ClientJob, *, fresh: bool = False
) -> dict[int, dict[tuple[str, str], int]]:
    """Return what receipts were said to cover: by exchange, then by (invoice, receipt).

    `fresh` reads with a lock what was said a moment ago too, as `look` does.
    """
    found: dict[int, dict[tuple[str, str], int]] = {}
    rows = select(ReceiptShare).where(ReceiptShare.job_id == job.id)
    if fresh:
        rows = rows.with_for_update(read=True).execution_options(populate_existing=True)
    for row in session.execute(rows).scalars():
        found.setdefault(row.exchange_id, {})[row.invoice_key, row.receipt_key] = row.amount_cents
    return found


def the_one(session: Session, model: Any, condition: Any, facts: dict[str, Any]) -> Any:
    """Return the row there is, else one made of `facts`; our snapshot may be older than the lock."""
    statement = select(model).where(condition)
    found = session.execute(statement).scalars().one_or_none()
    if found is not None:
        return found
    try:
        with session.begin_nested():
            found = model(**facts)
            session.add(found)
    except IntegrityError:
        return session.execute(statement.with_for_update(read=True)).scalars().one()
    return found


NOTHING_SAID = {
    "deal_key": "",
    "deal_label": "",
    "client": "",
    "margin_kind": client_terms.NO_MARGIN,
    "margin_rate_bp": 0,
    "margin_cents": 0,
    "lifted_reason": "",
}


def _follow_each(session: Session, receipts: Receipts, keys: Iterable[int], act: Act) -> int:
    found = (session.get(Subcontract, key) for key in keys)
    return sum(follow(session, receipts, subcontract, act) for subcontract in found if subcontract)


def _claims(session: Session, subcontract: Subcontract) -> list[tuple[Exchange, int]]:
    """Return the claims that wait for the client, or did, each with the number of its delivery."""
    known = select(ClientClaim.id).where(ClientClaim.exchange_id == Exchange.id).exists()
    statement = (
        select(Exchange, Delivery.number)
        .join(Delivery, Delivery.exchange_id == Exchange.id)
        .where(Delivery.subcontract_id == subcontract.id, Exchange.state != CANCELLED)
        .where((Exchange.awaiting_cents > 0) | known)
        .order_by(Exchange.id)
    )
    return [(exchange, number) for exchange, number in session.execute(statement)]


def _move(
    session: Session,
    job: ClientJob,
    exchange: Exchange,
    number: int,
    invoices: Sequence[Invoice],
    said: Mapping[int, Mapping[tuple[str, str], int]],
    act: Act,
) -> bool:
    """Let one claim wait for what the client has still to pay; say whether that changed anything."""
    exchange = exchanges.locked(session, exchange.id)
    before = (exchange.awaiting_cents, exchange.due_on)
    position = _position(session, job, exchange, invoices, said.get(exchange.id, {}))
    reason = ", ".join(invoice.number for invoice in invoices) or job.lifted_reason or None
    exchanges.await_client(
        session,
        exchange,
        awaiting_cents=position.awaiting_cents,
        due_on=position.due_on,
        act=act,
        reason=reason,
    )
    claim = _claim_row(session, job, exchange)
    claim.released_cents, claim.early_cents = (
        position.due_cents + exchange.settled_cents,
        position.early_cents,
    )
    return (exchange.awaiting_cents, exchange.due_on) != before


def _position(
    session: Session,
    job: ClientJob,
    exchange: Exchange,
    invoices: Sequence[Invoice],
    said: Mapping[tuple[str, str], int],
) -> client_terms.Position:
    facts = facts_of(session, exchange)
    if job.lifted_on is not None:
        return client_terms.all_due(facts, job.lifted_on)
    version = job.subcontract.version
    if version.client_mode == terms.BY_LINE:
        receipts = client_terms.steps_by_line(facts.net_cents, invoices, said)
    else:
        receipts = client_terms.steps_pro_rata(facts.net_cents, invoices)
    return client_terms.position(facts, receipts, days=version.payment_days or 0)


def facts_of(session: Session, exchange: Exchange) -> client_terms.Claim:
    """Return a locked exchange as a claim, with what is and was held back of it."""
    statement = select(Retention).where(Retention.exchange_id == exchange.id)
    retention = session.execute(statement).scalars().one_or_none()
    if (retention.remaining_cents if retention else 0) != exchange.retained_cents:
        # Our snapshot is older than the lock. (Asking with a lock at once would lock a gap if there is none.)
        fresh = statement.with_for_update(read=True).execution_options(populate_existing=True)
        retention = session.execute(fresh).scalars().one()
    return client_terms.Claim(
        net_cents=exchange.net_cents,
        settled_cents=exchange.settled_cents,
        accepted_on=exchange.accepted_on,
        held_cents=retention.held_cents if retention else 0,
        freed_cents=retention.released_cents if retention else 0,
    )


def _claim_row(session: Session, job: ClientJob, exchange: Exchange) -> ClientClaim:
    facts = {"job_id": job.id, "exchange_id": exchange.id, "released_cents": 0, "early_cents": 0}
    return the_one(session, ClientClaim, ClientClaim.exchange_id == exchange.id, facts)
