"""The page of a dispute, for its two sides: what is said, proofs, outcomes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from webtest import Upload

from endi_ext.subcontracts import retentions, service
from endi_ext.subcontracts.dispute_models import Dispute, DisputeFile
from endi_ext.subcontracts.models import Delivery
from endi_ext.subcontracts.terms import Conditions
from tests.subcontracts.builders import a_delivery, a_proposal, some_terms
from tests.subcontracts.disputing import PDF
from tests.web.conftest import csrf_token
from tests.web.filling import FORM, pages_of, press, words


@pytest.fixture
def dispute(as_user, books, dealings):
    """Return the address of the dispute that helene opens on karim's delivery, by company."""
    url = pages_of(1, f"/subcontracts/{dealings.subcontract}/deliveries/{dealings.declared}")
    form = as_user("helene").get(url + "/contest").forms[FORM]
    form["reason"] = "Il manque la coupe"
    form.submit("submit", status=303)
    (key,) = books.execute(select(Dispute.id)).scalars()
    books.rollback()
    return lambda company: pages_of(company, f"/subcontracts/{dealings.subcontract}/disputes/{key}")


def write(page, text="Voici le relevé", *files, status=303):
    form = page.forms[FORM]
    form["text"], form["upload"] = text, [Upload(*file) for file in files]
    answer = form.submit("submit", status=status)
    return answer.follow() if status == 303 else answer


def propose(browser, url, thousandths="0,5", refusal="Une demi-heure"):
    form = browser.get(url + "/propose").forms[FORM]
    form["accepted"], form["refusal"] = thousandths, refusal
    return form.submit("submit", status="*")


def state(books, model=Dispute):
    books.rollback()
    found = books.execute(select(model.state).order_by(model.id.desc())).scalars().first()
    books.rollback()
    return found


def test_both_sides_find_the_dispute_from_the_delivery_the_subcontract_and_what_waits(
    as_user, dispute, dealings
):
    karim = as_user("karim")
    found = karim.get(pages_of(2)).click("Lire et répondre", href=dispute(2))
    assert "Il manque la coupe" in found.text
    delivery = pages_of(2, f"/subcontracts/{dealings.subcontract}/deliveries/{dealings.declared}")
    assert karim.get(delivery).click("Ouvrir le différend").request.path == dispute(2)
    subcontract = as_user("helene").get(pages_of(1, f"/subcontracts/{dealings.subcontract}"))
    assert subcontract.click("Différend sur la livraison n° 2").request.path == dispute(1)


def test_the_page_says_what_is_at_stake_and_whose_turn_it_is(as_user, dispute):
    page = words(as_user("karim").get(dispute(2)))
    assert "À vous de répondre" in page
    assert "50,00 € sont en jeu : rien n’en est dû avant la fin du différend." in page
    assert "Atelier Trait Juste doit répondre." in words(as_user("helene").get(dispute(1)))


def test_a_message_with_its_files_reaches_the_other_side(as_user, dispute):
    write(as_user("karim").get(dispute(2)), "Voici", ("relevé.pdf", PDF), ("photo.png", b"\x89PNG\r\n\x1a\n"))
    page = as_user("helene").get(dispute(1))
    assert [link.text for link in page.html.select("ul.endi-ext-files a")] == ["relevé.pdf", "photo.png"]
    assert "SHA-256" in page.text
    assert "À vous de répondre" in page.text


def test_a_file_is_handed_out_to_be_kept_and_never_shown(as_user, dispute):
    karim = as_user("karim")
    page = write(karim.get(dispute(2)), "Voici", ("../relevé “signé”.pdf", PDF))
    for browser in (karim, as_user("helene")):
        company = 2 if browser is karim else 1
        link = browser.get(dispute(company)).html.select_one("ul.endi-ext-files a")
        answer = browser.get(link["href"])
        assert answer.body == PDF
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"] == (
            'attachment; filename="releve signe.pdf"; '
            "filename*=UTF-8''relev%C3%A9%20%E2%80%9Csign%C3%A9%E2%80%9D.pdf"
        )
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["Cache-Control"] == "private, no-store"
    assert "../" not in page.html.select_one("ul.endi-ext-files").text


def test_a_page_that_says_it_is_a_text_stays_a_text(as_user, dispute):
    browser = as_user("karim")
    page = write(browser.get(dispute(2)), "Voici", ("a.html", b"bonjour <script>alert(1)</script>"))
    answer = browser.get(page.html.select_one("ul.endi-ext-files a")["href"])
    assert answer.headers["Content-Type"] == "text/plain"
    assert "a.html.txt" in answer.headers["Content-Disposition"]
    assert "<script>alert" not in page.text


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (("page.pdf", b"<html>"), "« page.pdf » ne peut pas être joint"),
        (("vide.pdf", b""), "« vide.pdf » est vide"),
        (("gros.pdf", PDF + bytes(10 * 1024 * 1024)), "« gros.pdf » est trop gros : 10 Mo au plus"),
    ],
)
def test_a_refused_file_is_told_at_its_field_and_the_text_is_not_lost(
    as_user, books, dispute, file, sentence
):
    page = write(as_user("karim").get(dispute(2)), "Un long message", file, status=422)
    (error,) = page.html.select("#item-" + page.html.select_one("input[type=file]")["id"] + " .error-message")
    assert sentence in error.text
    assert page.forms[FORM]["text"].value == "Un long message"
    assert "choisissez-les de nouveau" in page.text
    assert books.execute(select(DisputeFile)).first() is None
    books.rollback()


def test_an_empty_message_says_what_to_do(as_user, dispute):
    page = write(as_user("karim").get(dispute(2)), "", status=422)
    assert "Écrivez un message, ou joignez une pièce." in page.text


def test_a_proposal_is_agreed_to_and_both_sides_read_how_it_ended(as_user, books, dispute):
    helene = as_user("helene")
    assert propose(as_user("karim"), dispute(2)).status_int == 303
    page = helene.get(dispute(1))
    assert "L’issue proposée par Atelier Trait Juste" in page.text
    assert "25,00" in words(page)
    ended = words(press(page, "/agree"))
    assert "C’est convenu : le différend est clos." in ended
    assert "25,00 € acceptés sur 50,00 € en jeu." in ended
    assert state(books) == "closed"
    books.rollback()
    again = as_user("karim").get(dispute(2))
    assert "Clos : accepté en partie" in again.text
    assert FORM not in again.forms


def test_another_proposal_starts_from_the_one_on_the_table(as_user, dispute):
    propose(as_user("karim"), dispute(2))
    form = as_user("helene").get(dispute(1)).click("Proposer une autre issue", index=0).forms[FORM]
    assert (form["accepted"].value, form["refusal"].value) == ("0,5", "Une demi-heure")
    answer = form.submit("submit", status=422)
    assert "il suffit d’accepter sa proposition" in answer.text


def test_a_proposal_without_reason_is_told_at_its_table_with_what_was_typed(as_user, dispute):
    answer = propose(as_user("karim"), dispute(2), "0,25", "")
    assert answer.status_int == 422
    form = answer.forms[FORM]
    assert form["accepted"].value == "0,25"


def test_what_changed_meanwhile_is_not_agreed_to(as_user, books, dispute):
    karim, helene = as_user("karim"), as_user("helene")
    propose(karim, dispute(2))
    page = helene.get(dispute(1))
    propose(karim, dispute(2), "0,75", "Un quart d'heure")
    assert "n’est plus celle qui est proposée" in press(page, "/agree").text
    assert state(books) == "open"


@pytest.mark.parametrize("number", ["", "x", "²", "99999999999999999999"])
def test_a_forged_proposal_is_not_agreed_to(as_user, books, dispute, number):
    propose(as_user("karim"), dispute(2))
    helene = as_user("helene")
    token = csrf_token(helene.get(dispute(1)))
    helene.post(dispute(1) + "/agree", {"csrf_token": token, "proposal": number}, status=303)
    assert state(books) == "open"


@pytest.mark.parametrize(
    ("login", "company", "action", "ending"),
    [("helene", 1, "/give-way", "Clos : tout est accepté"), ("karim", 2, "/withdraw", "rien n’est accepté")],
)
def test_each_side_may_give_way_from_the_dispute(as_user, books, dispute, login, company, action, ending):
    browser = as_user(login)
    press(browser.get(dispute(company)), action)
    assert ending in browser.get(dispute(company)).text
    assert state(books) == "closed"


def test_arbitration_is_asked_for_with_a_reason(as_user, books, dispute):
    browser = as_user("karim")
    form = browser.get(dispute(2)).click("Demander l’arbitrage").forms[FORM]
    assert form.submit("submit", status=422).status_int == 422
    form["text"] = "Nous n'y arrivons pas"
    page = form.submit("submit", status=303).follow()
    assert "L’équipe d’appui doit désigner un arbitre." in page.text
    assert "Demander l’arbitrage" not in [link.text for link in page.html.select("a.btn")]
    assert state(books) == "arbitration"


def test_a_form_opened_too_late_says_what_to_do_instead(as_user, dispute):
    karim, helene = as_user("karim"), as_user("helene")
    page = karim.get(dispute(2))
    form = karim.get(dispute(2) + "/propose").forms[FORM]
    press(helene.get(dispute(1)), "/give-way")
    assert "Ce différend est clos" in write(page, "Trop tard", status=422).text
    form["accepted"], form["refusal"] = "0,5", "Une demi-heure"
    assert "Ce différend est clos" in form.submit("submit", status=422).text
    assert "Ce différend est clos" in karim.get(dispute(2) + "/arbitration", status=303).follow().text


def test_others_find_nothing_there(as_user, books, dispute, dealings):
    page = write(as_user("karim").get(dispute(2)), "Voici", ("relevé.pdf", PDF))
    file = page.html.select_one("ul.endi-ext-files a")["href"]
    solene = as_user("solene")
    for url in (file, dispute(2), dispute(2) + "/propose"):
        known = solene.get(url.replace("/companies/2/", "/companies/3/"), status=404)
        unknown = url.replace("/companies/2/", "/companies/3/").replace("/disputes/1", "/disputes/999")
        assert known.text == solene.get(unknown, status=404).text
        solene.get(url, status=404)
    other = file.replace("/files/", "/files/99")
    as_user("karim").get(other, status=404)


def test_a_file_of_another_dispute_is_not_found_under_this_one(as_user, books, dispute, dealings):
    page = write(as_user("karim").get(dispute(2)), "Voici", ("relevé.pdf", PDF))
    file = page.html.select_one("ul.endi-ext-files a")["href"]
    as_user("karim").get(file.replace("/disputes/1", "/disputes/2"), status=404)


def test_who_only_looks_reads_the_conversation_and_opens_no_file(as_user, dispute):
    karim_page = write(as_user("karim").get(dispute(2)), "Voici", ("relevé.pdf", PDF))
    odile = as_user("odile")
    page = odile.get(dispute(2))
    assert "relevé.pdf" in page.text
    assert FORM not in page.forms
    assert not page.html.select("ul.endi-ext-files a")
    odile.get(karim_page.html.select_one("ul.endi-ext-files a")["href"], status=403)


def test_a_dispute_is_readable_in_english(as_user, dispute):
    page = as_user("karim").get(dispute(2) + "?_LOCALE_=en")
    assert "Dispute on delivery no. 2" in page.text
    assert "Amount at stake" in page.text


def test_the_delivery_of_a_closed_dispute_says_how_it_ended(as_user, books, dispute):
    press(as_user("karim").get(dispute(2)), "/withdraw")
    assert state(books, Delivery) == "withdrawn"


@pytest.fixture
def retention(books, party, an_act):
    """Return the address of a dispute over what helene holds back of karim's work, by company."""
    helene, karim = an_act("helene"), an_act("karim")
    conditions = Conditions(retention_rate_bp=500, retention_release_on=helene.today + timedelta(days=365))
    terms = replace(some_terms(), conditions=conditions)
    agreed = a_proposal(books, buyer=party(1), seller=party(2), terms=terms, title="Rampe", act=helene)
    service.accept(books, agreed, party=party(2), version=1, act=karim)
    delivery = a_delivery(books, agreed, delivered_on=karim.today, act=karim)
    service.accept_delivery(books, delivery, party=party(1), accepted_on=helene.today, act=helene)
    retentions.contest(books, delivery, party=party(1), reason="Une fissure", act=helene)
    (key,) = books.execute(select(Dispute.id)).scalars()
    subcontract_id = agreed.id
    books.commit()
    return lambda company: pages_of(company, f"/subcontracts/{subcontract_id}/disputes/{key}")


def test_what_is_held_back_and_opposed_is_let_go_in_part_by_agreement(as_user, books, retention):
    karim, helene = as_user("karim"), as_user("helene")
    page = karim.get(pages_of(2)).click("Lire et répondre", href=retention(2))
    assert "Différend sur la retenue de garantie de la livraison n° 1" in page.text
    assert "22,50 € restent retenus jusqu’à la fin du différend." in words(page)
    form = page.click("Proposer une issue").forms[FORM]
    assert form["amount_cents"].value == "22,50"
    form["amount_cents"] = "30"
    assert form.submit("submit", status=422).forms[FORM]["amount_cents"].value == "30"
    form["amount_cents"] = "10,00"
    form.submit("submit", status=303)
    ended = words(press(helene.get(retention(1)), "/agree"))
    assert "10,00 € libérés sur 22,50 € retenus." in ended
    assert state(books) == "closed"


def test_a_seller_gives_up_what_is_held_back(as_user, books, retention):
    page = press(as_user("karim").get(retention(2)), "/give-way")
    assert "Rien n’est libéré : tout est gardé." in page.text
    assert state(books) == "closed"
