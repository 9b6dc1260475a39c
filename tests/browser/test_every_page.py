"""Each page as its people meet it: no serious barrier that axe can see, and nothing wider than a phone."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import DESK, PHONE

BARRIERS = ("serious", "critical")

PAGES = {
    "nobody": ("/login", "/nowhere"),
    "helene": (
        "/companies/1/exchanges",
        "/companies/1/exchanges/subcontracts",
        "/companies/1/exchanges/subcontracts/new",
        "/companies/1/exchanges/all",
        "/companies/1/exchanges/statement",
    ),
    "aminata": ("/", "/companies/5/exchanges"),
    "sylvie": ("/", "/companies/7/exchanges"),
    "odile": (
        "/",
        "/exchanges",
        "/exchanges/journal",
        "/exchanges/trial-balance",
        "/exchanges/statement",
        "/exchanges/periods",
        "/exchanges/import",
        "/exchanges/verification",
    ),
    "marc": (
        "/",
        "/admin/exchanges",
        "/admin/exchanges/scheme",
        "/admin/exchanges/accounts",
        "/admin/exchanges/rates",
        "/admin/exchanges/rights",
        "/admin/users",
        "/admin/users/13",
        "/admin/companies",
        "/admin/companies/1",
    ),
}

# Reached by following the first link of that shape on a page: their addresses depend on the story.
FURTHER = (
    ("helene", "/companies/1/exchanges/subcontracts", r"/subcontracts/\d+$"),
    ("helene", "/companies/1/exchanges/all", r"/all/\d+$"),
    ("helene", "/companies/1/exchanges/statement", r"/statement/\d+$"),
    ("helene", "/companies/1/exchanges", r"/deliveries/\d+$"),
    ("odile", "/exchanges/journal", r"/entries/\d+$"),
    ("odile", "/exchanges", r"/exchanges/\d+$"),
    ("odile", "/exchanges", r"/settle$"),
)

VISITS = [(login, path, None) for login, paths in PAGES.items() for path in paths]
VISITS += [(login, path, link) for login, path, link in FURTHER]
NAMES = [f"{login}{path}{link or ''}" for login, path, link in VISITS]


@pytest.fixture(scope="module")
def window_of(host, chromium):
    """Return the window of a person, who logs in once for all the pages."""
    windows = {}

    def opened(login: str) -> Any:
        if login not in windows:
            windows[login] = chromium.new_page(locale="fr-FR")
            windows[login].set_default_timeout(10_000)
            if login != "nobody":
                host.log_in(windows[login], login)
        return windows[login]

    yield opened
    for window in windows.values():
        window.close()


@pytest.fixture
def visit(host, window_of):
    """Return what opens a page, or the first page it leads to by a link of that shape."""

    def opened(login: str, path: str, link: str | None) -> Any:
        page = window_of(login)
        page.set_viewport_size(DESK)
        answer = page.goto(host.url + path)
        if link is not None:
            answer = page.goto(first_link(page, link))
        assert answer.status == (404 if path == "/nowhere" else 200)
        return page

    return opened


def first_link(page: Any, shape: str) -> str:
    """Return the address of the first link of `page` that ends so."""
    found = page.evaluate(
        "shape => [...document.querySelectorAll('main a[href]')].map(a => a.href)"
        ".find(href => new RegExp(shape).test(href)) ?? null",
        shape,
    )
    assert found, f"{page.url} leads to {shape}"
    return str(found)


def barriers_of(page: Any) -> list[str]:
    """Return what axe finds serious or critical, each with the element."""
    return [
        f"{violation['id']}: {violation['help']} – {node['html'][:200]}"
        for violation in Axe().run(page).response["violations"]
        if violation["impact"] in BARRIERS
        for node in violation["nodes"]
    ]


def overflow_of(page: Any) -> int:
    """Return by how many pixels a page is wider than its window."""
    return int(page.evaluate("document.scrollingElement.scrollWidth - innerWidth"))


@pytest.mark.parametrize(("login", "path", "link"), VISITS, ids=NAMES)
def test_a_page_has_no_serious_barrier_and_fits_a_phone(visit, login, path, link):
    page = visit(login, path, link)
    assert barriers_of(page) == []
    page.set_viewport_size(PHONE)
    assert overflow_of(page) <= 0


def test_the_checks_see_a_barrier_and_an_overflow(chromium):
    page = chromium.new_page(viewport=PHONE)
    page.set_content(
        "<html lang=fr><title>t</title><main><img src=x>"
        "<p style='width:500px;color:#999;background:#fff'>pâle</p>"
    )
    assert {barrier.partition(":")[0] for barrier in barriers_of(page)} == {"image-alt", "color-contrast"}
    assert overflow_of(page) > 100
    page.close()
