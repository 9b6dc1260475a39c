"""A party's subcontracts, what waits for it, and how far each one is."""

import re
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from ..kernel.history import Event
from ..kernel.parties import Party
from ..ledger.queries import Page
from . import workflow
from .models import Amendment, Delivery, Subcontract

GIVEN, RECEIVED = "given", "received"
OLDER, NEWER = "older", "newer"
CURSOR = re.compile(rf"({OLDER}|{NEWER}):([0-9]{{1,15}})")


def page(
    session: Session,
    party: Party,
    side: str,
    *,
    state: str | None = None,
    cursor: str | None = None,
    size: int = 50,
) -> Page[Subcontract]:
    """Return a page of the subcontracts `party` has given as buyer or received as seller, newest first."""
    chosen = _with_names(select(Subcontract).where(_column_of(side) == party.id))
    if state:
        chosen = chosen.where(Subcontract.state == state)
    place = CURSOR.fullmatch(cursor or "")
    if place is None:
        return _page_older(session, chosen, size, first=True)
    direction, key = place[1], int(place[2])
    if direction == NEWER:
        return _page_newer(session, chosen, key, size)
    return _page_older(session, chosen.where(Subcontract.id < key), size, first=False)


def subcontract_of(session: Session, party: Party, subcontract_id: int) -> Subcontract | None:
    """Return the subcontract if `party` is one of its sides; to others it does not exist."""
    statement = select(Subcontract).where(Subcontract.id == subcontract_id, _is_a_side(party))
    return session.execute(_with_names(statement)).scalars().one_or_none()


def delivery_of(session: Session, party: Party, subcontract_id: int, delivery_id: int) -> Delivery | None:
    """Return the delivery through its subcontract, if `party` is one of its sides."""
    statement = (
        select(Delivery)
        .join(Delivery.subcontract)
        .where(Delivery.id == delivery_id, Subcontract.id == subcontract_id, _is_a_side(party))
    )
    return session.execute(statement).scalars().one_or_none()


def counts(session: Session, party: Party, side: str) -> dict[str, int]:
    """Return how many subcontracts `party` has given or received in each state, in the workflow's order."""
    statement = (
        select(Subcontract.state, func.count())
        .where(_column_of(side) == party.id)
        .group_by(Subcontract.state)
    )
    found = {row[0]: row[1] for row in session.execute(statement)}
    return {state: found.get(state, 0) for state in workflow.SUBCONTRACT.states}


def history(session: Session, subcontract: Subcontract) -> list[Event]:
    """Return what happened to the subcontract, its amendments and its deliveries, oldest first."""
    deliveries = select(Delivery.id).where(Delivery.subcontract_id == subcontract.id)
    amendments = select(Amendment.id).where(Amendment.subcontract_id == subcontract.id)
    statement = select(Event).where(
        or_(
            and_(Event.subject == "subcontract", Event.subject_id == subcontract.id),
            and_(Event.subject == "delivery", Event.subject_id.in_(deliveries)),
            and_(Event.subject == "amendment", Event.subject_id.in_(amendments)),
        )
    )
    return list(session.execute(statement.order_by(Event.id)).scalars())


def delivery_of_exchange(session: Session, exchange_id: int) -> Delivery | None:
    """Return the delivery whose acceptance made the exchange, if one did."""
    statement = select(Delivery).where(Delivery.exchange_id == exchange_id)
    return session.execute(statement).scalars().one_or_none()


def _column_of(side: str) -> Any:
    return {GIVEN: Subcontract.buyer_id, RECEIVED: Subcontract.seller_id}[side]


def _is_a_side(party: Party) -> Any:
    return or_(Subcontract.buyer_id == party.id, Subcontract.seller_id == party.id)


def _with_names(statement: Any) -> Any:
    return statement.options(
        joinedload(Subcontract.buyer), joinedload(Subcontract.seller), selectinload(Subcontract.versions)
    )


def _page_older(session: Session, statement: Any, size: int, *, first: bool) -> Page[Subcontract]:
    found = session.execute(statement.order_by(Subcontract.id.desc()).limit(size + 1)).scalars().all()
    rows = found[:size]
    older = f"{OLDER}:{rows[-1].id}" if len(found) > size else None
    return Page(rows, older, f"{NEWER}:{rows[0].id}" if rows and not first else None)


def _page_newer(session: Session, statement: Any, key: int, size: int) -> Page[Subcontract]:
    statement = statement.where(Subcontract.id > key).order_by(Subcontract.id).limit(size + 1)
    found = session.execute(statement).scalars().all()
    rows = list(reversed(found[:size]))
    newer = f"{NEWER}:{rows[0].id}" if len(found) > size else None
    return Page(rows, f"{OLDER}:{rows[-1].id}" if rows else None, newer)
