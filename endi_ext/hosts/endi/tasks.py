"""What the host's Celery worker does for us."""

import logging
from typing import Any

import transaction
from caerp.celery.conf import get_registry, get_request
from caerp.models.base import DBSESSION
from caerp.utils.mail import send_mail
from celery.signals import worker_process_init, worker_ready
from kombu.exceptions import OperationalError
from pyramid_celery import celery_app
from sqlalchemy import event

from ...exchanges.paper_models import PENDING, DocumentTask
from . import outbox

log = logging.getLogger(__name__)

MAKE_PAPERS = "endi_ext.make_papers"


@celery_app.task(name="endi_ext.send_letter")
def send_letter(recipients: list[str], subject: str, body: str) -> bool:
    """Send a plain text letter; the host notes in its log what could not leave."""
    return bool(send_mail(get_request(), recipients, body, subject))


@celery_app.task(name=MAKE_PAPERS)
def make_papers() -> None:
    """Make one paper that waits, and come back for the next: the host's own tasks get their turn between."""
    wait_s: int | None = 0
    try:
        wait_s = outbox.make_next(get_registry())
    finally:
        # After a crash, noted on its paper and on its way to the log, the others are made all the same.
        if wait_s is not None:
            make_papers.apply_async(countdown=wait_s)


def wake() -> None:
    """Ask the worker to make what waits; without a broker the next to ask, or the worker's start, does it."""
    try:
        make_papers.apply_async(retry=False)
    except OperationalError:
        log.warning("the papers asked for wait: the broker does not answer")


def listen() -> None:
    """Wake the worker after each commit that asks for a paper; called again, it changes nothing."""
    for name in ("after_insert", "after_update"):
        if not event.contains(DocumentTask, name, _on_task):
            event.listen(DocumentTask, name, _on_task)


def _on_task(_mapper: Any, _connection: Any, task: DocumentTask) -> None:
    if task.state == PENDING and not task.attempts:
        transaction.get().addAfterCommitHook(_after_commit)


def _after_commit(committed: bool) -> None:
    if committed:
        wake()


@worker_process_init.connect
def _own_connections(**_said: object) -> None:
    """Leave the parent its connections: it looked at our tables before it forked, two cannot share one."""
    DBSESSION().get_bind().dispose(close=False)


@worker_ready.connect
def _make_what_waited(**_said: object) -> None:
    wake()
