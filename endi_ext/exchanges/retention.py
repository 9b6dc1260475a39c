"""What is held back of an exchange (retenue de garantie): held, let go in whole or part, opposed, undone.

Locks as in service.py: the row of the exchange first, then its retention, the head of the book last.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel.errors import WrongState
from ..kernel.history import Act, remember
from ..ledger import service as ledger
from ..ledger.draft_models import Draft
from ..ledger.models import Entry
from . import letters, posted, postings, rules, waiting, workflow
from .models import CANCELLED, WAITING, Exchange, Retention
from .rules import AmountNotPositive, MoreThanHeld, ReleasePassed, TooMuch, held_source, released_source
from .waiting_models import RELEASE as STEP
from .workflow import CONTESTED, HELD, RELEASED


def hold(session: Session, exchange: Exchange, *, cents: int, release_on: date | None, act: Act) -> Retention:
    """Hold back part of an exchange until `release_on`, or until someone lets it go.

    The same again returns the one made. Its entry waits when that of the exchange does, and goes with it.
    Raises WrongState, AmountNotPositive, TooMuch, ledger.PeriodClosed, ledger.SourceReused.
    """
    exchange = posted.locked(session, exchange.id)
    made = of_exchange(session, exchange, lock=True)
    if made is not None:
        if (made.held_cents, made.release_on) != (cents, release_on):
            raise ledger.SourceReused(source=held_source(exchange))
        return made
    _refuse_wrong(exchange, cents)
    retention = Retention(
        exchange_id=exchange.id,
        held_cents=cents,
        released_cents=0,
        release_count=0,
        release_on=release_on,
        state=HELD,
        reason="",
        recorded_at=act.at,
    )
    session.add(retention)
    fact = rules.retention_of(exchange, cents, held_source(exchange), exchange.accepted_on)
    draft = postings.retained(posted.scheme_of(session, exchange), fact)
    ledger.post(session, replace(draft, waits=exchange.state == WAITING), act)
    letters.follow(session, exchange, act)
    exchange.retained_cents += cents
    rules.fit_awaiting(exchange)
    if not exchange.due_cents:
        exchange.due_on = None
    remember(session, exchange, "retained", act, before=exchange.state, after=exchange.state)
    return retention


def release(
    session: Session,
    exchange: Exchange,
    *,
    on: date,
    act: Act,
    role: str,
    cents: int | None = None,
    reason: str = "",
    number: int | None = None,
) -> Retention:
    """Let go all that is held, or `cents` of it: it is due on `on` unless something was due already.

    `number` is the one this release takes, as the page that asked for it saw it: a second click finds it.
    Where its journal waits for an accountant nothing is let go yet, and all stays as it is.
    Raises WrongState, waiting.EntryWaits, WrongRole, ReasonMissing, AmountNotPositive, MoreThanHeld,
    ledger.PeriodClosed, ledger.SourceReused.
    """
    exchange, retention = _locked(session, exchange, "release")
    if number is not None and number <= retention.release_count:
        return _same_release(session, exchange, retention, number, cents)
    wanted = retention.remaining_cents if cents is None else cents
    following = {"amount_cents": wanted, "number": retention.release_count + 1}
    if waiting.same(session, exchange, STEP, **following) is not None:
        return retention
    workflow.RETENTION.target(retention.state, _action(retention, wanted), role, reason)
    _refuse_wrong_release(retention, wanted)
    source = released_source(exchange, retention.release_count + 1)
    fact = rules.retention_of(exchange, wanted, source, on, released=True)
    entry = ledger.post(session, postings.released(_scheme_of(session, exchange), fact), act)
    said: dict[str, Any] = {"on": on, "act": act, "role": role, "reason": reason}
    if isinstance(entry, Draft):
        waiting.put_aside(session, exchange, STEP, entry, **said, **following)
    else:
        apply_release(session, exchange, retention, wanted, **said)
    return retention


def apply_release(
    session: Session,
    exchange: Exchange,
    retention: Retention,
    wanted: int,
    *,
    on: date,
    act: Act,
    role: str,
    reason: str,
) -> None:
    """Let a release that is posted take its effect."""
    action = _action(retention, wanted)
    retention.release_count += 1
    retention.state = workflow.RETENTION.target(retention.state, action, role, reason)
    retention.released_cents += wanted
    letters.follow(session, exchange, act)
    if not exchange.due_cents:
        exchange.due_on = on
    exchange.retained_cents -= wanted
    remember(
        session, exchange, action, act, before=exchange.state, after=exchange.state, reason=reason or None
    )


def _action(retention: Retention, cents: int) -> str:
    return "release_in_part" if 0 < cents < retention.remaining_cents else "release"


def release_due(session: Session, exchange: Exchange, act: Act) -> Retention:
    """Let go what is held beyond its date: as of that date or, when that month is closed, as of today.

    Raises WrongState (opposed, let go already, or not yet its day), ledger.PeriodClosed.
    """
    exchange, retention = _locked(session, exchange, "release_by_date")
    release_on: date | None = retention.release_on
    if retention.state != HELD or release_on is None or release_on > act.today:
        raise WrongState(subject="retention", action="release_by_date", state=retention.state)
    on = max(release_on, exchange.accepted_on)
    try:
        with session.begin_nested():
            return release(session, exchange, on=on, act=act, role=workflow.BOOKS)
    except ledger.PeriodClosed:
        return release(session, exchange, on=act.today, act=act, role=workflow.BOOKS)


def contest(session: Session, exchange: Exchange, *, reason: str, act: Act, role: str) -> Retention:
    """Oppose the release with a reason (opposition motivée), before its day.

    Raises WrongState, WrongRole, ReasonMissing, ReleasePassed.
    """
    exchange, retention = _locked(session, exchange, "contest")
    waiting.refuse(exchange)
    after = workflow.RETENTION.target(retention.state, "contest", role, reason)
    if retention.release_on is not None and retention.release_on <= act.today:
        raise ReleasePassed(release_on=retention.release_on)
    retention.reason = reason.strip()
    return _step(session, exchange, retention, "contest_release", after, act, reason.strip())


def lift(session: Session, exchange: Exchange, *, act: Act, role: str, reason: str = "") -> Retention:
    """Take an opposition back: what is held is let go at its date again. Raises WrongState, WrongRole."""
    exchange, retention = _locked(session, exchange, "lift")
    waiting.refuse(exchange)
    after = workflow.RETENTION.target(retention.state, "lift", role, reason)
    retention.reason = ""
    return _step(session, exchange, retention, "lift_contest", after, act, reason or None)


def undo(session: Session, exchange: Exchange, *, reason: str, on: date, act: Act) -> None:
    """Undo the retention of an exchange about to be cancelled: its releases first, each by its opposite."""
    retention = of_exchange(session, exchange, lock=True)
    if retention is None:
        return
    releases = [released_source(exchange, n) for n in range(int(retention.release_count), 0, -1)]
    for source in (*releases, held_source(exchange)):
        posted.reverse(session, source, exchange, reason=reason, on=on, act=act)
    # Nothing is held any more; the entries say how it was.
    retention.released_cents, retention.state = retention.held_cents, RELEASED
    exchange.retained_cents = 0


def of_exchange(session: Session, exchange: Exchange, *, lock: bool = False) -> Retention | None:
    """Return what was held back of an exchange, if anything was."""
    wanted = select(Retention).where(Retention.exchange_id == exchange.id)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return session.execute(wanted).scalars().one_or_none()


def of_exchanges(session: Session, exchanges: Iterable[Exchange]) -> dict[int, Retention]:
    """Return what was held back of some exchanges, by the exchange's id."""
    ids = [exchange.id for exchange in exchanges]
    found = session.execute(select(Retention).where(Retention.exchange_id.in_(ids))).scalars()
    return {int(retention.exchange_id): retention for retention in found}


def releasable(session: Session, today: date) -> list[Retention]:
    """Return what is to be let go by its date, the longest due first; what is opposed is not among it."""
    due = _held(HELD).where(Retention.release_on <= today)
    due = due.where(Exchange.state != WAITING, Exchange.step_waits == "")
    return list(session.execute(due.order_by(Retention.release_on, Retention.id)).scalars())


def sources_of(exchange: Exchange, retention: Retention | None) -> list[str]:
    """Return the sources of all entries about what was held back of an exchange, in order."""
    if retention is None:
        return []
    releases = (released_source(exchange, number) for number in range(1, int(retention.release_count) + 1))
    return [held_source(exchange), *releases]


def _held(*states: str) -> Any:
    standing = select(Retention).join(Retention.exchange).where(Exchange.state != CANCELLED)
    return standing.where(Retention.state.in_(states), Retention.released_cents < Retention.held_cents)


def _locked(session: Session, exchange: Exchange, action: str) -> tuple[Exchange, Retention]:
    exchange = posted.locked(session, exchange.id)
    retention = of_exchange(session, exchange, lock=True)
    if retention is None or exchange.state in (CANCELLED, WAITING):
        raise WrongState(subject="retention", action=action, state=exchange.state)
    return exchange, retention


def _refuse_wrong(exchange: Exchange, cents: int) -> None:
    waiting.refuse(exchange)
    if exchange.state != WAITING:
        workflow.EXCHANGE.target(exchange.state, "settle", workflow.ACCOUNTANT)
    if cents <= 0:
        raise AmountNotPositive(amount_cents=cents)
    if cents > exchange.payable_cents:
        raise TooMuch(amount_cents=cents, remaining_cents=exchange.payable_cents)


def _refuse_wrong_release(retention: Retention, cents: int) -> None:
    if cents <= 0:
        raise AmountNotPositive(amount_cents=cents)
    if cents > retention.remaining_cents:
        raise MoreThanHeld(amount_cents=cents, held_cents=retention.remaining_cents)


def _same_release(
    session: Session, exchange: Exchange, retention: Retention, number: int, cents: int | None
) -> Retention:
    source = released_source(exchange, number)
    # With a lock: the first click may be younger than our snapshot.
    totals = select(Entry.total_cents).where(Entry.source == source).with_for_update(read=True)
    if cents is not None and session.execute(totals).scalar_one_or_none() != 2 * cents:
        raise ledger.SourceReused(source=source)
    return retention


def _scheme_of(session: Session, exchange: Exchange) -> postings.Scheme:
    """Return the scheme with the accounts the retention was posted on."""
    entry = posted.entry_of(session, held_source(exchange), exchange)
    accounts = postings.accounts_of_retention(ledger.drafts_of([entry])[0])
    return posted.scheme_of(session, exchange).with_accounts(accounts)


def _step(
    session: Session,
    exchange: Exchange,
    retention: Retention,
    action: str,
    after: str,
    act: Act,
    reason: str | None,
) -> Retention:
    retention.state = after
    remember(session, exchange, action, act, before=exchange.state, after=exchange.state, reason=reason)
    return retention


__all__ = [
    "CONTESTED", "HELD", "RELEASED", "contest", "hold", "lift", "of_exchange", "of_exchanges",
    "releasable", "release", "release_due", "sources_of", "undo",
]  # fmt: skip
