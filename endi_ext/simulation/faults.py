"""What goes wrong between two statements: crashes, lost connections, deadlocks, full disks, lost answers."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

CRASH, LOST_CONNECTION, DEADLOCK, FULL_DISK, LOST_ANSWER = (
    "crash",
    "lost_connection",
    "deadlock",
    "full_disk",
    "lost_answer",
)
KINDS = (CRASH, LOST_CONNECTION, DEADLOCK, FULL_DISK, LOST_ANSWER)
# Half of the operations take fewer statements than that: a fault that comes too late does not happen.
LATEST_STATEMENT = 40
SQLITE = "sqlite"


class Crash(Exception):
    """The process died here."""


class Faults:
    """One fault at a time, at a statement chosen beforehand; without one nothing is touched."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.kind, self.left = engine, "", -1
        self.met: dict[str, int] = {}
        event.listen(engine, "before_cursor_execute", self._before_statement)

    @contextmanager
    def armed(self, rng: Random) -> Iterator[None]:
        """Let one fault happen meanwhile, at a statement of the operation or just after its commit."""
        self.kind, self.left = rng.choice(KINDS), rng.randrange(LATEST_STATEMENT)
        try:
            yield
        finally:
            if self.kind == FULL_DISK:
                self.engine.dispose()  # there is room again: the limit was that of a connection
            self.kind, self.left = "", -1

    def after_commit(self) -> None:
        """Lose the answer to a commit that succeeded. Raises Crash."""
        if self.kind == LOST_ANSWER:
            self._note()
            raise Crash(LOST_ANSWER)

    def _before_statement(self, connection: Connection, *_said: Any) -> None:
        if self.left < 0 or self.kind == LOST_ANSWER:
            return
        self.left -= 1
        if self.left < 0:
            self._note()
            getattr(self, f"_{self.kind}")(connection)

    def _note(self) -> None:
        self.met[self.kind] = self.met.get(self.kind, 0) + 1

    def _crash(self, _connection: Connection) -> None:
        raise Crash(CRASH)

    def _lost_connection(self, connection: Connection) -> None:
        """Close the connection under the statement, on the server's side where there is a server."""
        raw: Any = connection.connection.dbapi_connection
        if connection.dialect.name == SQLITE:
            raw.close()
            return
        thread = raw.thread_id()
        with self.engine.connect() as other:
            other.exec_driver_sql(f"KILL CONNECTION {int(thread)}")

    def _deadlock(self, connection: Connection) -> None:
        """Do what InnoDB does to a victim: its whole transaction is rolled back, then it is told."""
        raw: Any = connection.connection.dbapi_connection
        raw.rollback()
        raise OperationalError("(deadlock)", {}, sqlite3.OperationalError("database is locked"))

    def _full_disk(self, connection: Connection) -> None:
        """Let SQLite find no more page for its file; tell so where the disk is the server's."""
        if connection.dialect.name != SQLITE:
            raise OperationalError("(disk full)", {}, sqlite3.OperationalError("The table is full"))
        raw: Any = connection.connection.dbapi_connection
        # As small as it is: the next page it needs is refused. The limit goes with the connection.
        raw.execute("PRAGMA max_page_count = 1")


def drop(session: Session) -> None:
    """Let go of a session as a dead process does: nothing is rolled back by us, its connection is gone."""
    try:
        session.invalidate()
    except SQLAlchemyError:
        session.close()
