"""The demo host on a file of its own, seeded small, and browsers logged in as its people."""

import gc
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy.orm import Session
from webtest import TestApp

from endi_ext import migrations
from endi_ext.hosts.demo import people, seeding
from endi_ext.hosts.demo.app import create_tables, host_of, main
from endi_ext.hosts.demo.passwords import Patience
from endi_ext.hosts.demo.settings import read as read_demo
from endi_ext.kernel.engine import make_engine
from endi_ext.kernel.history import Act
from endi_ext.kernel.parties import Party, by_host_key
from endi_ext.ledger import seals
from endi_ext.settings import read as read_plugin
from tests.copies import copy_file
from tests.web.dealings import Dealings, deal
from tests.web.telling import clock, post, request_of_a_command, untold

__all__ = ["clock", "post", "request_of_a_command", "untold"]  # fixtures of tests.web.telling

PASSWORD = "passerelle"

PERSONS = (
    people.Person(1, "helene", "Hélène Marchand", people.ENTREPRENEUR),
    people.Person(2, "karim", "Karim Benali", people.ENTREPRENEUR),
    people.Person(3, "solene", "Solène Le Goff", people.ENTREPRENEUR),
    people.Person(4, "aminata", "Aminata Diallo", people.ENTREPRENEUR),
    people.Person(5, "odile", "Odile Berthier", people.ACCOUNTANT),
    people.Person(6, "marc", "Marc Lefèvre", people.ADMIN),
    people.Person(7, "sylvie", "Sylvie Arnaud", people.FOLLOWER),
    people.Person(8, "fatou", "Fatou Ndiaye", people.ARBITER),
)

# helene and karim deal with each other, solene is the stranger, aminata has two activities, sylvie follows
# one of them.
COMPANIES = (
    people.Company(1, "Menuiserie du Lac", "MENLAC", "Menuiserie", "Talloires", ("helene",)),
    people.Company(2, "Atelier Trait Juste", "TRAITJ", "Dessin", "Grenoble", ("karim",)),
    people.Company(3, "Studio Écume", "ECUME", "Sites web", "Brest", ("solene",), 1200),
    people.Company(4, "Diallo Rédaction", "DIALLO", "Rédaction", "Montreuil", ("aminata",)),
    people.Company(5, "Les Mots à l'Air", "MOTAIR", "Écriture", "Montreuil", ("aminata",), 800, "sylvie"),
)


@pytest.fixture(scope="session")
def seeded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated and populated SQLite file, made once; never opened by a test itself."""
    path = tmp_path_factory.mktemp("seeded") / "demo.sqlite"
    engine = make_engine(f"sqlite:///{path}")
    create_tables(engine)
    migrations.upgrade(engine)
    with Session(engine, future=True) as session, pytest.MonkeyPatch.context() as patch:
        # What a hash costs is written in it: these ask little at each of a thousand logins.
        patch.setattr(seeding, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        seeding.populate(session, PERSONS, COMPANIES, password=PASSWORD)
        seeding.directory().sync(session)
        session.commit()
    # The copies take one file: the last connection closed folds the write-ahead log into it.
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def wired(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The demo's WSGI application, its hundreds of routes and views put together once.

    Its engine stays too, with the statements it has compiled: each test finds another file under its name.
    """
    folder = tmp_path_factory.mktemp("wired")
    app = main({"here": str(folder)}, **{"sqlalchemy.url": f"sqlite:///{folder}/demo.sqlite"})
    app.registry["engine"].dispose()
    gc.collect()
    gc.freeze()  # it stays: nobody needs to look through it for garbage
    return app


@pytest.fixture
def demo_app(wired: Any, seeded_file: Path, tmp_path: Path) -> Iterator[Any]:
    """The demo's WSGI application on its own copy of the seeded file, as if it had just started."""
    registry = wired.registry
    engine = registry["engine"]
    put_in_place(seeded_file, file_of(engine))
    own = read_demo({"sqlalchemy.url": str(engine.url)}, here=str(tmp_path))
    with pytest.MonkeyPatch.context() as patch:
        # All that main() reads from a folder or that changes while it runs.
        patch.setattr(registry, "settings", {**registry.settings, **own})
        patch.setattr(registry, "endi_ext_settings", read_plugin(registry.settings, here=str(tmp_path)))
        patch.setattr(registry, "endi_ext_host", host_of(registry.settings))
        patch.setitem(registry, "demo.patience", Patience())
        seals.keep_key_at(registry.endi_ext_settings["endi_ext.signing_key"])
        yield wired
    engine.dispose()


def file_of(engine: Any) -> Path:
    """Return the file of a SQLite engine."""
    return Path(engine.url.database)


def put_in_place(whole: Path, path: Path) -> None:
    """Copy a file with nothing in its write-ahead log to where another was, without writing into that one."""
    for old in (path, wal_of(path), path.with_name(f"{path.name}-shm")):
        old.unlink(missing_ok=True)
    shutil.copy(whole, path)


def wal_of(path: Path) -> Path:
    """Return where SQLite writes first."""
    return path.with_name(f"{path.name}-wal")


@pytest.fixture
def books(demo_app: Any) -> Iterator[Session]:
    """A session of the test's own beside the application; what it wants seen it commits."""
    with Session(demo_app.registry["engine"], future=True) as session:
        yield session


@pytest.fixture
def party(books: Session) -> Callable[[int], Party]:
    """Return the party of a company by its number: `party(1)` is Menuiserie du Lac."""

    def found(company_id: int) -> Party:
        known = by_host_key(books, f"company:{company_id}")
        assert known is not None
        books.commit()  # on SQLite a session left open would keep the application from writing
        return known

    return found


@pytest.fixture
def an_act(demo_app: Any) -> Callable[[str], Act]:
    """Return who acts and when: `an_act("helene")`."""

    def made(login: str) -> Act:
        person = next(person for person in PERSONS if person.login == login)
        clock = demo_app.registry.endi_ext_host.clock
        return Act(f"user:{person.id}", person.name, clock.now(), clock.today())

    return made


@pytest.fixture(scope="session")
def dealt(tmp_path_factory: pytest.TempPathFactory) -> dict[date, tuple[Any, Dealings]]:
    """By day, an engine on a demo where the companies 1 and 2 have just dealt, and the ids."""
    return {}


@pytest.fixture
def dealings(
    demo_app: Any,
    books: Session,
    party: Callable[[int], Party],
    an_act: Callable[[str], Act],
    dealt: dict[date, tuple[Any, Dealings]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Dealings:
    """What the companies 1 and 2 have done together, copied from an earlier test into an untouched demo."""
    engine, today = demo_app.registry["engine"], an_act("helene").today
    log = wal_of(file_of(engine))
    if books.in_transaction() or (log.exists() and log.stat().st_size):
        return deal(books, party, an_act)
    if today not in dealt:
        ids = deal(books, party, an_act)
        kept = make_engine(f"sqlite:///{tmp_path_factory.mktemp('dealt')}/demo.sqlite")
        copy_file(engine, str(kept.url))
        dealt[today] = kept, ids
        return ids
    kept, ids = dealt[today]
    copy_file(kept, str(engine.url))
    return ids


@pytest.fixture
def anonymous(demo_app: Any) -> TestApp:
    """A browser nobody is logged in with."""
    return TestApp(demo_app)


@pytest.fixture
def as_user(demo_app: Any) -> Callable[[str], TestApp]:
    """Return a browser logged in: `as_user("helene").get("/")`."""

    def logged_in(login: str) -> TestApp:
        browser = TestApp(demo_app)
        form = browser.get("/login").forms["login-form"]
        form["login"], form["password"] = login, PASSWORD
        form.submit(status=303)
        return browser

    return logged_in


def csrf_token(page: Any) -> str:
    """Return the token of the first form of `page`, for a request made by hand."""
    found = re.search(r'name="csrf_token"\s+value="([^"]+)"', page.text)
    assert found, "the page has a form with a token"
    return found.group(1)
