"""The journal of a period downloaded from its page."""

import io

import openpyxl
import pytest

from endi_ext.hosts.demo import people
from endi_ext.web.views import journal_files
from tests.ledger.fec_rules import wrongs_of


def test_the_page_offers_the_months_and_years_of_the_books(as_user, dealings, an_act):
    form = as_user("odile").get("/exchanges/journal").forms["journal-file"]
    today = an_act("odile").today
    offered = [value for value, _chosen, _text in form["period"].options]
    assert {str(today.year), f"{today:%Y-%m}"} <= set(offered)
    assert [value for value, _chosen, _text in form["format"].options] == ["fec", "csv", "xlsx"]


def test_the_form_downloads_a_file_that_breaks_no_rule(as_user, dealings, an_act):
    form = as_user("odile").get("/exchanges/journal").forms["journal-file"]
    form["period"] = str(an_act("odile").today.year)
    answer = form.submit()
    name = f"{people.COOPERATIVE_IDENTITY['siret'][:9]}FEC{an_act('odile').today.year}1231.txt"
    assert f'filename="{name}"' in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Type"] == "text/plain; charset=iso8859-15"
    assert wrongs_of(answer.body, name) == []


def test_the_same_period_comes_as_csv_and_as_a_workbook(as_user, dealings, an_act):
    browser, year = as_user("odile"), an_act("odile").today.year
    lines = browser.get(f"/exchanges/journal/file?period={year}&format=csv").body.decode("utf-8-sig")
    workbook = browser.get(f"/exchanges/journal/file?period={year}&format=xlsx").body
    (sheet,) = openpyxl.load_workbook(io.BytesIO(workbook)).worksheets
    assert len(lines.splitlines()) == sheet.max_row == 15


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("period=hier&format=csv", "« hier » n’est ni un mois"),
        ("period=2001&format=fec", "Aucune écriture"),
    ],
)
def test_what_cannot_be_made_is_told_on_the_journal(as_user, dealings, query, said):
    assert said in as_user("odile").get(f"/exchanges/journal/file?{query}").follow().text


def test_a_period_too_long_for_a_page_is_left_to_the_command(as_user, dealings, an_act, monkeypatch):
    monkeypatch.setattr(journal_files, "MOST_ENTRIES", 1)
    page = as_user("odile").get(f"/exchanges/journal/file?period={an_act('odile').today.year}").follow()
    assert "endi-ext export journal --period" in page.text


def test_without_siret_the_page_says_where_to_write_it(as_user, dealings, an_act, monkeypatch):
    monkeypatch.setattr(people, "COOPERATIVE_IDENTITY", {})
    page = as_user("odile").get(f"/exchanges/journal/file?period={an_act('odile').today.year}").follow()
    assert "écrivez son SIRET" in page.text
