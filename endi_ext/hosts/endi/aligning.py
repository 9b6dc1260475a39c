"""The books brought in line with what people did to our documents in the host's own pages.

An accountant asks for it, one exchange at a time, after reading the difference; the books are never rewritten
to follow the host by themselves.
"""

from datetime import date
from typing import Any

from caerp.models.base import DBSESSION
from caerp.models.task import InternalCancelInvoice, InternalPayment

from ...exchanges import papers, reductions, service
from ...exchanges.models import Exchange, Settlement
from ...exchanges.paper_models import CREDIT_NOTE, PAYMENT, HostDocument
from ...kernel.history import Act
from ...subcontracts import service as deliveries
from .statuses import SALE_UNITS_PER_CENT

REASONS = {
    "removed": "Encaissement supprimé dans enDI",
    "changed": "Encaissement modifié dans enDI",
    "credited": "Avoir {} fait dans enDI",
}


def bring_in_line(exchange: Exchange, act: Act) -> None:
    """Record in the books the payments and credit notes that the host has and they have not.

    Raises what settling, reducing and cancelling raise: then nothing is changed.
    """
    session = DBSESSION()
    pairs = papers.documents_of(session, exchange.id)
    with papers.made_already(session):
        for pair in pairs:
            if pair.family == PAYMENT:
                _follow_payment(session, exchange, pair, act)
        for pair in pairs:
            if pair.family == CREDIT_NOTE and pair.kind != CREDIT_NOTE:
                _follow_credit_note(session, exchange, pair, act)


def _follow_payment(session: Any, exchange: Exchange, pair: HostDocument, act: Act) -> None:
    paid = None if pair.removed_at else session.get(InternalPayment, pair.sale_id)
    known = _settlement(session, pair)
    cents, on = (0, act.today) if paid is None else (paid.amount // SALE_UNITS_PER_CENT, _day(paid.date))
    if known is not None and known.amount_cents != cents:
        reason = REASONS["changed" if paid else "removed"]
        service.reverse_settlement(session, known, reason=reason, on=act.today, act=act)
        known = None
    if known is None and cents:
        key = f"host_payment:{pair.sale_id}:{cents}"
        made = service.settle(session, exchange, amount_cents=cents, settled_on=on, request_key=key, act=act)
        if isinstance(made, Settlement):  # one that waits for an accountant is followed once it is validated
            pair.kind, pair.amount_cents = f"{PAYMENT}:{made.id}", cents


def _settlement(session: Any, pair: HostDocument) -> Settlement | None:
    action, _, settlement_id = pair.kind.partition(":")
    if action != PAYMENT:
        return None
    settlement: Settlement = session.get(Settlement, int(settlement_id))
    return settlement if settlement.reversed_at is None else None


def _follow_credit_note(session: Any, exchange: Exchange, pair: HostDocument, act: Act) -> None:
    refund = session.get(InternalCancelInvoice, pair.sale_id)
    key = f"{pair.kind}:{exchange.id}"
    told = {one.request_key for one in reductions.of_exchange(session, exchange.id)}
    if refund is None or refund.status != "valid" or key in told or not exchange.remaining_cents:
        return
    reason = REASONS["credited"].format(refund.official_number)
    if pair.amount_cents >= exchange.net_cents:
        deliveries.reverse_exchange(session, exchange, reason=reason, on=act.today, act=act)
        return
    cents = int(pair.amount_cents)
    reductions.reduce(
        session, exchange, amount_cents=cents, reason=reason, on=act.today, request_key=key, act=act
    )


def _day(when: Any) -> date:
    day: date = when.date() if hasattr(when, "date") else when
    return day
