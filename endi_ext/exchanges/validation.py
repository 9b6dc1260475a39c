"""What waits of exchanges is let into the books, or is not: entries posted, then what they stand for done.

Locks are taken in the usual order: the rows of the exchanges by their ids, the head of the book last.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel.errors import DomainError
from ..kernel.history import Act, remember
from ..ledger import drafts
from ..ledger.draft_models import WAITING as DRAFT_WAITS
from ..ledger.draft_models import Draft
from . import papers, reductions, retention, service, waiting, workflow
from .models import WAITING, Exchange, Settlement
from .paper_models import Reduction
from .waiting_models import INVOICE, REDUCE, SETTLE, WaitingStep

HELD = ":retained"


class ExchangeWaits(DomainError):
    """What is validated comes after an exchange that waits itself (facts: exchange)."""

    code = "exchange_waits"


@dataclass(frozen=True)
class Concern:
    """What a draft is about: an exchange, and its step that waits if it is not the exchange itself."""

    draft: Draft
    exchange_id: int | None = None
    step: bool = False


@dataclass(frozen=True)
class Released:
    """What is held back of an exchange and was let go by a validation: who had asked, from which state."""

    exchange: Exchange
    role: str
    before: str


@dataclass(frozen=True)
class Validated:
    """What a validation did."""

    drafts: Sequence[Draft]
    released: Sequence[Released]


def concerns(session: Session, ids: Iterable[int]) -> list[Concern]:
    """Return what drafts are about, with those that go along: what is held back of an exchange, and it."""
    found = drafts.of_ids(session, ids)
    exchanges = _exchanges(session, {_exchange_source(draft.source) for draft in found})
    companions = [source for own in exchanges for source in (own, f"{own}{HELD}")]
    known = {draft.id for draft in found}
    found += [draft for draft in _waiting(session, companions) if draft.id not in known]
    steps = _steps(session, [draft.source for draft in found])
    return [_concern(draft, exchanges, steps) for draft in found]


def validate(session: Session, ids: Iterable[int], act: Act, *, on: date | None = None) -> Validated:
    """Post what waits and do what it stands for, all of it or nothing; `on` dates it on another day.

    What is held back of an exchange goes with it. What was validated before is left.
    Raises ExchangeWaits, drafts.DraftDecided, drafts.DayNotOpen, ledger.PeriodClosed.
    """
    found = concerns(session, ids)
    exchanges = lock(session, found)
    entering = {one.exchange_id for one in found if not one.step}
    for one in found:
        exchange = exchanges.get(one.exchange_id or 0)
        if one.step and exchange is not None and exchange.state == WAITING and exchange.id not in entering:
            raise ExchangeWaits(exchange=exchange.label)
    posted = drafts.validate(session, [one.draft.id for one in found], act, on=on)
    about = {one.draft.id: one for one in found}
    released = [_apply(session, about[draft.id], exchanges, act) for draft in sorted(posted, key=_key)]
    return Validated(posted, [one for one in released if one is not None])


def reject_step(session: Session, exchange: Exchange, *, reason: str, act: Act) -> None:
    """Reject the entry of the step of an exchange that waits: it does not happen, both sides are told.

    Raises ReasonMissing.
    """
    exchange = service.locked(session, exchange.id)
    if not exchange.step_waits:
        return
    waiting.drop(session, exchange, reason=reason, act=act)
    states = {"before": exchange.state, "after": exchange.state}
    remember(session, exchange, "step_rejected", act, reason=reason.strip(), **states)


def lock(session: Session, found: Sequence[Concern]) -> dict[int, Exchange]:
    """Keep the rows of the exchanges for this transaction, in the order of their ids."""
    ids = sorted({one.exchange_id for one in found if one.exchange_id is not None})
    return {exchange_id: service.locked(session, exchange_id) for exchange_id in ids}


def _key(draft: Draft) -> int:
    return int(draft.id)


def _apply(session: Session, one: Concern, exchanges: dict[int, Exchange], act: Act) -> Released | None:
    exchange = exchanges.get(one.exchange_id or 0)
    if exchange is None:
        return None
    if one.step:
        return _do(session, exchange, act)
    if exchange.state == WAITING:
        _enter(session, exchange, act)
    return None


def _enter(session: Session, exchange: Exchange, act: Act) -> None:
    """Let an exchange into the books; the host is asked for its invoice now."""
    after = workflow.EXCHANGE.target(exchange.state, "enter", workflow.ACCOUNTANT)
    before, exchange.state = exchange.state, after
    remember(session, exchange, "entered", act, before=before, after=after)
    step = None if exchange.step_waits else waiting.of_exchange(session, exchange)
    if step is not None and step.kind == INVOICE:
        waiting.forget(session, exchange, step)
        papers.ask_invoice(session, exchange, act)


def _do(session: Session, exchange: Exchange, act: Act) -> Released | None:
    """Do the step that waited, as the one who had asked for it."""
    step = waiting.of_exchange(session, exchange)
    assert step is not None, "its draft was waiting"
    asked = Act(str(step.actor_key), str(step.recorded_by), act.at, act.today)
    waiting.forget(session, exchange, step)
    if step.kind == SETTLE:
        _settle(session, exchange, step, asked)
        return None
    if step.kind == REDUCE:
        reductions.apply(session, exchange, _reduction(step), asked)
        return None
    held = retention.of_exchange(session, exchange, lock=True)
    assert held is not None, "what is let go was held"
    before = str(held.state)
    said = {"role": str(step.role), "reason": str(step.reason)}
    retention.apply_release(session, exchange, held, step.amount_cents, on=step.dated_on, act=asked, **said)
    return Released(exchange, str(step.role), before)


def _settle(session: Session, exchange: Exchange, step: WaitingStep, act: Act) -> None:
    settlement = Settlement(
        exchange_id=exchange.id,
        request_key=step.request_key,
        amount_cents=step.amount_cents,
        settled_on=step.dated_on,
        recorded_at=step.recorded_at,
        recorded_by=step.recorded_by,
    )
    session.add(settlement)
    session.flush()  # the paper asked for names it by its id
    service.apply_settlement(session, exchange, settlement, act)


def _reduction(step: WaitingStep) -> Reduction:
    return Reduction(
        exchange_id=step.exchange_id,
        request_key=step.request_key,
        amount_cents=step.amount_cents,
        contribution_cents=step.contribution_cents,
        reduced_on=step.dated_on,
        reason=step.reason,
        recorded_at=step.recorded_at,
        recorded_by=step.recorded_by,
    )


def _concern(draft: Draft, exchanges: dict[str, int], steps: dict[str, int]) -> Concern:
    if draft.source in steps:
        return Concern(draft, steps[draft.source], step=True)
    return Concern(draft, exchanges.get(_exchange_source(draft.source)))


def _exchange_source(source: str) -> str:
    return source.removesuffix(HELD)


def _exchanges(session: Session, sources: Iterable[str]) -> dict[str, int]:
    wanted = select(Exchange.source, Exchange.id).where(Exchange.source.in_(sorted(sources)))
    return {source: int(exchange_id) for source, exchange_id in session.execute(wanted)}


def _waiting(session: Session, sources: Sequence[str]) -> list[Draft]:
    wanted = select(Draft).where(Draft.source.in_(sources), Draft.state == DRAFT_WAITS)
    return list(session.execute(wanted.order_by(Draft.id)).scalars())


def _steps(session: Session, sources: Sequence[str]) -> dict[str, int]:
    wanted = select(WaitingStep.source, WaitingStep.exchange_id).where(
        WaitingStep.source.in_(sources), WaitingStep.kind != INVOICE
    )
    return {source: int(exchange_id) for source, exchange_id in session.execute(wanted)}


__all__ = ["Concern", "ExchangeWaits", "Released", "Validated", "concerns", "lock", "reject_step", "validate"]
