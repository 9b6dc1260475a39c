"""What the database was told and what it holds: each row acknowledged stays, nothing else appears or changes.

The statements sent are counted beside those who send them. After each attempt the tables it wrote to are
summed up again: an attempt that failed has changed none of them, one that was committed has added just the
rows it was told to, and at the end of each month no table has changed since the last commit that wrote to it.
"""

import re
from collections import Counter
from typing import Any

from sqlalchemy import Boolean, Date, DateTime, Integer, LargeBinary, MetaData, String, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b[^`\"]*?\b(endi_ext_\w+)", re.IGNORECASE)
# The chain proves what is in these; how many there are is enough, and much cheaper.
CHAINED = ("endi_ext_entry", "endi_ext_entry_text", "endi_ext_line", "endi_ext_seal")
SQLITE = "sqlite"

Image = dict[str, tuple[Any, ...]]


class Witness:
    """Knows each table as it stood after the last commit that wrote to it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.questions = _questions(engine)
        self.known: Image = {}
        self.written: set[str] = set()
        self.added: Counter[str] = Counter()
        self.unsure: set[str] = set()
        self.deleted: set[str] = set()
        self._kept: list[Counter[str]] = []
        event.listen(engine, "before_cursor_execute", self._before_statement)
        event.listen(engine, "after_cursor_execute", self._after_statement)
        event.listen(engine, "savepoint", self._at_savepoint)
        event.listen(engine, "rollback_savepoint", self._back_to_savepoint)
        event.listen(engine, "release_savepoint", self._past_savepoint)

    def begin(self) -> None:
        """Count anew: an attempt begins."""
        self.written, self.added, self.unsure, self.deleted, self._kept = set(), Counter(), set(), set(), []

    def changed(self, session: Session) -> list[str]:
        """Return the tables the attempt wrote to that differ from what was acknowledged."""
        now = self._image(session, self.written)
        return sorted(table for table in now if now[table] != self.known.get(table))

    def acknowledge(self, session: Session) -> list[str]:
        """Take what is there for acknowledged; return the tables with fewer or more rows than were sent."""
        now = self._image(session, self.written)
        wrong = [
            table
            for table, summed in now.items()
            if table not in self.unsure and summed[0] - self.known[table][0] != self.added[table]
        ]
        self.known.update(now)
        return sorted(wrong)

    def all_changed(self, session: Session) -> list[str]:
        """Return the tables, of all there are, that differ from what was acknowledged."""
        now = self._image(session, self.questions)
        return sorted(table for table in now if now[table] != self.known.get(table))

    def look(self, session: Session) -> None:
        """Take everything there is for acknowledged: before the first day."""
        self.known = self._image(session, self.questions)

    def _image(self, session: Session, tables: Any) -> Image:
        connection = session.connection()
        return {table: tuple(connection.exec_driver_sql(self.questions[table]).one()) for table in tables}

    def _before_statement(self, _connection: Connection, _cursor: Any, statement: str, *_said: Any) -> None:
        write = WRITES.match(statement)
        if write:
            self.written.add(write[2].lower())

    def _after_statement(
        self, _connection: Connection, cursor: Any, statement: str, parameters: Any, *_said: Any
    ) -> None:
        write = WRITES.match(statement)
        if not write:
            return
        verb, table = write[1].upper(), write[2].lower()
        if verb == "REPLACE" or " ON CONFLICT " in statement or " ON DUPLICATE KEY " in statement:
            self.unsure.add(table)  # how many of them were new is not told
        elif verb == "DELETE":
            self.added[table] -= cursor.rowcount
            self.deleted.add(table)
        elif verb == "INSERT" and " RETURNING " in statement:
            # The driver knows how many rows only once they are read: each holds as many values as columns.
            columns = statement[: statement.index(")")].count(",") + 1
            self.added[table] += len(parameters) // columns
            self.unsure |= {table} if len(parameters) % columns else set()
        elif verb == "INSERT":
            self.added[table] += cursor.rowcount

    def _at_savepoint(self, _connection: Connection, _name: str) -> None:
        self._kept.append(Counter(self.added))

    def _back_to_savepoint(self, _connection: Connection, _name: str, _context: Any) -> None:
        self.added = self._kept.pop()

    def _past_savepoint(self, _connection: Connection, _name: str, _context: Any) -> None:
        self._kept.pop()


def _questions(engine: Engine) -> dict[str, str]:
    """Return, by table, what sums it up: how many rows, and a sum of each of its columns."""
    tables = MetaData()
    tables.reflect(engine, only=lambda name, _tables: name.startswith("endi_ext_"))
    first = "unicode" if engine.dialect.name == SQLITE else "ORD"
    found = {}
    for name, table in tables.tables.items():
        sums = ["COUNT(*)"]
        if name not in CHAINED:
            sums += [one for column in table.columns for one in _sums(column, first)]
        found[name] = f"SELECT {', '.join(sums)} FROM {name}"  # noqa: S608 - names of our own tables
    return found


def _sums(column: Any, first: str) -> list[str]:
    name, kind = f"`{column.name}`", column.type
    if isinstance(kind, Integer | Boolean):
        return [f"SUM({name})", f"COUNT({name})"]
    if isinstance(kind, Date | DateTime):
        return [f"MAX({name})", f"COUNT({name})"]
    if isinstance(kind, String | LargeBinary):
        # A word for a state may be as long as another: its first letter tells them apart.
        short = [f"SUM({first}({name}))"] if column.name in ("state", "outcome", "stance", "action") else []
        return [f"SUM(LENGTH({name}))", f"COUNT({name})", *short]
    return [f"COUNT({name})"]
