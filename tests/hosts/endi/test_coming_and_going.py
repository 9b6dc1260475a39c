"""The plugin comes by one command or by the host's own, and goes without leaving a trace in the host."""

import re
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from endi_ext import installation, migrations
from tests.hosts.endi import commands


@pytest.fixture
def alone(alone_ini):
    """The database that has never seen us, left as it was found."""
    engine = installation.read(alone_ini).engine()
    yield engine
    migrations.downgrade(engine)
    engine.dispose()


def test_going_leaves_the_host_as_it_was_and_it_works_without_the_include(alone, alone_ini, tmp_path):
    before = everything(alone)
    commands.run("endi-ext", "-c", alone_ini, "upgrade", folder=tmp_path)
    commands.run("caerp-admin", alone_ini, "syncdb", folder=tmp_path)
    assert everything(alone) != before
    commands.run("endi-ext", "-c", alone_ini, "downgrade", "--yes", folder=tmp_path)
    assert everything(alone) == before
    without = tmp_path / "without.ini"
    without.write_text(re.sub(r"(?m)^caerp.includes = .*$", "caerp.includes =", Path(alone_ini).read_text()))
    said = commands.run("python", "-m", "tests.hosts.endi.pages_of_a_plain_host", without, folder=tmp_path)
    assert "/admin/main/groups 200" in said
    assert "/manage 200" in said
    assert "/exchanges 404" in said


def test_the_hosts_own_command_leads_to_the_same_schema_from_nothing_and_from_an_older_version(
    alone, alone_ini, tmp_path
):
    migrations.upgrade(alone)
    ours = schema(alone)
    migrations.downgrade(alone)
    commands.run("caerp-migrate", alone_ini, "upgrade", "--pkg=endi_ext", folder=tmp_path)
    assert schema(alone) == ours
    with alone.connect() as connection:
        assert migrations.problem(connection) is None
    migrations.downgrade(alone)
    migrations.upgrade(alone, "0001")
    commands.run("caerp-migrate", alone_ini, "upgrade", "--pkg=endi_ext", folder=tmp_path)
    assert schema(alone) == ours


def test_our_commands_read_the_hosts_ini(alone, alone_ini, tmp_path):
    assert commands.attempt("endi-ext", "-c", alone_ini, "verify", folder=tmp_path).returncode == 1
    assert commands.attempt("endi-ext", "-c", alone_ini, "doctor", folder=tmp_path).returncode == 1
    commands.run("endi-ext", "-c", alone_ini, "upgrade", folder=tmp_path)
    assert "sains" in commands.run("endi-ext", "-c", alone_ini, "verify", folder=tmp_path)
    said = commands.attempt("endi-ext", "-c", alone_ini, "doctor", folder=tmp_path).stdout
    wrong = [line for line in said.splitlines() if line.startswith("NON")]
    assert [line for line in wrong if "tâches de fond" not in line] == []


def everything(engine):
    """Return the structure and the rows of a whole database."""
    with engine.connect() as connection:
        names = sorted(inspect(connection).get_table_names())
        # Rows are compared, not the numbers the next ones will have.
        return {name: (definition(connection, name), rows(connection, name)) for name in names}


def schema(engine):
    """Return the structure of our tables and their triggers."""
    with engine.connect() as connection:
        names = [name for name in inspect(connection).get_table_names() if name.startswith("endi_ext_")]
        triggers = connection.execute(
            text(
                "SELECT trigger_name, action_statement FROM information_schema.triggers "
                "WHERE trigger_schema = DATABASE() ORDER BY trigger_name"
            )
        ).all()
        return {name: definition(connection, name) for name in names}, triggers


def definition(connection, name):
    created = connection.execute(text(f"SHOW CREATE TABLE `{name}`")).all()[0][1]
    return re.sub(r" AUTO_INCREMENT=\d+", "", created)


def rows(connection, name):
    return sorted(repr(tuple(row)) for row in connection.execute(text(f"SELECT * FROM `{name}`")))
