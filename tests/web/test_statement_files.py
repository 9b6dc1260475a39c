"""Statements and the trial balance as PDF, XLSX and CSV: the numbers of their pages."""

import csv
import io

import openpyxl
import pytest
from pypdf import PdfReader

from endi_ext.web import tables
from tests.web.dealings import an_exchange

ANY, MINE = "/exchanges/statement?party=trait&", "/companies/1/exchanges/statement?"
PAIR = "/companies/1/exchanges/statement/{partner}?"
BALANCE = "/exchanges/trial-balance?"


def sheet_of(answer):
    (sheet,) = openpyxl.load_workbook(io.BytesIO(answer.body)).worksheets
    heading, *rows = sheet.iter_rows(values_only=True)
    return list(heading), rows


def csv_of(answer):
    heading, *rows = csv.reader(io.StringIO(answer.body.decode("utf-8-sig"), newline=""), delimiter=";")
    return heading, rows


def text_of(answer):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.body)).pages)


@pytest.mark.parametrize(
    ("login", "address"), [("odile", ANY), ("odile", BALANCE), ("helene", PAIR), ("helene", MINE)]
)
def test_the_three_files_hold_the_same_numbers(as_user, dealings, party, login, address):
    browser, address = as_user(login), address.format(partner=party(2).id)
    heading, rows = csv_of(browser.get(f"{address}format=csv"))
    its_heading, its_rows = sheet_of(browser.get(f"{address}format=xlsx"))
    assert (its_heading, len(its_rows)) == (heading, len(rows))
    place = next(i for i, name in enumerate(heading) if name in ("Débit", "Vous doit"))
    total = sum(round(row[place] * 100) for row in its_rows if row[place])
    assert total == sum(int(row[place].replace(",", "")) for row in rows if row[place])
    paper = text_of(browser.get(f"{address}format=pdf"))
    assert "Coopérative Les Passerelles" in paper
    assert "Page 1 / 1" in paper
    digits = "".join(letter for letter in paper if letter.isdigit())
    assert all(row[place].replace(",", "") in digits for row in rows if row[place])


def test_the_balance_after_the_newest_line_is_the_one_of_the_page(as_user, dealings):
    browser = as_user("odile")
    shown = browser.get(ANY).html.select_one("tbody tr").find_all("td")[-1].get_text()
    heading, rows = csv_of(browser.get(f"{ANY}format=csv"))
    assert heading[-1] == "Solde"
    assert rows[0][-1].replace(",", "") == "".join(
        letter for letter in shown if letter.isdigit() or letter == "-"
    )


def test_a_statement_too_long_for_paper_says_to_take_the_spreadsheet(as_user, dealings, monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS_OF_A_PDF", 1)
    page = as_user("odile").get(f"{ANY}format=pdf").follow()
    assert "Prenez-le en XLSX" in page.text
    assert "Relevé : Atelier Trait Juste" in page.text


def test_nobody_reads_the_statement_of_others(as_user, dealings, party):
    as_user("solene").get(PAIR.format(partner=party(2).id) + "format=pdf", status=404)


def test_no_cell_runs_as_a_formula(as_user, books, party, an_act):
    an_exchange(books, party(2), party(1), an_act("odile"), reference="=HYPERLINK(1)")
    books.commit()
    browser = as_user("odile")
    assert {row[2] for row in csv_of(browser.get(f"{ANY}format=csv"))[1]} == {"'=HYPERLINK(1)"}
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"{ANY}format=xlsx").body))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == "=HYPERLINK(1)"]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}
