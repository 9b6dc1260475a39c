"""The end of a month by its pages: what is left, what may wait, closing, the certificate."""

import pytest
from sqlalchemy.exc import DBAPIError
from webtest import Upload

from endi_ext.exchanges import invariants
from endi_ext.kernel.history import history_of
from endi_ext.ledger import audit, seals
from endi_ext.ledger import service as ledger
from endi_ext.ledger.models import Book, Period
from tests.builders import a_draft
from tests.ledger.raw import insert_entry
from tests.web.dealings import an_exchange

FORM = "endi_ext_form"


@pytest.fixture
def month(dealings, an_act):
    """The month of the dealings: one delivery waits, one paper is missing, nobody verified the book."""
    return f"{an_act('odile').today:%Y-%m}"


def told(page):
    """What the page says of each point, by its title: its state."""
    rows = page.html.select("table.endi-ext-checks tbody tr")
    return {row.select_one("th strong").get_text(): row.select_one("td").get_text() for row in rows}


def closed(browser, month, reason="Promis pour le 5"):
    form = browser.get(f"/exchanges/month-end/{month}/close").forms[FORM]
    form["reason"] = reason
    return form.submit("submit").follow()


def test_the_first_screen_says_what_is_left_and_where_it_is_settled(as_user, month):
    browser = as_user("odile")
    page = browser.get("/exchanges/month-end").follow()
    assert page.request.path == f"/exchanges/month-end/{month}"
    states = told(page)
    left = [title for title, state in states.items() if state == "À faire"]
    assert {"Documents des échanges faits", "Livraisons répondues"} <= set(left)
    assert f"À faire : {len(left)}" in page.html.select_one(".endi-ext-lead").get_text()
    assert next(iter(states.values())) == "À faire"  # what is left comes first
    assert states["Ventes internes égales aux achats internes"] == "Fait"
    page = page.click("Voir les livraisons", index=0)
    assert "Escalier secret, livraison n° 2" in page.text


def test_every_button_of_the_list_leads_to_a_page(as_user, month):
    browser = as_user("odile")
    page = browser.get(f"/exchanges/month-end/{month}")
    links = {link.attrs["href"] for link in page.html.select("table.endi-ext-checks a.btn")}
    assert len(links) > 3
    assert {browser.get(link).status_int for link in links} == {200}


def test_a_point_passed_with_a_reason_shows_it_until_it_is_taken_back(as_user, month):
    browser = as_user("odile")
    form = browser.get(f"/exchanges/month-end/{month}/pass/deliveries").forms[FORM]
    form.submit("submit", status=422)
    form["reason"] = "L’acheteur est en congé"
    page = form.submit("submit").follow()
    assert told(page)["Livraisons répondues"] == "Passé avec un motif"
    assert page.html.select_one("table blockquote").get_text().startswith("L’acheteur est en congé")
    back = next(one for one in page.forms.values() if one.action.endswith("/unpass/deliveries"))
    assert told(back.submit().follow())["Livraisons répondues"] == "À faire"


def test_from_the_list_to_a_closed_month_and_its_certificate(as_user, books, month, an_act):
    browser = as_user("odile")
    page = closed(browser, month)
    assert "Clôturé" in page.html.select_one(".endi-ext-lead").get_text()
    history = page.html.select_one(".endi-ext-history").get_text()
    assert "a passé « Livraisons répondues » avec un motif" in history
    assert "Promis pour le 5" in history
    assert "verify_certificate.py" in page.text
    certificate = page.click("Télécharger le certificat").text
    assert seals.read_signed(certificate, seals.CERTIFICATE)["entries"] == 3
    form = page.click("Rouvrir le mois").forms[FORM]
    form["reason"] = "Facture oubliée"
    form.submit("submit")
    period = ledger.period_of(books, an_act("odile").today)
    assert [event.action for event in history_of(books, period)][-2:] == ["close", "reopen"]


def test_the_second_to_close_is_told_who_did(as_user, month):
    browser, other = as_user("odile"), as_user("odile")
    late = other.get(f"/exchanges/month-end/{month}/close").forms[FORM]
    closed(browser, month)
    late["reason"] = "Moi aussi"
    page = late.submit("submit", status=422)
    assert "est déjà clôturé, par Odile Berthier" in page.text


def test_a_month_that_is_none_is_not_found(as_user, month):
    browser = as_user("odile")
    for address in ("2026-13", "2026", f"{month}/pass/weather"):
        browser.get(f"/exchanges/month-end/{address}", status=404)
    assert browser.get(f"/exchanges/month-end?month={month}").location.endswith(month)


def test_an_entry_dated_in_a_closed_month_is_refused_everywhere(
    as_user, books, party, dealings, an_act, month
):
    browser, odile, today = as_user("odile"), an_act("odile"), an_act("odile").today
    seller, buyer = party(2), party(1)
    settle = browser.get(f"/exchanges/{dealings.open_exchange}/settle").forms[FORM]
    closed(browser, month)
    by_form = settle.submit("submit", status=422)
    assert "est clôturée" in by_form.text
    rows = (
        f"date;vendeur;acheteur;montant_ht;libelle;reference\n{today:%d/%m/%Y};TRAITJ;MENLAC;1,00;Pose;X-1\n"
    )
    form = browser.get("/exchanges/import").forms[FORM]
    form["file"] = Upload("échanges.csv", rows.encode())
    assert "clôturée" in form.submit("submit", status="*").text
    with pytest.raises(ledger.PeriodClosed):
        an_exchange(books, seller, buyer, odile, reference="trop-tard", on=today)
    books.rollback()
    with pytest.raises(ledger.PeriodClosed):
        ledger.post(books, a_draft(buyer.id, seller.id, effective_on=today), odile)
    books.rollback()
    last = books.get(Book, 1).last_sequence
    with pytest.raises(DBAPIError, match="closed"):
        insert_entry(books.connection(), last + 1, day=today.isoformat())
    books.rollback()
    assert audit.verify(books).entries == last
    assert invariants.check(books) == []
    assert books.get(Period, dealings.period).state == "closed"
