"""Accepting in part, what silence does, and deciding in the place of a party that left."""

from datetime import timedelta

import pytest

from endi_ext.subcontracts import service
from endi_ext.subcontracts.models import Delivery, SubcontractVersion
from endi_ext.subcontracts.terms import CLIENT_PAYS, ON_ACCEPTANCE, Conditions
from tests.subcontracts.builders import a_delivery
from tests.subcontracts.money import a_job
from tests.web.filling import FORM, pages_of, press, words
from tests.web.test_delivery_pages import agreed, checked, deliver, helene, karim, quantities

__all__ = ["agreed", "helene", "karim"]


@pytest.fixture
def page(helene, karim, agreed):
    """A delivery of 4 hours and the section, as the one who checks it sees it."""
    return checked(helene, deliver(karim, agreed, "4", "1"))


def shares(form, name):
    return form.fields[name]


def in_part(helene, page, accepted, refusals, status=303):
    form = helene.get(page.request.path + "/accept-in-part").forms[FORM]
    for field, value in zip(shares(form, "accepted"), accepted, strict=True):
        field.value = value
    for field, value in zip(shares(form, "refusal"), refusals, strict=True):
        field.value = value
    answer = form.submit("submit", status=status)
    return answer.follow() if status == 303 else answer


def test_a_part_is_accepted_with_a_reason(helene, karim, agreed, page):
    accepted = in_part(helene, page, ("3", "1"), ("Trois heures faites", ""))
    assert "acceptée en partie : vous devez 230,00 € à Atelier Trait Juste." in words(accepted)
    assert "230,00 € acceptés sur 280,00 €" in words(accepted)
    assert "Accepté en partie : Trois heures faites" in words(accepted)
    form = karim.get(pages_of(2, f"/subcontracts/{agreed}/deliveries/new")).forms[FORM]
    assert quantities(form)[0].value == "7"


def test_the_form_proposes_all_and_accepting_all_is_accepting(helene, page):
    form = helene.get(page.request.path + "/accept-in-part").forms[FORM]
    assert [field.value for field in shares(form, "accepted")] == ["4", "1"]
    assert "La livraison est acceptée : vous devez 280,00 €" in words(form.submit("submit").follow())


@pytest.mark.parametrize(
    ("accepted", "refusals", "says"),
    [
        (("3", "1"), ("", ""), "« Plans » : dites pourquoi vous en acceptez moins"),
        (("5", "1"), ("", ""), "« Plans » : la livraison en contient 4"),
        (("0", "0"), ("Rien", "Rien"), "Vous n’acceptez rien de cette livraison : contestez-la plutôt"),
        (("-1", "1"), ("", ""), "Indiquez un nombre supérieur à zéro."),
    ],
)
def test_a_mistake_is_told_and_what_was_typed_is_kept(helene, page, accepted, refusals, says):
    again = in_part(helene, page, accepted, refusals, status=422)
    assert says in words(again)
    assert [field.value for field in shares(again.forms[FORM], "accepted")] == list(accepted)
    assert "À vérifier" in words(helene.get(page.request.path))


def test_only_the_buyer_accepts_in_part(karim, page):
    path = page.request.path.replace("/companies/1/", "/companies/2/")
    assert "On n’accepte pas son propre travail" in words(karim.get(path + "/accept-in-part").follow())


@pytest.fixture
def silent(books, agreed):
    """The agreement says that silence accepts, or reminds, after some days."""

    def terms(days, accepts):
        (version,) = books.query(SubcontractVersion).all()
        version.silence_days, version.silence_accepts = days, accepts
        books.commit()

    return terms


def test_both_sides_read_what_silence_will_do(helene, karim, agreed, silent, an_act):
    silent(15, True)
    delivered = deliver(karim, agreed, "4", "")
    day = (an_act("karim").today + timedelta(days=15)).strftime("%d/%m/%Y")
    assert f"Sans réponse avant la fin du {day}, elle sera acceptée, comme convenu." in words(delivered)
    read = words(checked(helene, delivered))
    assert f"Sans réponse de votre part avant la fin du {day}, elle sera acceptée, comme convenu." in read


def test_where_silence_does_not_accept_a_reminder_is_promised(helene, karim, agreed, silent):
    silent(15, False)
    delivered = deliver(karim, agreed, "4", "")
    assert "passé ce jour, un rappel part." in words(delivered)
    assert "Votre réponse est attendue avant la fin du" in words(checked(helene, delivered))


def test_an_acceptance_by_silence_says_so(helene, karim, agreed, silent, books, an_act):
    silent(15, True)
    delivered = deliver(karim, agreed, "4", "")
    (delivery,) = books.query(Delivery).all()
    delivery.created_at -= timedelta(days=20)
    delivery.delivered_on -= timedelta(days=20)
    books.commit()
    assert "est passé." in words(checked(helene, delivered))
    service.accept_by_silence(books, delivery, an_act("odile"))
    books.commit()
    assert "Le délai de réponse convenu est passé : la livraison est acceptée." in words(
        checked(helene, delivered)
    )


@pytest.fixture
def left(books, party):
    """Let a company leave the cooperative."""

    def leave(company_id):
        party(company_id).active = False
        books.commit()

    return leave


def test_an_accountant_accepts_in_the_place_of_a_buyer_that_left(as_user, page, left):
    left(1)
    odile = as_user("odile")
    listed = odile.get("/exchanges/deliveries")
    shown = listed.click("livraison n° 1")
    assert "Menuiserie du Lac n’est plus active" in words(shown)
    form = shown.click("Accepter à la place de Menuiserie du Lac").forms[FORM]
    assert "Ce champ est obligatoire." in words(form.submit("submit", status=422))
    form["reason"] = "Partie en retraite"
    accepted = form.submit("submit", status=303).follow()
    assert "La livraison est acceptée, l’échange est enregistré." in words(accepted)
    assert "Annuler l’acceptation" in words(accepted)
    assert "Aucune livraison n’attend une enseigne partie." in words(odile.get("/exchanges/deliveries"))


def test_an_accountant_withdraws_in_the_place_of_a_seller_that_left(as_user, page, left):
    left(2)
    shown = as_user("odile").get("/exchanges/deliveries").click("livraison n° 1")
    assert "Accepter à la place" not in words(shown)
    form = shown.click("Retirer à la place de Atelier Trait Juste").forms[FORM]
    form["reason"] = "Travail abandonné"
    assert "La livraison est retirée." in words(form.submit("submit", status=303).follow())


def test_accountants_decide_nothing_for_who_is_active(as_user, books, page):
    (delivery,) = books.query(Delivery).all()
    address = f"/exchanges/deliveries/{delivery.id}"
    books.rollback()
    odile = as_user("odile")
    assert "C’est à elles de décider" in words(odile.get(address)).replace("c’est", "C’est")
    assert "Aucune livraison n’attend" in words(odile.get("/exchanges/deliveries"))
    for action in ("/accept", "/withdraw"):
        refused = odile.get(address + action, status=303).follow()
        assert "est active et peut décider elle-même" in words(refused)


def test_the_two_sides_learn_that_accounting_may_decide(helene, page, left):
    left(2)
    assert "Atelier Trait Juste n’est plus active dans la coopérative" in words(helene.get(page.request.path))


@pytest.mark.parametrize(
    ("conditions", "says"),
    [
        (
            {"retention_rate_bp": 500, "retention_release": ON_ACCEPTANCE},
            "950,00 € à régler à Atelier Trait Juste, 50,00 € en retenue de garantie.",
        ),
        (
            {"payment_kind": CLIENT_PAYS, "retention_rate_bp": 500, "retention_release": ON_ACCEPTANCE},
            "950,00 € à régler quand votre client aura payé, 50,00 € en retenue de garantie.",
        ),
    ],
)
def test_accepting_says_what_is_held_back_and_what_waits_for_the_client(
    helene, books, party, an_act, conditions, says
):
    facts = {"buyer": party(1), "seller": party(2), "act": an_act("helene")}
    job = a_job(books, conditions=Conditions(**conditions), **facts)
    delivery = a_delivery(books, job, 10_000, delivered_on=an_act("karim").today, act=an_act("karim"))
    path = pages_of(1, f"/subcontracts/{job.id}/deliveries/{delivery.id}")
    books.commit()
    assert "Si vous acceptez, 1 000,00 € lui seront réglés aux conditions convenues." in words(
        helene.get(path)
    )
    told = f"La livraison est acceptée pour 1 000,00 € : {says}"
    assert told in words(press(helene.get(path), "/accept"))
