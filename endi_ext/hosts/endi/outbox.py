"""The papers asked for become documents of the host: one at a time, each in a transaction of its own.

What is asked is woken after the commit; what was missed is found by the next to be woken, by the worker when
it starts, and by the command `endi-ext documents`.
"""

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import transaction
from caerp.celery.locks import is_locked
from caerp.models.base import DBSESSION
from caerp.models.services.official_number import LOCK_TIMEOUT
from caerp.models.supply.services.supplierinvoice_official_number import (
    InternalSupplierInvoiceNumberService,
)
from caerp.models.task.services import InternalInvoiceNumberService
from pyramid_retry import RetryableException
from sqlalchemy import exists, or_, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import aliased

from ...exchanges.models import Exchange, Settlement
from ...exchanges.paper_models import (
    CREDIT_NOTE,
    DONE,
    FAILED,
    INVOICE,
    MIRROR,
    NOT_NEEDED,
    PAYMENT,
    PENDING,
    DocumentTask,
)
from ...exchanges.papers import MADE_BY_HOST, REVERSAL
from ...kernel.preferences import Preference
from . import making, paper_request
from .paper_errors import CannotMakePaper

log = logging.getLogger(__name__)

# What failed is tried again after this long, and not for ever.
REST = timedelta(minutes=10)
MOST_ATTEMPTS = 20
# Someone else takes a number or holds a row: soon again.
BUSY, UNEXPECTED = "paper_busy", "paper_unexpected"
SOON_S = 1
# Another process of the worker is at it, and comes back for what waits once it is done.
ELSEWHERE, MADE = "elsewhere", "made"
NUMBER_LOCKS = (InternalInvoiceNumberService.lock_name, InternalSupplierInvoiceNumberService.lock_name)


class MadeElsewhere(Exception):
    """Another process makes papers at this moment."""


def make_next(registry: Any) -> int | None:
    """Make the next paper; return in how many seconds to come back for another, or None.

    What goes wrong is noted with the paper.
    """
    task_id = _next()
    if task_id is None:
        return None
    if any(is_locked(name, LOCK_TIMEOUT) for name in NUMBER_LOCKS):
        return SOON_S
    outcome = _attempt(registry, task_id)
    if outcome == ELSEWHERE:
        return None
    if outcome == BUSY:
        return SOON_S
    return None if _next() is None else 0


def _next() -> int | None:
    """Return the oldest paper to make whose exchange waits for no earlier one."""
    earlier = aliased(DocumentTask)
    unfinished = (PENDING, FAILED)
    waits = exists().where(
        earlier.exchange_id == DocumentTask.exchange_id,
        earlier.id < DocumentTask.id,
        earlier.state.in_(unfinished),
    )
    rested = or_(DocumentTask.tried_at.is_(None), DocumentTask.tried_at < datetime.now(UTC) - REST)
    due = select(DocumentTask.id).where(DocumentTask.state.in_(unfinished), rested, ~waits)
    due = due.where(DocumentTask.attempts < MOST_ATTEMPTS).order_by(DocumentTask.id).limit(1)
    with transaction.manager:
        found: int | None = DBSESSION().execute(due).scalar()
    return found


def _attempt(registry: Any, task_id: int) -> str:
    """Make one paper and commit it; a refusal is noted, a crash is noted and goes on to the log.

    Returns MADE, ELSEWHERE, or why not.
    """
    failure: tuple[str, dict[str, Any]] | None = (UNEXPECTED, {})
    transaction.begin()
    try:
        _make(registry, task_id)
        transaction.commit()
        failure = None
    except MadeElsewhere:
        failure = None
        transaction.abort()
        return ELSEWHERE
    except CannotMakePaper as refusal:
        failure = (refusal.code, refusal.facts)
    except (RetryableException, OperationalError) as busy:
        log.info("paper %s is tried again later: %s", task_id, busy)
        failure = (BUSY, {})
    finally:
        if failure is not None:
            transaction.abort()
            _note(task_id, *failure)
    return MADE if failure is None else failure[0]


def _make(registry: Any, task_id: int) -> None:
    """Make the paper of a task, kept from the first statement on: the snapshot is taken after the wait."""
    _one_at_a_time()
    task = _locked(task_id)
    if task.state not in (PENDING, FAILED):
        return
    now = datetime.now(UTC)
    task.attempts, task.tried_at = task.attempts + 1, now
    with paper_request.lent(registry) as request:
        task.state = _MAKE[task.action](request, task, now)
    if task.state == DONE:
        task.done_at, task.error_code, task.error_facts = now, "", "{}"


def _one_at_a_time() -> None:
    """Papers take numbers under the host's lock, which is not released before the commit.

    Raises MadeElsewhere: waiting here would keep a process from releasing that lock.
    """
    row = select(Preference.name).where(Preference.name == MADE_BY_HOST).with_for_update(nowait=True)
    try:
        DBSESSION().execute(row)
    except OperationalError as error:
        raise MadeElsewhere from error


def _locked(task_id: int) -> DocumentTask:
    row = select(DocumentTask).where(DocumentTask.id == task_id).with_for_update()
    task: DocumentTask = DBSESSION().execute(row.execution_options(populate_existing=True)).scalars().one()
    return task


def _note(task_id: int, code: str, facts: dict[str, Any]) -> None:
    """Note on a task why it was not made; what was only busy stays pending."""
    with transaction.manager:
        task = _locked(task_id)
        now = datetime.now(UTC)
        task.attempts, task.tried_at = task.attempts + 1, now - REST if code == BUSY else now
        task.state = PENDING if code == BUSY else FAILED
        task.error_code, task.error_facts = code, json.dumps(facts, ensure_ascii=False)[:2000]


def _invoice(request: Any, task: DocumentTask, now: datetime) -> str:
    cancelled = _asked(task.exchange_id, CREDIT_NOTE)
    if cancelled is not None:
        # Cancelled before its paper was made: neither is needed, nor what lies between.
        for one in DBSESSION().query(DocumentTask).filter_by(exchange_id=task.exchange_id):
            one.state = NOT_NEEDED
        return NOT_NEEDED
    making.invoice(request, _exchange(task), now)
    return DONE


def _credit_note(request: Any, task: DocumentTask, now: datetime) -> str:
    return DONE if making.credit_note(request, _exchange(task), now) else NOT_NEEDED


def _payment(request: Any, task: DocumentTask, _now: datetime) -> str:
    undone = _asked(task.exchange_id, f"{REVERSAL}:{task.of_id}")
    if undone is not None:
        undone.state = NOT_NEEDED
        return NOT_NEEDED
    making.payment(request, _exchange(task), _settlement(task))
    return DONE


def _payment_reversal(request: Any, task: DocumentTask, _now: datetime) -> str:
    making.payment_taken_back(request, _exchange(task), _settlement(task))
    return DONE


def _mirror(request: Any, task: DocumentTask, _now: datetime) -> str:
    making.mirror(request, _exchange(task), task.of_id)
    return DONE


_MAKE: dict[str, Callable[[Any, DocumentTask, datetime], str]] = {
    INVOICE: _invoice,
    CREDIT_NOTE: _credit_note,
    PAYMENT: _payment,
    REVERSAL: _payment_reversal,
    MIRROR: _mirror,
}


def _asked(exchange_id: int, kind: str) -> DocumentTask | None:
    found: DocumentTask | None = (
        DBSESSION().query(DocumentTask).filter_by(exchange_id=exchange_id, kind=kind).one_or_none()
    )
    return found


def _exchange(task: DocumentTask) -> Exchange:
    exchange: Exchange = task.exchange
    return exchange


def _settlement(task: DocumentTask) -> Settlement:
    settlement: Settlement = DBSESSION().get(Settlement, task.of_id)
    return settlement
