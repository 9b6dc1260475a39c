"""A question from its asking to its closing: who sees it, what it is answered with, what waits meanwhile."""

import pytest
from webtest import Upload

from endi_ext.kernel.parties import Party
from tests.subcontracts.disputing import PDF
from tests.web.filling import FORM, press, words
from tests.web.walked_matching import a_matching

ASK = "/exchanges/questions/ask?subject=exchange&id={}"


def ask(as_user, exchange_id, text="À quoi correspond cette ligne ?", party="Atelier Trait Juste"):
    """Odile asks a party about an exchange; return the address of its page for her."""
    form = as_user("odile").get(f"/exchanges/{exchange_id}").click("Poser une question").forms[FORM]
    form["party"], form["text"] = (
        next(value for value, _on, label in form["party"].options if label == party),
        text,
    )
    return form.submit("submit", status=303).follow().request.path


def answer(page, text, *files, status=303):
    form = page.forms[FORM]
    form["text"], form["upload"] = text, [Upload(*file) for file in files]
    return form.submit("submit", status=status)


@pytest.fixture
def question(as_user, dealings):
    return ask(as_user, dealings.exchange)


def test_it_waits_on_the_first_page_until_it_is_answered_with_a_file(as_user, question):
    karim, odile = as_user("karim"), as_user("odile")
    home = karim.get("/companies/2/exchanges")
    assert "La comptabilité vous pose une question" in words(home)
    page = home.click("Lire et répondre", href="/questions/")
    assert "À quoi correspond cette ligne ?" in page.text
    answer(page, "La facture est jointe", ("../../facture.pdf", PDF))
    assert "pose une question" not in words(karim.get("/companies/2/exchanges"))
    seen = odile.get("/exchanges/questions").click(href=question)
    assert "La facture est jointe" in seen.text
    handed = seen.click("facture.pdf")
    assert (handed.body, handed.content_type) == (PDF, "application/pdf")
    assert "facture.pdf" in handed.headers["Content-Disposition"]
    assert ".." not in handed.headers["Content-Disposition"]
    assert odile.get("/exchanges/questions", {"cursor": "o²"}).status_int == 200
    again = seen.forms[FORM]
    again["text"] = "Et le bon de commande ?"
    again.submit("submit", status=303)
    assert "Et le bon de commande ?" in karim.get(page.request.path).text
    answer(karim.get(page.request.path), "Il n’y en a pas")
    late = karim.get(page.request.path)
    open_still = odile.get(question)
    press(open_still, "/close")
    closing = next(one for one in open_still.forms.values() if one.action.endswith("/close"))
    assert "est déjà close : il n’y a rien à faire" in words(closing.submit().maybe_follow())
    kept = answer(late, "Je le retrouve enfin", status=422)
    assert kept.forms[FORM]["text"].value == "Je le retrouve enfin"
    assert "close depuis" in words(karim.get(page.request.path))
    assert FORM not in karim.get(page.request.path).forms


def test_only_the_party_asked_and_accountants_see_it(as_user, question):
    number = question.rsplit("/", 1)[1]
    own = "/companies/{}/exchanges/questions/{}"
    assert as_user("karim").get(own.format(2, number)).status_int == 200
    for user, address in (
        ("helene", own.format(1, number)),
        ("helene", own.format(2, number)),
        ("solene", own.format(3, number)),
        ("karim", own.format(2, 999)),
        ("odile", own.format(2, number)),
    ):
        assert as_user(user).get(address, status="*").status_int == 404, (user, address)
    assert as_user("karim").get(question, status="*").status_int == 403
    assert "pose une question" not in words(as_user("odile").get("/companies/2/exchanges"))


def test_what_is_no_proof_is_refused_and_nothing_is_kept(as_user, question):
    karim = as_user("karim")
    page = karim.get("/companies/2/exchanges").click("Lire et répondre", href="/questions/")
    assert "quelques mots" in words(answer(page, "", status=422))
    refused = answer(page, "Voici", ("facture.pdf", b"MZ\x90\x00 not a paper"), status=422)
    assert "Voici" in refused.text
    assert "pose une question" in words(karim.get("/companies/2/exchanges"))


def test_a_double_submit_asks_once_and_answers_once(as_user, dealings):
    form = as_user("odile").get(ASK.format(dealings.exchange)).forms[FORM]
    form["text"] = "Pourquoi ?"
    where = [form.submit("submit", status=303).location for _ in range(2)]
    assert where[0] == where[1]
    odile = as_user("odile").get(where[0])
    assert odile.text.count("Pourquoi ?") == 1
    assert "Déjà demandé à ce sujet" in as_user("odile").get(ASK.format(dealings.exchange)).text


def test_an_entry_a_finding_that_is_gone_and_nothing_at_all_may_be_asked_about(as_user, dealings):
    odile = as_user("odile")
    page = odile.get(f"/exchanges/entries/{dealings.entry}").click("Poser une question")
    form = page.forms[FORM]
    form["text"] = "Quel compte ?"
    assert (
        odile.get(form.submit("submit", status=303).location).click("Voir ce dont il s’agit").status_int
        == 200
    )
    for query in ("?subject=finding&id=999", "?subject=exchange&id=0", "?subject=x&id=1", ""):
        form = odile.get(f"/exchanges/questions/ask{query}").forms[FORM]
        assert "Question de la comptabilité" not in form["text"].value
    form["party"], form["text"] = "2", "Quand partez-vous ?"
    assert form.submit("submit", status="*").status_int in (303, 422)


def test_a_leftover_of_a_matching_may_be_asked_about_from_its_line(as_user, books, an_act):
    matching = a_matching(books, an_act)
    page = as_user("odile").get(f"/exchanges/matching/{matching['campaign']}/left")
    form = page.click("Poser une question", index=0).forms[FORM]
    assert len(form["party"].options) >= 1
    form["text"] = "Avez-vous ce document ?"
    asked = form.submit("submit", status=303).follow()
    assert "Avez-vous ce document ?" in asked.text


def test_the_party_asked_gets_a_letter_that_leads_to_the_question(as_user, question, post):
    (letter,) = [one for one in post.to("karim") if "question" in one["Subject"]]
    assert letter["Subject"].startswith("La comptabilité vous pose une question : ")
    assert "/companies/2/exchanges/questions/" in letter.get_content()
    assert "À quoi correspond" not in letter.get_content()
    assert [one for one in post.to("helene") if "question" in one["Subject"]] == []


def test_where_there_is_nobody_to_ask_the_page_is_there_all_the_same(as_user, books):
    books.execute(Party.__table__.update().values(active=False))
    books.commit()
    page = as_user("odile").get("/exchanges/questions/ask")
    assert "À qui la poser" in words(page)
