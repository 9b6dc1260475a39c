"""Each page as its people meet it: no serious barrier that axe can see, and nothing wider than a phone."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.browser.barriers import barriers_of, overflow_of
from tests.browser.conftest import DESK, PHONE

# Where each person begins; whatever their pages lead to is visited too, one page of each shape.
STARTS = {
    "nobody": ("/login", "/nowhere"),
    "helene": ("/", "/companies/1/exchanges"),
    "aminata": ("/", "/companies/5/exchanges"),
    "sylvie": ("/", "/companies/7/exchanges"),
    "odile": ("/", "/exchanges", "/exchanges/statement?party=MENLAC", "/companies/1/exchanges"),
    "fatou": ("/", "/exchanges/disputes"),
    "marc": ("/", "/admin/exchanges", "/admin/users", "/admin/companies"),
}

# Some of what must have been reached: a crawl that finds nothing finds no barrier either.
REACHED = {
    "helene": {
        "/companies/N/exchanges/all/N",
        "/companies/N/exchanges/statement/N",
        "/companies/N/exchanges/subcontracts/N",
        "/companies/N/exchanges/subcontracts/N/counter",
        "/companies/N/exchanges/subcontracts/N/deliveries/N/contest",
        "/companies/N/exchanges/subcontracts/N/disputes/N",
        "/companies/N/exchanges/subcontracts/N/disputes/N/arbitration",
        "/companies/N/exchanges/subcontracts/N/disputes/N/propose",
        "/companies/N/exchanges/subcontracts/new",
        "/companies/N/exchanges/tenders/N/agreements",
        "/companies/N/exchanges/tenders/N/outcome/lots/N",
        "/companies/N/exchanges/tenders/N/trace/N",
        "/companies/N/exchanges/tenders/memory",
    },
    "odile": {
        "/exchanges/N/reverse",
        "/exchanges/N/settle",
        "/exchanges/entries/N",
        "/exchanges/import",
        "/exchanges/periods",
        "/exchanges/tenders",
        "/exchanges/trial-balance",
        "/exchanges/verification",
    },
    "fatou": {"/exchanges/disputes/N"},
    "marc": {
        "/admin/companies/N",
        "/admin/companies/new",
        "/admin/exchanges/rates",
        "/admin/exchanges/rights",
        "/admin/exchanges/scheme",
        "/admin/users/N",
    },
}


# What leads elsewhere in each state is looked at in several.
SEVERAL = {
    "/companies/N/exchanges/subcontracts/N": 8,
    "/companies/N/exchanges/tenders": 3,
    "/companies/N/exchanges/tenders/N": 6,
    "/companies/N/exchanges/tenders/N/outcome": 4,
}
NUMBER = re.compile(r"[0-9a-f]{16}|\d+")
DOWNLOAD = re.compile(
    r"\.(pdf|csv|json|xlsx|ics)$|format=|/certificate|/checkpoint|/files/|/export\b"
    r"|/(file|proof|zip|pdf|odt|xlsx)$"
)


def pages_of(host: Any, window: Any, login: str) -> Iterator[tuple[str, Any]]:
    """Yield each page a person reaches by links, with its shape (`/exchanges/N`), open in their window."""
    seen: Counter[str] = Counter()
    visited: set[str] = set()
    waiting = [host.url + path for path in STARTS[login]]
    while waiting:
        address = waiting.pop(0).partition("#")[0]
        shape = NUMBER.sub("N", urlsplit(address).path)
        if seen[shape] >= SEVERAL.get(shape, 1) or not address.startswith(host.url) or not is_a_page(address):
            continue
        if address in visited:
            continue
        visited.add(address)
        seen[shape] += 1
        answer = window.goto(address)
        assert answer.status == (404 if shape == "/nowhere" else 200), address
        waiting += window.evaluate("[...document.querySelectorAll('a[href]')].map(link => link.href)")
        yield shape, window


def is_a_page(address: str) -> bool:
    """Say whether an address leads to a page, as far as one can tell: papers and tables are downloads."""
    return not DOWNLOAD.search(address)


# Other entrepreneurs, and who follows them, open the same pages: first ones are looked at, then what is new.
LIKE_HELENE = ("aminata", "sylvie")


@pytest.fixture(scope="module")
def looked_at():
    """The shapes of pages that were looked at as helene sees them."""
    return set()


@pytest.mark.parametrize("login", STARTS)
def test_no_page_has_a_serious_barrier_or_is_wider_than_a_phone(host, chromium, looked_at, login):
    window = chromium.new_page(locale="fr-FR", viewport=DESK)
    if login != "nobody":
        host.log_in(window, login)
    reached, problems = set(), {}
    for shape, page in pages_of(host, window, login):
        if login in LIKE_HELENE and shape in looked_at and len(reached) > len(STARTS[login]):
            reached.add(shape)
            continue
        looked_at.update({shape} if login == "helene" else ())
        # The frame around it is the same on every page a person opens.
        found = barriers_of(page, within="main" if len(reached) > len(STARTS[login]) else None)
        page.set_viewport_size(PHONE)
        if overflow_of(page) > 0:
            found.append(f"{overflow_of(page)} pixels wider than a phone")
        page.set_viewport_size(DESK)
        reached.add(shape)
        if found:
            problems[page.url] = found
    window.close()
    assert problems == {}
    assert reached >= REACHED.get(login, set())


def test_the_checks_see_a_barrier_and_an_overflow(chromium):
    page = chromium.new_page(viewport=PHONE)
    page.set_content(
        "<html lang=fr><title>t</title><main><img src=x>"
        "<p style='width:500px;color:#999;background:#fff'>pâle</p>"
    )
    assert {barrier.partition(":")[0] for barrier in barriers_of(page)} == {"image-alt", "color-contrast"}
    assert overflow_of(page) > 100
    page.close()
