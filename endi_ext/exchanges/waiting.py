"""The step of an exchange that waits for an accountant: put aside, found again, dropped.

An exchange whose first entry waits is not in the books: nothing of it is due. Of one that is in the books one
step at a time may wait, and nothing else is done to it meanwhile. What validation does is in validation.py.
"""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel.errors import DomainError
from ..kernel.history import Act, remember
from ..ledger import drafts
from ..ledger.draft_models import Draft
from .models import WAITING, Exchange
from .waiting_models import INVOICE, REDUCE, RELEASE, SETTLE, WaitingStep

# What the history calls a step put aside; the step itself is told when it happens.
PUT_ASIDE = {SETTLE: "settlement_waits", REDUCE: "reduction_waits", RELEASE: "release_waits"}


class EntryWaits(DomainError):
    """A step of the exchange waits for an accountant: nothing else is done to it (facts: exchange)."""

    code = "entry_waits"


def refuse(exchange: Exchange) -> None:
    """Refuse to do anything to an exchange of which a step waits. Raises EntryWaits."""
    if exchange.step_waits:
        raise EntryWaits(exchange=exchange.label)


def put_aside(
    session: Session, exchange: Exchange, kind: str, draft: Draft, *, on: date, act: Act, **facts: Any
) -> WaitingStep:
    """Note what is to be done to a locked exchange once `draft` is validated; nothing of it happens now."""
    step = WaitingStep(
        exchange_id=exchange.id,
        kind=kind,
        source=draft.source,
        dated_on=on,
        recorded_at=act.at,
        recorded_by=act.actor_name,
        actor_key=act.actor_key,
        **facts,
    )
    session.add(step)
    exchange.step_waits = kind
    remember(session, exchange, PUT_ASIDE[kind], act, before=exchange.state, after=exchange.state)
    session.flush()  # the database refuses a second one here
    return step


def enter(session: Session, exchange: Exchange, act: Act, *, wants_invoice: bool) -> None:
    """Let an exchange just recorded wait; the host's invoice, if it is to have one, is asked for later."""
    exchange.state = WAITING
    if wants_invoice:
        facts = {"source": exchange.source, "dated_on": exchange.accepted_on, "recorded_at": act.at}
        who = {"recorded_by": act.actor_name, "actor_key": act.actor_key}
        session.add(WaitingStep(exchange_id=exchange.id, kind=INVOICE, **facts, **who))


def of_exchange(session: Session, exchange: Exchange) -> WaitingStep | None:
    """Return the step of a locked exchange that waits."""
    found = select(WaitingStep).where(WaitingStep.exchange_id == exchange.id).with_for_update()
    step: WaitingStep | None = session.execute(found).scalars().one_or_none()
    return step


def draft_of(session: Session, exchange: Exchange) -> Draft | None:
    """Return the entry of an exchange that waits, or of its step, if one does."""
    if exchange.state == WAITING:
        return drafts.of_source(session, str(exchange.source))
    step = of_exchange(session, exchange) if exchange.step_waits else None
    return None if step is None else drafts.of_source(session, str(step.source))


def same(session: Session, exchange: Exchange, kind: str, **facts: Any) -> WaitingStep | None:
    """Return the step that waits if it is the one asked for again; none if none waits. Raises EntryWaits."""
    if not exchange.step_waits:
        return None
    step = of_exchange(session, exchange)
    assert step is not None, "its exchange says that one waits"
    if step.kind != kind or any(getattr(step, name) != value for name, value in facts.items()):
        raise EntryWaits(exchange=exchange.label)
    return step


def drop(session: Session, exchange: Exchange, *, reason: str, act: Act) -> None:
    """Reject the entry of the step that waits, if one does: it does not happen."""
    step = of_exchange(session, exchange)
    if step is None:
        return
    draft = drafts.of_source(session, str(step.source)) if exchange.step_waits else None
    if draft is not None:
        drafts.reject(session, [draft.id], act, reason=reason)
    forget(session, exchange, step)


def forget(session: Session, exchange: Exchange, step: WaitingStep) -> None:
    """Take a step away: it has happened, or will not."""
    exchange.step_waits = ""
    session.delete(step)
    session.flush()  # the next one may wait at once
