"""The journal of a period downloaded from its page."""

import io

import openpyxl
import pytest

from endi_ext.web.views import journal_files


def test_the_page_offers_the_months_and_years_of_the_books(as_user, dealings, an_act):
    form = as_user("odile").get("/exchanges/journal").forms["journal-file"]
    today = an_act("odile").today
    offered = [value for value, _chosen, _text in form["period"].options]
    assert {str(today.year), f"{today:%Y-%m}"} <= set(offered)
    assert [value for value, _chosen, _text in form["format"].options] == ["csv", "xlsx"]


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
        ("period=", "n’est ni un mois"),
    ],
)
def test_what_cannot_be_made_is_told_on_the_journal(as_user, dealings, query, said):
    assert said in as_user("odile").get(f"/exchanges/journal/file?{query}").follow().text


def test_a_period_too_long_for_a_page_is_left_to_the_command(as_user, dealings, an_act, monkeypatch):
    monkeypatch.setattr(journal_files, "MOST_ENTRIES", 1)
    page = as_user("odile").get(f"/exchanges/journal/file?period={an_act('odile').today.year}").follow()
    assert "endi-ext export journal --period" in page.text
