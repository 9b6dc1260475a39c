"""Our own declarative Base, and the column types both engines share."""

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, DateTime, Integer, MetaData, String, Text
from sqlalchemy.dialects import mysql
from sqlalchemy.orm import declarative_base
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    # SQLAlchemy 1.4 and 2.1 give a row's `party.id` different types, neither of them int: to mypy it is
    # anything.
    Column: Any
else:
    from sqlalchemy import Column as Column  # noqa: PLC0414 - models take it from here

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

# Not the host's metadata: the host runs create_all at start, and only our migrations may create our tables.
Base: Any = declarative_base(metadata=MetaData(naming_convention=NAMING))

BigInt = BigInteger().with_variant(Integer(), "sqlite")

TABLE_ARGS = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4"}


def exact(length: int) -> String:
    """Return the type of a text compared byte by byte.

    MariaDB's usual collation takes "F-1é" for "f-1E": that would make one of two sources, one of two
    accounts.
    """
    return (
        String(length)
        .with_variant(mysql.VARCHAR(length, collation="utf8mb4_bin"), "mysql")
        .with_variant(mysql.VARCHAR(length, collation="utf8mb4_bin"), "mariadb")
    )


class Instant(TypeDecorator[datetime]):
    """A moment: aware UTC in Python, naive UTC with microseconds in the database."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Any) -> Any:
        if dialect.name in ("mysql", "mariadb"):
            return dialect.type_descriptor(mysql.DATETIME(fsp=6))
        return dialect.type_descriptor(DateTime())

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        assert value.tzinfo is not None, "an instant has a time zone"
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class LongText(TypeDecorator[str]):
    """A text longer than the 64 kB of MariaDB's own TEXT."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Any) -> Any:
        large = dialect.name in ("mysql", "mariadb")
        return dialect.type_descriptor(mysql.MEDIUMTEXT() if large else Text())


class Json(TypeDecorator[Any]):
    """Plain facts that nobody searches, kept as canonical JSON; replaced whole, never changed in place."""

    impl = LongText
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        if value is None:
            return None
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Any) -> Any:
        return None if value is None else json.loads(value)
