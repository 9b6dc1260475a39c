"""Statements given to the driver as they stand, several in one trip where it takes them so.

One posting has a dozen statements: what SQLAlchemy adds to each, and each trip to the server, cost more than
the database's own work. So they wait here until an answer is needed, then go together, in the order in which
they were said and the same on both databases.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from . import statements

Row = Sequence[Any]

FEW = 500  # values of an INSERT that waits for its turn; one of more is sent by itself
PLACES = 500  # values in one IN (...)
# Values in one INSERT on SQLite, which takes 32 766; then of the few left. The more the better: each
# statement keeps each page it changes as it was before.
JOINED_VALUES = (30_000, 3_000)
JOINED = 1_000  # rows in one INSERT on MariaDB
LONGEST = 1_000_000  # bytes of a statement that any server takes (max_allowed_packet)
MULTI_STATEMENTS = 1 << 16  # of the client's capabilities, in the protocol of MariaDB


class Answer:
    """What a statement returns, known once it was sent."""

    def __init__(self, driver: "Driver") -> None:
        self._driver = driver
        self.found: Sequence[Row] | None = None

    def rows(self) -> Sequence[Row]:
        """Return the rows."""
        if self.found is None:
            self._driver.send()
        assert self.found is not None, "what was sent has its answer"
        return self.found

    def first(self) -> Row | None:
        """Return the first row, none if there is none."""
        return next(iter(self.rows()), None)

    def value(self) -> Any:
        """Return the first value of the first row, none without a row."""
        row = self.first()
        return None if row is None else row[0]


Said = tuple[str, Row, Answer]


class Driver:
    """What a transaction says to its database. Whoever lets others speak to it calls `send` before."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.dialect: Any = connection.dialect
        self.sqlite = self.dialect.name == "sqlite"
        self.sql = statements.in_dialect(self.dialect.name)
        self.waiting: list[Said] = []
        # Whoever listens to statements hears each of them, when SQLAlchemy says it.
        events = connection.dispatch
        self.watched = bool(events.before_cursor_execute or events.after_cursor_execute)
        self.joins = not self.watched and takes_many(connection)
        self.spelling = Spelling(connection.connection.dbapi_connection) if self.joins else None

    def ask(self, sql: str, *values: Any) -> Answer:
        """Say a statement, with what is said next or when its answer is needed."""
        answer = Answer(self)
        self.waiting.append((sql, values, answer))
        return answer

    def ask_of(self, sql: str, values: Sequence[Any]) -> list[Answer]:
        """Say a statement about some values, as often as it takes so many."""
        parts = (values[start : start + PLACES] for start in range(0, len(values), PLACES))
        return [self.ask(statements.with_places(sql, len(some), self.dialect.name), *some) for some in parts]

    def insert(self, sql: str, rows: Sequence[Row]) -> None:
        """Insert rows: a few of them with what is said next, many at once."""
        if len(rows) * len(rows[0]) <= FEW:
            self.ask(statements.of_rows(sql, len(rows)), *chain.from_iterable(rows))
            return
        self.send()
        if self.spelling:
            self._insert_spelled(self.spelling, sql, rows)
            return
        whole = 0
        if self.sqlite:  # the driver would start a statement for each row; MariaDB's joins them by itself
            for values in JOINED_VALUES:
                many = values // len(rows[0])
                first, whole = whole, whole + (len(rows) - whole) // many * many
                joined = statements.of_rows(sql, many)
                for start in range(first, whole, many):
                    self.connection.exec_driver_sql(
                        joined, tuple(chain.from_iterable(rows[start : start + many]))
                    )
        if whole < len(rows):
            self.connection.exec_driver_sql(sql, list(rows[whole:]))

    def send(self) -> None:
        """Send what waits, in its order."""
        said, self.waiting = self.waiting, []
        if not said:
            return
        if self.watched:
            for sql, values, answer in said:
                result = self.connection.exec_driver_sql(sql, values)
                answer.found = [tuple(row) for row in result] if result.returns_rows else ()
        elif self.spelling:
            self._together(self.spelling, said)
        else:
            self._each(said)

    def _each(self, said: list[Said]) -> None:
        cursor = self._cursor()
        for sql, values, answer in said:
            try:
                cursor.execute(sql, values)
                answer.found = cursor.fetchall() if cursor.description else ()
            except BaseException as error:
                raise self._as_said(error, sql, values, cursor) from error
        cursor.close()

    def _together(self, spelling: "Spelling", said: list[Said]) -> None:
        cursor = self._cursor()
        try:
            cursor.execute("; ".join(spelling.of(sql, values) for sql, values, _answer in said))
            for _sql, _values, answer in said:
                answer.found = cursor.fetchall() if cursor.description else ()
                cursor.nextset()
        except BaseException as error:
            sql, values = "; ".join(one[0] for one in said), [value for one in said for value in one[1]]
            raise self._as_said(error, sql, values, cursor) from error
        cursor.close()

    def _insert_spelled(self, spelling: "Spelling", sql: str, rows: Sequence[Row]) -> None:
        head, row, tail = statements.around_row(sql)
        cursor = self._cursor()
        try:
            for start in range(0, len(rows), JOINED):
                spelled = [spelling.of(row, values) for values in rows[start : start + JOINED]]
                for joined in spelling.joined(head, spelled, tail):
                    cursor.execute(joined)
        except BaseException as error:
            raise self._as_said(error, sql, rows[0], cursor) from error
        cursor.close()

    def _cursor(self) -> Any:
        return self.connection.connection.cursor()

    def _as_said(self, error: BaseException, sql: str, values: Row, cursor: Any) -> BaseException:
        """Return an error as SQLAlchemy raises it; let go of a connection that is lost or was interrupted."""
        connection, module = self.connection, self.dialect.dbapi
        lost = not isinstance(error, Exception)
        if isinstance(error, module.Error):
            lost = self.dialect.is_disconnect(error, connection.connection, cursor)
        if lost:
            connection.invalidate(error)
        hidden, dialect = connection.engine.hide_parameters, self.dialect
        found: BaseException = DBAPIError.instance(
            sql, tuple(values), error, module.Error, hidden, connection_invalidated=lost, dialect=dialect
        )
        return found


class Spelling:
    """Values spelled into statements, as mysqlclient does at length: most of ours are integers."""

    def __init__(self, raw: Any) -> None:
        self.quoted, self.encoding = raw.string_literal, raw.encoding

    def of(self, sql: str, values: Row) -> str:
        """Return a statement with its values. Only what the books hold: integers, texts and none."""
        return sql % tuple([value if type(value) is int else self._other(value) for value in values])

    def joined(self, head: str, spelled: Sequence[str], tail: str) -> Iterator[bytes]:
        """Yield an INSERT of rows already spelled, in halves while it is too long to be sent."""
        whole = f"{head}{','.join(spelled)}{tail}".encode(self.encoding)
        if len(whole) <= LONGEST or len(spelled) == 1:
            yield whole
            return
        middle = len(spelled) // 2
        for half in (spelled[:middle], spelled[middle:]):
            yield from self.joined(head, half, tail)

    def _other(self, value: str | int | None) -> str:
        if value is None:
            return "NULL"
        if isinstance(value, int):
            return str(int(value))
        return str(self.quoted(value.encode(self.encoding)), self.encoding)


def takes_many(connection: Connection) -> bool:
    """Say whether the driver takes several statements at once, as mysqlclient does unless told otherwise."""
    if connection.dialect.driver != "mysqldb":
        return False
    raw: Any = connection.connection.dbapi_connection
    return bool(raw.client_flag & MULTI_STATEMENTS)
