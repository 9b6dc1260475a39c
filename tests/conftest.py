"""What every test may ask for.

`session`         a session on a migrated SQLite database; whatever it writes is rolled back.
`either_session`  the same, run once on SQLite and once on MariaDB.
`connection`      a connection without services, once on each engine, rolled back.
`engine`          a database of its own on each engine, copied from a migrated one, for tests that commit.
`mariadb_engine`  the same on MariaDB only, for what SQLite does not know: snapshots that grow old.
`empty_engine`    the same without our tables, for tests of migrations.

MariaDB is a private server on the loopback, started once in a temporary directory, unless
ENDI_EXT_TEST_MARIADB holds the URL of a server where databases may be created (mysql://user:password@host:port).
"""

import gc
import os
import sys
from functools import cache

import pygal
import pytest
from hypothesis import Phase, settings
from sqlalchemy.orm import Session

from endi_ext import migrations
from endi_ext.kernel.engine import make_engine
from tests.copies import Copied, copy_file
from tests.mariadb import Server

# pygal hangs a finder of the old kind on the imports, for maps that we do not draw: pytest stumbles over it.
sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, pygal.PluginImportFixer)]

# How long an example takes says more about the machine than about us. Always the same examples: what passes
# here passes elsewhere. New ones are looked for with HYPOTHESIS_PROFILE=thorough.
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("thorough", deadline=None, print_blob=True)
# For mutants (tools/mutants.py): that a test fails is enough, the smallest example is not looked for.
settings.register_profile(
    "unshrunk", deadline=None, derandomize=True, phases=(Phase.explicit, Phase.generate)
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

ENGINES = ("sqlite", "mariadb")
# A SQLite database already migrated, for whoever starts the tests hundreds of times (tools/mutants.py).
READY = os.environ.get("ENDI_EXT_TEST_SQLITE")


def pytest_collection_finish():
    """Look no more for garbage in what stays: thousands of tests and every module they import."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def mariadb(tmp_path_factory):
    """A MariaDB server; one that cannot be started is an error."""
    given = os.environ.get("ENDI_EXT_TEST_MARIADB")
    server = Server.at(given) if given else Server.start(tmp_path_factory.mktemp("mariadb"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def migrated(request, tmp_path_factory):
    """Return the migrated database of each kind that tests share, made when first asked for."""
    made = {}

    def of(kind):
        if kind not in made:
            url = url_of(kind, request, tmp_path_factory.mktemp("books"))
            made[kind] = make_engine(url)
            if kind == "sqlite" and READY:
                copy_file(make_engine(f"sqlite:///{READY}"), url)
            else:
                migrations.upgrade(made[kind])
        return made[kind]

    yield of
    for engine in made.values():
        engine.dispose()


def url_of(kind, request, folder):
    if kind == "sqlite":
        return f"sqlite:///{folder}/books.sqlite"
    return request.getfixturevalue("mariadb").new_database()


@pytest.fixture
def session(migrated):
    yield from doomed_session(migrated("sqlite"))


@pytest.fixture(params=ENGINES)
def either_session(request, migrated):
    yield from doomed_session(migrated(request.param))


@pytest.fixture(params=ENGINES)
def connection(request, migrated):
    with migrated(request.param).connect() as connection:
        transaction = connection.begin()
        yield connection
        if transaction.is_active:
            transaction.rollback()


@pytest.fixture(scope="session")
def copied(migrated):
    """What to copy on MariaDB, where migrations take seconds."""
    return cache(lambda: Copied(migrated("mariadb")))


@pytest.fixture
def copy(request, tmp_path, migrated, copied):
    """Return a migrated database of the test's own, of the kind it asks for."""
    made = []

    def of(kind):
        url = url_of(kind, request, tmp_path)
        if kind == "sqlite":
            copy_file(migrated(kind), url)
        made.append(make_engine(url))
        if kind == "mariadb":
            copied().into(made[-1])
        return made[-1]

    yield of
    for engine in made:
        engine.dispose()


@pytest.fixture(params=ENGINES)
def engine(request, copy):
    return copy(request.param)


@pytest.fixture
def mariadb_engine(copy):
    return copy("mariadb")


@pytest.fixture(params=ENGINES)
def empty_engine(request, tmp_path):
    engine = make_engine(url_of(request.param, request, tmp_path))
    yield engine
    engine.dispose()


def doomed_session(engine):
    with engine.connect() as connection:
        transaction = connection.begin()
        session = Session(bind=connection, future=True)
        yield session
        session.close()
        if transaction.is_active:
            transaction.rollback()
