"""What admins choose by the pages, what it changes in later entries, and that it is remembered."""

import pytest

from endi_ext.exchanges import choices
from tests.web.dealings import an_exchange
from tests.web.test_book_pages import rows_of
from tests.web.test_settlement_pages import error_at

FORM = "endi_ext_form"


def choose(browser, what, **typed):
    form = browser.get(f"/admin/exchanges/{what}").forms[FORM]
    for name, value in typed.items():
        form[name] = value
    return form.submit("submit", status="*")


def chosen(books):
    books.rollback()
    found = choices.read(books)
    books.rollback()
    return found


def test_the_first_page_shows_the_choices_in_force(as_user):
    page = as_user("marc").get("/admin/exchanges")
    assert ["Achats internes (charge de l’acheteur)", "604020"] in rows_of(page)
    assert "10\xa0%" in page.text
    assert "30 jours" in page.text


def test_what_is_held_back_is_shown_by_the_example_too(as_user):
    page = as_user("marc").get("/admin/exchanges/scheme")
    captions = [caption.get_text() for caption in page.html.select("table caption")]
    assert captions[2:4] == ["Si 5 % sont en retenue de garantie, aussitôt", "Quand la retenue est libérée"]
    held = [" ".join(row.get_text(" ").split()) for row in page.html.select("table")[2].select("tbody tr")]
    assert held == [
        "401900 Fournisseurs internes Acheteur 50,00",
        "401700 Retenues de garantie Acheteur 50,00",
        "411900 Clients internes Vendeur 50,00",
        "411700 Retenues de garantie Vendeur 50,00",
    ]


def test_the_accounts_of_retentions_are_chosen_apart_from_those_of_ordinary_debts(as_user, books):
    browser = as_user("marc")
    refused = choose(browser, "accounts", retention_payable="401900")
    assert refused.status_int == 422
    assert "autre compte" in error_at(refused, "retention_payable")
    refused = choose(browser, "accounts", receivable="411700")
    assert "autre compte" in error_at(refused, "retention_receivable")
    choose(browser, "accounts", retention_payable="401750")
    assert chosen(books).scheme.accounts["retention_payable"] == "401750"


def test_each_partys_rate_is_shown_its_own_or_the_default(as_user):
    page = as_user("marc").get("/admin/exchanges")
    rates = {
        row.select_one("th").get_text(): " ".join(row.select("td")[1].get_text().split())
        for row in page.html.select("details tbody tr")
    }
    assert rates["Studio Écume"] == "12 %"
    assert rates["Menuiserie du Lac"] == "10 % par défaut"
    assert "Coopérative" not in " ".join(rates)


def test_a_scheme_is_explained_by_the_entries_it_makes(as_user):
    page = as_user("marc").get("/admin/exchanges/scheme")
    tables = page.html.select("table")
    shown = [
        [
            (cells[0].get_text().split()[0], cells[1].get_text(), cells[2].get_text(), cells[3].get_text())
            for cells in (row.select("th, td") for row in table.select("tbody tr"))
        ]
        for table in tables
    ]
    thousand, hundred = "1\u202f000,00", "100,00"
    assert shown[4] == [
        ("186", "Acheteur", thousand, ""),
        ("181", "Acheteur", "", thousand),
        ("181", "Vendeur", thousand, ""),
        ("187", "Vendeur", "", thousand),
        ("6223", "Vendeur", hundred, ""),
        ("7083", "Coopérative", "", hundred),
    ]
    assert shown[1] == [("401900", "Acheteur", thousand, ""), ("411900", "Vendeur", "", thousand)]


def test_another_scheme_changes_later_entries_only_and_the_page_says_so(as_user, books, party, an_act):
    an_exchange(books, party(2), party(1), an_act("odile"), reference="avant")
    books.commit()
    page = choose(as_user("marc"), "scheme", scheme="181/186/187").follow()
    assert "ce qui est au livre ne change pas" in page.text
    an_exchange(books, party(2), party(1), an_act("odile"), reference="après")
    books.commit()
    odile = as_user("odile")
    assert [row[0].split()[0] for row in rows_of(odile.get("/exchanges/entries/1"))][:4] == [
        "604020",
        "401900",
        "411900",
        "704900",
    ]
    assert [row[0].split()[0] for row in rows_of(odile.get("/exchanges/entries/2"))][:4] == [
        "186",
        "181",
        "181",
        "187",
    ]


@pytest.mark.parametrize("number", ["12", "12345678901", "60A", "60 40", "6040-2", "６０４"])
def test_what_is_no_account_number_is_said_at_its_field(as_user, books, number):
    page = choose(as_user("marc"), "accounts", expense=number)
    assert page.status_int == 422
    assert error_at(page, "expense")
    assert chosen(books).scheme.accounts["expense"] == "604020"


def test_an_account_is_chosen_then_left_to_the_scheme_again(as_user, books):
    browser = as_user("marc")
    assert choose(browser, "accounts", expense="604999", transfer="580000").status_int == 303
    assert chosen(books).scheme.accounts["expense"] == "604999"
    assert chosen(books).scheme.accounts["transfer"] == "580000"
    choose(browser, "accounts", expense="", transfer="")
    assert chosen(books).scheme.accounts["expense"] == "604020"
    assert not chosen(books).scheme.accounts.get("transfer")


def test_the_default_rate_and_the_days_are_chosen(as_user, books, party, an_act):
    choose(as_user("marc"), "rates", default_contribution_rate_bp="12,5", payment_days="45")
    assert (chosen(books).default_rate_bp, chosen(books).payment_days) == (1250, 45)
    made = an_exchange(books, party(2), party(1), an_act("odile"), net_cents=10_000)
    assert made.contribution_cents == 1250


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("default_contribution_rate_bp", "101"),
        ("default_contribution_rate_bp", "-1"),
        ("default_contribution_rate_bp", "dix"),
        ("default_contribution_rate_bp", ""),
        ("payment_days", "366"),
        ("payment_days", "-1"),
        ("payment_days", "un mois"),
        ("payment_days", "1,5"),
        ("payment_days", "٣"),
        ("payment_days", ""),
    ],
)
def test_a_rate_or_a_number_of_days_that_is_none_is_said_at_its_field(as_user, books, field, value):
    page = choose(as_user("marc"), "rates", **{field: value})
    assert page.status_int == 422
    assert "number" not in error_at(page, field), "said in French"
    assert error_at(page, field)
    assert (chosen(books).default_rate_bp, chosen(books).payment_days) == (1000, 30)


def test_what_was_chosen_is_remembered_with_what_it_was_before(as_user):
    browser = as_user("marc")
    assert "Aucun réglage n’a été modifié." in browser.get("/admin/exchanges/changes").text
    choose(browser, "rates", default_contribution_rate_bp="12,5")
    choose(browser, "rates", default_contribution_rate_bp="12,5")
    choose(browser, "accounts", expense="604999")
    rows = rows_of(browser.get("/admin/exchanges/changes"))
    assert [row[1:] for row in rows] == [
        ["Marc Lefèvre", "Achats internes (charge de l’acheteur)", "compte du schéma", "604999"],
        ["Marc Lefèvre", "Taux de contribution par défaut", "10 %", "12,5 %"],
    ]


def test_who_may_do_what_is_a_table_and_leads_to_the_hosts_own_screen(as_user):
    page = as_user("marc").get("/admin/exchanges/rights")
    rows = {row[0]: row[1:] for row in rows_of(page)}
    assert rows["Échanges internes : configurer"] == ["–", "–", "–", "oui", "–"]
    assert rows["Comptabilité (droit général)"] == ["–", "oui", "oui", "–", "–"]
    assert page.html.select("a[href$='/admin/users']")
