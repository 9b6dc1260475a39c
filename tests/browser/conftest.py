"""A real Chromium in front of a real server: the demo by default, the real enDI when ENDI_EXT_ENDI_INI
names one.
"""

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from playwright.sync_api import sync_playwright
from sqlalchemy import select
from sqlalchemy.orm import Session

from endi_ext.kernel.parties import Party
from tests.browser.barriers import barriers_of, overflow_of
from tests.browser.books import Books
from tests.browser.served import ROOT, Served, serve_demo, serve_endi

# Chromium asks for nothing outside this machine.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
    "--no-first-run",
    "--lang=fr-FR",
)
# Frames are each host's own affair: these look at the demo's.
collect_ignore = ["test_every_page.py", "test_keyboard.py"] if "ENDI_EXT_ENDI_INI" in os.environ else []

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


def chromium_path() -> str:
    """Return where Chromium is."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "chromium is installed (apt-get install chromium)"
    return path


@pytest.fixture(scope="session")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The host under test, served."""
    serve = serve_endi if "ENDI_EXT_ENDI_INI" in os.environ else serve_demo
    served = serve(tmp_path_factory.mktemp("served"))
    yield served
    served.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's Chromium, headless; its absence is an error."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def cookies() -> dict[str, Any]:
    """What each browser keeps of those who logged in: once is enough, as for people who come back."""
    return {}


@pytest.fixture
def as_person(host: Served, chromium: Any, cookies: dict[str, Any]) -> Iterator[Callable[..., Any]]:
    """Return a page logged in: `as_person("helene")`, or on a phone with `viewport=PHONE`."""
    contexts = []

    def logged_in(login: str, viewport: dict[str, int] = DESK) -> Any:
        context = chromium.new_context(viewport=viewport, locale="fr-FR", storage_state=cookies.get(login))
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        if login in cookies:
            page.goto(f"{host.url}/")
        else:
            host.log_in(page, login)
            cookies[login] = context.storage_state()
        return page

    yield logged_in
    for context in contexts:
        context.close()


@pytest.fixture
def photographs(host: Served) -> Callable[[Any, str], None]:
    """Return what takes a picture of a page into var/photographs/<host>/, to be looked at: when asked to.

    ENDI_EXT_PHOTOGRAPHS=yes asks.
    """
    folder = ROOT / "var" / "photographs" / host.name
    folder.mkdir(parents=True, exist_ok=True)

    def take(page: Any, name: str) -> None:
        if os.environ.get("ENDI_EXT_PHOTOGRAPHS") != "yes":
            return
        # Still, as a reader sees it: enDI slides its menu aside for half a second.
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True, animations="disabled")

    return take


@pytest.fixture
def books(host: Served) -> Books:
    """The books behind the host, as they change from here on."""
    return Books(host.engine)


@pytest.fixture
def home_of(host: Served) -> Callable[[str], str]:
    """Return the address of an enseigne's pages."""

    def address(name: str) -> str:
        with Session(host.engine, future=True) as session:
            party = session.execute(select(Party).where(Party.name == name)).scalars().one()
            return f"{host.url}/companies/{party.host_id}/exchanges"

    return address


@pytest.fixture
def step(request: pytest.FixtureRequest, books: Books, photographs: Callable[[Any, str], None]) -> Any:
    """Return what ends a step of a story: two pictures, no barrier in what is ours, the books as expected."""
    story = request.module.__name__.rpartition("test_")[2]
    numbers = itertools.count(1)

    def done(page: Any, name: str, table: str = "") -> None:
        number = next(numbers)
        # A click returns once the next page begins: what is looked at is the whole of it.
        page.wait_for_load_state()
        photographs(page, f"{story}-{number:02}-{name}")
        assert barriers_of(page, within=".endi-ext") == []
        page.set_viewport_size(PHONE)
        photographs(page, f"{story}-phone-{number:02}-{name}")
        assert overflow_of(page) <= 0
        page.set_viewport_size(DESK)
        assert books.table() == dedent(table).strip("\n")
        books.prove()

    return done
