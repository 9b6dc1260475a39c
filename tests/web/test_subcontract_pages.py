"""Pages of subcontracts: proposed, read, answered."""

import pytest

from tests.web.filling import (
    FORM,
    a_filled_proposal,
    fill_lines,
    id_in,
    pages_of,
    press,
    propose,
    words,
)


@pytest.fixture
def helene(as_user):
    return as_user("helene")


@pytest.fixture
def karim(as_user):
    return as_user("karim")


def received(browser, page, path=""):
    """What karim finds at the address of the subcontract helene's page shows."""
    return browser.get(pages_of(2, f"/subcontracts/{id_in(page)}{path}"))


def test_a_proposal_shows_its_lines_its_total_and_who_is_to_answer(helene):
    page = propose(helene, lines=(("Plans", "1,5", "jour", "320"), ("Coupe", "1", "forfait", "140,50")))
    assert "Votre proposition est envoyée à Atelier Trait Juste." in words(page)
    assert "Plans 1,5 jour 320,00 € 480,00 €" in words(page)
    assert "Total HT 620,50 €" in words(page)
    assert "Atelier Trait Juste doit répondre." in words(page)
    assert "Hélène Marchand a proposé ce travail" in words(page)


def test_the_partner_finds_it_on_the_first_page_and_in_the_list(helene, karim):
    page = propose(helene)
    assert "Menuiserie du Lac attend votre réponse" in words(karim.get(pages_of(2)))
    listed = karim.get(pages_of(2, "/subcontracts?side=received"))
    assert "Plans de l'escalier" in words(listed)
    assert "À vous de répondre" in words(listed)
    assert "À vous de répondre" in words(received(karim, page))


def test_who_only_receives_work_finds_it_without_choosing_a_tab(helene, karim):
    propose(helene)
    assert "Plans de l'escalier" in words(karim.get(pages_of(2, "/subcontracts")))
    assert "Plans de l'escalier" not in words(karim.get(pages_of(2, "/subcontracts?side=given")))


def test_a_partner_is_found_by_a_part_of_the_name_without_accents(helene):
    assert "Studio Écume" in words(propose(helene, partner="ecume"))


@pytest.mark.parametrize(
    ("values", "field", "says"),
    [
        ({"title": ""}, "Objet du travail", "Ce champ est obligatoire."),
        ({"partner": "Personne"}, "Partenaire", "Aucune enseigne active"),
        ({"partner": "Menuiserie du Lac"}, "Partenaire", "Aucune enseigne active"),
        ({"partner": "Coopérative"}, "Partenaire", "Aucune enseigne active"),
        ({"partner": "di"}, "Partenaire", "Plusieurs enseignes correspondent"),
        ({"due_on": "31/02/2027"}, "À terminer pour le", "Cette date n’existe pas"),
        ({"lines": (("Plans", "1", "jour", "abc"),)}, "Prix unitaire HT", "Ce n’est pas un nombre"),
        ({"lines": (("Plans", "0", "jour", "10"),)}, "Quantité", "Indiquez un nombre supérieur à zéro."),
        ({"lines": (("Plans", "1", "", "10"),)}, "Unité", "Ce champ est obligatoire."),
        ({"lines": (("", "", "", ""),)}, "Ce qui est à faire", "Remplissez au moins une ligne."),
        (
            {"lines": (("Plans", "1000000000", "jour", "10000000000"),)},
            "Ce qui est à faire",
            "vérifiez les quantités et les prix",
        ),
    ],
)
def test_a_mistake_is_told_at_its_field(helene, values, field, says):
    page = a_filled_proposal(helene, **values).submit("submit", status=422)
    wrong = [cell for cell in page.html.select(".error-message") if says in cell.get_text()]
    assert wrong, f"the page says {says}"
    named = page.html.select(f"[aria-describedby~='{wrong[0]['id']}']")
    assert named, "a screen reader reads the mistake with its field"
    assert field in words(page)


def test_nothing_typed_is_lost_by_a_mistake(helene):
    filled = a_filled_proposal(
        helene,
        due_on="32/01/2027",
        title="Plans <b>à</b> refaire",
        message="Bonjour\nKarim",
        lines=(("Plans", "1,50", "jour", "trois cents"), ("Coupe", "2", "h", "1 000,5")),
    )
    again = filled.submit("submit", status=422).forms[FORM]
    assert again["title"].value == "Plans <b>à</b> refaire"
    assert again["seller"].value == "Atelier Trait Juste"
    assert again["due_on"].value == "32/01/2027"
    assert again["message"].value.replace("\r\n", "\n") == "Bonjour\nKarim"
    shown = [
        [field.value for field in again.fields[name]] for name in ("quantity_thousandths", "unit_price_cents")
    ]
    assert [column[:2] for column in shown] == [["1,50", "2"], ["trois cents", "1 000,5"]]


def test_a_form_corrected_after_a_mistake_is_accepted(helene):
    again = a_filled_proposal(helene, title="").submit("submit", status=422).forms[FORM]
    again["title"] = "Plans"
    assert "Votre proposition est envoyée" in words(again.submit("submit", status=303).follow())


def test_more_rows_without_a_script_keep_what_was_typed(helene):
    filled = a_filled_proposal(helene, lines=tuple((f"Ligne {place}", "1", "h", "10") for place in range(3)))
    more = filled.submit("more_rows", status=200).forms[FORM]
    assert [field.value for field in more.fields["description"]] == [
        "Ligne 0",
        "Ligne 1",
        "Ligne 2",
        "",
        "",
        "",
    ]


def test_a_form_sent_twice_makes_one_subcontract(helene):
    form = a_filled_proposal(helene)
    first, second = form.submit("submit", status=303), form.submit("submit", status=303)
    assert first.location == second.location
    assert words(helene.get(pages_of(1, "/subcontracts"))).count("Plans de l'escalier") == 1


def test_a_form_changed_after_it_was_sent_is_refused_rather_than_forgotten(helene):
    form = a_filled_proposal(helene)
    form.submit("submit", status=303)
    form["title"] = "Plans de l'échelle"
    again = form.submit("submit", status=422)
    assert "Ce formulaire a déjà été envoyé, avec un autre contenu" in words(again)
    assert again.forms[FORM]["title"].value == "Plans de l'échelle"


def test_answering_with_changes_shows_what_changed_and_puts_the_answer_on_the_other_side(helene, karim):
    page = propose(helene, lines=(("Plans", "10", "heure", "50"), ("Coupe", "1", "forfait", "80")))
    form = received(karim, page, "/counter").forms[FORM]
    assert form.fields["description"][0].value == "Plans"
    fill_lines(form, ("Plans", "12", "heure", "50"), ("", "", "", ""), ("Déplacement", "1", "forfait", "60"))
    form["message"] = "Deux heures de plus."
    answered = form.submit("submit", status=303).follow()
    assert "Menuiserie du Lac doit répondre." in words(answered)
    changed = helene.get(pages_of(1, f"/subcontracts/{id_in(page)}"))
    assert "Plans modifiée 12 heure avant : 10 heure" in words(changed)
    assert "Coupe retirée" in words(changed)
    assert "Déplacement ajoutée" in words(changed)
    assert "660,00 € avant : 580,00 €" in words(changed)
    assert "Deux heures de plus." in words(changed)


def test_what_was_accepted_shows_no_changes_any_more(helene, karim):
    page = propose(helene)
    form = received(karim, page, "/counter").forms[FORM]
    fill_lines(form, ("Plans", "12", "heure", "50"))
    form.submit("submit", status=303)
    agreed = press(helene.get(pages_of(1, f"/subcontracts/{id_in(page)}")), "/accept")
    assert "vous êtes engagés tous les deux" in words(agreed)
    assert "En cours" in words(agreed)
    assert "modifiée" not in words(agreed)


def test_accepting_what_was_changed_meanwhile_is_refused_and_nothing_is_signed(helene, karim):
    page = propose(helene)
    read_before = received(karim, page)
    form = received(karim, page, "/counter").forms[FORM]
    form.submit("submit", status=303)
    back = helene.get(pages_of(1, f"/subcontracts/{id_in(page)}/counter")).forms[FORM]
    back.submit("submit", status=303)
    refused = press(read_before, "/accept")
    assert "Une nouvelle version a été proposée entre-temps" in words(refused)
    assert "À vous de répondre" in words(refused)


@pytest.mark.parametrize("version", ["", "0", "-1", "un", "²", "٣", "9" * 40])
def test_accepting_a_version_nobody_proposed_is_refused(helene, karim, version):
    page = propose(helene)
    form = next(form for form in received(karim, page).forms.values() if form.action.endswith("/accept"))
    form["version"] = version
    assert "relisez-la avant de répondre" in words(form.submit(status=303).follow())


def test_declining_needs_a_reason_and_tells_it(helene, karim):
    page = propose(helene)
    form = received(karim, page, "/decline").forms[FORM]
    assert "Ce champ est obligatoire." in words(form.submit("submit", status=422))
    form["reason"] = "Trop court en janvier."
    form.submit("submit", status=303)
    seen = helene.get(pages_of(1, f"/subcontracts/{id_in(page)}"))
    assert "Refusée" in words(seen)
    assert "Karim Benali a refusé la proposition" in words(seen)
    assert "Trop court en janvier." in words(seen)


def test_one_takes_back_ones_own_proposal(helene, karim):
    page = propose(helene)
    answer = received(karim, page, "/counter").forms[FORM]
    form = helene.get(pages_of(1, f"/subcontracts/{id_in(page)}/withdraw")).forms[FORM]
    assert "Retirée" in words(form.submit("submit", status=303).follow())
    assert "La proposition a été retirée par son auteur" in words(answer.submit("submit", status=422))
    assert "La proposition a été retirée par son auteur" in words(received(karim, page, "/counter").follow())


def test_only_what_one_may_do_is_proposed_as_buttons(helene, karim):
    page = propose(helene)
    own = {link.get("href", "") for link in page.html.select(".main_actions a")}
    assert any(address.endswith("/withdraw") for address in own)
    theirs = {link.get("href", "") for link in received(karim, page).html.select(".main_actions a")}
    assert {address.rsplit("/", 1)[1] for address in theirs} >= {"counter", "decline"}
    assert not any(address.endswith("/withdraw") for address in theirs)


def test_the_list_is_filtered_by_state(helene, karim):
    page = propose(helene, title="Premier")
    propose(helene, title="Second")
    press(received(karim, page), "/accept")
    assert "Premier" in words(helene.get(pages_of(1, "/subcontracts?state=agreed")))
    assert "Second" not in words(helene.get(pages_of(1, "/subcontracts?state=agreed")))


def test_a_long_list_is_read_page_by_page_and_back(demo_app, helene):
    demo_app.registry.endi_ext_settings["endi_ext.page_size"] = "2"
    for title in ("Un", "Deux", "Trois"):
        propose(helene, title=f"Travail {title}")
    first = helene.get(pages_of(1, "/subcontracts"))
    older = first.click("Plus anciens")
    assert ("Travail Trois" in words(first), "Travail Un" in words(first)) == (True, False)
    assert ("Travail Trois" in words(older), "Travail Un" in words(older)) == (False, True)
    assert "Travail Trois" in words(older.click("Plus récents"))


@pytest.mark.parametrize("cursor", ["x", "older:x", "older:-1", "older:99999999999999999999999", "'", "%00"])
def test_a_damaged_cursor_shows_the_list(helene, cursor):
    propose(helene)
    assert "Plans de l'escalier" in words(helene.get(pages_of(1, f"/subcontracts?cursor={cursor}")))


def test_a_follower_reads_and_does_nothing(as_user):
    aminata, sylvie = as_user("aminata"), as_user("sylvie")
    page = propose(aminata, company_id=5)
    address = page.request.path
    seen = sylvie.get(address)
    assert "Plans de l'escalier" in words(seen)
    assert not seen.html.select(".main_actions form")
    sylvie.get(address + "/withdraw", status=403)
    sylvie.get(pages_of(5, "/subcontracts/new"), status=403)


def test_what_people_type_is_never_read_as_html(helene, karim):
    evil = "<script>alert(1)</script>"
    page = propose(helene, title=evil, message=evil, lines=((evil, "1", evil[:20], "10"),))
    for shown in (page, received(karim, page), karim.get(pages_of(2)), received(karim, page, "/counter")):
        assert evil not in shown.text
        assert "alert(1)" in shown.text


def test_the_interface_speaks_english_when_asked(helene):
    page = helene.get(pages_of(1, "/subcontracts/new?_LOCALE_=en"))
    assert "Propose a subcontract" in words(page)


def test_a_refusal_takes_back_what_was_written_before_it(helene, karim):
    page = propose(helene)
    form = received(karim, page, "/counter").forms[FORM]
    fill_lines(form, ("Plans", "0,001", "heure", "0,01"))
    refused = form.submit("submit", status=422)
    assert "vaut moins d’un centime" in words(refused)
    assert refused.forms[FORM].fields["unit_price_cents"][0].value == "0,01"
    seen = words(received(karim, page))
    assert "À vous de répondre" in seen
    assert "a répondu avec des changements" not in seen


def test_a_form_kept_open_too_long_is_refused_in_plain_words(helene):
    form = a_filled_proposal(helene)
    form["csrf_token"] = "of-another-session"
    refused = form.submit("submit", status=400)
    assert "rien n’a été enregistré" in words(refused)
    assert "Menuiserie du Lac" in words(refused), "the frame and its menus are there"
    assert "Plans de l'escalier" not in words(helene.get(pages_of(1, "/subcontracts")))
