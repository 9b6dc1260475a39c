"""Closing a month: snapshots of every account, a signed certificate, and the way back.

Called by service.py with the head of the book taken: nobody posts meanwhile. What is read is read with
locks, since the transaction's snapshot may be older than the last posting.
"""

from typing import Any

from sqlalchemy import and_, delete, func, insert, literal, select, union_all
from sqlalchemy.orm import Session

from ..kernel.errors import ReasonMissing
from ..kernel.history import Act, remember
from ..kernel.parties import Party
from . import seals
from .errors import PeriodNotLast
from .models import CLOSED, OPEN, Account, Book, Checkpoint, DayTotal, Entry, Line, Period, Snapshot


def close(session: Session, period: Period, act: Act) -> Period:
    """Close `period` and the empty ones before it."""
    if _fresh(session, period).state == CLOSED:
        return period
    earlier = select(Period).where(Period.state == OPEN, Period.starts_on < period.starts_on)
    for other in _locked(session, earlier.order_by(Period.starts_on)).scalars().all():
        if _has_entries(session, other):
            raise PeriodNotLast(starts_on=other.starts_on)
        _close_one(session, other, act)
    _close_one(session, period, act)
    return period


def reopen(session: Session, period: Period, *, reason: str, act: Act) -> Period:
    """Reopen `period`, the last closed one."""
    if not reason.strip():
        raise ReasonMissing(action="reopen")
    if _fresh(session, period).state == OPEN:
        return period
    later = select(Period).where(Period.state == CLOSED, Period.starts_on > period.starts_on)
    if _locked(session, later.limit(1)).first() is not None:
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
    book = _locked(session, select(Book)).scalars().one()
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


def _close_one(session: Session, period: Period, act: Act) -> None:
    _leave_snapshots(session, period)
    period.state, period.closed_at, period.closed_by = CLOSED, act.at, act.actor_name
    period.certificate = _certificate(session, period, act)
    remember(session, period, "close", act, before=OPEN, after=CLOSED)
    session.flush()  # the database refuses entries by the state it holds


def _leave_snapshots(session: Session, period: Period) -> None:
    """Write each account's cumulated amounts at the end of `period`: the last snapshot and the days since."""
    closed = select(Period).where(Period.state == CLOSED, Period.starts_on < period.starts_on)
    previous = _locked(session, closed.order_by(Period.starts_on.desc()).limit(1)).scalars().first()
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


def _certificate(session: Session, period: Period, act: Act) -> str:
    """Return the signed JSON that says what the closed month holds."""
    book = _locked(session, select(Book)).scalars().one()
    within = Entry.effective_on.between(period.starts_on, period.ends_on)
    count, total = func.count(), func.coalesce(func.sum(Entry.total_cents), 0)
    entries, total_cents = _locked(session, select(count, total).where(within)).one()
    lines = _locked(session, select(count).select_from(Line).join(Entry).where(within)).scalar_one()
    facts = {
        "format": seals.CERTIFICATE,
        "starts_on": period.starts_on.isoformat(),
        "ends_on": period.ends_on.isoformat(),
        "fiscal_year": period.fiscal_year,
        "closed_at": seals.instant_text(act.at),
        "closed_by": act.actor_name,
        "entries": int(entries),
        "lines": int(lines),
        "total_cents": int(total_cents),
        "sequence": book.last_sequence,
        "digest": book.last_digest,
        "trial_balance": _trial_balance(session, period),
    }
    return seals.signed(facts, seals.signing_key())


def _trial_balance(session: Session, period: Period) -> list[list[Any]]:
    """Return [number, party's key, cumulated debit, cumulated credit] of every account at the end of the
    month.
    """
    rows = (
        select(Account.number, Party.host_key, Snapshot.debit_cents, Snapshot.credit_cents)
        .join(Account, and_(Account.id == Snapshot.account_id, Snapshot.period_id == period.id))
        .join(Party, Party.id == Account.party_id)
        .order_by(Account.number, Party.host_key)
    )
    return [list(row) for row in _locked(session, rows)]


def _has_entries(session: Session, period: Period) -> bool:
    within = Entry.effective_on.between(period.starts_on, period.ends_on)
    return _locked(session, select(Entry.id).where(within).limit(1)).first() is not None


def _fresh(session: Session, period: Period) -> Period:
    return _locked(session, select(Period).where(Period.id == period.id)).scalars().one()


def _locked(session: Session, statement: Any) -> Any:
    return session.execute(
        statement.with_for_update(read=True), execution_options={"populate_existing": True}
    )
