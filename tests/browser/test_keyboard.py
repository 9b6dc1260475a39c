"""The demo's frame without a mouse: past the menu at once, the menu of a phone opened and closed."""

import pytest

from tests.browser.conftest import PHONE


@pytest.fixture
def on_a_phone(as_person):
    return as_person("aminata", PHONE)


def focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")


def test_the_first_key_leads_past_the_menu(as_person):
    page = as_person("helene")
    page.reload()
    page.keyboard.press("Tab")
    assert focused(page) == "Aller au contenu"
    assert page.get_by_text("Aller au contenu").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert focused(page) == "target_content"


def test_every_stop_of_the_keyboard_shows_where_it_is(as_person):
    page = as_person("helene")
    page.reload()
    stops = page.locator("a[href], button:visible, summary, input:visible").count()
    for _ in range(min(stops, 25)):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid", focused(page)


def test_the_menu_of_a_phone_opens_by_a_key_and_closes_by_escape(on_a_phone):
    page = on_a_phone
    button, menu = page.locator("#menu_button"), page.locator("#menu")
    assert menu.is_hidden()
    button.focus()
    page.keyboard.press("Enter")
    assert menu.is_visible()
    assert button.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert menu.is_hidden()
    assert focused(page) == "menu_button"


def test_one_passes_to_another_activity_by_keys(on_a_phone):
    page = on_a_phone
    page.locator("#menu_button").press("Enter")
    page.locator(".switcher summary").press("Enter")
    other = page.locator(".switcher li a")
    name = other.inner_text().strip()
    other.press("Enter")
    page.wait_for_url("**/exchanges")
    page.locator("#menu_button").press("Enter")
    assert name.endswith(page.locator(".switcher .switcher_name").inner_text().split("\n")[-1].strip())


def test_without_scripts_the_menu_is_open(host, chromium):
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{host.url}/login")
    page.fill("#login", "helene")
    page.fill("#password", "passerelle")
    page.press("#password", "Enter")
    page.wait_for_url("**/exchanges")
    assert page.locator("#menu").is_visible()
    context.close()
