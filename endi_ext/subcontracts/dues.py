"""What falls due to a party and from it: dated, waiting for a client, or held back, each with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from ..exchanges.models import OPEN, PARTLY_SETTLED, Exchange, Retention
from ..kernel.parties import Party
from .client_models import ClientClaim
from .models import Delivery

DUE, AWAITING, HELD = "due", "awaiting", "held"
# Why something has the date it has, or none: web/dues.py says it in words.
ACCEPTED, CLIENT_PAID, CLIENT_OWES, NO_INVOICE, ON_DATE, ON_ACCEPTANCE, CONTESTED = (
    "accepted", "client_paid", "client_owes", "no_invoice", "on_date", "on_acceptance", "contested",
)  # fmt: skip
OVERDUE, THIS_WEEK, NEXT_WEEK, LATER, UNDATED = "overdue", "this_week", "next_week", "later", "undated"


@dataclass(frozen=True)
class Due:
    """One sum that falls due: `to_me` or from me, `on` a day or none yet, and why."""

    exchange: Exchange
    subcontract_id: int | None
    to_me: bool
    kind: str
    cents: int
    on: date | None
    reason: str

    @property
    def partner(self) -> Party:
        """Who owes it, or is owed it."""
        found: Party = self.exchange.buyer if self.to_me else self.exchange.seller
        return found


def dues(session: Session, party: Party) -> list[Due]:
    """Return what falls due to a party and from it, by day, what has no day last."""
    exchanges = _open(session, party)
    keys = [exchange.id for exchange in exchanges]
    places, waits, held = _subcontracts(session, keys), _claims(session, keys), _retentions(session, keys)
    found: list[Due] = []
    for exchange in exchanges:
        found += _parts(
            exchange, party, places.get(exchange.id), waits.get(exchange.id), held.get(exchange.id)
        )
    return sorted(found, key=lambda due: (due.on is None, due.on or date.max, due.exchange.id, due.kind))


def period_of(on: date | None, today: date) -> tuple[str, date | None]:
    """Return in which part of the calendar a day stands; beyond next week, with the first of its month."""
    if on is None:
        return UNDATED, None
    monday = today - timedelta(days=today.weekday())
    if on < today:
        return OVERDUE, None
    if on < monday + timedelta(weeks=1):
        return THIS_WEEK, None
    if on < monday + timedelta(weeks=2):
        return NEXT_WEEK, None
    return LATER, on.replace(day=1)


def _parts(
    exchange: Exchange,
    party: Party,
    subcontract_id: int | None,
    claim: ClientClaim | None,
    held: Retention | None,
) -> list[Due]:
    to_me = exchange.seller_id == party.id

    def part(kind: str, cents: int, on: date | None, reason: str) -> Due:
        return Due(exchange, subcontract_id, to_me, kind, cents, on, reason)

    found = []
    if exchange.due_cents:
        reason = CLIENT_PAID if claim is not None else ACCEPTED
        found.append(part(DUE, exchange.due_cents, exchange.due_on, reason))
    if exchange.awaiting_cents:
        reason = CLIENT_OWES if claim is not None and claim.job.invoices else NO_INVOICE
        found.append(part(AWAITING, exchange.awaiting_cents, None, reason))
    if held is not None and held.remaining_cents:
        on = None if held.state == CONTESTED else held.release_on
        reason = CONTESTED if held.state == CONTESTED else ON_DATE if on else ON_ACCEPTANCE
        found.append(part(HELD, held.remaining_cents, on, reason))
    return found


def _open(session: Session, party: Party) -> Sequence[Exchange]:
    mine = select(Exchange).where(
        Exchange.state.in_((OPEN, PARTLY_SETTLED)),
        or_(Exchange.seller_id == party.id, Exchange.buyer_id == party.id),
    )
    both = mine.options(joinedload(Exchange.seller), joinedload(Exchange.buyer))
    return session.execute(both).scalars().all()


def _subcontracts(session: Session, keys: Sequence[int]) -> dict[int, int]:
    rows = select(Delivery.exchange_id, Delivery.subcontract_id).where(Delivery.exchange_id.in_(keys))
    return {exchange_id: subcontract_id for exchange_id, subcontract_id in session.execute(rows)}


def _claims(session: Session, keys: Sequence[int]) -> dict[int, ClientClaim]:
    rows = select(ClientClaim).where(ClientClaim.exchange_id.in_(keys))
    return {claim.exchange_id: claim for claim in session.execute(rows).scalars()}


def _retentions(session: Session, keys: Sequence[int]) -> dict[int, Retention]:
    rows = select(Retention).where(Retention.exchange_id.in_(keys))
    return {held.exchange_id: held for held in session.execute(rows).scalars()}
