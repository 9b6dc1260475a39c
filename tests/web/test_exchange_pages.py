"""Pages of exchanges: the list, one of them, the statement and the pair."""

import pytest

from endi_ext.exchanges import service
from tests.web.dealings import an_exchange
from tests.web.filling import pages_of, words


@pytest.fixture
def helene(as_user):
    return as_user("helene")


@pytest.fixture
def karim(as_user):
    return as_user("karim")


@pytest.fixture
def exchange(books, party, an_act):
    """Return a function that records one from karim (seller) to helene (buyer)."""

    def recorded(net_cents=30_000, reference="BE-1", *, seller=2, buyer=1):
        facts = {"net_cents": net_cents, "reference": reference}
        made = an_exchange(books, party(seller), party(buyer), an_act("odile"), **facts)
        books.commit()
        return made

    return recorded


@pytest.fixture
def settle(books, an_act):
    """Return a function that settles a part of an exchange."""

    def settled(exchange, amount_cents):
        odile = an_act("odile")
        service.settle(
            books,
            exchange,
            amount_cents=amount_cents,
            settled_on=odile.today,
            request_key="a-key-1",
            act=odile,
        )
        books.commit()

    return settled


def test_each_side_reads_the_same_exchange_in_its_own_words(helene, karim, exchange):
    made = exchange()
    bought = words(helene.get(pages_of(1, f"/all/{made.id}")))
    sold = words(karim.get(pages_of(2, f"/all/{made.id}")))
    assert "Vous devez 300,00 € à Atelier Trait Juste" in bought
    assert "Menuiserie du Lac vous doit 300,00 €" in sold


def test_the_contribution_is_between_the_seller_and_the_cooperative(helene, karim, exchange):
    made = exchange()
    assert "Contribution à la coopérative 30,00 €" in words(karim.get(pages_of(2, f"/all/{made.id}")))
    assert "Contribution" not in words(helene.get(pages_of(1, f"/all/{made.id}")))


def test_settlements_are_shown_with_what_remains(helene, exchange, settle):
    made = exchange()
    settle(made, 5_000)
    page = words(helene.get(pages_of(1, f"/all/{made.id}")))
    assert "Réglé en partie" in page
    assert "Vous devez 250,00 €" in page
    assert "Odile Berthier a enregistré un règlement" in page


def test_the_statement_says_in_a_sentence_what_stands_with_each_partner(helene, karim, exchange):
    exchange()
    exchange(20_000, "BE-2", seller=1, buyer=2)
    exchange(10_000, "BE-3", seller=1, buyer=3)
    page = words(helene.get(pages_of(1, "/statement")))
    assert "vos partenaires vous doivent 300,00 € et vous leur devez 300,00 €." in page
    assert "Atelier Trait Juste vous doit 200,00 € et vous lui devez 300,00 €." in page
    assert "Studio Écume vous doit 100,00 €." in page
    mirrored = words(karim.get(pages_of(2, "/statement")))
    assert "Menuiserie du Lac vous doit 300,00 € et vous lui devez 200,00 €." in mirrored
    assert "Studio Écume" not in mirrored


def test_nothing_open_is_said_in_words(helene):
    assert "Tout est réglé" in words(helene.get(pages_of(1, "/statement")))
    assert "Personne ne vous doit rien" in words(helene.get(pages_of(1)))


def test_the_statement_of_a_pair_shows_both_directions_and_no_accounting_words(
    helene, party, exchange, settle
):
    made = exchange()
    exchange(20_000, "BE-2", seller=1, buyer=2)
    exchange(99_900, "BE-9", seller=1, buyer=3)
    settle(made, 5_000)
    page = words(helene.get(pages_of(1, f"/statement/{party(2).id}")))
    assert "Atelier Trait Juste vous doit 200,00 € et vous lui devez 250,00 €." in page
    assert "Règlement : Travail BE-1" in page
    assert "BE-9" not in page
    assert "débit" not in page.lower()
    assert "crédit" not in page.lower()


def test_a_pair_that_never_dealt_is_not_found(helene, party, exchange):
    exchange()
    helene.get(pages_of(1, f"/statement/{party(3).id}"), status=404)


def test_a_settled_pair_is_still_read(helene, party, exchange, settle):
    settle(exchange(), 30_000)
    page = words(helene.get(pages_of(1, f"/statement/{party(2).id}")))
    assert "Tout est réglé entre vous et Atelier Trait Juste." in page


def test_exchanges_are_filtered_by_side_and_state(helene, exchange, settle):
    settle(exchange(reference="BE-1"), 30_000)
    exchange(reference="BE-2")
    exchange(reference="BE-3", seller=1, buyer=3)

    def shown(query):
        page = words(helene.get(pages_of(1, f"/all{query}")))
        return [reference for reference in ("BE-1", "BE-2", "BE-3") if reference in page]

    assert shown("") == ["BE-1", "BE-2", "BE-3"]
    assert shown("?role=buyer") == ["BE-1", "BE-2"]
    assert shown("?role=seller") == ["BE-3"]
    assert shown("?state=settled") == ["BE-1"]
    assert shown("?role=buyer&state=owed") == ["BE-2"]
    assert shown("?role=anything&state=anything") == ["BE-1", "BE-2", "BE-3"]


def test_a_long_list_keeps_its_filter_from_page_to_page(demo_app, helene, exchange):
    demo_app.registry.endi_ext_settings["endi_ext.page_size"] = "2"
    for number in range(3):
        exchange(reference=f"BE-{number}")
    exchange(reference="BE-noise", seller=1, buyer=3)
    first = helene.get(pages_of(1, "/all?role=buyer"))
    older = first.click("Plus anciens")
    assert "BE-0" in words(older)
    assert "BE-noise" not in words(older)
    assert "BE-2" in words(older.click("Plus récents"))


@pytest.mark.parametrize("cursor", ["x", "n2026-01-01_x", "n2026-01-01_" + "9" * 40, "%00", "p"])
def test_a_damaged_cursor_shows_the_list(helene, exchange, party, cursor):
    exchange()
    assert "BE-1" in words(helene.get(pages_of(1, f"/all?cursor={cursor}")))
    helene.get(pages_of(1, f"/statement/{party(2).id}?cursor={cursor}"), status=200)
