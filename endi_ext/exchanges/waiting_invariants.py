"""What must hold of what waits: an exchange says so where its draft does, and its step has one."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..ledger.draft_models import REJECTED, Draft
from ..ledger.draft_models import WAITING as DRAFT_WAITS
from .models import CANCELLED, WAITING, Exchange
from .waiting_models import INVOICE, WaitingStep

STATE_OF = {DRAFT_WAITS: WAITING, REJECTED: CANCELLED}


def apart(session: Session) -> dict[str, dict[str, int]]:
    """Return, by source and the state of an exchange it fits, the total of what waits or was rejected."""
    found: dict[str, dict[str, int]] = {}
    rows = select(Draft.source, Draft.state, Draft.total_cents).where(Draft.state.in_(STATE_OF))
    for source, state, total_cents in session.execute(rows):
        own = source.rpartition(":rejected:")[0] if state == REJECTED else source
        found.setdefault(own, {})[STATE_OF[state]] = int(total_cents)
    return found


def check(session: Session) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return what does not hold, as (code, facts)."""
    waiting = set(session.execute(select(Draft.source).where(Draft.state == DRAFT_WAITS)).scalars())
    steps = {step.exchange_id: step for step in session.execute(select(WaitingStep)).scalars()}
    for exchange in session.execute(select(Exchange)).scalars():
        step = steps.pop(exchange.id, None)
        if (exchange.source in waiting) != (exchange.state == WAITING):
            yield "waits_without_draft", {"exchange_id": exchange.id, "state": exchange.state}
        kind = "" if step is None or step.kind == INVOICE else step.kind
        if kind != exchange.step_waits or (step is not None and kind and step.source not in waiting):
            yield "step_without_draft", {"exchange_id": exchange.id, "step": kind}
        if step is not None and step.kind == INVOICE and exchange.state != WAITING:
            yield "invoice_not_asked", {"exchange_id": exchange.id}
