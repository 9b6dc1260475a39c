"""An upgrade killed half way is run again, and ends where it would have ended."""

from datetime import datetime

import pytest
from sqlalchemy import event, inspect
from sqlalchemy.exc import OperationalError

from endi_ext import cli, migration_steps, migrations
from endi_ext.kernel.engine import make_engine
from endi_ext.terminal import Failure
from tests.ledger.test_migrations import changed, schema


class Killed(BaseException):
    """The process is gone: nobody cleans up."""


def kill_after(engine, changes):
    """Upgrade, and die after so many changes: the note of the last is lost, taken already or not."""
    left = [changes]

    def count(connection, _cursor, statement, *_said):
        ours = statement.startswith(migration_steps.CHANGES) and migration_steps.STEPS not in statement
        left[0] -= ours
        if left[0] == 0:
            raise Killed

    event.listen(engine, "after_cursor_execute", count)
    with pytest.raises(Killed):
        migrations.upgrade(engine)
    event.remove(engine, "after_cursor_execute", count)


def test_an_upgrade_killed_on_mariadb_goes_on_where_it_was(mariadb, migrated):
    engine = make_engine(mariadb.new_database())
    for changes in (4, 37, 60, 90):
        kill_after(engine, changes)
    migrations.upgrade(engine)
    with engine.connect() as ours, migrated("mariadb").connect() as expected:
        assert migrations.problem(ours) is None
        assert migration_steps.STEPS not in inspect(ours).get_table_names()
        assert [pair for pair in zip(schema(ours), schema(expected), strict=True) if changed(*pair)] == []
        for table in ("journal", "waiver_reason", "book"):
            rows = f"SELECT COUNT(*) FROM endi_ext_{table}"
            assert ours.exec_driver_sql(rows).scalar() == expected.exec_driver_sql(rows).scalar()
    engine.dispose()


def test_a_step_is_the_same_at_another_time():
    first, later = (
        migration_steps._without_days([{"label": "Doublon", "added_at": datetime(2026, 11, day)}])
        for day in (1, 2)
    )
    assert first == later == [{"label": "Doublon", "added_at": ""}]


def test_whatever_else_comes_leaves_a_broken_off_upgrade_to_be_gone_on_with(mariadb, monkeypatch):
    monkeypatch.setattr(migrations, "LOCK_WAIT_S", 1)
    engine = make_engine(mariadb.new_database())
    migrations.upgrade(engine, "0024")
    with engine.connect() as reader:
        reader.exec_driver_sql("SELECT COUNT(*) FROM endi_ext_exchange").scalar()
        with pytest.raises(OperationalError, match="1205"):
            migrations.upgrade(engine)
    with pytest.raises(Failure, match="interrompu doit d'abord être terminé"), cli._one_at_a_time():
        migrations.downgrade(engine, "0023")
    with pytest.raises(migration_steps.BrokenOff):
        migrations.upgrade(engine, "0024")
    with (
        engine.connect() as other,  # as when the host lists the versions: it looks, and changes nothing
        migration_steps.kept(other, migrations.VERSION_TABLE, wait_s=1),
        pytest.raises(Failure, match="est en cours"),
        cli._one_at_a_time(),
    ):
        migrations.upgrade(engine)
    migrations.upgrade(engine)
    with engine.connect() as ours:
        assert migrations.problem(ours) is None
        assert migration_steps.STEPS not in inspect(ours).get_table_names()
    engine.dispose()
