"""Pages of a tender's papers, calendar, questions and technical proposal, as its team uses them."""

import pytest
from sqlalchemy import select
from webtest import Upload

from endi_ext.kernel.history import Event
from endi_ext.tenders import checklist, proposal, questions, workflow
from endi_ext.tenders.models import Tender
from endi_ext.tenders.paper_models import ProposalPart, TenderFile
from endi_ext.web import daily
from tests.web.walked_tenders_papers import an_answer_in_the_making

PDF = b"%PDF-1.7 attestation"


@pytest.fixture
def answer(books, an_act):
    """The ids of an answer of helene and karim, with papers, questions and a part."""
    return an_answer_in_the_making(books, an_act)


@pytest.fixture
def address(answer):
    """The address of that tender for a company."""
    return lambda page="", company=1: f"/companies/{company}/exchanges/tenders/{answer['answer']}{page}"


def labels(page):
    return [cell.get_text(" ", strip=True) for cell in page.html.select("tbody th[scope=row]")]


def test_a_paper_is_provided_downloaded_and_checked_by_someone_else(as_user, address, answer):
    karim, helene = as_user("karim"), as_user("helene")
    page = karim.get(address(f"/checklist/{answer['lacking_key']}", 2)).click("Déposer cette pièce")
    form = page.forms["endi_ext_form"]
    form["file"], form["valid_until"] = Upload("planning <b>.pdf", PDF), "2027-01-31"
    form.submit("submit").follow()
    paper = address(f"/checklist/{answer['lacking_key']}")
    page = helene.get(paper)
    assert "Karim Benali" in page.text
    download = page.click("planning")
    assert (download.body, download.headers["X-Content-Type-Options"]) == (PDF, "nosniff")
    assert "attachment" in download.headers["Content-Disposition"]
    helene.get(paper).forms[paper_form(page, "/check")].submit().follow()
    assert "Vérifiée" in helene.get(paper).text


def paper_form(page, ending):
    return next(key for key, form in page.forms.items() if form.action.endswith(ending))


def test_what_is_no_paper_is_refused_at_the_form(as_user, address, answer, books):
    form = (
        as_user("karim").get(address(f"/checklist/{answer['lacking_key']}/provide", 2)).forms["endi_ext_form"]
    )
    form["file"] = Upload("virus.pdf", b"MZ\x90\x00\x03")
    page = form.submit("submit", status=422)
    assert "virus.pdf" in page.text
    books.rollback()
    assert [file.name for file in books.execute(select(TenderFile)).scalars()] == ["plan.pdf"]


def test_the_checklist_says_first_what_the_reader_has_to_bring(as_user, address):
    page = as_user("helene").get(address("/checklist"))
    mine = [item.get_text(" ", strip=True) for item in page.html.select(".endi-ext-tasks li a")]
    assert mine == ["Planning", "Déposer", "Kbis", "Déposer"]
    assert labels(page)[0].startswith("Plan de prévention")
    assert "Pièces réunies : 1 sur 3." in page.text


def test_the_calendar_is_handed_out_for_ones_own_calendar(as_user, address):
    page = as_user("karim").get(address("/calendar", 2))
    assert "Relecture de tout le dossier" in labels(page)
    file = page.click("agenda")
    assert file.content_type == "text/calendar"
    assert file.text.count("BEGIN:VEVENT") == 8
    assert "SUMMARY:Déposer l’offre – Cantine secrète" in file.text


def test_a_plan_is_laid_from_the_usual_parts_and_the_buyers_criteria(as_user, address, answer, books):
    tender = books.get(Tender, answer["answer"])
    tender.lots[0].criteria = [{"name": "Prix", "weight": 60}, {"name": "Qualité des bois", "weight": 40}]
    books.execute(ProposalPart.__table__.delete())
    books.commit()
    page = as_user("helene").get(address("/proposal"))
    page = page.forms[paper_form(page, "/outline")].submit().follow()
    assert labels(page)[0] == "1. Compréhension du besoin"
    assert labels(page)[-1].endswith("Qualité des bois")


def test_who_writes_over_somebody_elses_part_is_told_so_and_keeps_their_text(as_user, address, answer, books):
    karim, helene = as_user("karim"), as_user("helene")
    mine = helene.get(address(f"/proposal/{answer['part']}")).forms["endi_ext_form"]
    theirs = karim.get(address(f"/proposal/{answer['part']}", 2)).forms["endi_ext_form"]
    theirs["text"] = "Ce que Karim a compris"
    theirs.submit("submit").follow()
    mine["text"] = "Ce que j'ai compris"
    page = mine.submit("submit", status=422)
    assert "Karim Benali a modifié cette partie" in page.text
    assert "Ce que j&#39;ai compris" in page.text or "Ce que j'ai compris" in page.text
    books.rollback()
    assert books.get(ProposalPart, answer["part"]).text == "Ce que Karim a compris"


def test_a_question_is_noted_as_asked_and_its_answer_told(as_user, address, answer, books, party):
    helene = as_user("helene")
    page = helene.get(address(f"/questions/{answer['asked']}/answer"))
    page.forms["endi_ext_form"]["text"] = "Le 12 janvier"
    assert "Le 12 janvier" in page.forms["endi_ext_form"].submit("submit").follow().text
    books.rollback()
    asked = questions.question_of(books, books.get(Tender, answer["answer"]), answer["asked"])
    assert asked.state == "answered"
    told = select(Event.action).where(Event.subject == "tender_question", Event.subject_id == asked.id)
    assert books.execute(told).scalars().all()[-1] == "answer"


def test_the_cooperatives_paper_serves_every_team_at_once(as_user, address, answer, books):
    page = as_user("odile").get("/exchanges/papers").click("Déposer")
    form = page.forms["endi_ext_form"]
    form["file"], form["valid_until"] = Upload("kbis.pdf", PDF), "2030-01-31"
    assert "kbis.pdf" in form.submit("submit").follow().text
    books.rollback()
    (kbis,) = [
        one for one in checklist.items(books, books.get(Tender, answer["answer"])) if one.label == "Kbis"
    ]
    assert (kbis.state, kbis.provided_by) == ("checked", "Odile Berthier")
    books.rollback()  # on SQLite a session left open would keep the application from writing
    page = as_user("karim").get(address(f"/checklist/{kbis.key}", 2))
    assert page.click("kbis.pdf").body == PDF


def test_a_guest_sees_no_papers_and_an_accountant_reads_without_acting(as_user, dealings, address, answer):
    tender = f"/companies/4/exchanges/tenders/{dealings.tender}"
    aminata = as_user("aminata")
    assert "endi_ext_tender_checklist" not in aminata.get(tender).text
    for page in ("/checklist", "/calendar", "/questions", "/proposal"):
        aminata.get(tender + page, status=404)
    odile = as_user("odile")
    page = odile.get(address("/checklist"))
    assert "Ajouter une pièce" not in page.text
    odile.get(address(f"/checklist/{answer['provided_key']}/file"), status=403)
    part = odile.get(address(f"/proposal/{answer['part']}"))
    assert "endi_ext_form" not in part.text


def test_once_the_offer_is_submitted_forms_lead_back_with_a_sentence(as_user, address, answer, books):
    tender = books.get(Tender, answer["answer"])
    tender.state, tender.submitted_at = workflow.SUBMITTED, tender.created_at
    books.commit()
    helene = as_user("helene")
    for page in ("/checklist/add", "/calendar/add", "/questions/new", "/proposal/new"):
        assert "alert" in helene.get(address(page), status=303).follow().text
    assert proposal.parts(books, tender)[0].text == ""


def test_what_waits_in_tenders_is_on_the_first_page(as_user, address, answer, books):
    books.get(Tender, answer["answer"]).state = workflow.ANSWERING
    books.commit()
    page = as_user("helene").get("/companies/1/exchanges")
    tasks = [
        " ".join(item.p.get_text(" ", strip=True).split()) for item in page.html.select(".endi-ext-tasks li")
    ]
    assert any(task.startswith("Vous avez une pièce à fournir : Cantine secrète – pour le") for task in tasks)
    assert any(task.startswith("Une question est à poser à l’acheteur : Cantine secrète") for task in tasks)
    assert page.click("Déposer les pièces").request.path == address("/checklist")


def test_a_paper_asked_for_again_is_told_by_a_letter_that_leads_to_the_papers(as_user, address, answer, post):
    form = as_user("helene").get(address(f"/checklist/{answer['provided_key']}/send-back"))
    form.forms["endi_ext_form"]["reason"] = "La date manque"
    form.forms["endi_ext_form"].submit("submit").follow()
    (letter,) = [one for one in post.to("karim") if "pièce de nouveau" in one["Subject"]]
    assert letter["Subject"].startswith("Menuiserie du Lac demande une pièce de nouveau : Plan de prévention")
    assert "La date manque" in letter.get_content()
    assert address("/checklist", 2) in letter.get_content()
    question = as_user("helene").get(address(f"/questions/{answer['asked']}/answer"))
    question.forms["endi_ext_form"]["text"] = "Le 12 janvier"
    question.forms["endi_ext_form"].submit("submit").follow()
    (letter,) = [one for one in post.to("karim") if "question" in one["Subject"]]
    assert letter["Subject"] == "L’acheteur a répondu à une question : Cantine secrète"
    assert address("/questions", 2) in letter.get_content()


def test_the_duties_of_a_day_recall_the_deadline_to_the_team_once(
    as_user, address, answer, books, clock, request_of_a_command, post
):
    books.get(Tender, answer["answer"]).state = workflow.ANSWERING
    books.commit()
    clock.days = 14
    for _twice in range(2):
        done = {one.name: one for one in daily.run(request_of_a_command)}
        assert [name for name, one in done.items() if one.troubles] == []
    told = [subject for login, subject in post.subjects() if "J-6" in subject]
    assert told == ["La remise des offres approche (J-6) : Cantine secrète"] * 2
    assert {login for login, subject in post.subjects() if "J-6" in subject} == {"helene", "karim"}
