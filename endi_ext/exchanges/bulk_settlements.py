"""Many payments of exchanges just recorded, posted at the speed of the database: no ORM objects."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from ..kernel.history import Act, Event
from ..ledger import aside
from ..ledger import service as ledger
from . import bulk, choices, letters, plain_rows, postings, rules, workflow
from .models import OPEN, Exchange, Settlement
from .rules import TooMuch

KEYS_PER_QUERY = 500

_SETTLEMENT = ("exchange_id", "request_key", "amount_cents", "settled_on", "recorded_at", "recorded_by")
_EVENT = ("subject", "subject_id", "action", "state_before", "state_after", "actor_key", "actor_name", "at")


@dataclass(frozen=True, slots=True)
class Part:
    """A payment of all or part of an exchange, named by its source."""

    source: str
    amount_cents: int
    settled_on: date
    request_key: str


def wait(session: Session) -> bool:
    """Say whether payments cannot be posted at once: an accountant looks at exchanges or payments first."""
    return any(aside.waits(session, journal) for journal in (postings.EXCHANGES, postings.SETTLEMENTS))


def settle_new(session: Session, parts: Sequence[Part], act: Act) -> dict[str, int]:
    """Settle exchanges recorded in this transaction, unsettled and nothing of them held back or waiting.

    Returns the ids of the settlements by their request key. All or nothing with the caller's transaction.
    Raises TooMuch, ledger.PeriodClosed.
    """
    if not parts:
        return {}
    found = bulk.existing_by_source(session, {part.source for part in parts})
    totals = _totals(parts, found)
    at = plain_rows.written(act.at)
    rows = (
        (
            found[part.source].id,
            part.request_key,
            part.amount_cents,
            part.settled_on.isoformat(),
            at,
            act.actor_name,
        )
        for part in parts
    )
    plain_rows.insert(session, Settlement.__table__, _SETTLEMENT, rows)
    plain_rows.insert(session, Event.__table__, _EVENT, _events(parts, found, act, at))
    _move(session, totals, found)
    scheme = choices.read(session).scheme
    drafts = (postings.settled(scheme, _payment(part, found[part.source])) for part in parts)
    ledger.post_many(session, drafts, act)
    letters.follow_new(session, _matters(parts), act)
    session.expire_all()  # written beside the ORM: what it holds of them is read again
    return _ids(session, parts)


def _totals(parts: Sequence[Part], found: Mapping[str, Any]) -> dict[str, int]:
    totals: dict[str, int] = {}
    for part in parts:
        totals[part.source] = totals.get(part.source, 0) + part.amount_cents
    for source, cents in totals.items():
        if cents > found[source].net_cents:
            raise TooMuch(amount_cents=cents, remaining_cents=found[source].net_cents)
    return totals


def _events(parts: Sequence[Part], found: Mapping[str, Any], act: Act, at: str) -> Iterator[tuple[Any, ...]]:
    settled: dict[str, int] = {}
    for part in parts:
        exchange, before = found[part.source], settled.get(part.source, 0)
        settled[part.source] = before + part.amount_cents
        states = [workflow.state_of(exchange.net_cents, cents) for cents in (before, settled[part.source])]
        yield "exchange", exchange.id, "settled", *states, act.actor_key, act.actor_name, at


def _move(session: Session, totals: Mapping[str, int], found: Mapping[str, Any]) -> None:
    table: Any = Exchange.__table__
    moved = update(table).where(table.c.id == bindparam("of_id"), table.c.state == OPEN)
    values: dict[str, Any] = {"settled_cents": bindparam("settled"), "state": bindparam("after")}
    session.connection().execute(
        moved.values(**values),
        [
            {
                "of_id": found[source].id,
                "settled": cents,
                "after": workflow.state_of(found[source].net_cents, cents),
            }
            for source, cents in totals.items()
        ],
    )


def _payment(part: Part, exchange: Any) -> postings.Payment:
    return postings.Payment(
        rules.settlement_source(part.request_key),
        exchange.seller_id,
        exchange.buyer_id,
        part.amount_cents,
        part.settled_on,
        rules.settlement_text(exchange.label),
        exchange.reference,
    )


def _matters(parts: Sequence[Part]) -> list[list[str]]:
    """Return the sources of the entries of each exchange."""
    together: dict[str, list[str]] = {}
    for part in parts:
        own = together.setdefault(part.source, [part.source])
        own.append(rules.settlement_source(part.request_key))
    return list(together.values())


def _ids(session: Session, parts: Sequence[Part]) -> dict[str, int]:
    ids: dict[str, int] = {}
    for some in plain_rows.slices((part.request_key for part in parts), KEYS_PER_QUERY):
        rows = select(Settlement.request_key, Settlement.id).where(Settlement.request_key.in_(some))
        ids.update({str(key): int(one) for key, one in session.execute(rows)})
    return ids
