"""Plain tuples on their way to the database, in batches, as its driver takes them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Table
from sqlalchemy.orm import Session

ROWS_PER_STATEMENT = 5_000


def insert(session: Session, table: Table, names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert plain tuples in batches, as the driver takes them: values are integers, texts and none."""
    connection = session.connection()
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    places = ", ".join([mark] * len(names))
    # Names of our own tables and columns: nothing of a user's is in the statement.
    statement = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({places})"  # noqa: S608
    for some in slices(rows, ROWS_PER_STATEMENT):
        connection.exec_driver_sql(statement, some)


def slices(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Return the items in lists of at most `size`."""
    left = iter(items)
    while some := list(islice(left, size)):
        yield some


def day(on: date | None) -> str | None:
    """Return a date as both databases write it, none as none."""
    return None if on is None else on.isoformat()


def written(at: datetime) -> str:
    """Return an instant as both databases write it."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
