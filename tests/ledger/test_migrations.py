import re

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from endi_ext import migrations
from endi_ext.kernel.engine import make_engine
from endi_ext.ledger import audit
from tests.ledger.books import a_book

REVISIONS = [
    script.revision
    for script in ScriptDirectory(migrations.FOLDER).iterate_revisions(migrations.head(), "base")
]


def schema(connection):
    """Everything of ours in the database, in the words it was made with."""
    if connection.dialect.name == "sqlite":
        wanted = "SELECT name, sql FROM sqlite_master WHERE name LIKE '%endi_ext%' ORDER BY name"
        # A table made anew names its constraints in no order in particular.
        return [
            (name, sorted(re.split(r",?\s*\n\s*", sql or "")))
            for name, sql in connection.execute(text(wanted))
        ]
    tables = inspect(connection).get_table_names()
    shown = [connection.execute(text(f"SHOW CREATE TABLE {name}")).one()[1] for name in sorted(tables)]
    triggers = text(
        "SELECT TRIGGER_NAME, ACTION_STATEMENT FROM information_schema.TRIGGERS"
        " WHERE TRIGGER_SCHEMA = DATABASE() ORDER BY TRIGGER_NAME"
    )
    return shown + [tuple(row) for row in connection.execute(triggers)]


def differences(connection):
    options = {"compare_type": True, "version_table": migrations.VERSION_TABLE}
    context = MigrationContext.configure(connection, opts=options)
    return compare_metadata(context, migrations.metadata())


def test_the_schema_made_by_the_migrations_equals_the_models(connection):
    assert differences(connection) == []


@pytest.mark.parametrize("kind", ["sqlite", "mariadb"])
def test_the_database_of_a_test_is_what_the_migrations_make(kind, copy, migrated):
    with copy(kind).connect() as copied, migrated(kind).connect() as made:
        as_made = [re.sub(r" AUTO_INCREMENT=\d+", "", str(one)) for one in schema(made)]
        assert [re.sub(r" AUTO_INCREMENT=\d+", "", str(one)) for one in schema(copied)] == as_made
        for table in ("endi_ext_book", "endi_ext_journal", migrations.VERSION_TABLE):
            rows = text(f"SELECT * FROM {table} ORDER BY 1")
            assert copied.execute(rows).all() == made.execute(rows).all() != []


def test_the_models_would_show_a_table_that_is_missing(engine):
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE endi_ext_checkpoint"))
        connection.execute(text("ALTER TABLE endi_ext_period DROP COLUMN certificate"))
    with engine.connect() as connection:
        assert [difference[0] for difference in differences(connection)] == ["add_table", "add_column"]


def test_each_migration_goes_down_and_up_again_with_entries_in_the_book(engine):
    with Session(engine, future=True) as session:
        a_book(session, 6)
        session.commit()
    with engine.connect() as connection:
        at_head = schema(connection)
    for revision in REVISIONS[1:]:
        migrations.downgrade(engine, revision)
        with Session(engine, future=True) as session:
            assert migrations.current(session.connection()) == revision
            assert audit.verify(session).entries == 6
    for revision in reversed(REVISIONS):
        migrations.upgrade(engine, revision)
    with Session(engine, future=True) as session:
        a_book(session, 3)
        verdict = audit.verify(session)
        assert (verdict.breaks, verdict.entries) == ((), 9)
    with engine.connect() as connection:
        assert [name for name in zip(schema(connection), at_head, strict=True) if changed(*name)] == []


def changed(now, before):
    """Compare, but for the counters MariaDB shows in a table's definition."""

    def plain(shown):
        return " ".join(word for word in str(shown).split() if not word.startswith("AUTO_INCREMENT="))

    return plain(now) != plain(before)


def test_at_base_nothing_of_ours_is_left_and_everything_can_come_back(engine):
    with Session(engine, future=True) as session:
        a_book(session, 2)
        session.commit()
    with engine.connect() as connection:
        at_head = schema(connection)
    migrations.downgrade(engine)
    with engine.connect() as connection:
        assert schema(connection) == []
        assert migrations.problem(connection) == migrations.NO_TABLES
    migrations.upgrade(engine)
    with engine.connect() as connection:
        assert [pair for pair in zip(schema(connection), at_head, strict=True) if changed(*pair)] == []
        assert migrations.problem(connection) is None


def test_upgrading_twice_changes_nothing(engine):
    with engine.connect() as connection:
        before = schema(connection)
    migrations.upgrade(engine)
    with engine.connect() as connection:
        assert schema(connection) == before


def test_where_a_database_stands_is_said(empty_engine):
    with empty_engine.connect() as connection:
        assert migrations.problem(connection) == migrations.NO_TABLES
    migrations.upgrade(empty_engine, "0001")
    with empty_engine.connect() as connection:
        assert migrations.problem(connection) == migrations.OLD_SCHEMA
    migrations.upgrade(empty_engine)
    with empty_engine.begin() as connection:
        assert migrations.problem(connection) is None
        connection.execute(text(f"UPDATE {migrations.VERSION_TABLE} SET version_num = '9999'"))
    with empty_engine.connect() as connection:
        assert migrations.problem(connection) == migrations.UNKNOWN_SCHEMA


def test_a_version_without_tables_is_no_installation(empty_engine):
    migrations.upgrade(empty_engine)
    migrations.downgrade(empty_engine)
    with empty_engine.begin() as connection:
        stamp(connection, migrations.head())
    with empty_engine.connect() as connection:
        assert migrations.problem(connection) == migrations.NO_TABLES


def stamp(connection, revision):
    options = {"version_table": migrations.VERSION_TABLE}
    script = ScriptDirectory(migrations.FOLDER)
    MigrationContext.configure(connection, opts=options).stamp(script, revision)


def as_the_host_does(url, run, **options):
    """Run env.py as caerp-migrate does: an address and a function, no connection."""
    config = Config()
    config.set_main_option("script_location", "endi_ext:alembic")
    config.set_main_option("sqlalchemy.url", url)
    script = ScriptDirectory.from_config(config)
    table = migrations.VERSION_TABLE
    with EnvironmentContext(config, script, fn=run, version_table=table, **options):
        script.run_env()


def host_upgrade(url):
    """Its upgrade: nothing where no version is noted, else the steps; then the head is noted as reached."""
    head = migrations.head()

    def steps(reached, context):
        return context.script._upgrade_revs(head, reached[0]) if reached and reached[0] != head else []

    def note(_reached, context):
        context.stamp(context.script, head)
        return []

    as_the_host_does(url, steps, starting_rev=None, destination_rev=head)
    as_the_host_does(url, note)


@pytest.mark.parametrize("begin_at", [None, "0001", "head"])
def test_the_hosts_own_command_ends_in_the_same_schema(empty_engine, migrated, begin_at):
    engine = migrated("sqlite" if empty_engine.dialect.name == "sqlite" else "mariadb")
    if begin_at:
        migrations.upgrade(empty_engine, begin_at)
    host_upgrade(empty_engine.url.render_as_string(hide_password=False))
    with empty_engine.connect() as ours, engine.connect() as expected:
        assert migrations.problem(ours) is None
        assert [pair for pair in zip(schema(ours), schema(expected), strict=True) if changed(*pair)] == []


def test_a_migration_refused_by_mariadb_leaves_nothing_in_its_way(mariadb):
    engine = make_engine(mariadb.new_database())
    with engine.begin() as connection:
        # A trigger of that name in the same database, on a table of somebody else.
        connection.execute(text("CREATE TABLE other (id INT)"))
        taken = "CREATE TRIGGER endi_ext_seal_is_not_updated BEFORE INSERT ON other FOR EACH ROW SET @x = 1"
        connection.exec_driver_sql(taken)
    with pytest.raises(DBAPIError):
        migrations.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER IF EXISTS endi_ext_seal_is_not_updated"))
        assert [name for name in inspect(connection).get_table_names() if name.startswith("endi_ext_p")] == []
    migrations.upgrade(engine)
    with engine.connect() as connection:
        assert migrations.problem(connection) is None
    engine.dispose()
