"""Readings of the host's documents, batch by batch: what was seen so far, what was left out and why.

Whoever goes on with one keeps its row: two people at it do one batch after the other.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ..kernel import preferences
from ..kernel.errors import WrongState
from ..kernel.history import Act
from . import adoption
from .adoption import Decision
from .pair_models import DONE, RUNNING, STOPPED, Adoption, LeftOut
from .pairs import Pair, cents_of

if TYPE_CHECKING:
    from ..ports import Reading

# Whether the host's documents are adopted each night: only once somebody has done it by hand.
NIGHTLY, YES, NO = "adoption_nightly", "yes", "no"


def begin(
    session: Session,
    reading: "Reading",
    *,
    dry_run: bool,
    request_key: str,
    act: Act,
    since: datetime | None = None,
) -> Adoption:
    """Begin a reading, a look only when `dry_run`; the same request_key again returns the one begun."""
    by_key = select(Adoption).where(Adoption.request_key == request_key)
    begun = session.execute(by_key).scalars().one_or_none()
    if begun is not None:
        return begun
    run = Adoption(
        request_key=request_key,
        origin=reading.origin,
        dry_run=dry_run,
        since=since,
        state=RUNNING,
        place="",
        expected=reading.how_many(session, since),
        seen=0,
        counts={},
        started_at=act.at,
        started_by=act.actor_name,
    )
    try:
        with session.begin_nested():
            session.add(run)
    except IntegrityError:
        return session.execute(by_key.with_for_update()).scalars().one()
    return run


def go_on(
    session: Session, run: Adoption, reading: "Reading", act: Act, *, size: int = adoption.BATCH
) -> Adoption:
    """Read the next batch of a reading and adopt it, unless it is a look only. Raises what the books refuse.

    One that is over is left as it is.
    """
    run = _kept(session, run.id)
    if run.state != RUNNING:
        return run
    pairs = list(islice(reading.pairs(session, since=run.since, after=run.place or None), size))
    if not pairs:
        run.state, run.finished_at = DONE, act.at
        return run
    decisions = _treat(session, run, pairs, act)
    updated = [one.exchange_id for one in decisions if one.outcome == adoption.UPDATED and not run.dry_run]
    reading.look_again(session, [one for one in updated if one is not None])
    return _count(session, run, decisions)


def stop(session: Session, run: Adoption, act: Act) -> Adoption:
    """Stop a reading where it is: what was adopted stays. Raises WrongState."""
    run = _kept(session, run.id)
    if run.state == STOPPED:
        return run
    if run.state != RUNNING:
        raise WrongState(subject="adoption", action="stop", state=run.state)
    run.state, run.finished_at = STOPPED, act.at
    return run


def latest(session: Session, *, size: int) -> list[Adoption]:
    """Return the last readings, the newest first."""
    return list(session.execute(select(Adoption).order_by(Adoption.id.desc()).limit(size)).scalars())


def last_adopted(session: Session) -> Adoption | None:
    """Return the last reading that adopted documents and came to its end."""
    done = select(Adoption).where(Adoption.state == DONE, Adoption.dry_run.is_(False))
    return session.execute(done.order_by(Adoption.id.desc()).limit(1)).scalars().first()


def left_out(
    session: Session, run: Adoption, *, reason: str | None = None, after: int = 0, size: int
) -> list[LeftOut]:
    """Return what a reading left out, in order, from behind a row of it on."""
    rows = select(LeftOut).where(LeftOut.adoption_id == run.id, LeftOut.id > after)
    if reason is not None:
        rows = rows.where(LeftOut.reason == reason)
    return list(session.execute(rows.order_by(LeftOut.id).limit(size)).scalars())


def is_nightly(session: Session) -> bool:
    """Say whether each night brings what is new: nobody stopped it, and somebody began by hand."""
    return preferences.get(session, NIGHTLY) != NO and last_adopted(session) is not None


def _kept(session: Session, run_id: int) -> Adoption:
    row = select(Adoption).where(Adoption.id == run_id).with_for_update()
    return session.execute(row.execution_options(populate_existing=True)).scalars().one()


def _treat(session: Session, run: Adoption, pairs: Sequence[Pair], act: Act) -> list[Decision]:
    if run.dry_run:
        return adoption.examine(session, pairs, run.origin)
    return adoption.adopt(session, pairs, run.origin, act)


def _count(session: Session, run: Adoption, decisions: Sequence[Decision]) -> Adoption:
    """Write down what became of a batch, and where it ended."""
    counts = {kind: dict(of_it) for kind, of_it in run.counts.items()}
    for one in decisions:
        of_it, became = counts.setdefault(one.pair.kind, {}), one.reason or one.outcome
        of_it[became] = of_it.get(became, 0) + 1
    run.counts, run.seen = counts, run.seen + len(decisions)
    run.place = decisions[-1].pair.key
    session.flush()  # so that what is left out finds its reading
    _note_left_out(session, run, [one for one in decisions if one.outcome == adoption.LEFT_OUT])
    return run


def _note_left_out(session: Session, run: Adoption, decisions: Sequence[Decision]) -> None:
    session.add_all(
        LeftOut(
            adoption_id=run.id,
            key=one.pair.key,
            kind=one.pair.kind,
            reason=one.reason,
            number=one.pair.paper.number,
            said_on=one.pair.on,
            amount_cents=cents_of(one.pair.paper.total_units),
            seller_key=one.pair.seller_key or "",
            buyer_key=one.pair.buyer_key or "",
            exchange_id=one.exchange_id,
        )
        for one in decisions
    )
    session.flush()  # as above: counted and shown by whoever began it
