"""Pages of awarded contracts: searched by everyone, compared with a tender by its team."""

import pytest

from endi_ext.tenders import awards
from endi_ext.tenders.models import Tender
from endi_ext.tenders.notices.decp_contract import Winner
from tests.tenders.award_rows import AT, an_award, several
from tests.web.filling import words

LIST = "/companies/{}/exchanges/tenders/awards"
TENDER = "/companies/{}/exchanges/tenders/{}"


@pytest.fixture
def keep(books):
    """Keep contracts where the application sees them."""

    def kept(*found):
        awards.keep(books, found, AT)
        books.commit()

    return kept


@pytest.fixture
def tender(books, dealings):
    """The id of the tender of the dealings, whose code is that of joinery."""
    books.get(Tender, dealings.tender).cpv = ["45421000"]
    books.commit()
    return dealings.tender


def rows(page):
    return [row.th.get_text(" ", strip=True) for row in page.html.find("table", "hover_table").tbody("tr")]


def search_in(page):
    return next(form for form in page.forms.values() if form.method.upper() == "GET")


def test_without_any_contract_the_page_says_how_they_come(as_user):
    assert "endi-ext import decp" in words(as_user("helene").get(LIST.format(1)))


def test_contracts_are_listed_with_all_that_is_known_of_them(as_user, keep):
    winners = (Winner("SIRET", "55204599900869", "Sève"), *(Winner("TVA", f"FR{n}") for n in range(5)))
    keep(
        an_award(
            1, title="Tonte <b>des</b> stades", buyer_name="Ville d'Annecy", months=24, offers=3,
            last_amount_cents=150_000, grouping="several", procedure="Procédure adaptée", winners=winners,
        ),
        an_award(2, winners=(), amount_cents=None, cpv=None),
    )  # fmt: skip
    page = as_user("helene").get(LIST.format(1))
    said = words(page)
    assert "Tonte <b>des</b> stades" in said
    for part in (
        "CPV 77310000 · Procédure adaptée · 24 mois", "Sève SIRET 55204599900869 TVA FR0", "et 2 autres",
        "1 000,00 €", "porté à 1 500,00 €", "Groupement conjoint · Offres reçues : 3", "02/03/2026",
    ):  # fmt: skip
        assert part in said.replace("\u202f", " ").replace("\xa0", " "), part
    assert page.click("Ville d'Annecy").request.GET["buyer"] == "21740173600012"


def test_a_search_narrows_the_list_and_shows_prices_of_a_code(as_user, keep):
    keep(*several(6), *several(4, first=7, cpv="45421000", title="Portes"))
    browser = as_user("helene")
    form = search_in(browser.get(LIST.format(1)))
    form["cpv"] = "77310000-6"
    page = form.submit()
    assert len(rows(page)) == 6
    chart = page.html.find(role="img")
    assert chart.name == "svg"
    assert "la médiane à 3" in chart.get_text()
    assert [row.td.get_text() for row in page.html.find("div", "endi-ext-chart").parent.tbody("tr")] == ["6"]
    form = search_in(page)
    form["cpv"], form["words"] = "", "portes"
    page = form.submit()
    assert [row.split(" CPV")[0] for row in rows(page)] == ["Portes"] * 4
    assert page.html.find(role="img") is None
    form = search_in(page)
    form["words"] = "rien de tel"
    assert "Aucun marché ne correspond" in words(form.submit())


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("cpv", "7", "Un code CPV commence par deux chiffres au moins"),
        ("cpv", "bois", "Un code CPV commence par deux chiffres au moins"),
        ("buyer", "123", "Un SIRET a 14 chiffres"),
        ("winner", "abc", "Un SIRET a 14 chiffres"),
        ("since", "2026-13-45", None),
    ],
)
def test_what_cannot_be_looked_for_is_said_beside_its_field(as_user, keep, name, typed, said):
    keep(*several(2))
    page = as_user("helene").get(LIST.format(1), {name: typed})
    field = page.html.find("input", {"name": name})
    wrong = page.html.find(id=field["aria-describedby"]).get_text()
    assert (field["value"], field["aria-invalid"]) == (typed, "true")
    assert said is None or said in wrong
    assert len(rows(page)) == 2


def test_pages_keep_what_is_looked_for(as_user, keep):
    keep(*several(60), *several(3, first=61, cpv="45421000"))
    first = as_user("helene").get(LIST.format(1), {"cpv": "77"})
    older = [link["href"] for link in first.html.find_all("a") if "cursor" in link.get("href", "")]
    second = first.goto(older[0])
    assert (len(rows(first)), len(rows(second))) == (50, 10)


def test_a_tender_says_what_contracts_like_it_were_worth(as_user, tender, keep):
    keep(
        *several(5, cpv="45421000", grouping="none"), *several(5, first=6, cpv="45421100", grouping="several")
    )
    helene = as_user("helene")
    page = helene.get(TENDER.format(1, tender))
    assert "Code CPV 45421 : sur 10 marchés attribués" in words(page)
    page = page.click("Voir les prix et les titulaires")
    table = page.html.find("div", "endi-ext-chart").parent.tbody
    assert [row.th.get_text() for row in table("tr")] == [
        "Tous les marchés",
        "Sans groupement",
        "En groupement",
    ]
    chart = page.html.find(role="img").get_text()
    for name in ("Tous les marchés (10)", "Sans groupement (5)", "En groupement (5)"):
        assert name in chart
    assert len(rows(page)) == 10
    assert page.click("Les voir tous").request.GET["cpv"] == "45421"


def test_a_tender_with_nothing_to_compare_says_why(as_user, books, tender, keep):
    helene = as_user("helene")
    address = TENDER.format(1, tender)
    assert "endi-ext import decp" in words(helene.get(address + "/awards"))
    keep(*several(4))
    assert "Trop peu de marchés de ces codes CPV sont connus (45421000" in words(
        helene.get(address + "/awards")
    )
    found = books.get(Tender, tender)
    found.cpv = []
    for lot in found.lots:
        lot.cpv = []
    books.commit()
    assert "n’a pas de code CPV" in words(helene.get(address + "/awards"))
    assert "Marchés comparables" not in words(helene.get(address))


def test_who_is_only_invited_compares_nothing(as_user, tender, dealings, keep):
    keep(*several(5, cpv="45421000"))
    aminata = as_user("aminata")
    assert "Marchés comparables" not in words(aminata.get(TENDER.format(4, tender)))
    aminata.get(TENDER.format(4, tender) + "/awards", status=404)
    as_user("solene").get(TENDER.format(3, tender) + "/awards", status=404)
    assert "Marchés comparables" in words(as_user("karim").get(TENDER.format(2, tender)))
