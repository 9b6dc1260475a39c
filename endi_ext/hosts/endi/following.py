"""Parties follow the host's companies as they are written: created, renamed, made inactive, recoded."""

from typing import Any

from caerp.models.company import Company
from caerp.models.config import Config
from caerp.models.listeners import SQLAListeners
from sqlalchemy import event, inspect
from sqlalchemy.engine import Connection

from ...kernel.parties import Party
from . import directory

_PARTY: Any = Party.__table__

# Databases where our tables were seen: the host must go on working where they do not exist, or not yet.
_seen_in: set[str] = set()


def register() -> None:
    """Follow the host's companies, and let its bulk commands stop us with its own listeners."""
    if start not in SQLAListeners.start_funcs:
        SQLAListeners.register(start, stop)
    # The worker never starts the registered listeners, and it writes companies too.
    start()


def start() -> None:
    """Listen; called again, it changes nothing."""
    for target, name, listener in _LISTENERS:
        if not event.contains(target, name, listener):
            event.listen(target, name, listener)


def stop() -> None:
    """Listen no more."""
    for target, name, listener in _LISTENERS:
        if event.contains(target, name, listener):
            event.remove(target, name, listener)


def _on_company(_mapper: Any, connection: Connection, company: Company) -> None:
    if not _has_tables(connection):
        return
    # Read again rather than taken from the object, whose columns may be unloaded or not yet converted.
    facts = directory.company(connection, company.id)
    if facts is not None:
        directory.follow(connection, facts)


def _on_company_deleted(_mapper: Any, connection: Connection, company: Company) -> None:
    # The party stays: entries name it for as long as the books are kept.
    if _has_tables(connection):
        gone = _PARTY.c.host_key == f"company:{company.id}"
        connection.execute(_PARTY.update().where(gone).values(active=False))


def _on_config(_mapper: Any, connection: Connection, config: Config) -> None:
    if config.name in directory.COOPERATIVE_SETTINGS and _has_tables(connection):
        directory.follow(connection, directory.cooperative_of(connection))


def _has_tables(connection: Connection) -> bool:
    database = str(connection.engine.url)
    if database not in _seen_in and inspect(connection).has_table(_PARTY.name):
        _seen_in.add(database)
    return database in _seen_in


_LISTENERS = (
    (Company, "after_insert", _on_company),
    (Company, "after_update", _on_company),
    (Company, "after_delete", _on_company_deleted),
    (Config, "after_insert", _on_config),
    (Config, "after_update", _on_config),
)
