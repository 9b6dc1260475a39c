"""Closing a month: snapshots of every account, a signed certificate, and the way back.

Called by service.py with the head of the book taken: nobody posts meanwhile. What is read is read with
locks, since the transaction's snapshot may be older than the last posting.
"""

from collections.abc import Callable

from sqlalchemy import delete, func, insert, literal, select, union_all
from sqlalchemy.orm import Session

from ..kernel.errors import ReasonMissing
from ..kernel.history import Act, remember
from . import seals
from .certificates import certificate, locked
from .errors import PeriodNotLast
from .models import CLOSED, OPEN, Book, Checkpoint, DayTotal, Entry, Line, Period, Snapshot

Progress = Callable[[int, int | None], None]


def close(session: Session, period: Period, act: Act, progress: Progress | None = None) -> Period:
    """Close `period` and the empty ones before it."""
    if _fresh(session, period).state == CLOSED:
        return period
    earlier = select(Period).where(Period.state == OPEN, Period.starts_on < period.starts_on)
    for other in locked(session, earlier.order_by(Period.starts_on)).scalars().all():
        if _has_entries(session, other):
            raise PeriodNotLast(starts_on=other.starts_on)
        _close_one(session, other, act)
    _close_one(session, period, act, progress)
    return period


def reopen(session: Session, period: Period, *, reason: str, act: Act) -> Period:
    """Reopen `period`, the last closed one."""
    if not reason.strip():
        raise ReasonMissing(action="reopen")
    if _fresh(session, period).state == OPEN:
        return period
    later = select(Period).where(Period.state == CLOSED, Period.starts_on > period.starts_on)
    if locked(session, later.limit(1)).first() is not None:
        raise PeriodNotLast(starts_on=period.starts_on)
    session.execute(
        delete(Snapshot).where(Snapshot.period_id == period.id),
        execution_options={"synchronize_session": False},
    )
    period.state, period.closed_at, period.closed_by, period.certificate = OPEN, None, None, None
    remember(session, period, "reopen", act, before=CLOSED, after=OPEN, reason=reason)
    session.flush()  # the database refuses or takes entries by the state it holds
    return period


def sign_checkpoint(session: Session, act: Act) -> Checkpoint:
    """Note and sign where the book stands; its `document` is to be kept elsewhere."""
    book = locked(session, select(Book)).scalars().one()
    facts = {
        "format": seals.CHECKPOINT,
        "sequence": book.last_sequence,
        "digest": book.last_digest,
        "entries": book.last_sequence,
        "lines": session.execute(select(func.count()).select_from(Line)).scalar_one(),
        "signed_at": seals.instant_text(act.at),
    }
    checkpoint = Checkpoint(
        sequence=book.last_sequence,
        digest=book.last_digest,
        signed_at=act.at,
        document=seals.signed(facts, seals.signing_key()),
    )
    session.add(checkpoint)
    return checkpoint


def _close_one(session: Session, period: Period, act: Act, progress: Progress | None = None) -> None:
    _leave_snapshots(session, period)
    period.state, period.closed_at, period.closed_by = CLOSED, act.at, act.actor_name
    period.certificate = certificate(session, period, act, progress)
    remember(session, period, "close", act, before=OPEN, after=CLOSED)
    session.flush()  # the database refuses entries by the state it holds


def _leave_snapshots(session: Session, period: Period) -> None:
    """Write each account's cumulated amounts at the end of `period`: the last snapshot and the days since."""
    closed = select(Period).where(Period.state == CLOSED, Period.starts_on < period.starts_on)
    previous = locked(session, closed.order_by(Period.starts_on.desc()).limit(1)).scalars().first()
    amounts = ("account_id", "debit_cents", "credit_cents")
    days = select(*(getattr(DayTotal, name) for name in amounts)).where(DayTotal.day <= period.ends_on)
    parts = [days]
    if previous is not None:
        before = select(*(getattr(Snapshot, name) for name in amounts))
        parts = [days.where(DayTotal.day > previous.ends_on), before.where(Snapshot.period_id == previous.id)]
    moved = union_all(*parts).subquery()
    sums = select(
        moved.c.account_id,
        literal(period.id),
        func.sum(moved.c.debit_cents),
        func.sum(moved.c.credit_cents),
    ).group_by(moved.c.account_id)
    # INSERT ... SELECT reads what is committed, not the snapshot of the transaction.
    columns = ["account_id", "period_id", "debit_cents", "credit_cents"]
    session.execute(insert(Snapshot).from_select(columns, sums))


def _has_entries(session: Session, period: Period) -> bool:
    within = Entry.effective_on.between(period.starts_on, period.ends_on)
    return locked(session, select(Entry.id).where(within).limit(1)).first() is not None


def _fresh(session: Session, period: Period) -> Period:
    return locked(session, select(Period).where(Period.id == period.id)).scalars().one()
