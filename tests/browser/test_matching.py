"""Two lists matched by keyboard alone: accept, undo, match by hand, set aside, on at the next line."""

import pytest

from tests.browser.barriers import barriers_of, overflow_of
from tests.browser.conftest import DESK, PHONE

SALES = """id;seller;buyer;date;amount;label;reference
V1;Trait;Lac;02/11/2026;1200,00;Plans;F-1
V2;Trait;Lac;03/11/2026;450,00;Relevés;F-2
V3;Trait;Lac;05/11/2026;800,00;Façade;F-3
V4;Écume;Trait;09/11/2026;110,00;Logo;
"""
PURCHASES = """id;seller;buyer;date;amount;label;reference
A1;Trait;Lac;02/11/2026;1200,00;Plans;F-1
A2;Trait;Lac;03/11/2026;455,00;Relevés;F-2
A3;Trait;Lac;28/11/2026;800,00;Façade;F-3
"""


@pytest.fixture
def campaign(host, as_person):
    """The page of a campaign: one sure match, two suggested, one document left over."""
    page = as_person("odile")
    page.goto(f"{host.url}/exchanges/matching/new")
    page.fill("[name=name]", "Novembre")
    for name, text in (("sales", SALES), ("purchases", PURCHASES)):
        file = {"name": f"{name}.csv", "mimeType": "text/csv", "buffer": text.encode()}
        page.set_input_files(f"[name={name}]", file)
    with page.expect_navigation():
        page.press("[name=name]", "Enter")
    return page


def pressed(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def answered(page, key):
    """Press a key that leads to another page, and wait for it."""
    with page.expect_navigation():
        page.keyboard.press(key)


def focused_row(page):
    return page.evaluate(
        "document.activeElement.closest('tr')?.querySelector('th').innerText.split('\\n')[0]"
    )


def seen(page, photographs, name):
    photographs(page, f"matching-{name}")
    assert barriers_of(page, within=".endi-ext") == []
    page.set_viewport_size(PHONE)
    photographs(page, f"matching-phone-{name}")
    assert overflow_of(page) <= 0
    page.set_viewport_size(DESK)


def test_two_lists_are_matched_by_keyboard_alone(campaign, photographs):
    page, path = campaign, campaign.url
    seen(page, photographs, "summary")
    page.goto(f"{path}/matches?state=suggested")
    seen(page, photographs, "suggested")
    pressed(page, "j", "j", "k")
    first = focused_row(page)
    answered(page, "a")
    assert focused_row(page) not in (None, first)
    answered(page, "Enter")
    seen(page, photographs, "one")
    answered(page, "s")
    page.goto(f"{path}/left")
    seen(page, photographs, "left")
    assert page.locator("tbody tr").count() == 3
    pressed(page, "j", "j", "x", "j", "x")  # the first is another seller's
    sums = page.locator("[data-sums]").inner_text()
    answered(page, "m")
    seen(page, photographs, "by-hand")
    page.focus("#endi_ext_submit")
    answered(page, "Enter")
    assert "€" in sums
    assert "fait à la main" in page.locator("body").inner_text()
    pressed(page, "j")
    answered(page, "w")
    page.focus("[name=reason]")
    page.keyboard.type("Facturé en décembre")
    page.keyboard.press("Tab")
    answered(page, "Enter")
    assert "Aucun document ici." in page.locator(".endi-ext").inner_text()
    page.goto(path)
    assert "Tout est décidé" in page.locator(".endi-ext").inner_text()
