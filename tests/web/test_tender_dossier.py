"""The dossier of a tender in the browser: its page, its documents, the forms that complete it."""

import hashlib
import io
import zipfile

import openpyxl
import pytest
from pypdf import PdfReader

from endi_ext.tenders import papers
from endi_ext.tenders.models import Tender
from tests.tenders.dossiers import a_bid


@pytest.fixture
def tender(books, party, an_act):
    """Hélène's answer with karim and an outside firm; its id."""
    made = a_bid(books, party(1), party(2), an_act("helene"))
    key = made.id
    books.commit()
    return key


def address(tender, rest=""):
    return f"/companies/1/exchanges/tenders/{tender}/dossier{rest}"


def unpacked(body):
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_page_says_what_to_look_at_and_where_to_put_it_right(as_user, tender):
    page = as_user("helene").get(address(tender))
    assert "L’adresse de l’acheteur n’est pas renseignée" in page.text
    assert "Peintures du Semnoz est donc présentée comme sous-traitante" in page.text
    assert page.html.select_one(f"a[href='{address(tender, '/facts')}']")


def test_the_zip_holds_each_document_twice_an_index_and_sums_that_hold(as_user, tender):
    answer = as_user("helene").get(address(tender, "/zip"))
    assert answer.content_type == "application/zip"
    assert "dossier-2026-ECOLE-07.zip" in answer.headers["Content-Disposition"]
    files = unpacked(answer.body)
    for name in ("1-candidature/DC1", "2-offre/DC4-Peintures-du-Semnoz", "2-offre/Annexe-financiere"):
        assert files[f"{name}.pdf"].startswith(b"%PDF")
        assert files[f"{name}.odt"].startswith(b"PK")
    sums = dict(reversed(line.split("  ")) for line in files.pop("SHA256SUMS.txt").decode().splitlines())
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    assert "00-Sommaire.pdf" in files


def test_the_buyers_workbook_holds_the_prices_and_nobodys_part(as_user, tender):
    files = unpacked(as_user("helene").get(address(tender, "/zip")).body)
    theirs = list(openpyxl.load_workbook(io.BytesIO(files["2-offre/Bordereau-de-prix.xlsx"])).active.values)
    ours = list(
        openpyxl.load_workbook(io.BytesIO(files["3-interne-ne-pas-deposer/Prix-et-parts.xlsx"])).active.values
    )
    assert theirs[0][-1] == "Montant HT"
    assert [row[8] for row in theirs[1:]] == [2040, 17280, 1800, 9287.25, 5208]
    assert "Atelier Trait Juste" not in str(theirs)
    assert ours[0][-2:] == ("Part de Atelier Trait Juste", "Part de Peintures du Semnoz")


def test_a_document_is_read_in_the_browser_and_its_twin_is_kept_to_be_edited(as_user, tender):
    browser = as_user("karim")
    theirs = f"/companies/2/exchanges/tenders/{tender}/dossier"
    pdf = browser.get(theirs + "/dc1/pdf")
    assert pdf.headers["Content-Disposition"].startswith("inline")
    text = PdfReader(io.BytesIO(pdf.body)).pages[0].extract_text()
    assert "DC1 – Lettre de candidature" in text
    assert "à vérifier avant signature" in text
    odt = browser.get(theirs + "/dc1/odt")
    assert odt.headers["Content-Disposition"].startswith("attachment")
    browser.get(theirs + "/dc9/pdf", status=404)


def test_a_guest_does_not_see_the_dossier(as_user, dealings):
    as_user("aminata").get(f"/companies/4/exchanges/tenders/{dealings.tender}/dossier", status=404)


def test_what_is_told_of_the_consultation_stands_on_the_forms(as_user, tender):
    browser = as_user("helene")
    form = browser.get(address(tender, "/facts")).forms["endi_ext_form"]
    form["buyer_address"] = "1 place de la Mairie\n74000 Annecy"
    page = form.submit("submit").follow()
    assert "L’adresse de l’acheteur n’est pas renseignée" not in page.text
    text = PdfReader(io.BytesIO(browser.get(address(tender, "/dc1/pdf")).body)).pages[0].extract_text()
    assert "1 place de la Mairie" in text


def test_a_firm_of_a_group_can_be_said_to_be_a_subcontractor(as_user, books, tender):
    row = books.get(Tender, tender)
    row.liability, firm = "several", row.members[2].id
    books.commit()
    browser = as_user("helene")
    assert "cotraitante du groupement" in browser.get(address(tender)).text
    form = browser.get(address(tender, f"/firms/{firm}")).forms["endi_ext_form"]
    form["place"] = "subcontractor"
    assert "sous-traitante (DC4)" in form.submit("submit").follow().text


def test_an_admin_writes_down_who_the_cooperative_is(as_user, tender):
    browser = as_user("marc")
    form = browser.get("/admin/exchanges/identity").forms["endi_ext_form"]
    form["siret"] = "12345678901234"
    refused = form.submit("submit", status=422)
    assert "quatorze chiffres" in refused.text
    form = refused.forms["endi_ext_form"]
    form["siret"], form["year_1_until"], form["year_1_cents"] = "73282932000074", "31/12/2025", "1 234 567,00"
    form.submit("submit", status=303)
    shown = browser.get("/admin/exchanges/identity").forms["endi_ext_form"]
    assert shown["year_1_cents"].value == "1234567,00"
    assert "1 234 567,00" in browser.get("/admin/exchanges/changes").text.replace(
        "\N{NARROW NO-BREAK SPACE}", " "
    )
    text = (
        PdfReader(io.BytesIO(as_user("helene").get(address(tender, "/dc1/pdf")).body)).pages[0].extract_text()
    )
    assert "732 829 320 00074" in text.replace("\N{NO-BREAK SPACE}", " ")


def test_papers_people_brought_are_joined_by_whose_they_are_and_those_sent_back_are_not(
    as_user, books, party, an_act, tender
):
    made, lead, act = books.get(Tender, tender), party(1), an_act("helene")
    for label, member, back in (
        ("Kbis", None, False),
        ("Références", made.members[1].id, False),
        ("CV", None, True),
    ):
        facts = {"label": label, "member_id": member, "request_key": f"paper-{label}-key"}
        row = papers.add(books, made, party=lead, act=act, **facts)
        whose = party(2) if member else lead
        sent = papers.Sent(f"../../{label} d’été.pdf", b"%PDF-1.7 " + label.encode())
        papers.provide(books, made, row.item_key, sent, party=whose, act=act)
        if back:
            papers.send_back(books, made, row.item_key, reason="Illisible", party=lead, act=act)
    books.commit()
    files = unpacked(as_user("helene").get(address(tender, "/zip")).body)
    joined = {name: content for name, content in files.items() if "/pieces/" in name}
    assert joined == {
        "1-candidature/pieces/Candidat/Kbis-d-ete.pdf": b"%PDF-1.7 Kbis",
        "1-candidature/pieces/Atelier-Trait-Juste/References-d-ete.pdf": "%PDF-1.7 Références".encode(),
    }


def test_once_the_offer_is_submitted_what_the_forms_need_is_not_changed_any_more(as_user, books, tender):
    row = books.get(Tender, tender)
    row.state = "submitted"
    books.commit()
    browser = as_user("helene")
    assert not browser.get(address(tender)).html.select(f"a[href='{address(tender, '/facts')}']")
    browser.get(address(tender, "/facts"), status=303)
    assert "déposée" in browser.get(address(tender)).text
