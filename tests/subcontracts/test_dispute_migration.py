"""The right that migration 0007 gives to a host."""

from sqlalchemy import text

from endi_ext import migrations

HOST = (
    "CREATE TABLE access_rights (id INTEGER PRIMARY KEY{auto}, name VARCHAR(60))",
    "CREATE TABLE {groups} (id INTEGER PRIMARY KEY{auto}, name VARCHAR(60))",
    "CREATE TABLE groups_access_rights (access_right_id INTEGER, group_id INTEGER)",
    "INSERT INTO {groups} (id, name) VALUES (1, 'admin'), (2, 'adviser')",
)


def test_a_host_knows_the_right_to_arbitrate_and_its_administrators_hold_it(empty_engine):
    prepare(empty_engine)
    migrations.upgrade(empty_engine)
    assert held(empty_engine) == {("endi_ext_arbiter", "admin")}
    migrations.downgrade(empty_engine, "0006")
    assert held(empty_engine) == set()
    migrations.upgrade(empty_engine)
    assert held(empty_engine) == {("endi_ext_arbiter", "admin")}


def test_a_right_the_host_wrote_already_is_not_written_twice(empty_engine):
    prepare(empty_engine)
    migrations.upgrade(empty_engine, "0006")
    with empty_engine.begin() as connection:
        connection.execute(text("INSERT INTO access_rights (name) VALUES ('endi_ext_arbiter')"))
    migrations.upgrade(empty_engine)
    assert held(empty_engine) == {("endi_ext_arbiter", "admin")}
    with empty_engine.connect() as connection:
        rights = "SELECT COUNT(*) FROM access_rights WHERE name = 'endi_ext_arbiter'"
        assert connection.execute(text(rights)).scalar_one() == 1


def prepare(engine):
    """The host's tables of rights, as far as they matter here."""
    words = {"auto": "" if engine.dialect.name == "sqlite" else " AUTO_INCREMENT", "groups": groups(engine)}
    with engine.begin() as connection:
        for statement in HOST:
            connection.execute(text(statement.format(**words)))


def groups(engine):
    """`groups` is a word of MariaDB's since version 11."""
    return engine.dialect.identifier_preparer.quote_identifier("groups")


def held(engine):
    statement = (
        "SELECT r.name, g.name FROM groups_access_rights h JOIN access_rights r ON r.id = h.access_right_id"
        f" JOIN {groups(engine)} g ON g.id = h.group_id WHERE r.name = 'endi_ext_arbiter'"
    )
    with engine.connect() as connection:
        return {tuple(row) for row in connection.execute(text(statement))}
