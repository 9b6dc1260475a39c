import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from endi_ext.kernel.engine import make_engine, read_only, reading_once, writing_much
from endi_ext.kernel.parties import Party
from tests.builders import a_party
from tests.copies import copy_file


@pytest.fixture
def engine(tmp_path, migrated):
    engine = make_engine(f"sqlite:///{tmp_path}/deep/down/books.sqlite")
    copy_file(migrated("sqlite"), str(engine.url))
    yield engine
    engine.dispose()


def test_sqlite_keeps_references_and_a_log_beside_the_file(engine):
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA recursive_triggers")).scalar() == 1
        assert connection.execute(text("PRAGMA busy_timeout")).scalar() == 30_000
        assert connection.execute(text("PRAGMA cache_size")).scalar() == -20_000
        assert connection.execute(text("PRAGMA temp_store")).scalar() == 2


def test_reading_or_writing_a_whole_book_leaves_the_cache_of_the_others_alone(engine):
    def cache_kib(session):
        return -session.execute(text("PRAGMA cache_size")).scalar()

    with Session(engine, future=True) as session:
        with suppress(ZeroDivisionError), reading_once(session):
            assert 0 < cache_kib(session) <= 2_000
            raise ZeroDivisionError
        assert cache_kib(session) == 20_000
        with writing_much(session):
            assert cache_kib(session) > 20_000
        assert cache_kib(session) == 20_000


def test_two_writers_queue_from_their_first_statement(engine):
    with Session(engine, future=True) as first:
        first.execute(select(Party.id)).all()
        other = sqlite3.connect(engine.url.database, timeout=0, isolation_level=None)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()


def test_a_reader_does_not_queue(engine):
    with Session(engine, future=True) as writer, read_only(Session(engine, future=True)) as reader:
        a_party(writer, name="Atelier Bois")
        assert reader.execute(select(Party.name)).scalars().all() == []
        writer.commit()
    with Session(engine, future=True) as session:
        assert session.execute(select(Party.name)).scalars().all() == ["Atelier Bois"]


def test_a_reader_keeps_its_view_while_others_write(engine):
    with read_only(Session(engine, future=True)) as reader:
        assert reader.execute(select(Party.id)).all() == []
        with Session(engine, future=True) as writer:
            a_party(writer)
            writer.commit()
        assert reader.execute(select(Party.id)).all() == []


def test_a_transaction_rolled_back_leaves_nothing(engine):
    with Session(engine, future=True) as session:
        a_party(session)
        session.rollback()
        assert session.execute(select(Party.id)).all() == []


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite:///:memory:"])
def test_a_database_in_memory_lives_with_its_engine_and_is_the_same_in_every_thread(url):
    engine = make_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE party (id INTEGER)"))
        connection.execute(text("INSERT INTO party VALUES (12)"))

    def read():
        with engine.connect() as connection:
            return connection.execute(text("SELECT id FROM party")).scalar()

    with ThreadPoolExecutor(1) as other:
        assert (read(), other.submit(read).result()) == (12, 12)
    engine.dispose()


def test_mariadb_is_strict_and_speaks_all_of_unicode(mariadb):
    engine = make_engine(mariadb.new_database())
    with engine.connect() as connection:
        assert "STRICT_TRANS_TABLES" in connection.execute(text("SELECT @@sql_mode")).scalar()
        assert connection.execute(text("SELECT '🌞'")).scalar() == "🌞"
    engine.dispose()


def test_an_engine_for_one_command_keeps_no_connection(mariadb):
    engine = make_engine(mariadb.new_database(), pooled=False)
    with engine.connect() as connection:
        first = connection.execute(text("SELECT CONNECTION_ID()")).scalar()
    with engine.connect() as connection:
        assert connection.execute(text("SELECT CONNECTION_ID()")).scalar() != first


def test_connections_to_a_server_are_tried_before_use_and_renewed_after_half_an_hour():
    """A server closes what was idle for long: nobody shall see a page fail for it."""
    pool = make_engine("mysql://nobody:x@127.0.0.1:9/none").pool
    assert (pool._pre_ping, pool._recycle) == (True, 1800)


def test_a_server_that_is_not_there_is_told_at_once():
    with pytest.raises(OperationalError):
        make_engine("mysql://nobody:x@127.0.0.1:9/none").connect()
