"""Tenders in the browser: from a notice or by hand, corrected, changed by the buyer, seen by their team."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from webtest import Upload

from endi_ext.tenders.models import Tender, TenderNotice
from endi_ext.tenders.notices.facts import Change
from endi_ext.tenders.notices_told import NOT_TOLD, TOLD
from endi_ext.web import countdown, tender_words, uploads
from endi_ext.web.forms.types import Hour
from endi_ext.web.speech import Speech
from endi_ext.web.tender_steps import STEPS
from tests.web.filling import FORM, words

EFORMS = Path(__file__).parent.parent / "data" / "notices" / "eforms"
HOME = "/companies/1/exchanges/tenders"
# The French notice of two lots, with a deadline to come; and its second version, a week later.
NOTICE = (EFORMS / "cn_24_FRA_comments.xml").read_bytes().replace(b"2019-06-24Z", b"2036-12-12Z")
LATER = NOTICE.replace(b"<cbc:VersionID>01", b"<cbc:VersionID>02").replace(b"2036-12-12Z", b"2036-12-19Z")


@pytest.fixture(autouse=True)
def kept_files(tmp_path, monkeypatch):
    """Files kept between two pages are kept in a folder of the test's own."""
    monkeypatch.setattr(uploads.tempfile, "tempdir", str(tmp_path))


def read(browser, content, company=1):
    """Give a file to the import page; the page that answers."""
    form = browser.get(f"/companies/{company}/exchanges/tenders/import").forms[FORM]
    form["file"] = Upload("avis.xml", content)
    return form.submit("submit", status="*")


def button(page, label):
    """The form whose button says `label`."""
    found = [form for form in page.forms.values() if any(label == one.text for one in form.html("button"))]
    assert found, [one.text for one in page.html("button")]
    return found[0]


def press(page, label):
    """Press a button; the page after."""
    return button(page, label).submit(status=303).follow()


def count(books, model):
    books.rollback()
    found = books.query(model).count()
    books.rollback()  # on SQLite a session left open would keep the application from writing
    return found


def test_a_notice_is_shown_before_anything_is_kept_and_becomes_a_tender(as_user, books):
    browser = as_user("helene")
    page = read(browser, NOTICE)
    shown = words(page)
    for said in ("Nouvel avis", "Rouen Habitat", "12/12/2036 à 17:00", "Agence centre", "Prix 60 %"):
        assert said in shown
    assert (count(books, TenderNotice), count(books, Tender)) == (0, 0)
    once = press(page, "Commencer une réponse")
    twice = press(page, "Commencer une réponse")
    assert once.request.path == twice.request.path
    assert (count(books, TenderNotice), count(books, Tender)) == (1, 1)
    assert "Hélène Marchand a commencé cette réponse" in words(once)
    assert "Service d'entretien" in words(browser.get(HOME))


def test_the_same_notice_again_changes_nothing_and_leads_to_what_is_known(as_user, books):
    browser = as_user("helene")
    press(read(browser, NOTICE), "Garder l’avis sans répondre")
    page = read(browser, NOTICE)
    assert "Déjà connu" in words(page)
    assert page.html.find("a", string="Voir l’avis connu")
    assert count(books, TenderNotice) == 1


def test_a_newer_notice_updates_the_tender_and_each_sees_what_changed_until_it_says_so(as_user, books):
    helene, karim = as_user("helene"), as_user("karim")
    url = press(read(helene, NOTICE), "Commencer une réponse").request.path
    preview = read(karim, LATER, company=2)
    assert "Met à jour un avis connu" in words(preview)
    page = press(preview, "Mettre à jour")
    assert "L’avis rectificatif est gardé" in words(page)
    assert "L’acheteur a changé la consultation, relisez-la" in words(helene.get("/companies/1/exchanges"))
    changed = helene.get(url)
    assert "L’acheteur a changé la consultation" in words(changed)
    assert "12/12/2036 à 17:00 19/12/2036 à 17:00" in words(changed)
    assert words(changed).count("Date limite Avant") <= 1
    assert "Karim Benali a importé un avis plus récent" in words(changed)
    seen = press(changed, "J’ai vu ce qui a changé")
    assert "L’acheteur a changé la consultation" not in words(seen)
    assert "déjà vus (1)" in words(seen)
    assert "relisez-la" not in words(helene.get("/companies/1/exchanges"))


def test_a_file_that_cannot_be_answered_is_refused_with_a_sentence(as_user, books):
    page = read(as_user("helene"), (EFORMS / "can_24_minimal.xml").read_bytes())
    assert page.status_int == 422
    assert "Cet avis donne le résultat d’une consultation" in words(page)
    assert count(books, TenderNotice) == 0


def test_a_file_of_others_or_gone_is_not_imported(as_user, books):
    page = read(as_user("helene"), NOTICE)
    kept = button(page, "Commencer une réponse")["kept"].value
    form = button(read(as_user("karim"), NOTICE, company=2), "Commencer une réponse")
    form["kept"] = kept
    assert "Ce fichier n’est plus là" in words(form.submit(status=303).follow())
    assert count(books, TenderNotice) == 0


def test_known_notices_are_listed_by_deadline_and_searched(as_user):
    browser = as_user("karim")
    press(read(browser, NOTICE, company=2), "Garder l’avis sans répondre")
    home = "/companies/2/exchanges/tenders/notices"
    assert "Rouen Habitat" in words(browser.get(home))
    assert "Rouen Habitat" in words(browser.get(home + "?text=espaces rouen"))
    assert "Aucun avis ne contient ces mots" in words(browser.get(home + "?text=50%25"))
    assert "Aucun avis" in words(browser.get(home + "?which=past"))
    # Another party begins from the list.
    solene = as_user("solene")
    solene.get(home, status=404)
    listed = solene.get("/companies/3/exchanges/tenders/notices")
    page = press(listed.click("Service d'entretien"), "Commencer une réponse")
    assert page.request.path.startswith("/companies/3/exchanges/tenders/")


def test_two_teams_of_the_cooperative_on_one_lot_are_warned_without_names(as_user):
    helene, solene = as_user("helene"), as_user("solene")
    mine = press(read(helene, NOTICE), "Commencer une réponse")
    assert "autre équipe" not in words(mine)
    preview = read(solene, NOTICE, company=3)
    assert "Une autre équipe de la coopérative prépare déjà" in words(preview)
    notice = solene.get(preview.html.find("a", string="Voir l’avis connu")["href"])
    theirs = press(notice, "Commencer une réponse")
    for page in (theirs, helene.get(mine.request.path)):
        assert "Une autre équipe de la coopérative répond aussi à : Agence centre, Agence Hauts" in words(
            page
        )
    assert "Menuiserie du Lac" not in words(theirs)
    # The support team knows both.
    supervised = words(as_user("odile").get("/exchanges/tenders"))
    assert ("même lot que Studio Écume" in supervised, "même lot que Menuiserie du Lac" in supervised) == (
        True,
        True,
    )
    form = solene.get(theirs.request.path + "/lots").forms[FORM]
    form.set("answered", False, index=0)
    page = form.submit("submit", status=303).follow()
    assert "répond aussi à : Agence Hauts de Rouen." in words(page)


def test_a_consultation_is_typed_by_hand_and_corrected(as_user, books):
    browser = as_user("helene")
    form = browser.get(HOME + "/new").forms[FORM]
    form.set("title", "Un préau", index=0)
    form["deadline_on"] = "2036-12-12"
    refused = form.submit("submit", status=422)
    assert "Indiquez l’heure aussi" in words(refused)
    form = refused.forms[FORM]
    form["deadline_on"], form["deadline_time"] = "2037-03-29", "02:30"
    refused = form.submit("submit", status=422)
    assert "Cette heure n’existe pas ce jour-là : on passe à l’heure d’été." in words(refused)
    form = refused.forms[FORM]
    form["deadline_on"], form["deadline_time"] = "2036-12-12", "12h30"
    form["requested_documents"] = "Mémoire technique\nRéférences"
    form.set("title", "Charpente", index=1)
    form.set("title", "Couverture", index=2)
    page = form.submit("submit", status=303).follow()
    for said in ("Un préau", "12/12/2036 à 12:30", "Charpente", "Couverture", "Mémoire technique"):
        assert said in words(page)
    form = browser.get(page.request.path + "/edit").forms[FORM]
    form.set("title", "Zinguerie", index=3)
    form["buyer_siret"], form["documents_url"], form["cpv"] = "1", "javascript:alert(1)", "béton"
    refused = form.submit("submit", status=422)
    for said in ("pas un numéro SIRET", "commence par https://", "8 chiffres"):
        assert said in words(refused)
    form = refused.forms[FORM]
    form["buyer_siret"], form["documents_url"] = "44306184100047", "https://marches.example.fr/1"
    form["cpv"], form["places"] = "45262500-6, 45261210", "FRK28"
    form.submit("submit", status=303)
    books.rollback()
    tender = books.query(Tender).one()
    assert [(lot.key, lot.title) for lot in tender.lots] == [
        ("1", "Charpente"),
        ("2", "Couverture"),
        ("3", "Zinguerie"),
    ]
    assert (tender.cpv, tender.places) == (["45262500", "45261210"], ["FRK28"])
    assert tender.deadline == datetime(2036, 12, 12, 11, 30, tzinfo=UTC)


def test_a_consultation_typed_by_hand_is_attached_to_its_notice(as_user, dealings):
    browser = as_user("helene")
    notice = press(read(browser, NOTICE), "Garder l’avis sans répondre")
    page = press(notice, "Rattacher")
    assert page.request.path == f"{HOME}/{dealings.tender}"
    assert "Ville d’Annecy Rouen Habitat" in words(page)
    stranger = as_user("solene").get(f"/companies/3/exchanges/tenders/notices/{notice.request.path[-1]}")
    assert "Rattacher" not in words(stranger)


def test_no_lot_at_all_is_refused(as_user, dealings):
    browser = as_user("helene")
    form = browser.get(f"{HOME}/{dealings.tender}/lots").forms[FORM]
    for index in range(2):
        form.set("answered", False, index=index)
    assert "Gardez au moins un lot" in words(form.submit("submit", status=422))


def test_only_who_leads_corrects_and_a_guest_sees_what_the_buyer_asks(as_user, dealings):
    of_karim = f"/companies/2/exchanges/tenders/{dealings.tender}"
    karim = as_user("karim")
    page = karim.get(of_karim + "/edit", status=303).follow()
    assert "C’est à la personne qui mène la réponse" in words(page)
    assert "Corriger la consultation" not in words(page)
    guest = as_user("aminata")
    url = f"/companies/4/exchanges/tenders/{dealings.tender}"
    page = guest.get(url)
    assert "Ville d’Annecy" in words(page)
    assert "Historique" not in words(page)
    guest.get(url + "/lots", status=404)


def test_lists_part_what_is_under_way_from_what_is_over(as_user, books, dealings):
    browser = as_user("helene")
    assert "Réfectoire secret" in words(browser.get(HOME))
    books.get(Tender, dealings.tender).state = "lost"
    books.commit()
    assert "Aucune réponse en cours" in words(browser.get(HOME))
    assert "Réfectoire secret" in words(browser.get(HOME + "?side=over"))
    assert "Aucune réponse terminée" in words(browser.get(HOME + "?side=over&before=1"))


NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("left", "said", "css"),
    [
        (timedelta(seconds=30), "dans un instant", "invalid"),
        (timedelta(minutes=90), "dans 90 minutes", "invalid"),
        (timedelta(hours=5), "aujourd’hui, dans 5 heures", "invalid"),
        (timedelta(hours=20), "demain", "invalid"),
        (timedelta(days=5), "dans 5 jours", "caution"),
        (timedelta(days=19), "dans 19 jours", "neutral"),
        (timedelta(0), "passée aujourd’hui", "neutral"),
        (timedelta(hours=-20), "passée depuis hier", "neutral"),
        (timedelta(days=-3), "passée depuis 3 jours", "neutral"),
    ],
)
def test_how_long_is_left_is_said_as_people_say_it(left, said, css):
    found = countdown.until(NOW + left, NOW)
    assert (Speech("fr").text(found.text, **found.facts), found.css) == (said, css)


def test_where_one_applies_first_the_deadline_is_not_said_to_be_that_of_the_offer():
    named = [tender_words.deadline_name(code) for code in ("open", "restricted", "Procédure adaptée")]
    assert named == ["Date limite de remise", "Date limite (candidature ou offre)", "Date limite de remise"]


def test_what_changed_alike_for_all_lots_is_said_once():
    moved = {"name": "deadline", "before": "2026-12-11T11:00:00+00:00", "after": "2026-12-18T11:00:00+00:00"}
    changes = [vars(Change(**moved)), vars(Change(**moved, lot="1")), vars(Change("title", "A", "B", "1"))]
    lines = tender_words.lines(changes, {"1": "Charpente"}, Speech("fr"))
    assert [(line.label, line.lot) for line in lines] == [("Date limite", ""), ("Intitulé", "Charpente")]


def test_the_history_of_a_tender_has_words_for_each_step():
    known = {key for key in (*TOLD, *NOT_TOLD) if key[0] == "tender" and key[1] != "member_remind"}
    assert known - set(STEPS) == set()


@pytest.mark.parametrize(("typed", "kept"), [("14:30", "14:30"), ("9h", "09:00"), ("9 h 05", "09:05")])
def test_a_time_is_read_as_people_write_it(typed, kept):
    assert f"{Hour().deserialize(None, typed):%H:%M}" == kept
