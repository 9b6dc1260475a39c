"""Forms in a browser: what the script adds, what the keyboard does, and that nothing needs the script."""

import pytest
from playwright.sync_api import expect

NEW = "/companies/1/exchanges/subcontracts/new"
LIST = "/companies/1/exchanges/subcontracts"


@pytest.fixture
def form(host, as_person):
    """The form of a new subcontract, in front of helene."""
    page = as_person("helene")
    page.goto(host.url + NEW)
    return page


def fill(page, place, quantity="1", price="10", description="Plans"):
    page.get_by_label(f"Description, ligne {place}").fill(description)
    page.get_by_label(f"Quantité, ligne {place}").fill(quantity)
    page.get_by_label(f"Unité, ligne {place}").fill("heure")
    page.get_by_label(f"Prix unitaire HT, ligne {place}").fill(price)


def fill_head(page, subject):
    page.get_by_label("Objet du travail").fill(subject)
    page.get_by_label("Partenaire à qui vous confiez le travail").fill("trait juste")
    page.get_by_label("À terminer pour le").fill("2099-01-31")


def total(page):
    return page.locator("[data-lines-total]").inner_text().replace("\u202f", " ").replace("\u00a0", " ")


def test_one_row_at_first_and_more_when_asked(form):
    expect(form.locator("[data-line]")).to_have_count(1)
    form.get_by_role("button", name="Ajouter une ligne").click()
    expect(form.get_by_label("Description, ligne 2")).to_be_focused()
    expect(form.get_by_role("button", name="Davantage de lignes")).to_have_count(0)


def test_totals_follow_what_is_typed(form):
    fill(form, 1, "1,5", "320")
    form.get_by_role("button", name="Ajouter une ligne").click()
    fill(form, 2, "3", "1 000,50")
    assert total(form) == "3 481,50 €"
    form.get_by_label("Quantité, ligne 1").fill("beaucoup")
    assert total(form) == "3 001,50 €"


def test_a_removed_row_takes_its_amount_along_and_the_others_are_renumbered(form):
    fill(form, 1, price="10")
    for place, price in ((2, "20"), (3, "40")):
        form.get_by_role("button", name="Ajouter une ligne").click()
        fill(form, place, price=price)
    form.get_by_role("button", name="Retirer la ligne 2").click()
    assert total(form) == "50,00 €"
    expect(form.get_by_label("Prix unitaire HT, ligne 2")).to_have_value("40")
    expect(form.get_by_label("Description, ligne 2")).to_be_focused()


def test_the_last_row_removed_leaves_a_blank_one(form):
    fill(form, 1)
    form.get_by_role("button", name="Retirer la ligne 1").click()
    expect(form.get_by_label("Description, ligne 1")).to_have_value("")
    assert total(form) == "0,00 €"


def test_a_row_added_after_a_mistake_carries_none(form):
    fill_head(form, "Un travail")
    fill(form, 1, price="gratuit")
    form.get_by_role("button", name="Envoyer la proposition").click()
    expect(form.locator("#endi_ext_form_errors")).to_be_focused()
    form.get_by_role("button", name="Ajouter une ligne").click()
    added = form.locator("[data-line]").nth(1)
    expect(added.locator(".error-message")).to_have_count(0)
    expect(added.locator("[aria-invalid]")).to_have_count(0)


def test_the_enter_key_saves(form):
    fill_head(form, "Envoyé par la touche Entrée")
    fill(form, 1)
    form.get_by_label("Prix unitaire HT, ligne 1").press("Enter")
    expect(form.get_by_text("Votre proposition est envoyée")).to_be_visible()


def test_two_clicks_in_a_row_send_once(host, form):
    fill_head(form, "Cliqué deux fois")
    fill(form, 1)
    form.get_by_role("button", name="Envoyer la proposition").dblclick()
    expect(form.get_by_text("Votre proposition est envoyée")).to_be_visible()
    form.goto(host.url + LIST)
    expect(form.get_by_role("link", name="Cliqué deux fois")).to_have_count(1)


@pytest.fixture
def without_script(host, chromium):
    """A page logged in as helene in a browser that runs no script."""
    context = chromium.new_context(java_script_enabled=False, locale="fr-FR")
    context.set_default_timeout(10_000)
    page = context.new_page()
    host.log_in(page, "helene")
    yield page
    context.close()


def test_without_a_script_there_are_blank_rows_and_a_button_for_more(host, without_script):
    page = without_script
    page.goto(host.url + NEW)
    fill_head(page, "Écrit sans script")
    fill(page, 1)
    page.get_by_role("button", name="Davantage de lignes").click()
    expect(page.get_by_label("Objet du travail")).to_have_value("Écrit sans script")
    fill(page, 4, description="Quatrième")
    page.get_by_label("Objet du travail").press("Enter")
    expect(page.get_by_text("Votre proposition est envoyée")).to_be_visible()
    expect(page.get_by_role("rowheader", name="Quatrième")).to_be_visible()
