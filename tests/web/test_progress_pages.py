"""Deliveries in cumulative percentages, corrected and declared again."""

import pytest

from endi_ext.subcontracts.models import Subcontract
from tests.subcontracts.builders import a_line, amended, an_amendment, lines_of
from tests.web.filling import FORM, pages_of, press, words
from tests.web.test_delivery_pages import agreed, checked, deliver, helene, karim, quantities

__all__ = ["agreed", "helene", "karim"]


def form_by_percent(karim, agreed):
    page = karim.get(pages_of(2, f"/subcontracts/{agreed}/deliveries/new"))
    return page.click("En pourcentage d’avancement").forms[FORM]


def advance(karim, agreed, *percents, status=303):
    form = form_by_percent(karim, agreed)
    for field, percent in zip(quantities(form), percents, strict=False):
        field.value = percent
    answer = form.submit("submit", status=status)
    return answer.follow() if status == 303 else answer


def test_each_way_of_counting_leads_to_the_other(karim, agreed):
    page = karim.get(pages_of(2, f"/subcontracts/{agreed}/deliveries/new"))
    percents = page.click("En pourcentage d’avancement")
    assert "Avancement cumulé" in words(percents)
    assert "Livré cette fois" in words(percents.click("En quantités livrées"))


def test_a_cumulative_percentage_is_what_is_done_in_all(karim, agreed):
    advance(karim, agreed, "30", "")
    assert [field.value for field in quantities(form_by_percent(karim, agreed))] == ["30", "0"]
    page = advance(karim, agreed, "50,5", "50")
    assert "Plans 10 heure 500,00 € 3 heure 150,00 € 2,05 heure 102,50 €" in words(page)
    assert "0,5 forfait 40,00 € 50 %" in words(page)


def test_a_percentage_left_as_it_was_is_nothing_this_time(karim, agreed):
    deliver(karim, agreed, "3,333", "")
    page = advance(karim, agreed, "33,3", "100")
    assert "Plans 10 heure 500,00 € 3,333 heure 166,65 € – " in words(page)


@pytest.mark.parametrize(
    ("percent", "says"),
    [
        ("29,9", "« Plans » en est déjà à 30 % : un avancement cumulé ne recule pas."),
        ("30,55", "Un chiffre au plus après la virgule."),
        ("101", "Un avancement ne dépasse pas 100 % : au-delà, proposez d’abord un avenant."),
        ("-1", "Un avancement n’est pas négatif."),
        ("tout", "Ce n’est pas un pourcentage"),
        ("30", "Remplissez au moins une ligne."),
    ],
)
def test_a_mistake_is_told_and_what_was_typed_is_kept(karim, agreed, percent, says):
    advance(karim, agreed, "30", "")
    again = advance(karim, agreed, percent, "", status=422)
    assert says in words(again)
    assert quantities(again.forms[FORM])[0].value == percent
    assert "Avancement cumulé" in words(again)


def test_a_form_of_percentages_sent_twice_declares_one_delivery(karim, agreed):
    form = form_by_percent(karim, agreed)
    quantities(form)[0].value = "40"
    assert form.submit("submit", status=303).location == form.submit("submit", status=303).location
    assert "Livraison n° 2" not in words(karim.get(pages_of(2, f"/subcontracts/{agreed}")))


def test_a_percentage_of_what_moved_meanwhile_is_refused(karim, agreed):
    form = form_by_percent(karim, agreed)
    deliver(karim, agreed, "2", "")
    quantities(form)[0].value = "40"
    assert "L’avancement de « Plans » a changé" in words(form.submit("submit", status=422))


@pytest.mark.parametrize("forged", ["", "x", "1:2:3", "1:-5", "1:" + "9" * 40])
def test_where_the_lines_were_is_not_forged(karim, agreed, forged):
    deliver(karim, agreed, "2", "")
    form = form_by_percent(karim, agreed)
    form["seen"] = forged
    quantities(form)[0].value = "40"
    assert "L’avancement de « Plans » a changé" in words(form.submit("submit", status=422))


def test_more_than_agreed_needs_an_amendment(karim, agreed):
    form = karim.get(pages_of(2, f"/subcontracts/{agreed}/deliveries/new")).forms[FORM]
    quantities(form)[0].value = "11"
    assert "proposez d’abord un avenant" in words(form.submit("submit", status=422))


def test_what_was_withdrawn_is_declared_again_from_its_page(karim, agreed):
    withdrawn = press(deliver(karim, agreed, "4", ""), "/withdraw")
    form = withdrawn.click("Déclarer de nouveau").forms[FORM]
    assert [field.value for field in quantities(form)] == ["4", ""]


def test_a_correction_may_be_counted_in_percentages(helene, karim, agreed):
    page = checked(helene, deliver(karim, agreed, "4", ""))
    form = helene.get(page.request.path + "/contest").forms[FORM]
    form["reason"] = "Trois heures seulement."
    form.submit("submit", status=303)
    seen = karim.get(page.request.path.replace("/companies/1/", "/companies/2/"))
    correction = press(seen, "/withdraw").click("En pourcentage d’avancement")
    assert [field.value for field in quantities(correction.forms[FORM])] == ["40", "0"]


def test_a_form_opened_before_an_amendment_is_told_so(karim, agreed, books, party, an_act):
    page = karim.get(pages_of(2, f"/subcontracts/{agreed}/deliveries/new"))
    subcontract = books.get(Subcontract, agreed)
    more = [*lines_of(subcontract), a_line("Maquette", 1000, "forfait", 30_000)]
    amended(books, an_amendment(books, subcontract, *more, act=an_act("helene")), act=an_act("karim"))
    books.commit()
    refused = page.forms[FORM].submit("submit", status=303).follow()
    assert "Un avenant a changé ce qui est convenu" in words(refused)
    assert "Livraison n° 1" not in words(refused)
