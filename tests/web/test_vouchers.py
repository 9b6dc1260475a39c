"""The paper of an exchange, and who may open it."""

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from endi_ext.exchanges import service

ADDRESS = "/exchanges/{}/voucher.pdf"


@pytest.fixture
def exchange_id(books, party, an_act):
    act = an_act("odile")
    seller, buyer = party(2), party(1)
    facts = service.ExchangeFacts(
        source="test:1",
        seller_id=seller.id,
        buyer_id=buyer.id,
        net_cents=123_456,
        accepted_on=act.today,
        due_on=act.today + timedelta(days=30),
        label="Plans <de> l'escalier & garde-corps",
    )
    made = service.record(books, facts, act).id
    books.commit()
    return made


@pytest.mark.parametrize("login", ["helene", "karim", "odile"])
def test_both_sides_and_the_accountant_open_the_voucher(as_user, exchange_id, login):
    answer = as_user(login).get(ADDRESS.format(exchange_id))
    assert answer.content_type == "application/pdf"
    assert answer.body.startswith(b"%PDF")


@pytest.mark.parametrize("login", ["solene", "aminata", "marc", "sylvie"])
def test_others_find_no_voucher_and_the_page_does_not_say_whether_there_is_one(as_user, exchange_id, login):
    browser = as_user(login)
    foreign = browser.get(ADDRESS.format(exchange_id), status=404)
    unknown = browser.get(ADDRESS.format(exchange_id + 1), status=404)
    assert foreign.text == unknown.text


def test_who_is_not_logged_in_is_asked_to(anonymous, exchange_id):
    assert "/login" in anonymous.get(ADDRESS.format(exchange_id), status=303).location


def test_the_voucher_names_both_sides_the_amount_and_that_it_is_no_invoice(as_user, exchange_id):
    pdf = as_user("karim").get(ADDRESS.format(exchange_id)).body
    text = text_of(pdf)
    assert "Document interne – ne vaut pas facture" in text
    assert "Coopérative Les Passerelles" in text
    assert "Atelier Trait Juste" in text
    assert "Menuiserie du Lac" in text
    assert "1 234,56 €" in text
    assert "Plans <de> l'escalier & garde-corps" in text


def text_of(pdf):
    found = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return found.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\N{NO-BREAK SPACE}", " ")
