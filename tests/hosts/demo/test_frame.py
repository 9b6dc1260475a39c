"""The frame around the pages: menus by rights, the activity shown, headers, failures."""

import pytest
from webtest import TestApp

from endi_ext.hosts.demo import directory
from endi_ext.hosts.demo.app import main
from endi_ext.hosts.demo.models import Company
from tests.web.conftest import PASSWORD


def menu_of(page):
    return [entry.text.strip() for entry in page.html.select(".menu_entries a")]


def test_an_entrepreneur_sees_the_menu_of_their_activity_only(as_user):
    page = as_user("helene").get("/companies/1/exchanges")
    ours = ["À traiter", "Sous-traitance", "Appels d’offres", "Mes affaires", "Échéances", "Échanges"]
    assert menu_of(page) == [*ours, "Relevé", "Factures clients"]
    assert page.html.select_one(".switcher_name").text.split()[-3:] == ["Menuiserie", "du", "Lac"]


def test_the_page_shown_is_marked_in_the_menu(as_user):
    page = as_user("helene").get("/companies/1/exchanges/subcontracts")
    (current,) = page.html.select(".menu_entries [aria-current=page]")
    assert current.text.strip() == "Sous-traitance"


def test_someone_with_two_activities_passes_from_one_to_the_other(as_user):
    browser = as_user("aminata")
    page = browser.get("/companies/5/exchanges")
    (other,) = page.html.select(".switcher li a")
    assert other["href"] == "/companies/4"
    browser.get(other["href"], status=303)
    assert (
        "Diallo Rédaction" in browser.get("/companies/4/exchanges").html.select_one(".switcher summary").text
    )


def test_the_activity_used_last_is_still_there_on_a_page_that_has_none(as_user):
    browser = as_user("aminata")
    browser.get("/companies/5/exchanges")
    assert "Les Mots" in browser.get("/").html.select_one(".switcher summary").text


def test_an_accountant_sees_the_accounting_menu_and_no_activity(as_user):
    page = as_user("odile").get("/")
    assert "Journal" in menu_of(page)
    assert "Enseignes" not in menu_of(page)
    assert page.html.select_one(".switcher_name") is None


def test_an_accountant_reading_an_activity_sees_whose_it_is(as_user):
    page = as_user("odile").get("/companies/1/exchanges")
    assert "Enseigne consultée" in page.html.select_one(".switcher_name").text
    assert "Factures clients" not in menu_of(page)  # they would lead to a page not found


def test_a_follower_reads_the_client_invoices_of_what_they_follow(as_user):
    browser = as_user("sylvie")
    assert "Factures clients" in menu_of(browser.get("/companies/5/exchanges"))
    browser.get("/companies/5/invoices", status=200)


def test_a_follower_enters_what_they_follow_and_nothing_else(as_user):
    browser = as_user("sylvie")
    assert browser.get("/companies/5", status=303).location.endswith("/companies/5/exchanges")
    browser.get("/companies/1", status=404)


def test_an_activity_of_nobody_is_not_found_in_the_same_words_as_someone_elses(as_user):
    browser = as_user("helene")
    assert browser.get("/companies/3", status=404).text == browser.get("/companies/999", status=404).text


def test_a_message_is_said_once_and_as_text(as_user):
    browser = as_user("marc")
    form = browser.get("/admin/companies/1").forms["company-form"]
    form["name"] = "<b>Lac</b>"
    page = form.submit().follow()
    assert "« <b>Lac</b> » est enregistrée." in page.html.select_one(".alert-success").text
    assert browser.get("/admin/companies").html.select_one(".alert-success") is None


@pytest.mark.parametrize("address", ["/", "/admin/users", "/nowhere"])
def test_pages_run_no_script_from_elsewhere_and_stay_in_no_cache(as_user, address):
    answer = as_user("marc").get(address, status="*")
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_nothing_is_loaded_from_another_site(as_user):
    page = as_user("helene").get("/companies/1/exchanges")
    loaded = [one.get("src") or one.get("href") for one in page.html.select("script, link, img, use")]
    assert loaded
    assert [address for address in loaded if "//" in address.removeprefix("http://localhost/")] == []


@pytest.fixture
def served(demo_app, tmp_path):
    """The application as `endi-ext demo` serves it, on the same file."""
    settings = {"sqlalchemy.url": str(demo_app.registry["engine"].url), "demo.hide_failures": "true"}
    return TestApp(main({"here": str(tmp_path)}, **settings))


def test_a_failure_is_a_page_without_its_secrets_and_keeps_nothing(served, books, monkeypatch):
    form = served.get("/login").forms["login-form"]
    form["login"], form["password"] = "marc", PASSWORD
    form.submit(status=303)
    form = served.get("/admin/companies/1").forms["company-form"]
    form["name"] = "Menuiserie du Col"
    monkeypatch.setattr(directory, "keep_in_step", lambda session, known: 1 / 0)
    answer = form.submit(status=500)
    assert "Une erreur s’est produite" in answer.text
    assert "ZeroDivision" not in answer.text
    assert books.get(Company, 1).name == "Menuiserie du Lac"


def test_a_failure_is_not_hidden_from_tests(as_user, monkeypatch):
    monkeypatch.setattr("endi_ext.hosts.demo.views.home.followed_by", lambda request: 1 / 0)
    browser = as_user("odile")
    with pytest.raises(ZeroDivisionError):
        browser.get("/")
