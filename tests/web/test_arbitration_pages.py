"""The arbiter's list and page, and who may not see them."""

import pytest
from webtest import Upload

from endi_ext.hosts.demo.models import Company, Grant, User
from tests.subcontracts.disputing import PDF
from tests.web.filling import FORM, press, words
from tests.web.test_dispute_pages import dispute, propose, state, write

__all__ = ["dispute"]  # the fixture

LIST = "/exchanges/disputes"
PAGE = "/exchanges/disputes/1"


@pytest.fixture
def asked(as_user, dispute):
    """Karim asks for arbitration, with a file."""
    form = as_user("karim").get(dispute(2) + "/arbitration").forms[FORM]
    form["text"], form["upload"] = "Qui a raison ?", [Upload("relevé.pdf", PDF)]
    form.submit("submit", status=303)
    return dispute


def decide(browser, thousandths="0,5", refusal="Une demi-heure", text="Le relevé le montre"):
    form = browser.get(PAGE + "/decide").forms[FORM]
    form["accepted"], form["refusal"], form["text"] = thousandths, refusal, text
    return form.submit("submit", status="*")


def test_an_arbiter_sees_only_what_was_submitted(as_user, dispute):
    fatou = as_user("fatou")
    assert "Aucun différend n’attend de décision." in fatou.get(LIST).text
    hidden = fatou.get(PAGE, status=404)
    assert hidden.text == fatou.get("/exchanges/disputes/999", status=404).text


def test_the_list_leads_to_the_dispute_and_the_menu_to_the_list(as_user, asked):
    fatou = as_user("fatou")
    page = fatou.get("/", status="*")
    page = page.follow() if page.status_int == 303 else page
    listed = fatou.get(LIST)
    assert "Menuiserie du Lac et Atelier Trait Juste" in words(listed)
    assert listed.html.select(f"nav a[href='{LIST}']") or f'href="{LIST}"' in page.text
    assert "Personne n’arbitre encore ce différend." in listed.click("Escalier secret").text


def test_an_arbiter_takes_it_writes_and_decides(as_user, books, asked):
    fatou = as_user("fatou")
    assert FORM not in fatou.get(PAGE).forms
    page = press(fatou.get(PAGE), "/take")
    assert "Vous arbitrez ce différend" in page.text
    assert "Fatou Ndiaye" in as_user("karim").get(asked(2)).text
    page = write(page, "Avez-vous un relevé ?")
    assert "Avez-vous un relevé ?" in as_user("helene").get(asked(1)).text
    ended = decide(fatou).follow()
    assert "25,00 € acceptés sur 50,00 € en jeu." in words(ended)
    assert state(books) == "closed"
    assert "Fatou Ndiaye, arbitre, a tranché." in words(as_user("helene").get(asked(1)))
    assert "Escalier secret" in fatou.get(LIST).text


def test_the_arbiter_opens_the_files(as_user, asked):
    fatou = as_user("fatou")
    link = fatou.get(PAGE).html.select_one("ul.endi-ext-files a")
    answer = fatou.get(link["href"])
    assert answer.body == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    fatou.get(PAGE + "/files/999", status=404)


def test_a_decision_needs_its_reasons_and_keeps_what_was_typed(as_user, books, asked):
    fatou = as_user("fatou")
    press(fatou.get(PAGE), "/take")
    answer = decide(fatou, text="")
    assert answer.status_int == 422
    assert answer.forms[FORM]["accepted"].value == "0,5"
    assert state(books) == "arbitration"


def test_nobody_decides_before_being_named(as_user, asked):
    page = as_user("fatou").get(PAGE + "/decide", status=303).follow()
    assert "Prenez d’abord ce différend en charge" in page.text


def test_a_decision_starts_from_what_is_proposed(as_user, asked):
    propose(as_user("karim"), asked(2))
    fatou = as_user("fatou")
    press(fatou.get(PAGE), "/take")
    form = fatou.get(PAGE + "/decide").forms[FORM]
    assert (form["accepted"].value, form["refusal"].value) == ("0,5", "Une demi-heure")


def test_a_second_arbiter_reads_who_arbitrates_and_takes_over_knowingly(as_user, books, asked):
    books.add(Grant(user_id=7, access_right="endi_ext_arbiter"))
    books.commit()
    fatou, sylvie = as_user("fatou"), as_user("sylvie")
    stale = sylvie.get(PAGE)
    press(fatou.get(PAGE), "/take")
    told = press(stale, "/take")
    assert "Fatou Ndiaye arbitre déjà ce différend" in told.text
    assert FORM not in told.forms
    assert "Vous arbitrez ce différend" in press(told, "/take").text


def test_nobody_arbitrates_their_own_dispute(as_user, books, asked):
    company = books.get(Company, 1)
    company.people.append(books.get(User, 8))
    books.commit()
    fatou = as_user("fatou")
    fatou.get(PAGE, status=404)
    assert "Escalier secret" not in fatou.get(LIST).text


@pytest.mark.parametrize("login", ["helene", "odile", "marc", "sylvie"])
def test_without_the_right_no_page_opens(as_user, asked, login):
    browser = as_user(login)
    for url in (LIST, PAGE, "/exchanges/disputes/999", PAGE + "/decide", PAGE + "/files/1"):
        browser.get(url, status=403)


def test_the_right_gives_neither_the_books_nor_the_parties_pages(as_user, asked):
    fatou = as_user("fatou")
    fatou.get("/exchanges", status=403)
    fatou.get("/admin/exchanges", status=403)
    fatou.get("/companies/1/exchanges", status=404)
    fatou.get(asked(1), status=404)
