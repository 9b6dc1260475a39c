"""Closing and reopening months from the list of months."""

import pytest

from endi_ext.ledger import seals
from tests.web.dealings import an_exchange

FORM = "endi_ext_form"


@pytest.fixture
def months(books, party, dealings, an_act):
    """Two months with entries: the one of the dealings and one long before."""
    before = an_act("odile").today.replace(year=2024, month=3, day=5)
    an_exchange(books, party(2), party(1), an_act("odile"), reference="ancien", on=before)
    books.commit()


def first_link(page, words):
    return next(link.attrs["href"] for link in page.html.select("td a") if words in link.get_text())


def closed(page, **expected):
    """Send the form of that page; what is left may wait."""
    page.forms[FORM]["reason"] = "Début de la tenue du livre"
    return page.forms[FORM].submit("submit", **expected)


def test_the_oldest_open_month_is_closed_with_a_certificate(as_user, months):
    browser = as_user("odile")
    page = browser.get("/exchanges/periods")
    assert len([link for link in page.html.select("td a") if "Clôturer" in link.get_text()]) == 1
    form = browser.get(first_link(page, "Clôturer 03/2024"))
    assert "Nombre d’écritures du mois mars 2024 : 1." in form.text
    assert "n’est pas terminé" not in form.text
    page = closed(form).follow()
    assert "Le mois mars 2024 est clôturé" in page.text
    assert "par Odile Berthier" in page.text
    answer = browser.get(first_link(browser.get("/exchanges/periods"), "Certificat"))
    assert seals.read_signed(answer.text, seals.CERTIFICATE)["entries"] == 1
    assert 'filename="certificat-2024-03.json"' in answer.headers["Content-Disposition"]


def test_a_later_month_is_not_closed_before_an_earlier_one(as_user, months, dealings):
    page = as_user("odile").get(f"/exchanges/periods/{dealings.period}/close")
    assert "À régler d’abord :" in page.text
    assert "Mois précédents clôturés" in page.html.select_one(".endi-ext-sentences").get_text()
    page = closed(page, status=422)
    assert "bloquent" in page.html.select_one("#endi_ext_form_errors").get_text()


def test_closing_a_month_that_is_not_over_says_what_it_stops(as_user, dealings):
    page = as_user("odile").get(f"/exchanges/periods/{dealings.period}/close")
    assert "ce mois n’est pas terminé" in page.text


def test_the_last_closed_month_is_reopened_with_a_reason(as_user, months):
    browser = as_user("odile")
    closed(browser.get(first_link(browser.get("/exchanges/periods"), "Clôturer")))
    address = first_link(browser.get("/exchanges/periods"), "Rouvrir")
    without = browser.get(address).forms[FORM].submit("submit", status=422)
    assert "obligatoire" in without.html.select_one(".error-message").get_text()
    form = browser.get(address).forms[FORM]
    form["reason"] = "Facture oubliée"
    page = form.submit("submit").follow()
    assert "Le mois 03/2024 est rouvert." in page.text
    assert not [link for link in page.html.select("td a") if "Certificat" in link.get_text()]


def test_an_open_month_has_no_certificate(as_user, dealings):
    as_user("odile").get(f"/exchanges/periods/{dealings.period}/certificate", status=404)


def test_a_book_without_entries_has_no_month(as_user):
    assert "Aucun mois encore" in as_user("odile").get("/exchanges/periods").text
