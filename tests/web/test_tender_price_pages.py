"""A price schedule comes from the buyer's file, is split on the pages, and goes out as it came in."""

import io
import os

import openpyxl
import pytest
from webtest import Upload

from endi_ext.tenders import splits
from endi_ext.tenders.models import Tender
from endi_ext.web import uploads
from tests.tenders import sheets
from tests.web.filling import FORM, words
from tests.web.test_book_pages import rows_of

TENDER = "/companies/{}/exchanges/tenders/{}"


@pytest.fixture(autouse=True)
def kept_files(tmp_path, monkeypatch):
    """Files kept between two pages are kept in a folder of the test's own."""
    monkeypatch.setattr(uploads.tempfile, "tempdir", str(tmp_path))
    return lambda: list((tmp_path / f"endi_ext-uploads-{os.getuid()}").iterdir())


@pytest.fixture
def at(dealings):
    """Return an address below the tender: `at("/prices")`, of company 1 unless told otherwise."""
    return lambda path="", company=1: TENDER.format(company, dealings.tender) + path


def send(browser, address, stream, name="DPGF.xlsx", **fields):
    form = browser.get(address).forms[FORM]
    form["file"] = Upload(name, stream.read())
    for field, value in fields.items():
        form[field] = value
    return form.submit("submit", status="*")


def confirm(page):
    return next(form for form in page.forms.values() if form.action.endswith("/confirm")).submit(status="*")


def split_of(books, dealings):
    books.rollback()
    return splits.split_of(books, books.get(Tender, dealings.tender))


def test_forty_lines_of_a_workbook_are_seen_imported_and_split(as_user, books, dealings, at, kept_files):
    browser = as_user("helene")
    page = send(browser, at("/prices/import"), sheets.forty_lines())
    assert "Lignes nouvelles 40" in words(page)
    assert "Total HT après 66 165,00 €" in words(page)
    assert "Lignes laissées de côté (titres, totaux) : 9" in words(page)
    page = confirm(page).follow()
    assert kept_files() == []
    assert "Reste à répartir : 66 165,00 €." in words(page)
    form = page.forms["endi_ext_prices"]
    for box in form.fields["line"]:
        box.checked = True
    for box in form.fields["member"]:
        box.checked = True
    page = form.submit(status=303).follow()
    assert "Lignes réparties : 40." in words(page)
    assert "Toutes les lignes ont un prix et sont réparties : 66 165,00 € HT." in words(page)
    split = split_of(books, dealings)
    assert split.complete
    assert sum(one.gross_cents for one in split.members.values()) == split.total_cents == 6_616_500


def test_what_goes_out_comes_in_again_with_nothing_to_change(as_user, books, dealings, at):
    browser = as_user("helene")
    confirm(send(browser, at("/prices/import"), sheets.forty_lines()))
    grid = browser.get(at(f"/prices/lots/{dealings.lot}/shares")).forms[FORM]
    grid.set("m1", "1 200,50 €", index=19)
    grid.set("m2", "2 parts", index=19)
    grid.set("m1", "33,33 %", index=0)
    grid.submit("submit", status=303)
    for kind in ("csv", "xlsx"):
        handed = browser.get(at(f"/prices/export?format={kind}"))
        page = send(browser, at("/prices/import"), io.BytesIO(handed.body))
        assert "il n’y a rien à importer" in page.text, words(page)
    one = browser.get(at("/prices")).click(href=r"shares\?line=19")
    assert [row.th.get_text(strip=True) for row in one.html.select("tr[data-share-row]")] == [
        "2.9 – Ouvrage n° 29"
    ]
    one.forms[FORM].set("m2", "100 %")
    one.forms[FORM].submit("submit", status=303)
    split = split_of(books, dealings)
    assert dict(split.lines[18].parts) == {2: 238_725}
    assert dict(split.lines[19].parts) == {1: 120_050, 2: 152_450}
    assert dict(split.lines[0].parts) == {1: 3575}


def test_a_text_that_a_spreadsheet_would_compute_goes_out_disarmed(as_user, dealings, at):
    browser = as_user("helene")
    form = browser.get(at("/prices/new")).forms[FORM]
    form["description"], form["unit"] = "=HYPERLINK(1)", "@u"
    form.submit("submit", status=303)
    csv = browser.get(at("/prices/export")).text
    assert "'=HYPERLINK(1)" in csv
    book = openpyxl.load_workbook(io.BytesIO(browser.get(at("/prices/export?format=xlsx")).body))
    assert not [cell for row in book.active for cell in row if cell.data_type == "f"]


def test_prices_that_come_later_keep_the_shares_made_before(as_user, books, dealings, at):
    browser = as_user("helene")
    confirm(send(browser, at("/prices/import"), sheets.forty_lines(priced=False)))
    grid = browser.get(at(f"/prices/lots/{dealings.other_lot}/shares")).forms[FORM]
    grid.set("m2", "100 %", index=0)
    grid.submit("submit", status=303)
    page = send(browser, at("/prices/import"), sheets.forty_lines())
    assert "Lignes modifiées 40" in words(page)
    confirm(page)
    assert dict(split_of(books, dealings).lines[20].parts) == {2: 30_725}
    books.rollback()  # on SQLite a session left open would keep the application from writing
    page = send(browser, at("/prices/import"), sheets.forty_lines(priced=False))
    assert "il n’y a rien à importer" in page.text  # a schedule that comes empty again takes no price away


def test_each_wrong_line_is_said_and_nothing_is_taken(as_user, books, dealings, at):
    rows = (
        (1, "Pose", "u", "deux", "10", ""),
        (2, "Dépose", "u", "2", "10", "21"),
        (3, "Bonne", "u", 1, 5, 5),
    )
    page = send(as_user("helene"), at("/prices/import"), sheets.text(*rows), name="bpu.csv")
    assert page.status_int == 422
    assert [told[:2] for told in rows_of(page)] == [["2", "Quantité"], ["3", "Montant HT"]]
    assert "quantité × prix unitaire font 20,00 €" in words(page)
    assert split_of(books, dealings).lines == []


def test_a_file_that_is_no_schedule_is_refused_in_a_sentence(as_user, at):
    browser = as_user("helene")
    for content, sentence in (
        (b"%PDF-1.7\x00", "ni un CSV ni un classeur"),
        (b"Nom;Age\nA;3\n", "Aucune ligne d’en-têtes"),
        (b"PK\x03\x04abc", "abîmé"),
    ):
        page = send(browser, at("/prices/import"), io.BytesIO(content))
        assert page.status_int == 422
        assert sentence in page.text


def test_a_file_checked_before_prices_changed_is_shown_again(as_user, dealings, at):
    browser = as_user("helene")
    page = send(browser, at("/prices/import"), sheets.forty_lines())
    form = as_user("karim").get(at("/prices/new", company=2)).forms[FORM]
    form["description"] = "Ajoutée entre-temps"
    form.submit("submit", status=303)
    again = confirm(page)
    assert "Les prix ont changé depuis que ce fichier a été vérifié" in again.text
    assert "Importer maintenant" in again.text
    assert "Le bordereau est importé" in confirm(again).follow().text


def test_a_member_fills_in_prices_but_shares_nothing(as_user, dealings, at):
    browser = as_user("karim")
    form = browser.get(at("/prices/new", company=2)).forms[FORM]
    form["description"], form["quantity_thousandths"], form["unit_price_cents"] = "Pose", "1", "10"
    page = form.submit("submit", status=303).follow()
    assert "La répartition est faite par qui mène la réponse." in page.text
    assert "Attribuer les lignes cochées" not in page.text
    browser.get(at(f"/prices/lots/{dealings.lot}/shares", company=2), status=303)


def test_a_guest_sees_no_price_and_who_only_looks_changes_none(as_user, at):
    guest = as_user("aminata")
    for path in ("/prices", "/shares", "/exposure", "/prices/export"):
        guest.get(at(path, company=4), status=404)
    assert "Prix et parts" not in guest.get(at(company=4)).text
    accountant = as_user("odile")
    assert "Ajouter une ligne" not in accountant.get(at("/prices")).text
    accountant.get(at("/prices/new"), status=403)


def test_more_than_a_line_is_worth_is_said_beside_what_was_typed(as_user, dealings, at):
    browser = as_user("helene")
    confirm(send(browser, at("/prices/import"), sheets.forty_lines()))
    form = browser.get(at(f"/prices/lots/{dealings.lot}/shares")).forms[FORM]
    form.set("m1", "60 %", index=0)
    form.set("m2", "60 €", index=0)
    page = form.submit("submit", status=422)
    assert "vous répartissez 17,10 € de plus que son montant" in words(page)
    assert page.forms[FORM].fields["m2"][0].value == "60 €"
    page.forms[FORM].set("m2", "beaucoup", index=0)
    page = page.forms[FORM].submit("submit", status=422)
    assert "Écrivez un montant (1 200 €), un pourcentage (40 %) ou des parts (2 parts)." in page.text


def test_who_receives_how_much_and_when_is_a_table_and_a_chart(as_user, dealings, at):
    browser = as_user("helene")
    confirm(send(browser, at("/prices/import"), sheets.forty_lines()))
    form = browser.get(at("/prices")).forms["endi_ext_prices"]
    for box in (*form.fields["line"], form.fields["member"][1]):
        box.checked = True
    form.submit(status=303)
    terms = browser.get(at("/shares/terms")).forms[FORM]
    for name, value in {"fee_bp": "5", "common_cents": "1 000", "retention_rate_bp": "5"}.items():
        terms[name] = value
    terms["retention_release_on"] = "2028-06-30"
    terms.submit("submit", status=303)
    planned = browser.get(at("/shares/instalments")).forms[FORM]
    for place, (label, on, rate) in enumerate(
        (("Acompte", "2027-01-31", "40"), ("Solde", "2027-06-30", "60"))
    ):
        for name, value in (("label", label), ("invoiced_on", on), ("rate_bp", rate)):
            planned.set(name, value, index=place)
    page = planned.submit("submit", status=303).follow()
    assert "−3 308,25 €" in page.text.replace("\u202f", " ").replace("\xa0", " ")
    chart = page.html.select_one("svg[role=img]")
    assert "Ce que chacun recevra" in chart["aria-label"]
    assert not page.html.select("svg script")
    (cash,) = page.html.select("#endi_ext_cash table")
    dates = [row.th.get_text(strip=True) for row in cash.select("tbody tr")]
    assert dates == ["02/03/2027", "30/07/2027", "30/06/2028"]


def test_the_caps_and_the_form_of_the_group_are_shown(as_user, dealings, at):
    admin = as_user("marc").get("/admin/exchanges/rates").forms[FORM]
    admin["tender_cap_cents"] = "20 000"
    admin.submit("submit", status=303)
    browser = as_user("helene")
    confirm(send(browser, at("/prices/import"), sheets.forty_lines()))
    form = browser.get(at("/prices")).forms["endi_ext_prices"]
    for box in (*form.fields["line"], *form.fields["member"]):
        box.checked = True
    form.submit(status=303)
    page = browser.get(at("/exposure"))
    assert "Au-delà de leur plafond : Menuiserie du Lac, Atelier Trait Juste." in words(page)
    assert "dépassé de 46 165,00 €" in words(page)
    assert "dépasse son plafond" in browser.get(at()).text
    karim = as_user("karim")
    cap = karim.get(at(f"/exposure/members/{dealings.member}", company=2)).forms[FORM]
    cap["cap_cents"] = "70 000"
    page = cap.submit("submit", status=303).follow()
    assert "dans le plafond" in page.text
    other = karim.get(at(f"/exposure/members/{dealings.head}", company=2)).forms[FORM]
    other["cap_cents"] = "1"
    assert "choisit son propre plafond" in other.submit("submit", status=422).text
