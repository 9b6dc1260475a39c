"""Pages of deliveries: declared, checked, accepted, contested, taken back."""

import pytest

from endi_ext.ledger import service as ledger
from tests.web.filling import FORM, id_in, pages_of, press, propose, words


@pytest.fixture
def helene(as_user):
    return as_user("helene")


@pytest.fixture
def karim(as_user):
    return as_user("karim")


@pytest.fixture
def agreed(helene, karim):
    """The id of a subcontract both have signed: 10 hours at 50 €, one section at 80 €."""
    page = propose(helene, lines=(("Plans", "10", "heure", "50"), ("Coupe", "1", "forfait", "80")))
    press(karim.get(pages_of(2, f"/subcontracts/{id_in(page)}")), "/accept")
    return id_in(page)


def delivery_form(karim, agreed):
    return karim.get(pages_of(2, f"/subcontracts/{agreed}/deliveries/new")).forms[FORM]


def quantities(form):
    return [field for name, (field, *_) in form.fields.items() if (name or "").startswith("line_")]


def deliver(karim, agreed, *amounts):
    """Declare so much of each line, all when nothing is said; return the page of the delivery."""
    form = delivery_form(karim, agreed)
    for field, amount in zip(quantities(form), amounts, strict=False):
        field.value = amount
    return form.submit("submit", status=303).follow()


def checked(helene, page):
    """The same delivery as the one who checks it sees it."""
    return helene.get(page.request.path.replace("/companies/2/", "/companies/1/"))


def test_the_form_proposes_all_that_remains(karim, agreed):
    assert [field.value for field in quantities(delivery_form(karim, agreed))] == ["10", "1"]
    deliver(karim, agreed, "4", "")
    assert [field.value for field in quantities(delivery_form(karim, agreed))] == ["6", "1"]


def test_a_part_is_delivered_and_waits_for_the_other_side(helene, karim, agreed):
    page = deliver(karim, agreed, "4", "")
    assert "La livraison est déclarée : Menuiserie du Lac va la vérifier." in words(page)
    assert "Plans 10 heure 500,00 € – 4 heure 200,00 € 4 heure 200,00 € 40 % 6 heure 300,00 €" in words(page)
    assert "Coupe 1 forfait 80,00 € – – – 0 % 1 forfait 80,00 €" in words(page)
    assert "Total HT 580,00 € 0,00 € 200,00 € 200,00 € 34,5 % 380,00 €" in words(page)
    home = helene.get(pages_of(1))
    assert "Atelier Trait Juste a livré :" in words(home)
    assert "Vérifier la livraison" in words(home)


@pytest.mark.parametrize(
    ("amounts", "says"),
    [
        (("11", ""), "« Plans » : il ne reste que 10 à livrer."),
        (("", ""), "Indiquez la quantité livrée d’au moins une ligne."),
        (("0", "0"), "Indiquez la quantité livrée d’au moins une ligne."),
        (("beaucoup", ""), "Ce n’est pas une quantité"),
        (("-1", ""), "Indiquez un nombre supérieur à zéro."),
    ],
)
def test_a_mistake_is_told_and_what_was_typed_is_kept(karim, agreed, amounts, says):
    form = delivery_form(karim, agreed)
    for field, amount in zip(quantities(form), amounts, strict=True):
        field.value = amount
    form["note"] = "Livré en avance"
    again = form.submit("submit", status=422)
    assert says in " ".join(" ".join(cell.get_text().split()) for cell in again.html.select(".error-message"))
    assert [field.value for field in quantities(again.forms[FORM])] == list(amounts)
    assert again.forms[FORM]["note"].value == "Livré en avance"


def test_a_line_of_which_nothing_is_delivered_may_say_zero(helene, karim, agreed):
    assert "200,00 €" in words(checked(helene, deliver(karim, agreed, "4", "0")))


def test_a_delivery_is_not_dated_in_the_future(karim, agreed):
    form = delivery_form(karim, agreed)
    form["delivered_on"] = "2099-01-01"
    assert "dans le futur" in words(form.submit("submit", status=422))


def test_a_form_sent_twice_declares_one_delivery(karim, agreed):
    form = delivery_form(karim, agreed)
    assert form.submit("submit", status=303).location == form.submit("submit", status=303).location
    assert "Livraison n° 2" not in words(karim.get(pages_of(2, f"/subcontracts/{agreed}")))


def test_accepting_makes_the_exchange_and_says_what_is_owed(helene, karim, agreed):
    page = checked(helene, deliver(karim, agreed, "4", ""))
    assert "Si vous acceptez, vous lui devrez 200,00 €." in words(page)
    accepted = press(page, "/accept")
    assert "La livraison est acceptée : vous devez 200,00 € à Atelier Trait Juste." in words(accepted)
    assert "Vous devez 200,00 € à Atelier Trait Juste." in words(helene.get(pages_of(1)))
    assert "Menuiserie du Lac vous doit 200,00 €." in words(karim.get(pages_of(2)))


def test_accepting_twice_posts_once(helene, karim, agreed):
    page = checked(helene, deliver(karim, agreed))
    press(page, "/accept")
    assert "Cette livraison est déjà acceptée." in words(press(page, "/accept"))
    assert "Vous devez 580,00 € à Atelier Trait Juste." in words(helene.get(pages_of(1)))


def test_an_acceptance_in_a_closed_month_is_refused_and_leaves_nothing(helene, karim, agreed, books, an_act):
    page = checked(helene, deliver(karim, agreed, "4", ""))
    odile = an_act("odile")
    ledger.close_period(books, ledger.period_of(books, odile.today), odile)
    books.commit()
    refused = words(press(page, "/accept"))
    assert "est clôturée" in refused
    assert "À vérifier" in refused
    assert "a accepté la livraison" not in refused


def test_the_last_delivery_completes_the_subcontract(helene, karim, agreed):
    press(checked(helene, deliver(karim, agreed)), "/accept")
    page = helene.get(pages_of(1, f"/subcontracts/{agreed}"))
    assert "Terminée" in words(page)
    assert "tout est livré" in words(page)
    karims = words(karim.get(pages_of(2, f"/subcontracts/{agreed}")))
    assert "Déclarer une livraison" not in karims


def test_contesting_needs_a_reason_and_asks_for_a_correction(helene, karim, agreed):
    page = checked(helene, deliver(karim, agreed, "4", ""))
    form = helene.get(page.request.path + "/contest").forms[FORM]
    assert "Ce champ est obligatoire." in words(form.submit("submit", status=422))
    form["reason"] = "Il manque la coupe."
    contested = form.submit("submit", status=303).follow()
    assert "Contestée" in words(contested)
    seen = karim.get(page.request.path.replace("/companies/1/", "/companies/2/"))
    assert "Il manque la coupe." in words(seen)
    assert "Vous pouvez la retirer et la corriger." in words(seen)
    correction = press(seen, "/withdraw")
    assert "Le formulaire reprend la livraison n° 1" in words(correction)
    assert [field.value for field in quantities(correction.forms[FORM])] == ["4", ""]


def test_what_is_contested_is_not_declared_a_second_time(helene, karim, agreed):
    contest(helene, checked(helene, deliver(karim, agreed)))
    form = karim.get(pages_of(2, f"/subcontracts/{agreed}"))
    assert "Déclarer une livraison" not in words(form)


def test_what_was_contested_may_be_accepted_after_all(helene, karim, agreed):
    page = checked(helene, deliver(karim, agreed, "4", ""))
    contest(helene, page)
    accepted = press(helene.get(page.request.path), "/accept")
    assert "La livraison est acceptée : vous devez 200,00 €" in words(accepted)


def test_who_accepts_from_a_page_older_than_a_contestation_is_told(helene, karim, agreed):
    page = checked(helene, deliver(karim, agreed, "4", ""))
    contest(helene, page)
    assert "Cette livraison est contestée" in words(press(page, "/accept"))


def contest(helene, page):
    form = helene.get(page.request.path + "/contest").forms[FORM]
    form["reason"] = "Il manque la coupe."
    return form.submit("submit", status=303).follow()


def test_one_takes_back_a_delivery_before_it_is_checked(helene, karim, agreed):
    page = deliver(karim, agreed)
    assert "La livraison est retirée" in words(press(page, "/withdraw"))
    seen = checked(helene, page)
    assert "Retirée" in words(seen)
    assert not [form for form in seen.forms.values() if form.action.endswith("/accept")]


def test_only_the_buyer_accepts_and_only_the_seller_declares(helene, karim, agreed):
    page = deliver(karim, agreed, "4", "")
    token = page.html.select_one("input[name=csrf_token]")["value"]
    refused = karim.post(page.request.path + "/accept", {"csrf_token": token}, status=303).follow()
    assert "On n’accepte pas son propre travail" in words(refused)
    sent_back = helene.get(pages_of(1, f"/subcontracts/{agreed}/deliveries/new"), status=303).follow()
    assert "C’est à qui réalise le travail de déclarer ses livraisons" in words(sent_back)
    form = delivery_form(karim, agreed)
    form.action = form.action.replace("/companies/2/", "/companies/1/")
    form["csrf_token"] = helene.get(pages_of(1, "/subcontracts/new")).forms[FORM]["csrf_token"].value
    refused = helene.post(form.action, form.submit_fields("submit"), status=422)
    assert "C’est à qui réalise le travail de déclarer ses livraisons" in words(refused)


def test_a_delivery_that_was_accepted_is_contested_no_more(helene, karim, agreed):
    page = checked(helene, deliver(karim, agreed))
    press(page, "/accept")
    assert "Cette livraison est déjà acceptée." in words(
        helene.get(page.request.path + "/contest", status=303).follow()
    )


def test_what_people_type_is_never_read_as_html(helene, karim, agreed):
    form = delivery_form(karim, agreed)
    form["note"] = "<img src=x onerror=alert(1)>"
    page = form.submit("submit", status=303).follow()
    for shown in (page, checked(helene, page)):
        assert "<img src=x" not in shown.text
        assert "onerror" in shown.text
