"""Settling and undoing, as accountants do it: at the field what is wrong, in the books what was done."""

import pytest

from endi_ext.exchanges import postings
from endi_ext.ledger import service as ledger
from tests.web.conftest import csrf_token
from tests.web.dealings import an_exchange, entries
from tests.web.test_book_pages import rows_of

FORM = "endi_ext_form"


def settle(browser, exchange_id, **typed):
    form = browser.get(f"/exchanges/{exchange_id}/settle").forms[FORM]
    for name, value in typed.items():
        form[name] = value
    return form.submit("submit", status="*")


def error_at(page, name):
    """What is said at a field."""
    field = page.html.select_one(f"[name={name}]")
    return page.html.select_one(f"#error-{field.attrs['id']}").get_text(" ", strip=True)


def test_what_is_left_to_settle_is_listed_the_longest_due_first(as_user, books, party, dealings, an_act):
    before = an_act("odile").today.replace(year=2024)
    an_exchange(books, party(2), party(1), an_act("odile"), reference="ancien", on=before)
    books.commit()
    page = as_user("odile").get("/exchanges")
    assert [row[2].split()[-1] for row in rows_of(page)] == ["ancien", "ST1-1", "BE-1"]
    assert "en retard" in rows_of(page)[0][1]
    assert [row[6] for row in rows_of(page)] == ["300,00", "150,00", "300,00"]


def test_the_list_is_filtered_by_party_and_day(as_user, dealings):
    browser = as_user("odile")
    assert "Aucun échange à régler ne correspond" in browser.get("/exchanges?party=ecume").text
    assert "Aucun échange à régler ne correspond" in browser.get("/exchanges?due_until=2001-01-01").text
    assert len(rows_of(browser.get("/exchanges?party=MENUISERIE"))) == 2


def test_a_part_is_settled_and_the_rest_remains(as_user, dealings):
    browser = as_user("odile")
    page = settle(browser, dealings.open_exchange, amount_cents="1 00,50").follow()
    assert "Le règlement de 100,50\xa0€ est enregistré." in page.text
    assert "Menuiserie du Lac doit 199,50\xa0€ à Atelier Trait Juste." in page.text
    assert (
        browser.get(f"/exchanges/{dealings.open_exchange}/settle").forms[FORM]["amount_cents"].value
        == "199,50"
    )


def test_the_amount_left_is_offered_and_settles_all(as_user, dealings):
    browser = as_user("odile")
    page = settle(browser, dealings.open_exchange).follow()
    assert "Réglé" in page.text
    assert "Il ne reste rien à régler" in browser.get(f"/exchanges/{dealings.open_exchange}/settle").text


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"amount_cents": "300,01"}, "amount_cents", "alors qu’il reste 300,00"),
        ({"amount_cents": "0"}, "amount_cents", "supérieur à zéro"),
        ({"amount_cents": "-5"}, "amount_cents", "supérieur à zéro"),
        ({"amount_cents": "1,234"}, "amount_cents", "Deux chiffres"),
        ({"amount_cents": "dix"}, "amount_cents", "pas un nombre"),
        ({"amount_cents": ""}, "amount_cents", "obligatoire"),
        ({"settled_on": "2026-02-31"}, "settled_on", "n’existe pas"),
        ({"settled_on": ""}, "settled_on", "obligatoire"),
        ({"settled_on": "2016-11-22"}, "settled_on", "précède l’acceptation"),
        ({"settled_on": "2099-12-31"}, "settled_on", "dans le futur"),
    ],
)
def test_a_mistake_is_said_at_its_field_and_nothing_is_posted(as_user, books, dealings, typed, field, said):
    before = entries(books)
    page = settle(as_user("odile"), dealings.open_exchange, **typed)
    assert page.status_int == 422
    assert said in error_at(page, field)
    assert entries(books) == before


def test_a_date_in_a_closed_month_is_refused_in_a_sentence(as_user, books, dealings, an_act):
    act = an_act("odile")
    ledger.close_period(books, ledger.period_of(books, act.today), act)
    books.commit()
    page = settle(as_user("odile"), dealings.open_exchange)
    assert page.status_int == 422
    assert "clôturée" in page.html.select_one("#endi_ext_form_errors").get_text()


def test_ticked_exchanges_are_settled_together(as_user, books, dealings):
    browser = as_user("odile")
    form = next(
        form for form in browser.get("/exchanges").forms.values() if form.action.endswith("/exchanges/settle")
    )
    for box in form.fields["exchange"]:
        box.checked = True
    before = entries(books)
    page = form.submit().follow()
    assert "Règlements enregistrés : 2." in page.text
    assert "Tout est réglé." in page.text
    assert entries(books) == before + 2


def test_ticking_nothing_or_naming_no_day_settles_nothing(as_user, books, dealings):
    browser, before = as_user("odile"), entries(books)
    token = {"csrf_token": csrf_token(browser.get("/exchanges")), "request_key": "12345678"}
    for fields in (
        {"settled_on": "2026-11-16"},
        {"exchange": str(dealings.open_exchange), "settled_on": "demain"},
        {"exchange": "-1", "settled_on": "2026-11-16"},
        {"exchange": "9" * 40, "settled_on": "2026-11-16"},
        {"exchange": str(dealings.open_exchange), "settled_on": "2026-11-16", "request_key": "x"},
    ):
        page = browser.post("/exchanges/settle", {**token, **fields}).follow()
        assert "Cochez au moins un échange" in page.text
    assert entries(books) == before


def test_if_one_ticked_exchange_cannot_be_settled_none_is(as_user, books, dealings, an_act):
    browser, before = as_user("odile"), entries(books)
    page = browser.get("/exchanges")
    settle(browser, dealings.open_exchange)
    token = {"csrf_token": csrf_token(page), "request_key": "another-click"}
    both = [("exchange", str(dealings.exchange)), ("exchange", str(dealings.open_exchange))]
    day = an_act("odile").today.isoformat()
    answer = browser.post("/exchanges/settle", [*token.items(), *both, ("settled_on", day)])
    assert "Cet échange est réglé en entier" in answer.follow().text
    assert entries(books) == before + 1


@pytest.mark.parametrize(("on", "said"), [("2016-11-22", "précède l’acceptation"), ("2099-12-31", "futur")])
def test_ticked_exchanges_are_settled_once_accepted_and_not_in_the_future(as_user, books, dealings, on, said):
    browser, before = as_user("odile"), entries(books)
    token = {"csrf_token": csrf_token(browser.get("/exchanges")), "request_key": "12345678"}
    ticked = {"exchange": str(dealings.open_exchange), "settled_on": on}
    assert said in browser.post("/exchanges/settle", {**token, **ticked}).follow().text
    assert entries(books) == before


def test_undoing_shows_what_will_be_posted_then_posts_exactly_that(as_user, books, dealings):
    browser = as_user("odile")
    page = browser.get(f"/exchanges/{dealings.exchange}/reverse")
    tables = page.html.select("table")
    assert [table.caption.get_text(strip=True) for table in tables] == [
        "Annulation de « Règlement : Escalier secret »",
        "Annulation de « Escalier secret »",
    ]
    promised = [(row[0][:6], row[1], row[3], row[4]) for row in all_rows(page)]
    form = page.forms[FORM]
    form["reason"] = "Travail refait"
    form.submit("submit", status=303)
    posted = []
    for place in (-2, -1):
        link = browser.get(f"/exchanges/{dealings.exchange}").html.select("a[href*='/entries/']")[place]
        posted += [(row[0][:6], row[1], row[3], row[4]) for row in rows_of(browser.get(link.attrs["href"]))]
    assert posted == promised


def all_rows(page):
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")]
        for row in page.html.select("table tbody tr")
    ]


def test_undoing_an_exchange_puts_its_delivery_back(as_user, dealings):
    browser = as_user("odile")
    form = browser.get(f"/exchanges/{dealings.exchange}/reverse").forms[FORM]
    form["reason"] = "Travail refait"
    page = form.submit("submit").follow()
    assert "Annulé" in page.text
    assert "Travail refait" in page.text
    delivery = f"/companies/1/exchanges/subcontracts/{dealings.subcontract}/deliveries/{dealings.accepted}"
    assert "a annulé l’acceptation de la livraison" in as_user("helene").get(delivery).text


@pytest.mark.parametrize(
    ("on", "said"), [("2016-11-22", "précède ce qui est à annuler"), ("2099-12-31", "dans le futur")]
)
def test_undoing_is_dated_after_what_it_undoes_and_not_in_the_future(as_user, books, dealings, on, said):
    before = entries(books)
    for address in ("reverse", f"settlements/{dealings.settlement}/reverse"):
        form = as_user("odile").get(f"/exchanges/{dealings.exchange}/{address}").forms[FORM]
        form["reason"], form["on"] = "Erreur de saisie", on
        assert said in error_at(form.submit("submit", status=422), "on")
    assert entries(books) == before


def test_undoing_needs_a_reason(as_user, books, dealings):
    browser, before = as_user("odile"), entries(books)
    for reason in ("", "   "):
        form = browser.get(f"/exchanges/{dealings.exchange}/reverse").forms[FORM]
        form["reason"] = reason
        page = form.submit("submit", status=422)
        assert "obligatoire" in error_at(page, "reason")
    assert entries(books) == before


def test_undoing_a_settlement_leaves_the_exchange_open(as_user, dealings):
    browser = as_user("odile")
    form = browser.get(f"/exchanges/{dealings.exchange}/settlements/{dealings.settlement}/reverse").forms[
        FORM
    ]
    form["reason"] = "Mauvais montant"
    page = form.submit("submit").follow()
    assert "Le règlement est annulé." in page.text
    assert "Menuiserie du Lac doit 200,00\xa0€ à Atelier Trait Juste." in page.text
    again = browser.get(f"/exchanges/{dealings.exchange}/settlements/{dealings.settlement}/reverse")
    assert "C’est déjà annulé" in again.text


def test_a_settlement_is_found_only_under_its_exchange(as_user, dealings):
    address = f"/exchanges/{dealings.open_exchange}/settlements/{dealings.settlement}/reverse"
    as_user("odile").get(address, status=404)


@pytest.mark.parametrize(
    "what", ["/exchanges/999999", "/exchanges/entries/999999", "/exchanges/periods/9/close"]
)
def test_an_accountant_is_told_that_what_does_not_exist_does_not(as_user, dealings, what):
    as_user("odile").get(what, status=404)


def test_the_journals_of_the_page_are_those_of_the_postings(as_user):
    options = as_user("odile").get("/exchanges/journal").html.select("select[name=journal] option")
    assert [option.attrs["value"] for option in options] == ["", *postings.JOURNALS]
