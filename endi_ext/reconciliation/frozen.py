"""Pairs kept as they stood when they were read, and the host's ids of both sides tied to their exchange."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..exchanges import plain_rows
from ..exchanges.models import Exchange, Settlement
from ..exchanges.paper_models import CREDIT_NOTE, INVOICE, PAYMENT, HostDocument
from ..kernel.history import Act
from . import adoption_rules
from .adoption_rules import Paid, Plan, Refund
from .pair_models import HostPair
from .pairs import VALID, Pair, cents_of

KEYS_PER_QUERY = 500


def of_keys(session: Session, origin: str, keys: Iterable[str]) -> dict[str, HostPair]:
    """Return the pairs kept of these keys."""
    found: dict[str, HostPair] = {}
    for some in plain_rows.slices(keys, KEYS_PER_QUERY):
        rows = select(HostPair).where(HostPair.origin == origin, HostPair.key.in_(some))
        found.update({str(row.key): row for row in session.execute(rows).scalars()})
    return found


def keep(session: Session, told: Iterable[tuple[Pair, int | None]], origin: str, act: Act) -> None:
    """Keep pairs with the exchange of each as they stand, and an invoice's credit notes with it."""
    pairs = {pair.key: (pair, exchange_id) for pair, exchange_id in told}
    for pair, exchange_id in list(pairs.values()):
        valid = (one for one in pair.refunds if one.paper.status == VALID)
        pairs.update({one.key: (one, exchange_id) for one in valid})
    known = of_keys(session, origin, pairs)
    for key, (pair, exchange_id) in pairs.items():
        digest, row = adoption_rules.digest(pair), known.get(key)
        if row is not None and row.digest == digest:
            continue
        if row is None:
            row = HostPair(origin=origin, key=key, kind=pair.kind)
            session.add(row)
        row.exchange_id = exchange_id
        _fill(row, pair, digest, act.at)
    session.flush()  # callers read the pairs of an exchange next


def quotations_of(session: Session, exchange_id: int) -> list[HostPair]:
    """Return the quotations an exchange was made from, as they stood."""
    invoice = select(HostPair).where(HostPair.exchange_id == exchange_id, HostPair.quotation_key.is_not(None))
    found = session.execute(invoice.order_by(HostPair.id)).scalars().first()
    if found is None:
        return []
    rows = select(HostPair).where(HostPair.origin == found.origin, HostPair.key == found.quotation_key)
    return list(session.execute(rows).scalars())


def pair_documents(session: Session, made: Iterable[tuple[int, Plan]], act: Act) -> None:
    """Tie the invoices of both sides to the exchanges just recorded."""
    at = plain_rows.written(act.at)
    rows = (
        (
            exchange_id, INVOICE, INVOICE, plan.sale.id, plan.purchase.id, plan.cents,
            plan.sale.number, plan.purchase.number, at,
        )
        for exchange_id, plan in made
    )  # fmt: skip
    plain_rows.insert(session, HostDocument.__table__, _NAMES, rows)


def pair_settlements(session: Session, made: Mapping[str, Paid], act: Act) -> None:
    """Tie the payments of both sides to the settlements just recorded, by their request key."""
    at = plain_rows.written(act.at)
    for some in plain_rows.slices(made, KEYS_PER_QUERY):
        found = session.execute(
            select(Settlement.request_key, Settlement.id, Settlement.exchange_id).where(
                Settlement.request_key.in_(some)
            )
        )
        rows = (
            (
                exchange_id, f"{PAYMENT}:{settlement_id}", PAYMENT, made[key].sale_id,
                made[key].purchase_id, made[key].cents, "", "", at,
            )
            for key, settlement_id, exchange_id in found
        )  # fmt: skip
        plain_rows.insert(session, HostDocument.__table__, _NAMES, rows)


def pair_refunds(session: Session, exchange: Exchange, refunds: Iterable[Refund], act: Act) -> None:
    """Tie the credit notes of both sides to their exchange, those that are not yet."""
    known = select(HostDocument).where(
        HostDocument.exchange_id == exchange.id, HostDocument.family == CREDIT_NOTE
    )
    tied = {row.sale_id: row for row in session.execute(known).scalars()}
    for one in refunds:
        pair = tied.get(one.sale.id)
        if pair is None:
            pair = document(exchange.id, CREDIT_NOTE, one.sale.id, one.purchase.id, one.cents, act)
            pair.kind = f"{CREDIT_NOTE}:{one.sale.id}"
            pair.sale_number, pair.purchase_number = one.sale.number, one.purchase.number
            session.add(pair)
        elif pair.purchase_id is None:
            pair.purchase_id, pair.purchase_number = one.purchase.id, one.purchase.number


def document(
    exchange_id: int, family: str, sale_id: int, purchase_id: int, cents: int, act: Act
) -> HostDocument:
    """Return a new pair of the host's ids; its kind is still to be said."""
    return HostDocument(
        exchange_id=exchange_id,
        family=family,
        sale_id=sale_id,
        purchase_id=purchase_id,
        amount_cents=cents,
        sale_number="",
        purchase_number="",
        made_at=act.at,
    )


_NAMES = (
    "exchange_id", "kind", "family", "sale_id", "purchase_id", "amount_cents", "sale_number",
    "purchase_number", "made_at",
)  # fmt: skip


def _fill(row: HostPair, pair: Pair, digest: str, at: datetime) -> None:
    purchase = pair.purchase
    row.sale_number = pair.paper.number
    row.purchase_key = "" if purchase is None else purchase.key
    row.purchase_number = "" if purchase is None else purchase.number
    row.quotation_key = pair.quotation_key
    row.said_on, row.amount_cents = pair.on, cents_of(pair.paper.total_units)
    row.digest, row.read_at = digest, at
