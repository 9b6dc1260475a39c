"""Lettering and the aged balance as accountants use them, with and without a script."""

import csv
import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from endi_ext.exchanges import service as exchanges
from tests.web.dealings import an_exchange

HOME = "/exchanges/lettering"
CLAIMS = f"{HOME}?party=Atelier Trait Juste&account=411900"


@pytest.fixture
def two_claims(books, party, an_act):
    """Two claims of Atelier Trait Juste of 300,00: one late by forty days, one settled in part."""
    odile = an_act("odile")
    seller, buyer = party(2), party(1)
    late = an_exchange(books, seller, buyer, odile, reference="L-1", on=odile.today - timedelta(days=70))
    part = an_exchange(books, seller, buyer, odile, reference="P-1")
    settled(books, part, 10_000, odile)
    return late, part


def settled(books, exchange, cents, act):
    key = f"pages-letters-{cents}"
    exchanges.settle(books, exchange, amount_cents=cents, settled_on=act.today, request_key=key, act=act)
    books.commit()


def words(page):
    return " ".join(page.html.get_text(" ").split())


def ids_of(page):
    return [box.attrs["value"] for box in page.html.select("input[name=line]")]


def test_ticked_lines_are_added_up_and_lettered_without_a_script(as_user, two_claims):
    browser = as_user("odile")
    page = browser.get(HOME).click("411900")
    form = page.forms["lettering"]
    payment, _part, late = ids_of(page)
    for box in form.fields["line"]:
        box.checked = box._value in (payment, late)
    summed = form.submit("preview").follow()
    assert "Lignes cochées : 3 Débit 600,00 € Crédit 100,00 € Écart 500,00 €" in words(summed)
    # The payment brought the claim it was lettered with: all three are under one letter then.
    done = summed.forms["lettering"].submit().follow()
    assert "Lettré aa en partie : il reste 500,00 €" in words(done)


def test_lines_lettered_meanwhile_are_refused_in_a_sentence(as_user, two_claims, books, an_act):
    browser, late = as_user("odile"), two_claims[0]
    ticked = ",".join(ids_of(browser.get(CLAIMS)))
    stale = browser.get(f"{CLAIMS}&tick={ticked}").forms["lettering"]
    settled(books, late, 30_000, an_act("odile"))
    answer = stale.submit().follow()
    assert "vient d’être lettrée par quelqu’un d’autre" in words(answer)
    assert len(ids_of(answer)) == 2


def test_a_letter_is_undone_with_a_reason_that_is_shown(as_user, two_claims):
    browser = as_user("odile")
    page = browser.get(f"{CLAIMS}&tab=lettered").click("Annuler le lettrage")
    form = page.forms["endi_ext_form"]
    form["reason"] = ""
    assert form.submit("submit", status=422)
    form["reason"] = "Mauvais exercice"
    form.submit("submit").follow()
    undone = words(browser.get(f"{CLAIMS}&tab=undone"))
    assert "Annulé par Odile Berthier" in undone
    assert "Mauvais exercice" in undone


def test_suggestions_tick_lines_and_letter_nothing_by_themselves(as_user, two_claims, books, party, an_act):
    browser = as_user("odile")
    undo = browser.get(f"{CLAIMS}&tab=lettered").click("Annuler le lettrage").forms["endi_ext_form"]
    undo["reason"] = "Payé pour un autre"
    undo.submit("submit")
    assert "Lignes : 2, écart de 200,00 €" in words(browser.get(f"{CLAIMS}&suggest=1"))
    an_exchange(books, party(2), party(1), an_act("odile"), reference="N-1", net_cents=10_000)
    books.commit()
    suggested = browser.get(f"{CLAIMS}&suggest=1")
    assert "Lignes : 2, sans écart" in words(suggested)
    ticked = suggested.click("la proposition 1")
    assert "Écart 0,00 €" in words(ticked)
    done = ticked.forms["lettering"].submit().follow()
    assert "Lettré AB : ces lignes se soldent." in words(done)


def test_the_aged_balance_says_how_late_and_hands_itself_out(as_user, two_claims):
    browser = as_user("odile")
    page = browser.get("/exchanges/aged-balance")
    assert "500,00 € en tout, dont 300,00 € en retard." in words(page)
    assert page.html.select_one("svg[role=img] title")
    row = [cell.get_text(strip=True) for cell in page.html.select("tbody tr")[0].select("th, td")]
    assert row == ["Atelier Trait Juste", "200,00", "", "300,00", "", "", "", "", "500,00"]
    told = browser.get("/exchanges/aged-balance?format=csv").body.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(told), delimiter=";"))
    assert rows[1][:4] == [
        "Ce que doivent les enseignes",
        "MENLAC",
        "Menuiserie du Lac",
        "Atelier Trait Juste",
    ]
    assert [one[-1] for one in rows[1:]] == ["500,00", "500,00"]
    sheet = load_workbook(io.BytesIO(browser.get("/exchanges/aged-balance?format=xlsx").body)).active
    assert [cell.value for cell in sheet[2]][-1] == 500


def test_the_aged_balance_of_a_past_day_forgets_what_came_later(as_user, two_claims, an_act):
    past = an_act("odile").today - timedelta(days=1)
    page = as_user("odile").get(f"/exchanges/aged-balance?as_of={past}&side=payable&party=Menuiserie du Lac")
    assert "300,00 € en tout, dont 300,00 € en retard." in words(page)
    assert "sont ceux que l’on connaît aujourd’hui" in words(page)
