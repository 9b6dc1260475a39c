"""Whether our tables stand; if not, the log and our pages say which command to run; the rest works."""

import logging
from threading import Lock
from typing import Any

from pyramid.events import BeforeTraversal
from pyramid_layout.layout import LayoutManager
from sqlalchemy import inspect
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ... import migrations
from ...exchanges import papers
from ...kernel.history import Act
from ...ports import Clock, Directory
from .identity import WORKER_KEY, WORKER_NAME

log = logging.getLogger(__name__)

COMMAND = "endi-ext -c app.ini upgrade (app.ini : le fichier de votre enDI)"

SENTENCES = {
    migrations.NO_TABLES: "Les tables des échanges internes n'existent pas encore. À lancer : {command}",
    migrations.OLD_SCHEMA: (
        "Les tables des échanges internes sont plus anciennes que le programme. À lancer : {command}"
    ),
    migrations.UNKNOWN_SCHEMA: (
        "Les tables des échanges internes sont plus récentes que le programme. "
        "À faire : mettre à jour endi_ext, puis relancer enDI."
    ),
}


class NotReady(Exception):
    """Our pages cannot work on this database (facts: the sentence that says what to do)."""

    # The host's menu reads the name of whatever stands as the context of a page.
    __name__ = "endi_ext_not_ready"


class Readiness:
    """What is wrong with the tables, asked again until nothing is.

    Parties are then brought in step once, and the plugin told that this host makes papers.
    """

    def __init__(self, engine: Engine, directory: Directory, clock: Clock) -> None:
        self._engine = engine
        self._directory = directory
        self._clock = clock
        self._lock = Lock()
        self._ready = False

    def sentence(self) -> str | None:
        """Return what to do before our pages can work, or None."""
        with self._lock:
            return None if self._ready else self._look()

    def _look(self) -> str | None:
        with self._engine.connect() as connection:
            problem = migrations.problem(connection)
        if problem is not None:
            return SENTENCES[problem].format(command=COMMAND)
        self._sync()
        self._ready = True
        return None

    def _sync(self) -> None:
        # A company may have been written while the plugin was out, or by a command that stops the listeners.
        with Session(self._engine, future=True) as session:
            if not inspect(session.connection()).has_table("company"):
                return  # before the host's first syncdb
            try:
                changed = self._directory.sync(session)
                papers.offer(session, Act(WORKER_KEY, WORKER_NAME, self._clock.now(), self._clock.today()))
                session.commit()
            except IntegrityError:
                # Web server and worker start together: the other one has just written the same parties.
                log.info("parties are being brought in step by another process")
            else:
                log.info("parties brought in step: %s changed", changed)


def includeme(config: Any) -> None:
    """Say at start what is wrong, and on our pages for as long as it is."""
    from caerp.models.base import DBSESSION

    registry = config.registry
    registry.endi_ext_readiness = Readiness(
        DBSESSION().get_bind(), registry.endi_ext_host.directory, registry.endi_ext_host.clock
    )
    sentence = registry.endi_ext_readiness.sentence()
    if sentence:
        log.error(sentence)


def add_guard(config: Any) -> None:
    """Put the page that says what to run in place of ours while they cannot work."""
    config.add_subscriber(_guard, BeforeTraversal)
    config.add_exception_view(
        _not_ready, context=NotReady, renderer="endi_ext.hosts.endi:templates/not_ready.mako"
    )


def _guard(event: BeforeTraversal) -> None:
    route = event.request.matched_route
    if route is None or not route.name.startswith("endi_ext."):
        return
    sentence = event.request.registry.endi_ext_readiness.sentence()
    if sentence:
        raise NotReady(sentence)


def _not_ready(exception: NotReady, request: Any) -> dict[str, str]:
    # Nothing was traversed: the host's layout and menus look for what traversal leaves behind.
    request.context = exception
    request.layout_manager = LayoutManager(exception, request)
    request.response.status_code = 503
    return {"title": "Échanges internes", "sentence": str(exception)}
