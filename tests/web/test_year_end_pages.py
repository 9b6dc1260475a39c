"""The end of a fiscal year by its pages: the elimination read, posted, undone."""

import pytest

from endi_ext.exchanges import invariants
from endi_ext.ledger import audit
from endi_ext.ledger import service as ledger
from tests.web.dealings import an_exchange
from tests.web.walked_month_end import closed_month

FORM = "endi_ext_form"


@pytest.fixture
def year(books, dealings, an_act):
    """The year of the dealings, whose months before the last are closed."""
    closed_month(books, an_act)
    return str(an_act("odile").today.year)


def states(page):
    rows = page.html.select("table.endi-ext-cards tbody tr")
    return {row.select_one("th strong").get_text(): row.select_one("td").get_text() for row in rows}


def test_the_lines_are_read_posted_as_shown_and_undone(as_user, books, year):
    browser = as_user("odile")
    page = browser.get("/exchanges/year-end").follow()
    assert page.request.path == f"/exchanges/year-end/{year}"
    assert states(page)["Ventes et achats internes (4/6/7)"] == "À faire"
    page = page.click("Relire et éliminer", index=0)
    shown = [
        [cell.get_text(strip=True) for cell in row.select("th, td")] for row in page.html.select("tbody tr")
    ]
    assert [row[1:] for row in shown] == [["500,00", ""], ["", "500,00"]]
    assert shown[0][0].startswith("704900")
    page = page.forms[FORM].submit("submit").follow()
    assert states(page)["Ventes et achats internes (4/6/7)"] == "Fait"
    assert "Des écritures ont été ajoutées" not in page.text
    form = page.click("Annuler l’élimination", index=0).forms[FORM]
    form.submit("submit", status=422)
    form["reason"] = "Une facture manquait"
    page = form.submit("submit").follow()
    assert states(page)["Ventes et achats internes (4/6/7)"] == "À faire"
    assert invariants.check(books) == []
    assert audit.verify(books).breaks == ()


def test_open_months_come_first(as_user, dealings, an_act):
    browser, today = as_user("odile"), an_act("odile").today
    page = browser.get(f"/exchanges/year-end/{today.year}")
    if today.month == 12:
        assert states(page)["Tous les mois clôturés, sauf le dernier"] == "Fait"
        return
    assert states(page)["Tous les mois clôturés, sauf le dernier"] == "À faire"
    form = browser.get(f"/exchanges/year-end/{today.year}/eliminate/4-6-7").forms[FORM]
    assert "ne sont pas clôturés" in form.submit("submit", status=422).text


def test_a_closed_last_month_is_to_be_reopened_from_the_last_closed_one(as_user, books, an_act, year):
    odile = an_act("odile")
    last = ledger.period_of(books, odile.today.replace(year=odile.today.year + 1, month=1, day=15))
    ledger.close_period(books, last, odile)
    books.commit()
    browser = as_user("odile")
    page = browser.get(f"/exchanges/year-end/{year}")
    assert "Relire et éliminer" not in page.text
    assert f"rouvrez d’abord janvier {int(year) + 1}, le dernier mois clôturé" in page.text
    assert page.click("Voir le mois à rouvrir", index=0).request.path.endswith(f"/{int(year) + 1}-01")


def test_what_is_carried_forward_is_told_account_by_account(as_user, year):
    page = as_user("odile").get(f"/exchanges/year-end/{year}")
    rows = {
        row.select_one("th").get_text().split()[0]: row for row in page.html.select(".endi-ext-book tbody tr")
    }
    assert rows["704900"].select("td")[-1].get_text() == "non repris"
    assert rows["411900"].select("td")[-1].get_text() == rows["411900"].select("td")[-2].get_text() != "0,00"


@pytest.mark.parametrize("address", ["1850", "2026/eliminate/weather", "2026/undo/181-186-187"])
def test_what_does_not_exist_is_not_found(as_user, year, address):
    as_user("odile").get(f"/exchanges/year-end/{address}", status=404)


def test_the_statement_of_a_year_ends_below_with_what_it_began_with(as_user, books, dealings, an_act, party):
    sides, odile, today = (party(2), party(1)), an_act("odile"), an_act("odile").today
    before = an_exchange(books, *sides, odile, reference="ancien", on=today.replace(year=today.year - 1))
    owed_cents = before.net_cents
    books.commit()
    browser, address = as_user("odile"), f"/exchanges/statement?party=TRAITJ&year={today.year}"
    rows = browser.get(address).html.select(".endi-ext-book tbody tr")
    assert rows[-1].select_one("th").get_text() == "À nouveau"
    assert rows[-1].select("td")[-1].get_text() == f"{owed_cents // 100},00"
    assert "Travail ancien" not in browser.get(address).text
    lines = browser.get(f"{address}&format=csv").body.decode("utf-8-sig").splitlines()
    assert lines[-1].startswith(f"01/01/{today.year};AN;")
    with_one = browser.get(f"{address}&partner=MENLAC").html.select(".endi-ext-book tbody tr")
    assert with_one[-1].select("td")[-1].get_text() == f"{owed_cents // 100},00"
    alone = browser.get(f"/exchanges/statement?party=ECUME&year={today.year}")
    assert "À nouveau au" in alone.text
