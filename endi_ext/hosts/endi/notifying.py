"""People are told by the worker: woken after each commit that left something to tell, and once a day."""

import logging
from typing import Any

import transaction
from caerp.celery.conf import get_request
from celery.signals import worker_ready
from kombu.exceptions import OperationalError
from pyramid.threadlocal import get_current_request
from pyramid_celery import celery_app
from sqlalchemy import event

from ...kernel.history import Event
from ...web import telling
from ...web.daily import run as do_the_duties

log = logging.getLogger(__name__)

# Marks the transaction whose end wakes the worker: once, however much was done in it.
WOKEN = object()


@celery_app.task(name="endi_ext.tell")
def tell(site: str = "") -> int:
    """Tell people of what was committed; `site` begins the addresses unless a setting does."""
    request = get_request()
    return telling.tell(request, telling.chosen_site(request) or site).told


@celery_app.task(name="endi_ext.daily")
def daily() -> list[str]:
    """Do the duties of the day; return what went wrong, which the worker's log keeps."""
    return [str(trouble) for done in do_the_duties(get_request()) for trouble in done.troubles]


def listen() -> None:
    """Wake the worker after each commit that remembers something; called again, it changes nothing."""
    if not event.contains(Event, "after_insert", _remembered):
        event.listen(Event, "after_insert", _remembered)


def _remembered(_mapper: Any, _connection: Any, remembered: Event) -> None:
    current = transaction.get()
    try:
        current.data(WOKEN)
    except KeyError:
        if remembered.untold:
            current.set_data(WOKEN, True)
            current.addAfterCommitHook(_wake, args=(_site(),))


def _wake(committed: bool, site: str) -> None:
    if not committed:
        return
    try:
        tell.apply_async((site,), retry=False)
    except OperationalError:
        log.warning(
            "nobody was told: the broker does not answer; the next commit or the daily command does it"
        )


def _site() -> str:
    """Return where the page under way was asked, if one is: commands and the worker know no address."""
    request = get_current_request()
    served = request is not None and request.environ.get("wsgi.url_scheme") and request.matched_route
    return telling.site_of(request) if served else ""


@worker_ready.connect
def _tell_what_waited(**_said: object) -> None:
    tell.apply_async(retry=False)
