"""Pages of matching: two files, a table of what they have in common, what is decided, what is downloaded."""

import io
import re

import openpyxl
import pytest
from webtest import Upload

from endi_ext.reconciliation import campaign_rows
from endi_ext.reconciliation.campaign_models import Campaign
from tests.reconciliation.campaigns import PURCHASES, SALES
from tests.reconciliation.test_campaigns import assert_in_one_place
from tests.web.walked_matching import two_papers

HOME = "/exchanges/matching"


def as_csv(rows):
    lines = [
        f"{key};{seller};{buyer};{day:02}/11/2026;{cents / 100:.2f};{label};{reference}"
        for key, seller, buyer, day, cents, label, reference in rows
    ]
    return "\n".join(["id;vendeur;acheteur;date;montant;libellé;référence", *lines]).encode()


def sent(browser, sales=None, purchases=None):
    """The answer to the form, filled in with two files."""
    form = browser.get(f"{HOME}/new").forms["endi_ext_form"]
    form["name"] = "Novembre"
    form["sales"] = Upload("ventes.csv", as_csv(SALES) if sales is None else sales)
    form["purchases"] = Upload("achats.csv", as_csv(PURCHASES) if purchases is None else purchases)
    return form.submit("submit", status="*")


@pytest.fixture
def odile(as_user):
    return as_user("odile")


@pytest.fixture
def campaign(odile):
    """The page of a campaign: one sure match, three suggested, one document left over."""
    return sent(odile).follow()


def pile(browser, campaign, path):
    return browser.get(f"{campaign.request.path}/{path}")


def names(page):
    return [" ".join(cell.text.split()) for cell in page.html.select("tbody tr > th")]


def test_two_files_become_a_table_by_pair_of_parties_and_state(odile, campaign):
    first = [" ".join(cell.text.split()) for cell in campaign.html.select("tbody tr:first-child > *")]
    assert first == ["Atelier Trait Juste", "Menuiserie du Lac", "2", "", "1", "", ""]
    assert [cell.text for cell in campaign.html.select("tfoot td")] == ["3", "1", "1", "0", "0"]
    assert "Novembre" in odile.get(HOME).text
    differs = pile(odile, campaign, "matches?state=suggested")
    assert "5,00 € de plus à l’achat" in differs.text.replace("\xa0", " ").replace("\u202f", " ")
    assert "23 j plus tard à l’achat" in differs.text
    assert names(pile(odile, campaign, "left")) == ["V5 Studio Écume →vend à Atelier Trait Juste"]


def test_an_accountant_accepts_and_splits_and_goes_on_at_the_next_line(odile, campaign, books):
    page = pile(odile, campaign, "matches?state=suggested")
    rows = [row.attrs["id"] for row in page.html.select("tbody tr")]
    accept = next(form for form in page.forms.values() if form.action.endswith("/accept"))
    answer = accept.submit()
    assert answer.location.endswith(f"state=suggested#{rows[1]}")
    assert "accepté" in answer.follow().text
    again = accept.submit().follow()
    assert "a déjà accepté le rapprochement" in again.text
    split = next(form for form in again.forms.values() if form.action.endswith("/split"))
    assert split.submit().location.endswith(f"#{rows[2]}")
    assert len(names(pile(odile, campaign, "left"))) == 3
    shown = books.get(Campaign, 1)
    assert [shown.suggested_count, shown.accepted_count, shown.left_count] == [1, 1, 3]
    assert_in_one_place(books, shown)
    books.rollback()


def test_documents_are_matched_by_hand_with_their_sums_and_waived_with_a_reason(odile, campaign, books):
    for _time in range(3):
        page = pile(odile, campaign, "matches?state=suggested")
        next(form for form in page.forms.values() if form.action.endswith("/split")).submit()
    page = pile(odile, campaign, "left")
    boxes = {
        label.text: label.attrs["for"].removeprefix("document-") for label in page.html.select("th label")
    }
    chosen = [("document", boxes[name]) for name in ("V2", "V3", "A2", "A3")]
    confirm = odile.get(f"{campaign.request.path}/by-hand", chosen)
    assert "Écart : 5,00 €" in confirm.text.replace("\xa0", " ").replace("\u202f", " ")
    assert "fait à la main" in confirm.forms["endi_ext_form"].submit("submit").follow().text
    assert "ne sont plus disponibles" in confirm.forms["endi_ext_form"].submit("submit", status=422).text
    waiver = odile.get(f"{campaign.request.path}/waive", [("document", boxes["V5"])]).forms["endi_ext_form"]
    waiver.submit("submit", status=422)
    waiver["reason"] = "Facturé en décembre"
    assert "V5" not in " ".join(names(waiver.submit("submit").follow()))
    waived = pile(odile, campaign, "left?place=waived")
    assert "Facturé en décembre" in waived.text
    assert "Odile Berthier" in waived.text
    back = next(form for form in waived.forms.values() if form.action.endswith("/take-back"))
    assert "repris" in back.submit().follow().text
    assert_in_one_place(books, books.get(Campaign, 1))
    books.rollback()


def test_what_a_rule_suggests_without_difference_is_accepted_in_one_go(odile, campaign):
    confirm = campaign.click(href="rule=date")
    assert "des deux côtés : 1." in confirm.text
    done = confirm.forms["endi_ext_form"].submit("submit").follow()
    assert "Propositions acceptées : 1." in done.text
    assert "rule=date" not in done.text


def test_what_cannot_be_read_is_named_by_line_and_column_and_the_good_file_is_kept(odile):
    wrong = as_csv(PURCHASES).replace(b"20/11", b"31/11").replace(b"455.00", b"beaucoup")
    refused = sent(odile, purchases=wrong.replace(b"28/11", b"32/11"))
    assert refused.status_int == 422
    told = [[cell.text for cell in row.select("th, td")][:2] for row in refused.html.select("tbody tr")]
    assert told == [["3", "amount"], ["4", "date"]]
    assert "« ventes.csv » est lu et gardé (5 documents)" in refused.text
    asked = odile.get(f"{HOME}/new").html.select(".form-group:has(input[type=file])")
    assert ["facultatif" in one.text for one in asked] == [False, False]
    again = refused.html.select(".form-group:has(input[type=file])")
    assert ["Déjà lu et gardé" in one.text for one in again] == [True, False]
    form = refused.forms["endi_ext_form"]
    assert form["name"].value == "Novembre"
    form["purchases"] = Upload("achats.csv", as_csv(PURCHASES))
    assert "5 ventes et 5 achats" in form.submit("submit").follow().text
    empty = sent(odile, purchases=as_csv(()))
    assert "ne contient aucun document" in empty.text


def test_a_long_list_is_prepared_part_by_part(odile, monkeypatch, books):
    monkeypatch.setattr(campaign_rows, "ROWS_OF_A_BATCH", 4)
    page = sent(odile).follow()
    parts = []
    while "En préparation" in page.text:
        parts.append(re.search(r"Partie (\d+) sur 5", page.text).group(1))
        form = next(form for form in page.forms.values() if form.action.endswith("/advance"))
        page = form.submit().follow()
    assert parts == ["0", "1", "2", "3", "4"]
    assert_in_one_place(books, books.get(Campaign, 1))
    books.rollback()


def test_the_result_is_downloaded_whole_and_runs_no_formula(odile, campaign):
    table = pile(odile, campaign, "file?format=csv").body.decode("utf-8-sig").splitlines()
    assert len(table) == 1 + len(SALES) + len(PURCHASES)
    (alone,) = [line for line in table if ";V5;" in line]
    assert alone.endswith(";V5;Studio Écume;Atelier Trait Juste;09/11/2026;110,00;'=Logo;;Rien en face")
    assert {line.split(";")[3] for line in table[1:]} >= {"1,0", ""}
    assert not any("." in line.split(";")[3] for line in table)
    book = openpyxl.load_workbook(io.BytesIO(pile(odile, campaign, "file?format=xlsx").body))
    rows = list(book.worksheets[0].iter_rows())
    assert len(rows) == len(table)
    logo = next(cell for row in rows for cell in row if cell.value == "=Logo")
    assert logo.data_type == "s"


def test_a_campaign_is_closed_reopened_and_deleted_with_its_lists(odile, campaign):
    path = campaign.request.path
    close = odile.get(f"{path}/close")
    assert "Propositions sans décision : 3." in close.text
    closed = close.forms["endi_ext_form"].submit("submit").follow()
    assert not odile.get(f"{path}/matches").html.select("form[action$='/accept']")
    next(form for form in closed.forms.values() if form.action.endswith("/reopen")).submit().follow()
    gone = odile.get(f"{path}/delete").forms["endi_ext_form"].submit("submit").follow()
    assert "Novembre" not in gone.html.select_one(".endi-ext").text
    odile.get(path, status=404)


def test_a_list_longer_than_a_page_is_walked_by_cursors(odile, demo_app, monkeypatch):
    monkeypatch.setitem(demo_app.registry.endi_ext_settings, "endi_ext.page_size", "2")
    campaign = sent(odile).follow()
    first = pile(odile, campaign, "matches?state=suggested")
    second = first.click("Page suivante")
    assert [len(names(first)), len(names(second))] == [2, 1]
    assert names(second.click("Page précédente")) == names(first)
    last = next(form for form in second.forms.values() if form.action.endswith("/accept"))
    # The page that is empty now shows where there is more.
    assert len(names(last.submit().follow())) == 2


def test_the_hosts_own_documents_of_a_period_are_matched_too(odile, books, an_act):
    two_papers(books, an_act)
    form = odile.get(f"{HOME}/period").forms["endi_ext_form"]
    form["name"], form["ends_on"] = "Novembre", "2020-01-01"
    assert "La première date vient après" in form.submit("submit", status=422).text
    form["starts_on"] = "2019-12-01"
    assert "Aucun document interne entre ces deux dates" in form.submit("submit", status=422).text
    form["ends_on"] = an_act("odile").today.isoformat()
    page = form.submit("submit").follow()
    assert "1 ventes et 1 achats" in page.text
    sure = pile(odile, page, "matches?state=confirmed")
    assert names(sure) == ["1 Atelier Trait Juste →vend à Menuiserie du Lac"]
