"""What waits for a client follows the client's payments in the host: right after the commit that wrote them.

Not in the same transaction: ours locks a subcontract, then reads payments; the host's has written one when we
are told; two of them at once would wait for each other, and an accountant would see her receipt refused.
Afterwards a fresh transaction, which locks first and reads then, sees all that was committed. If it fails the
receipt stands, and the daily sweep makes it good. The host announces no payment edited or deleted, hence the
events of its models; what they touched is noted on the transaction under way.
"""

import logging
from datetime import UTC, datetime
from typing import Any

import transaction
from caerp.models.task import CancelInvoice, Invoice, Payment
from pyramid.threadlocal import get_current_request
from sqlalchemy import inspect
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session

from ...kernel.history import Act
from ...subcontracts import client_payments, steps
from ...subcontracts.client_models import NamedInvoice
from ...subcontracts.models import Subcontract
from ..clock import SystemClock
from . import listening
from .identity import WORKER_KEY, WORKER_NAME
from .receipts import EndiReceipts

log = logging.getLogger(__name__)

# Which column of each row leads to the invoice. Internal ones are classes of their own: not these.
WATCHED: dict[Any, str] = {Payment: "task_id", CancelInvoice: "invoice_id", Invoice: "id"}
EVENTS = ("after_insert", "after_update", "after_delete")
_TOUCHED = object()


def _noter(column: str) -> Any:
    def note(_mapper: Any, connection: Connection, row: Any) -> None:
        led_to = inspect(row).attrs[column]
        # A payment taken off its invoice has already forgotten which one.
        ids = {led_to.value, *(led_to.history.deleted or ())} - {None}
        under_way = transaction.get()
        try:
            under_way.data(_TOUCHED).update(ids)
        except KeyError:
            touched = set(ids)
            under_way.set_data(_TOUCHED, touched)
            under_way.addAfterCommitHook(_follow, (connection.engine, touched, _act()))

    return note


def _follow(committed: bool, engine: Engine, invoice_ids: set[int], act: Act) -> None:
    if not committed or not listening.has_table(engine, NamedInvoice.__tablename__):
        return
    with Session(engine, future=True) as session:
        found = (client_payments.behind_which(session, f"invoice:{key}") for key in invoice_ids)
        subcontract_ids = sorted({key for some in found for key in some})
    for key in subcontract_ids:
        # Each in its own: who holds two subcontracts at once may wait for who waits for them.
        with Session(engine, future=True) as session, session.begin():
            # Locked before anything is read: what is read next is what stands then.
            subcontract = steps.lock(session, Subcontract, key)
            moved = client_payments.follow(session, EndiReceipts(), subcontract, act)
        log.info("subcontract %s: %s claims followed the client's payments", key, moved)


def _act() -> Act:
    """Return who records the receipt, read from what is loaded already: we are in the middle of a flush."""
    clock = SystemClock()
    request = get_current_request()
    person = getattr(request, "identity", None) if request is not None else None
    if person is None:
        return Act(WORKER_KEY, WORKER_NAME, datetime.now(UTC), clock.today())
    name = f"{person.firstname or ''} {person.lastname or ''}".strip()
    return Act(f"user:{person.id}", name or WORKER_NAME, clock.now(), clock.today())


_NOTERS = {model: _noter(column) for model, column in WATCHED.items()}
listeners = listening.Listeners([(model, name, note) for model, note in _NOTERS.items() for name in EVENTS])
