"""Looking for what does not agree among the host's documents: batch after batch, or at one pair."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel.history import Act
from . import finding_store
from .finding_models import UNSEEN, FindingLook
from .finding_rows import sweep
from .findings import findings_of
from .pairs import Pair

PAIRS = "pairs"
# What one request of a page looks at: under a second on a large cooperative.
PAIRS_PER_BATCH = 500
# A look nobody went on with (the page was closed) is begun anew.
ABANDONED_AFTER = timedelta(hours=1)


def of_source(session: Session, source: str = PAIRS) -> FindingLook | None:
    """Return the last look of a source, finished or not."""
    found: FindingLook | None = session.get(FindingLook, source)
    return found


def under_way(look: FindingLook | None, at: Any) -> bool:
    """Say whether a look was begun lately and is not finished."""
    if look is None or look.started_at is None or look.finished_at is not None:
        return False
    return bool(at - look.started_at < ABANDONED_AFTER)


def begin(session: Session, act: Act, source: str = PAIRS) -> FindingLook:
    """Begin to look at all pairs, from the first one; a look under way is gone on with."""
    finding_store.begin(session, act)
    row = select(FindingLook).where(FindingLook.source == source).with_for_update()
    look = session.execute(row.execution_options(populate_existing=True)).scalars().one_or_none()
    if look is not None and under_way(look, act.at):
        return look
    look = look or FindingLook(source=source)
    look.cursor, look.looked_count, look.found_count = "", 0, 0
    look.started_at, look.finished_at, look.by_name = act.at, None, act.actor_name
    session.add(look)
    session.flush()
    return look


def go_on(session: Session, look: FindingLook, pairs: Iterator[Pair], act: Act, *, size: int) -> bool:
    """Look at the next pairs, those behind `look.cursor`; return whether all are looked at."""
    finding_store.begin(session, act)
    some = list(islice(pairs, size))
    noted = finding_store.refresh_some(session, look.source, _found(some, act), act, about=_about(some))
    look.looked_count += len(some)
    look.found_count += noted.standing
    if some:
        look.cursor = some[-1].key
    if len(some) < size:
        # What no pair tells any more, as a purchase without a sale that found its own, is gone.
        sweep(session.connection(), look.source, act, before=look.started_at)
        look.finished_at = act.at
    session.flush()
    return look.finished_at is not None


def look_at(session: Session, about: str, pair: Pair | None, act: Act, *, how_gone: str = UNSEEN) -> int:
    """Look at one pair again, or at what is left of it; return how many findings stand."""
    founds = [] if pair is None else _found([pair], act)
    noted = finding_store.refresh_some(session, PAIRS, founds, act, about=(about,), how_gone=how_gone)
    return noted.standing


def _found(pairs: Iterable[Pair], act: Act) -> list[Any]:
    return [one for pair in pairs for one in findings_of(pair, now=act.at)]


def _about(pairs: Iterable[Pair]) -> list[str]:
    return [pair.key for pair in pairs]
