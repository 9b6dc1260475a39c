"""The books as accountants read them: journal, entry, trial balance, statement, and the same as CSV."""

import csv
import io

import pytest

from endi_ext.web import csv_export
from tests.web.dealings import an_exchange


def rows_of(page):
    """The rows of the first table of a page, cell by cell."""
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")]
        for row in page.html.select_one("table").select("tbody tr")
    ]


def read(answer):
    return list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig")), delimiter=";"))


def test_the_journal_shows_each_entry_with_its_lines_newest_first(as_user, dealings):
    rows = rows_of(as_user("odile").get("/exchanges/journal?journal=EXI"))
    assert rows[0][1:] == [
        "EXI 2 BE-1",
        "Travail BE-1",
        "604020",
        "Menuiserie du Lac",
        "Atelier Trait Juste",
        "300,00",
        "",
    ]
    assert [(row[-5], row[-2], row[-1]) for row in rows[:6]] == [
        ("604020", "300,00", ""),
        ("401900", "", "300,00"),
        ("411900", "300,00", ""),
        ("704900", "", "300,00"),
        ("6223", "30,00", ""),
        ("7083", "", "30,00"),
    ]


def test_the_journal_is_filtered_by_journal_and_dates(as_user, dealings, an_act):
    browser, today = as_user("odile"), an_act("odile").today
    assert "RGI 1" in browser.get("/exchanges/journal?journal=RGI").html.get_text(" ", strip=True).replace(
        "\xa0", " "
    )
    assert len(rows_of(browser.get("/exchanges/journal?journal=RGI"))) == 2
    assert len(rows_of(browser.get(f"/exchanges/journal?since={today}"))) == 14
    assert "Aucune écriture ne correspond" in browser.get("/exchanges/journal?until=2001-01-01").text


@pytest.mark.parametrize("query", ["since=31/02/2026", "until=hier", "journal=ZZZ"])
def test_a_filter_that_is_not_understood_says_so_at_its_field(as_user, dealings, query):
    page = as_user("odile").get(f"/exchanges/journal?{query}")
    assert len(page.html.select("form.endi-ext-filter .error-message")) == 1


def test_the_journal_comes_page_by_page(as_user, demo_app, books, party, an_act):
    act = an_act("odile")
    for number in range(5):
        an_exchange(books, party(2), party(1), act, reference=f"P-{number}")
    books.commit()
    demo_app.registry.endi_ext_settings["endi_ext.page_size"] = "2"
    browser, seen = as_user("odile"), []
    page = browser.get("/exchanges/journal")
    while True:
        seen += [small.get_text() for small in page.html.select("tbody th small")]
        following = page.html.select_one("a[rel=next]")
        if following is None:
            break
        page = browser.get(following.attrs["href"])
    assert seen == ["P-4", "P-3", "P-2", "P-1", "P-0"]
    assert page.html.select_one("a[rel=prev]")


def test_an_empty_book_says_what_will_fill_it(as_user):
    assert "Le livre est vide" in as_user("odile").get("/exchanges/journal").text


def test_an_entry_shows_its_lines_its_seal_and_its_exchange(as_user, dealings):
    page = as_user("odile").get(f"/exchanges/entries/{dealings.entry}")
    assert rows_of(page)[0] == [
        "604020 Achats internes",
        "Menuiserie du Lac MENLAC",
        "Atelier Trait Juste",
        "200,00",
        "",
    ]
    assert len(page.html.select_one("code.endi-ext-digest").get_text()) == 64
    assert page.html.select(f"a[href$='/exchanges/{dealings.exchange}']")
    assert "Hélène Marchand" in page.text


def test_an_entry_and_its_reversal_name_each_other(as_user, dealings):
    browser = as_user("odile")
    form = browser.get(f"/exchanges/{dealings.open_exchange}/reverse").forms["endi_ext_form"]
    form["reason"] = "Saisi deux fois"
    page = form.submit("submit").follow()
    links = [link.attrs["href"] for link in page.html.select("a[href*='/entries/']")]
    original, reversal = (browser.get(link) for link in links)
    assert "Cette écriture est annulée par l’écriture" in original.text
    assert "Cette écriture annule l’écriture" in reversal.text
    assert "Saisi deux fois" in reversal.text
    assert original.html.select(f"a[href='{links[1]}']")
    assert reversal.html.select(f"a[href='{links[0]}']")


def test_the_trial_balance_is_balanced_and_adds_up(as_user, dealings):
    page = as_user("odile").get("/exchanges/trial-balance")
    assert "Équilibrée" in page.text
    assert rows_of(page) == [
        ["401900", "Fournisseurs internes", "50,00", "500,00", "", "450,00"],
        ["411900", "Clients internes", "500,00", "50,00", "450,00", ""],
        ["604020", "Achats internes", "500,00", "0,00", "500,00", ""],
        ["6223", "Contribution versée", "50,00", "0,00", "50,00", ""],
        ["704900", "Ventes internes", "0,00", "500,00", "", "500,00"],
        ["7083", "Contributions reçues", "0,00", "50,00", "", "50,00"],
    ]
    totals = [cell.get_text(strip=True) for cell in page.html.select("tfoot td")]
    assert [total.replace("\u202f", "") for total in totals] == ["1100,00", "1100,00", "1000,00", "1000,00"]


def test_the_trial_balance_of_one_party_on_a_day_before_anything_is_empty(as_user, dealings):
    browser = as_user("odile")
    page = browser.get("/exchanges/trial-balance?party=ecume")
    assert "Aucun mouvement" in page.text
    page = browser.get("/exchanges/trial-balance?party=trait")
    assert [row[0] for row in rows_of(page)] == ["411900", "6223", "704900"]
    assert "Équilibrée" not in page.text
    assert "Aucun mouvement" in browser.get("/exchanges/trial-balance?as_of=2001-01-01").text


def test_the_statement_of_a_pair_carries_the_balance_down(as_user, dealings):
    page = as_user("odile").get("/exchanges/statement?party=trait&partner=menuiserie")
    assert [(row[2], *row[5:]) for row in rows_of(page)] == [
        ("411900", "", "300,00", "", "450,00"),
        ("411900", "aa", "", "50,00", "150,00"),
        ("411900", "aa", "200,00", "", "200,00"),
    ]
    assert "Menuiserie du Lac doit 450,00\xa0€ à Atelier Trait Juste." in page.text


def test_the_balance_carried_down_goes_on_over_pages(as_user, demo_app, dealings):
    demo_app.registry.endi_ext_settings["endi_ext.page_size"] = "1"
    browser = as_user("odile")
    page, balances = browser.get("/exchanges/statement?party=trait&partner=menuiserie"), []
    while page is not None:
        balances.append(rows_of(page)[0][-1])
        following = page.html.select_one("a[rel=next]")
        page = browser.get(following.attrs["href"]) if following else None
    assert balances == ["450,00", "150,00", "200,00"]


def test_a_statement_over_all_accounts_has_no_balance_that_would_mean_nothing(as_user, dealings):
    page = as_user("odile").get("/exchanges/statement?party=trait&accounts=all")
    assert "Solde" not in page.html.select_one("thead").get_text()
    assert {row[2] for row in rows_of(page)} == {"411900", "6223", "704900"}


def test_an_unknown_party_is_said_at_its_field(as_user, dealings):
    page = as_user("odile").get("/exchanges/statement?party=personne")
    assert "Aucune enseigne active" in page.html.select_one(".error-message").get_text()


@pytest.mark.parametrize(
    ("address", "count"),
    [("journal", 14), ("trial-balance", 6), ("statement?party=trait&accounts=all", 7)],
)
def test_a_table_is_handed_out_as_csv_with_as_much_debit_as_the_page_says(as_user, dealings, address, count):
    mark = "&" if "?" in address else "?"
    rows = read(as_user("odile").get(f"/exchanges/{address}{mark}format=csv"))
    assert len(rows) == 1 + count
    debit = rows[0].index("Débit")
    assert all(row[debit] == "" or row[debit].replace(",", "").isdigit() for row in rows[1:])


def test_the_csv_of_the_journal_holds_all_of_it_not_a_page(as_user, demo_app, dealings):
    demo_app.registry.endi_ext_settings["endi_ext.page_size"] = "1"
    assert len(read(as_user("odile").get("/exchanges/journal?format=csv"))) == 15


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+33 6", "'+33 6"),
        ("-", "'-"),
        ("\t=1", "'\t=1"),
        ("-12,50", "-12,50"),
        ("Pose", "Pose"),
        (12, "12"),
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_is_disarmed(cell, written):
    assert csv_export.harmless(cell) == written


def test_a_label_that_is_a_formula_comes_out_disarmed(as_user, books, party, an_act):
    an_exchange(books, party(2), party(1), an_act("odile"), reference="=HYPERLINK(1)")
    books.commit()
    rows = read(as_user("odile").get("/exchanges/journal?format=csv"))
    assert {row[3] for row in rows[1:]} == {"'=HYPERLINK(1)"}


def test_what_people_wrote_is_shown_as_text(as_user, books, party, an_act):
    an_exchange(books, party(2), party(1), an_act("odile"), reference="<script>alert(1)</script>")
    books.commit()
    browser = as_user("odile")
    for url in ("/exchanges", "/exchanges/journal", "/exchanges/1", "/exchanges/1/reverse"):
        assert "<script>alert(1)" not in browser.get(url).text
