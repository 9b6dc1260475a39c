"""The state of the book: verified by the page, remembered, and signed for keeping elsewhere."""

import json

from sqlalchemy import text

from endi_ext import migrations
from endi_ext.kernel import preferences
from endi_ext.ledger import seals, verifications
from endi_ext.web.views import verification


def press(browser, ending):
    page = browser.get("/exchanges/verification")
    return next(form for form in page.forms.values() if form.action.endswith(ending)).submit(status="*")


def test_a_sound_book_is_said_to_be_and_the_result_is_kept(as_user, dealings):
    browser = as_user("odile")
    assert "pas encore été vérifié" in browser.get("/exchanges/verification").text
    assert "Le livre est intact : 3 écritures relues." in press(browser, "/verification").follow().text
    page = browser.get("/exchanges/verification")
    assert "Livre intact" in page.text
    assert "3 sur 3" in page.text
    assert "Odile Berthier" in page.text


def test_entries_added_since_are_counted(as_user, dealings):
    browser = as_user("odile")
    press(browser, "/verification")
    browser.get(f"/exchanges/{dealings.open_exchange}/settle").forms["endi_ext_form"].submit("submit")
    assert "Écritures ajoutées depuis : 1." in browser.get("/exchanges/verification").text


def test_an_altered_book_is_said_to_be_with_its_first_break(as_user, books, dealings):
    for name in migrations.expected_triggers(migrations.head()):
        books.execute(text(f"DROP TRIGGER {name}"))
    books.execute(text("UPDATE endi_ext_line SET debit_cents = debit_cents + 1 WHERE debit_cents = 30000"))
    books.commit()
    page = press(as_user("odile"), "/verification").follow()
    assert "Le livre a été altéré" in page.text
    told = " ".join(alert.get_text(" ", strip=True) for alert in page.html.select(".alert-danger"))
    assert "Première rupture :" in told
    assert "L’écriture" in told


def test_a_book_too_long_for_a_page_is_stopped_and_the_command_named(as_user, books, dealings, monkeypatch):
    monkeypatch.setattr(verification, "WITHIN_SECONDS", -1.0)
    browser = as_user("odile")
    page = press(browser, "/verification").follow()
    assert "Le livre est trop long" in page.text
    assert "Vérification interrompue" in page.text
    found, _at, _by = verifications.last(books)
    assert not found.complete
    assert not found.sound


def test_a_long_book_says_what_it_costs_before_one_asks(as_user, books, dealings, an_act):
    slow = verifications.Verification(complete=True, entries=3, done_entries=3, digest="0" * 64, seconds=95.0)
    verifications.keep(books, slow, an_act("odile"))
    books.commit()
    page = as_user("odile").get("/exchanges/verification")
    assert "il faut environ 2 min" in page.text
    assert "endi-ext verify" in page.text


def test_a_result_kept_in_other_words_is_no_result(as_user, books, dealings, an_act):
    preferences.note(books, verifications.NAME, '{"entries": 3}', an_act("odile"))
    books.commit()
    assert "pas encore été vérifié" in as_user("odile").get("/exchanges/verification").text


def test_a_checkpoint_is_handed_out_signed_and_genuine(as_user, dealings):
    answer = press(as_user("odile"), "/checkpoint")
    assert answer.content_type == "application/json"
    assert 'filename="point-de-controle-3.json"' in answer.headers["Content-Disposition"]
    facts = seals.read_signed(answer.text, seals.CHECKPOINT)
    assert (facts["sequence"], facts["entries"]) == (3, 3)
    assert "signature" in json.loads(answer.text)
