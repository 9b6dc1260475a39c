"""What goes wrong between two statements: crashes, lost connections, deadlocks, full disks, lost answers."""

import sqlite3
from collections import Counter
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
# What may still happen when all statements went well and the commit has not been sent.
AT_COMMIT = (CRASH, LOST_CONNECTION)
AT_COMMIT_CHANCE = 0.15
# The longest operations take some hundreds; most take twenty. Drawn so that each power of two is as likely as
# another, and a fault that comes too late does not happen.
LATEST_STATEMENT = 300
SQLITE = "sqlite"


class Crash(Exception):
    """The process died here."""


class Faults:
    """One fault at a time, at a statement chosen beforehand; without one nothing is touched."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.kind, self.left, self.at_commit = engine, "", -1, False
        self.met: Counter[str] = Counter()
        event.listen(engine, "before_cursor_execute", self._before_statement)
        event.listen(engine, "commit", self._before_commit)

    @contextmanager
    def armed(self, rng: Random) -> Iterator[None]:
        """Let one fault happen meanwhile, at a statement of the operation, at its commit or just after it."""
        self.kind = rng.choice(KINDS)
        self.left = int(LATEST_STATEMENT ** rng.random()) - 1
        self.at_commit = self.kind in AT_COMMIT and rng.random() < AT_COMMIT_CHANCE
        try:
            yield
        except SQLAlchemyError as fault:
            # Counted when it is met: a statement that needs no page does without.
            self.met[FULL_DISK] += self.kind == FULL_DISK and "full" in str(fault)
            raise
        finally:
            if self.kind == FULL_DISK:
                self.engine.dispose()  # there is room again: the limit was that of a connection
            self.kind, self.left, self.at_commit = "", -1, False

    def after_commit(self) -> None:
        """Lose the answer to a commit that succeeded. Raises Crash."""
        if self.kind == LOST_ANSWER:
            self.met[LOST_ANSWER] += 1
            raise Crash(LOST_ANSWER)

    def _before_statement(self, connection: Connection, *_said: Any) -> None:
        if self.left < 0 or self.at_commit or self.kind == LOST_ANSWER:
            return
        self.left -= 1
        if self.left < 0:
            self.met[self.kind] += self.kind != FULL_DISK
            getattr(self, f"_{self.kind}")(connection)

    def _before_commit(self, connection: Connection) -> None:
        if self.at_commit:
            self.at_commit, self.left = False, -1
            self.met[f"{self.kind}_at_commit"] += 1
            getattr(self, f"_{self.kind}")(connection)

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
