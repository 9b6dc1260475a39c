"""What is asked of a host that makes papers: written with the exchange, made later by the host's worker."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..kernel import preferences
from ..kernel.errors import WrongState
from ..kernel.history import Act, remember
from ..kernel.parties import INTERNAL
from .models import Exchange, Settlement
from .paper_models import (
    CREDIT_NOTE,
    FAILED,
    GIVEN_UP,
    INVOICE,
    NOT_NEEDED,
    PAYMENT,
    PENDING,
    DocumentTask,
    HostDocument,
)

REVERSAL = "payment_reversal"

# Noted by a host that makes papers, when it starts; ours to read wherever we run, without the host.
MADE_BY_HOST, YES = "host_makes_documents", "yes"
# What an admin chose: all that the host can make, or nothing.
CHOICE, EVERYTHING, LEDGER_ONLY = "host_documents", "everything", "ledger_only"
SILENT = "endi_ext_papers_made_already"


@contextmanager
def made_already(session: Session) -> Iterator[None]:
    """Ask for no paper within: what is recorded was made in the host first."""
    session.info[SILENT] = True
    try:
        yield
    finally:
        del session.info[SILENT]


def offer(session: Session, act: Act) -> None:
    """Note that this host makes papers; it says so each time it starts."""
    if not made_by_host(session):
        preferences.note(session, MADE_BY_HOST, YES, act)


def made_by_host(session: Session) -> bool:
    """Say whether the host makes papers at all."""
    return preferences.get(session, MADE_BY_HOST) == YES


def wanted(session: Session) -> bool:
    """Say whether new exchanges get their papers from the host."""
    return made_by_host(session) and preferences.get(session, CHOICE) != LEDGER_ONLY


def ask_invoice(session: Session, exchange: Exchange, act: Act) -> None:
    """Ask for the invoice of an exchange just recorded, on both sides; the cooperative itself has none."""
    if wants_invoice(session, exchange):
        _ask(session, exchange, INVOICE, act)


def wants_invoice(session: Session, exchange: Exchange) -> bool:
    """Say whether an exchange just recorded is to have an invoice of the host."""
    between_entrepreneurs = exchange.seller.kind == INTERNAL == exchange.buyer.kind
    return between_entrepreneurs and wanted(session) and SILENT not in session.info


def ask_payment(session: Session, exchange: Exchange, settlement: Settlement, act: Act) -> None:
    """Ask for the payment on both sides, if the exchange has its invoice or waits for it."""
    if _followed(session, exchange):
        _ask(session, exchange, f"{PAYMENT}:{settlement.id}", act)


def ask_payment_reversal(session: Session, exchange: Exchange, settlement: Settlement, act: Act) -> None:
    """Ask that a payment be taken back on both sides."""
    if _task(session, exchange.id, f"{PAYMENT}:{settlement.id}") is not None:
        _ask(session, exchange, f"{REVERSAL}:{settlement.id}", act)


def ask_credit_note(session: Session, exchange: Exchange, act: Act) -> None:
    """Ask for the credit note of an exchange just cancelled."""
    if _followed(session, exchange):
        _ask(session, exchange, CREDIT_NOTE, act)


def retry(session: Session, task_id: int, act: Act) -> DocumentTask:
    """Ask again for a paper that failed or was given up. Raises WrongState."""
    task = _changeable(session, task_id, "retry_document", (PENDING, FAILED, GIVEN_UP))
    waits_already = task.state == PENDING and not task.attempts
    # Written in any case: the host's worker is woken by what is written.
    task.state, task.attempts, task.tried_at, task.asked_at = PENDING, 0, None, act.at
    if not waits_already:
        remember(session, task.exchange, "document_asked", act)
    return task


def give_up(session: Session, task_id: int, reason: str, act: Act) -> DocumentTask:
    """Leave a paper unmade, for good: someone makes it by hand. Raises WrongState."""
    task = _changeable(session, task_id, "give_up_document", (PENDING, FAILED))
    task.state = GIVEN_UP
    remember(session, task.exchange, "document_given_up", act, reason=reason)
    return task


def unfinished(session: Session, *, size: int) -> list[DocumentTask]:
    """Return the papers still to make, those that failed first."""
    wanted_ones = select(DocumentTask).where(DocumentTask.state.in_((FAILED, PENDING)))
    # "failed" comes before "pending" in the alphabet too.
    ordered = wanted_ones.order_by(DocumentTask.state, DocumentTask.id).limit(size)
    return list(session.execute(ordered).scalars())


def counted(session: Session) -> dict[str, int]:
    """Return how many papers stand in each state."""
    grouped = select(DocumentTask.state, func.count()).group_by(DocumentTask.state)
    return {state: int(count) for state, count in session.execute(grouped)}


def wait(session: Session, exchange_id: int) -> bool:
    """Say whether papers of an exchange are still to make."""
    waiting = select(DocumentTask.id).where(
        DocumentTask.exchange_id == exchange_id, DocumentTask.state.in_((PENDING, FAILED))
    )
    return session.execute(waiting.limit(1)).scalar() is not None


def tasks_of(session: Session, exchange_id: int) -> list[DocumentTask]:
    """Return all that was asked for an exchange, in order."""
    asked = select(DocumentTask).where(DocumentTask.exchange_id == exchange_id)
    return list(session.execute(asked.order_by(DocumentTask.id)).scalars())


def documents_of(session: Session, exchange_id: int) -> list[HostDocument]:
    """Return all that the host made for an exchange, in order."""
    made = select(HostDocument).where(HostDocument.exchange_id == exchange_id)
    return list(session.execute(made.order_by(HostDocument.id)).scalars())


def paired(session: Session, family: str, **sides: Any) -> HostDocument | None:
    """Return the pair we made of one of the host's rows, by `sale_id` or by `purchase_id`."""
    conditions = [getattr(HostDocument, side) == host_id for side, host_id in sides.items()]
    pair = select(HostDocument).where(HostDocument.family == family, *conditions)
    return session.execute(pair).scalars().one_or_none()


def _followed(session: Session, exchange: Exchange) -> bool:
    invoice = _task(session, exchange.id, INVOICE)
    return invoice is not None and invoice.state not in (GIVEN_UP, NOT_NEEDED)


def _task(session: Session, exchange_id: int, kind: str) -> DocumentTask | None:
    asked = select(DocumentTask).where(DocumentTask.exchange_id == exchange_id, DocumentTask.kind == kind)
    return session.execute(asked).scalars().one_or_none()


def _ask(session: Session, exchange: Exchange, kind: str, act: Act) -> None:
    if SILENT in session.info:
        return
    session.add(
        DocumentTask(
            exchange_id=exchange.id,
            kind=kind,
            state=PENDING,
            attempts=0,
            error_code="",
            error_facts="{}",
            asked_at=act.at,
            asked_by=act.actor_name,
        )
    )


def _changeable(session: Session, task_id: int, action: str, states: Sequence[str]) -> DocumentTask:
    row = select(DocumentTask).where(DocumentTask.id == task_id).with_for_update()
    task = session.execute(row.execution_options(populate_existing=True)).scalars().one()
    if task.state not in states:
        raise WrongState(subject="document_task", action=action, state=task.state)
    return task
