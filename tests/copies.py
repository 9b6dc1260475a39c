"""Databases of a test's own: copies of one that was migrated once."""

import re
import sqlite3
from contextlib import closing

from sqlalchemy.engine import Connection, Engine, make_url


class Copied:
    """What a migrated MariaDB database consists of, to be made again without its migrations."""

    def __init__(self, engine: Engine) -> None:
        self.database = engine.url.database
        with engine.connect() as connection:
            tables = [row[0] for row in connection.exec_driver_sql("SHOW TABLES")]
            self.filled = [name for name in tables if _has_rows(connection, name)]
            # Where the numbers of a table have got to is no part of it.
            self.tables = [
                re.sub(r" AUTO_INCREMENT=\d+", "", _definition(connection, "TABLE", name, 1))
                for name in tables
            ]
            triggers = [row[0] for row in connection.exec_driver_sql("SHOW TRIGGERS")]
            self.triggers = [_definition(connection, "TRIGGER", name, 2) for name in triggers]

    def into(self, engine: Engine) -> None:
        """Fill the empty database of `engine`."""
        rows = [f"INSERT INTO `{name}` SELECT * FROM `{self.database}`.`{name}`" for name in self.filled]
        with engine.connect().execution_options(no_parameters=True) as connection:
            connection.exec_driver_sql("SET SESSION foreign_key_checks = 0")  # tables come in any order
            # The triggers come last: they guard what the migrations wrote.
            for statement in (*self.tables, *rows, *self.triggers):
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql("SET SESSION foreign_key_checks = 1")
            connection.commit()


def copy_file(engine: Engine, url: str) -> None:
    """Copy the SQLite database of `engine` to the new file of `url`."""
    source, target = (str(make_url(one).database) for one in (engine.url, url))
    with closing(sqlite3.connect(source)) as whole, closing(sqlite3.connect(target)) as copy:
        whole.backup(copy)


def _has_rows(connection: Connection, table: str) -> bool:
    return connection.exec_driver_sql(f"SELECT 1 FROM `{table}` LIMIT 1").first() is not None


def _definition(connection: Connection, kind: str, name: str, column: int) -> str:
    return str(connection.exec_driver_sql(f"SHOW CREATE {kind} `{name}`").one()[column])
