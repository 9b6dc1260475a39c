"""Pages of amendments: proposed from what is in force, compared, signed, refused."""

import pytest

from tests.web.filling import FORM, fill_lines, id_in, pages_of, press, propose, words


@pytest.fixture
def helene(as_user):
    return as_user("helene")


@pytest.fixture
def karim(as_user):
    return as_user("karim")


@pytest.fixture
def agreed(helene, karim):
    """The id of a subcontract both have signed, four of its ten hours accepted."""
    page = propose(helene, lines=(("Plans", "10", "heure", "50"), ("Coupe", "1", "forfait", "80")))
    key = id_in(page)
    press(karim.get(pages_of(2, f"/subcontracts/{key}")), "/accept")
    form = karim.get(pages_of(2, f"/subcontracts/{key}/deliveries/new")).forms[FORM]
    first, second = [name for name in form.fields if (name or "").startswith("line_")]
    form[first], form[second] = "4", ""
    delivery = form.submit("submit", status=303).follow()
    press(helene.get(as_buyer(delivery.request.path)), "/accept")
    return key


def as_buyer(path):
    return path.replace("/companies/2/", "/companies/1/")


def amendment_form(browser, agreed, company_id=2):
    return browser.get(pages_of(company_id, f"/subcontracts/{agreed}/amendments/new")).forms[FORM]


def test_the_form_starts_from_what_is_in_force_and_says_what_is_delivered(karim, agreed):
    page = karim.get(pages_of(2, f"/subcontracts/{agreed}/amendments/new"))
    assert "Plans : 4 sur 10 heure" in words(page)
    assert "Sans rien changer ici, les conditions restent celles déjà proposées." in words(page)
    form = page.forms[FORM]
    assert [field.value for field in form.fields["description"]][:2] == ["Plans", "Coupe"]
    assert all(field.value for field in form.fields["key"][:2])


def test_a_new_price_is_shown_as_a_line_done_and_a_line_to_do(helene, karim, agreed):
    form = amendment_form(karim, agreed)
    fill_lines(form, ("Plans", "10", "heure", "60"))
    form["message"] = "Les étages sont plus longs."
    page = form.submit("submit", status=303).follow()
    assert "Votre avenant est envoyé à Menuiserie du Lac." in words(page)
    assert "Plans modifiée 4 heure avant : 10 heure 50,00 € 200,00 € avant : 500,00 €" in words(page)
    assert "Plans ajoutée 6 heure 60,00 € 360,00 €" in words(page)
    assert "640,00 € avant : 580,00 €" in words(page)
    hub = helene.get(pages_of(1, f"/subcontracts/{agreed}"))
    assert "L’avenant n° 1 attend votre réponse." in words(hub)
    signed = press(helene.get(as_buyer(page.request.path)), "/accept")
    assert "il est en vigueur" in words(signed)
    assert "Menuiserie du Lac signé par Hélène Marchand" in words(signed)
    hub = words(karim.get(pages_of(2, f"/subcontracts/{agreed}")))
    assert "Plans 4 heure 50,00 € 200,00 € 4 4" in hub
    assert "Avenant n° 1 Atelier Trait Juste, " in hub
    assert "580,00 € 640,00 € Signé, en vigueur" in hub


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (("Plans", "3", "heure", "50"), "« Plans » : 4 sont déjà livrés"),
        (("", "", "", ""), "« Plans » est commencée : réduisez sa quantité"),
        (("Plans", "10", "jour", "50"), "son unité reste « heure »"),
        (("Plans", "4", "heure", "55"), "« Plans » est livrée en entier, son prix ne change plus"),
        (("Plans", "10", "heure", "50"), "Cet avenant ne change rien à l’accord"),
    ],
)
def test_what_is_done_is_not_undone_and_the_form_says_why(karim, agreed, line, says):
    form = amendment_form(karim, agreed)
    fill_lines(form, line)
    again = form.submit("submit", status=422)
    assert says in words(again)
    assert again.forms[FORM].fields["description"][-1].value == ""


def test_a_job_is_ended_early_by_an_amendment(helene, karim, agreed):
    form = amendment_form(helene, agreed, 1)
    fill_lines(form, ("Plans", "4", "heure", "50"), ("", "", "", ""))
    page = form.submit("submit", status=303).follow()
    press(karim.get(page.request.path.replace("/companies/1/", "/companies/2/")), "/accept")
    assert "Terminée" in words(karim.get(pages_of(2, f"/subcontracts/{agreed}")))


def test_an_amendment_answered_with_changes_shows_both_differences(helene, karim, agreed):
    form = amendment_form(karim, agreed)
    fill_lines(form, ("Plans", "14", "heure", "50"))
    page = form.submit("submit", status=303).follow()
    form = helene.get(as_buyer(page.request.path) + "/counter").forms[FORM]
    fill_lines(form, ("Plans", "12", "heure", "50"))
    countered = form.submit("submit", status=303).follow()
    assert "12 heure avant : 10 heure" in words(countered)
    version = countered.click("Voir ce qui diffère de la version 2")
    assert "12 heure avant : 14 heure" in words(version)
    refused = karim.get(page.request.path + "/withdraw", status=303).follow()
    assert "Seul son auteur retire un avenant" in words(refused)


def test_an_amendment_is_declined_with_a_reason_and_the_agreement_goes_on(helene, karim, agreed):
    form = amendment_form(karim, agreed)
    fill_lines(form, ("Plans", "14", "heure", "50"))
    page = form.submit("submit", status=303).follow()
    address = as_buyer(page.request.path)
    form = helene.get(address + "/decline").forms[FORM]
    assert "Ce champ est obligatoire." in words(form.submit("submit", status=422))
    form["reason"] = "Hors budget."
    declined = form.submit("submit", status=303).follow()
    assert "Refusé" in words(declined)
    assert "Hors budget." in words(declined)
    refused = helene.get(address + "/decline", status=303).follow()
    assert "L’avenant a été refusé : lisez le motif" in words(refused)
    assert "Proposer un avenant" in words(helene.get(pages_of(1, f"/subcontracts/{agreed}")))


def test_only_one_amendment_is_offered_at_a_time(helene, karim, agreed):
    form = amendment_form(karim, agreed)
    other = amendment_form(helene, agreed, 1)
    fill_lines(form, ("Plans", "14", "heure", "50"))
    form.submit("submit", status=303)
    assert "Proposer un avenant" not in words(helene.get(pages_of(1, f"/subcontracts/{agreed}")))
    fill_lines(other, ("Plans", "16", "heure", "50"))
    assert "L’avenant n° 1 attend déjà une réponse" in words(other.submit("submit", status=422))


def test_a_delivery_made_meanwhile_refuses_the_signature(helene, karim, agreed):
    form = amendment_form(helene, agreed, 1)
    fill_lines(form, ("Plans", "5", "heure", "50"))
    page = form.submit("submit", status=303).follow()
    theirs = karim.get(page.request.path.replace("/companies/1/", "/companies/2/"))
    delivery = karim.get(pages_of(2, f"/subcontracts/{agreed}/deliveries/new")).forms[FORM]
    delivery.submit("submit", status=303)
    refused = press(theirs, "/accept")
    assert "l’avenant ne correspond plus : répondez avec des changements" in words(refused)
    assert "À vous de répondre" in words(refused)


def test_versions_of_the_agreement_and_its_amendments_stay_readable(helene, karim, agreed):
    form = amendment_form(karim, agreed)
    fill_lines(form, ("Plans", "14", "heure", "50"))
    form.submit("submit", status=303)
    hub = karim.get(pages_of(2, f"/subcontracts/{agreed}"))
    digest = hub.html.select_one(".endi-ext-digest code").get_text()
    assert len(digest) == 64
    first = karim.get(pages_of(2, f"/subcontracts/{agreed}/versions/1"))
    assert digest in words(first)
    second = karim.get(pages_of(2, f"/subcontracts/{agreed}/versions/2"))
    assert "Elle appartient à l’avenant n° 1." in words(second)
    assert "14 heure avant : 10 heure" in words(second)
    karim.get(pages_of(2, f"/subcontracts/{agreed}/versions/3"), status=404)


def test_an_agreement_of_which_nothing_is_done_ends_by_removing_its_lines(helene, karim):
    page = propose(helene)
    key = id_in(page)
    press(karim.get(pages_of(2, f"/subcontracts/{key}")), "/accept")
    opened = helene.get(pages_of(1, f"/subcontracts/{key}/amendments/new"))
    assert "pour arrêter là, enlevez toutes les lignes" in words(opened)
    form = fill_lines(opened.forms[FORM], ("", "", "", ""))
    amendment = form.submit("submit", status=303).follow()
    assert "Plans retirée" in words(amendment)
    assert "Il n’y a plus rien à faire : l’accord prend fin." in words(amendment)
    press(karim.get(amendment.request.path.replace("/companies/1/", "/companies/2/")), "/accept")
    assert "Terminée" in words(karim.get(pages_of(2, f"/subcontracts/{key}")))
