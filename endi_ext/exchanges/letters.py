"""What of an exchange belongs together in the books is matched as it is settled (lettrage)."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel.history import Act
from ..ledger import lettering
from ..ledger.models import Entry
from . import rules
from .models import Exchange, Retention, Settlement
from .paper_models import Reduction


def follow(session: Session, exchange: Exchange, act: Act) -> None:
    """Put what is open of an exchange under a letter on each account: full once it nets to zero.

    Called with the row of the exchange held, after what settles was posted.
    """
    sources = of_exchanges(session, [exchange])[exchange.id]
    undone = [f"{source}:reversed" for source in sources]
    lettering.letter_matter(session, _entries(session, [*sources, *undone]), act)


def of_exchanges(session: Session, exchanges: Sequence[Any]) -> dict[int, list[str]]:
    """Return, by exchange, the sources of all entries about it; rows have `id` and `source`."""
    ids = [one.id for one in exchanges]
    found = {int(one.id): [str(one.source)] for one in exchanges}
    for exchange_id, key in _read(session, Settlement.exchange_id, Settlement.request_key, ids):
        found[exchange_id].append(rules.settlement_source(key))
    for exchange_id, key in _read(session, Reduction.exchange_id, Reduction.request_key, ids):
        found[exchange_id].append(rules.reduction_source(key))
    by_id = {int(one.id): one for one in exchanges}
    for exchange_id, count in _read(session, Retention.exchange_id, Retention.release_count, ids):
        one = by_id[exchange_id]
        found[exchange_id].append(rules.held_source(one))
        found[exchange_id] += [rules.released_source(one, number) for number in range(1, count + 1)]
    return found


def _read(session: Session, key: Any, column: Any, ids: Sequence[int]) -> Iterable[Any]:
    # With a lock: what another just did to the exchange may be younger than our snapshot.
    return session.execute(select(key, column).where(key.in_(ids)).with_for_update(read=True))


def _entries(session: Session, sources: Sequence[str]) -> list[int]:
    wanted = select(Entry.id).where(Entry.source.in_(sources)).with_for_update(read=True)
    return list(session.execute(wanted).scalars())
