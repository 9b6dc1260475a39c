"""Pages of negotiation: who starts, conditions, frame agreements and orders, comments."""

from datetime import timedelta

import pytest

from tests.web.filling import FORM, a_filled_proposal, fill_lines, id_in, pages_of, press, propose, words


@pytest.fixture
def helene(as_user):
    return as_user("helene")


@pytest.fixture
def karim(as_user):
    return as_user("karim")


def hub(browser, company_id, page):
    return browser.get(pages_of(company_id, f"/subcontracts/{id_in(page)}"))


def an_offer(karim, **values):
    """What karim proposes to do for helene."""
    form = karim.get(pages_of(2, "/subcontracts/offer")).forms[FORM]
    facts = {"title": "Dessins", "buyer": "Menuiserie du Lac", "due_on": "2027-12-31", **values}
    for name, value in facts.items():
        form[name] = value
    fill_lines(form, ("Dessin", "2", "heure", "48"))
    return form.submit("submit", status=303).follow()


@pytest.fixture
def frame(helene, karim):
    """A frame agreement both have signed, as helene sees it."""
    page = an_offer(karim, kind="frame")
    return press(hub(helene, 1, page), "/accept")


def test_who_does_the_work_may_propose_first(helene, karim):
    page = an_offer(karim)
    assert "Votre proposition est envoyée à Menuiserie du Lac." in words(page)
    assert "Menuiserie du Lac doit répondre." in words(page)
    seen = hub(helene, 1, page)
    assert "Atelier Trait Juste attend votre réponse." in words(seen)
    assert "vous êtes engagés tous les deux" in words(press(seen, "/accept"))
    assert "Déclarer une livraison" in words(hub(karim, 2, page))


def test_a_simple_proposal_asks_for_nothing_more_and_is_paid_as_usual(helene):
    form = a_filled_proposal(helene)
    assert not helene.get(pages_of(1, "/subcontracts/new")).html.select("details[open]")
    page = form.submit("submit", status=303).follow()
    assert "Règlement Dans le délai habituel de la coopérative" in words(page)
    assert "Retenue de garantie" not in words(page)


def test_conditions_are_shown_to_the_partner_and_their_changes_too(helene, karim):
    page = propose(
        helene,
        payment_kind="client",
        retention_rate_bp="5",
        retention_release="on_acceptance",
        silence_days="15",
        silence_accepts="yes",
    )
    seen = words(hub(karim, 2, page))
    assert "Quand le client paie, au prorata" in seen
    assert "5 % de chaque montant accepté, jusqu’à la réception" in seen
    assert "Après 15 jours sans réponse, la livraison est acceptée" in seen
    counter = karim.get(pages_of(2, f"/subcontracts/{id_in(page)}/counter"))
    assert counter.html.select("details[open]")
    form = counter.forms[FORM]
    assert form["payment_kind"].value == "client"
    form["retention_rate_bp"], form["payment_kind"], form["payment_days"] = "3", "end_of_month", "45"
    answered = words(form.submit("submit", status=303).follow())
    assert "45 jours après chaque acceptation, puis à la fin du mois. avant : Quand le client" in answered
    assert "3 % de chaque montant accepté, jusqu’à la réception" in answered
    assert "avant : 5 % de chaque montant accepté" in answered


@pytest.mark.parametrize(
    ("values", "field", "says"),
    [
        (
            {"retention_rate_bp": "6", "retention_release": "on_acceptance"},
            "retention_rate_bp",
            "au plus. Baissez le taux",
        ),
        ({"retention_rate_bp": "5"}, "retention_release_on", "Indiquez la date où la retenue"),
        ({"payment_kind": "on_date"}, "payment_on", "Indiquez la date du paiement"),
        ({"payment_days": "400"}, "payment_days", "de 0 à 365 jours"),
        ({"payment_days": "trente"}, "payment_days", "Ce n’est pas un nombre de jours"),
        ({"silence_accepts": "yes"}, "silence_days", "Indiquez au bout de combien de jours"),
        ({"answer_by": "2020-01-01"}, "answer_by", "Le 01/01/2020 est passé"),
    ],
)
def test_a_condition_that_cannot_be_kept_is_told_at_its_field(helene, values, field, says):
    page = a_filled_proposal(helene, **values).submit("submit", status=422)
    assert page.html.select("details[open]"), "what is wrong is not folded away"
    (wrong,) = [one for one in page.html.select(f"[name={field}]") if one.get("aria-invalid")]
    described = page.html.find(id=wrong["aria-describedby"].split()[0])
    assert says in described.get_text()


def test_the_last_day_to_answer_is_told(helene, karim, an_act):
    last = an_act("helene").today + timedelta(days=7)
    page = propose(helene, answer_by=last.isoformat())
    assert f"Dernier jour pour répondre : le {last:%d/%m/%Y}." in words(hub(karim, 2, page))


def test_a_frame_is_ordered_on_in_one_click(helene, karim, frame):
    assert "Accord-cadre en vigueur" in words(frame)
    assert "Déclarer une livraison" not in words(hub(karim, 2, frame))
    form = frame.forms[FORM]
    order = form.submit("submit", status=303).follow()
    assert "La commande est passée à Atelier Trait Juste" in words(order)
    assert "Dessin 2 heure 48,00 € 96,00 €" in words(order)
    assert "Atelier Trait Juste par l’accord-cadre, signé par Karim Benali" in words(order)
    assert "Commande sur l’accord-cadre Dessins" in words(order)
    assert "Déclarer une livraison" in words(hub(karim, 2, order))
    assert "96,00 € En cours" in words(hub(helene, 1, frame))


def test_an_empty_order_is_refused_with_a_sentence(frame):
    form = frame.forms[FORM]
    (name,) = [name for name in form.fields if (name or "").startswith("line_")]
    form[name] = ""
    again = form.submit("submit", status=422)
    assert "Indiquez la quantité commandée d’au moins une ligne." in words(again)


def test_the_seller_orders_nothing_and_is_told_who_does(karim, frame):
    address = pages_of(2, f"/subcontracts/{id_in(frame)}")
    assert FORM not in karim.get(address).forms
    refused = karim.get(address + "/call-off", status=303).follow()
    assert "C’est à votre partenaire de commander" in words(refused)
    refused = karim.get(address + "/deliveries/new", status=303).follow()
    assert "commandez d’abord, puis livrez sur la commande" in words(refused)


def test_a_frame_is_ended_and_nothing_more_is_ordered(helene, karim, frame):
    order = frame.forms[FORM]
    form = hub(karim, 2, frame).click("Mettre fin à l’accord-cadre").forms[FORM]
    form["reason"] = "Nouveaux tarifs en janvier."
    assert "Accord-cadre terminé" in words(form.submit("submit", status=303).follow())
    assert "Cet accord-cadre a pris fin" in words(order.submit("submit", status=422))
    assert "Nouveaux tarifs en janvier." in words(hub(helene, 1, frame))


def test_both_sides_comment_and_nothing_changes(helene, karim):
    page = propose(helene)
    form = next(form for form in page.forms.values() if form.action.endswith("/comment"))
    form["text"] = "Une question : <b>quel bois ?</b>"
    said = form.submit("submit", status=303).follow()
    assert "Votre commentaire est envoyé à Atelier Trait Juste." in words(said)
    seen = hub(karim, 2, page)
    assert "Une question : <b>quel bois ?</b>" in words(seen)
    assert "<b>quel bois" not in seen.text
    assert "À vous de répondre" in words(seen)
    form = next(form for form in seen.forms.values() if form.action.endswith("/comment"))
    assert "Ce champ est obligatoire." in words(form.submit("submit", status=422))


def test_a_comment_sent_twice_is_said_once(helene):
    page = propose(helene)
    form = next(form for form in page.forms.values() if form.action.endswith("/comment"))
    form["text"] = "Bonjour"
    form.submit("submit", status=303)
    form.submit("submit", status=303)
    assert words(hub(helene, 1, page)).count("a laissé un commentaire") == 1


def test_the_list_tells_frames_and_orders_apart(helene, frame):
    frame.forms[FORM].submit("submit", status=303)
    listed = words(helene.get(pages_of(1, "/subcontracts")))
    assert "Dessins accord-cadre" in listed
    assert "Dessins commande" in listed
