"""Engines as the books need them: SQLite that queues its writers, MariaDB with a healthy pool."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool, StaticPool

BUSY_TIMEOUT_MS = 30_000
CACHE_KIB, CACHE_KIB_ONCE, CACHE_KIB_BULK = 20_000, 1_000, 200_000
POOL_RECYCLE_S = 1_800
READ_ONLY = "endi_ext_read_only"


def make_engine(url: str, *, pooled: bool = True) -> Engine:
    """Return an engine for `url`; `pooled=False` suits a command that opens one connection and goes."""
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite_engine(url)
    return _mariadb_engine(url, pooled)


def read_only(session: Session) -> Session:
    """Begin a transaction that only reads: on SQLite it does not queue with the writers.

    To be called before the session's first statement. It has no effect on other databases, where reading
    never waits.
    """
    session.connection(execution_options={READ_ONLY: True})
    return session


def reading_once(session: Session) -> AbstractContextManager[None]:
    """Read a whole book through a small cache: on SQLite pages that come once would fill a larger one."""
    return _cache(session, CACHE_KIB_ONCE)


def writing_much(session: Session) -> AbstractContextManager[None]:
    """Write many rows through a large cache: on SQLite pages of an index that are written in no order would
    leave a smaller one before the transaction ends, and be read and written again.
    """
    return _cache(session, CACHE_KIB_BULK)


@contextmanager
def _cache(session: Session, kib: int) -> Iterator[None]:
    connection = session.connection()
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        connection.exec_driver_sql(f"PRAGMA cache_size = -{kib}")
    try:
        yield
    finally:
        if sqlite and not connection.invalidated:  # one that was lost or interrupted is not used again
            connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KIB}")


def _mariadb_engine(url: str, pooled: bool) -> Engine:
    if not pooled:
        return create_engine(url, future=True, poolclass=NullPool)
    return create_engine(url, future=True, pool_pre_ping=True, pool_recycle=POOL_RECYCLE_S)


def _sqlite_engine(url: str) -> Engine:
    database = make_url(url).database
    options: dict[str, Any] = {"connect_args": {"check_same_thread": False}}
    if database in (None, "", ":memory:"):
        options["poolclass"] = StaticPool  # the database lives as long as its only connection
    else:
        Path(str(database)).absolute().parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, future=True, **options)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    assert isinstance(connection, sqlite3.Connection)
    # The driver would begin by itself, late and without IMMEDIATE; _begin_sqlite does it instead.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    # Without this, REPLACE would remove rows without firing the triggers that forbid it.
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    # The default of 2 MB makes bulk posting write each page of an index many times; the journals of single
    # statements, which triggers and foreign keys need, would go through files.
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    connection.execute("PRAGMA temp_store = MEMORY")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that begins by reading and writes later fails at once when another one wrote in between,
    # whatever the busy timeout: who may write takes its turn at the start.
    reads = connection.get_execution_options().get(READ_ONLY)
    begin = "BEGIN" if reads else "BEGIN IMMEDIATE"
    try:  # by the driver's own cursor: each transaction pays for it
        connection.connection.cursor().execute(begin)
    except sqlite3.Error as error:
        hidden, dialect = connection.engine.hide_parameters, connection.dialect
        raise DBAPIError.instance(begin, (), error, sqlite3.Error, hidden, dialect=dialect) from error
