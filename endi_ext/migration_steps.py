"""What an upgrade that was killed had done, on MariaDB: there each change of structure commits by itself.

Every statement of the migration that runs is noted beside it, so that the next attempt goes on after it.
The notes go with the number of the version, in its transaction; between upgrades there are none. Who begins
something else while there are some is refused, and who comes at the same time waits.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import event, inspect, text
from sqlalchemy.engine import Connection

STEPS = "endi_ext_alembic_step"
CHANGES = ("CREATE", "ALTER", "DROP", "RENAME", "INSERT", "UPDATE", "DELETE")
STRUCTURE = CHANGES[:4]
NOTHING = "DO 0"
CREATE = f"CREATE TABLE IF NOT EXISTS {STEPS} (step VARCHAR(80) NOT NULL PRIMARY KEY) ENGINE=InnoDB"
READ, FORGET = f"SELECT step FROM {STEPS}", f"DELETE FROM {STEPS}"  # noqa: S608 - names of ours
DROP = f"DROP TABLE IF EXISTS {STEPS}"
# What MariaDB answers to a change of structure that was made already: it exists, or is gone.
MADE_ALREADY = frozenset({1050, 1051, 1060, 1061, 1091, 1359, 1360, 1826})


class BrokenOff(RuntimeError):
    """Another upgrade or downgrade was broken off half way: it is to be ended first."""


class Occupied(RuntimeError):
    """Another upgrade or downgrade of the same database is running."""


@contextmanager
def kept(connection: Connection, version_table: str, *, wait_s: int) -> Iterator[None]:
    """Note each statement that changes something, and leave out what an earlier attempt has done.

    A migration that is refused cleans up behind itself: nothing is kept of it. Of one whose statement the
    database refused, as when somebody reads the table, the notes stay.
    Raises BrokenOff, Occupied.
    """
    if connection.dialect.name == "sqlite":  # all or nothing there
        yield
        return
    with _alone(connection, wait_s):
        steps = Steps(connection, version_table)
        try:
            yield
        except Exception as problem:
            steps.stop()
            if not connection.invalidated and not steps.goes_on_after(problem):
                connection.execute(text(DROP))
            raise
        steps.stop()
        # Who only looks, as the host's list of versions, leaves what is to be gone on with.
        if connection.execute(text(READ)).first() is None:
            connection.execute(text(DROP))


def unfinished(connection: Connection) -> bool:
    """Say whether an upgrade or downgrade was broken off and not ended since."""
    if connection.dialect.name == "sqlite" or not inspect(connection).has_table(STEPS):
        return False
    return connection.execute(text(READ)).first() is not None


@contextmanager
def _alone(connection: Connection, wait_s: int) -> Iterator[None]:
    # Two at once would each take the notes of the other for its own.
    name = "CONCAT('endi_ext ', MD5(DATABASE()))"
    if connection.execute(text(f"SELECT GET_LOCK({name}, {wait_s})")).scalar() != 1:
        message = "another upgrade or downgrade of this database is running"
        raise Occupied(message)
    try:
        yield
    finally:
        if not connection.invalidated:
            connection.execute(text(f"DO RELEASE_LOCK({name})"))


class Steps:
    """The statements of one migration, each known by its text and how often it came before."""

    def __init__(self, connection: Connection, version_table: str) -> None:
        self.connection, self.version_table = connection, version_table
        # Killed between a change and its note, the change may be there: the first that comes is not sure.
        self.unsure = inspect(connection).has_table(STEPS)
        connection.execute(text(CREATE))
        self.done = set(connection.execute(text(READ)).scalars())
        self.seen: Counter[str] = Counter()
        self.now, self.running = "", False
        event.listen(connection, "before_cursor_execute", self._before, retval=True)
        event.listen(connection, "after_cursor_execute", self._after)

    def stop(self) -> None:
        """Look at no more statements."""
        event.remove(self.connection, "before_cursor_execute", self._before)
        event.remove(self.connection, "after_cursor_execute", self._after)

    def goes_on_after(self, problem: Exception) -> bool:
        """Say whether the next attempt begins with the statement that was not done.

        Not so where the migration took back what it had done, or where what is to be made is there already.
        """
        told = (*getattr(getattr(problem, "orig", None), "args", ()), None)[0]
        return isinstance(problem, BrokenOff) or (self.running and told not in MADE_ALREADY)

    def _before(
        self, _connection: Any, cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool
    ) -> tuple[str, Any]:
        self.now, self.running = "", True
        if not statement.lstrip().upper().startswith(CHANGES) or self.version_table in statement:
            return statement, parameters
        step = self._step_of(statement, parameters)
        if step in self.done:
            return NOTHING, ()
        if self.done and sum(self.seen.values()) == 1:
            message = (
                "another upgrade or downgrade was broken off: end it first, with the version that began it"
            )
            raise BrokenOff(message)
        self.now = step
        unsure, self.unsure = self.unsure, False
        if unsure and statement.lstrip().upper().startswith(STRUCTURE):
            _do_if_not_done(cursor, statement, parameters)
            return NOTHING, ()
        return statement, parameters

    def _after(
        self, _connection: Any, cursor: Any, statement: str, _parameters: Any, _context: Any, _many: bool
    ) -> None:
        if self.version_table in statement and statement.lstrip().upper().startswith(CHANGES):
            self._write(cursor, FORGET)
            self.done, self.seen, self.unsure = set(), Counter(), False
        elif self.now:
            self._write(cursor, f"INSERT INTO {STEPS} VALUES ('{self.now}')")  # noqa: S608 - a digest
        self.running = False

    def _step_of(self, statement: str, parameters: Any) -> str:
        told = f"{statement}\n{_without_days(parameters)}"
        digest = hashlib.sha256(told.encode()).hexdigest()
        self.seen[digest] += 1
        return f"{digest}:{self.seen[digest]}"

    def _write(self, cursor: Any, statement: str) -> None:
        # A cursor of its own: the caller reads from the other what its statement did.
        own = cursor.connection.cursor()
        own.execute(statement)
        own.close()


def _do_if_not_done(cursor: Any, statement: str, parameters: Any) -> None:
    try:
        cursor.execute(statement, parameters)  # as everywhere else: % is written twice in the statement
    except cursor.connection.Error as refusal:
        if (*refusal.args, None)[0] not in MADE_ALREADY:
            raise


def _without_days(parameters: Any) -> Any:
    """Return parameters as they would be at any other time."""
    if isinstance(parameters, dict):
        return {name: _without_days(value) for name, value in parameters.items()}
    if isinstance(parameters, list | tuple):
        return [_without_days(value) for value in parameters]
    return "" if isinstance(parameters, date) else parameters
