"""A team comes together in the browser, decides to answer, and may think again."""

import pytest

from endi_ext.kernel.history import Event
from endi_ext.tenders.models import Member, Tender
from tests.web.filling import FORM, press, words


@pytest.fixture
def at(dealings):
    """Return the address of a page of the tender, as a company sees it."""
    return lambda company_id, path="": f"/companies/{company_id}/exchanges/tenders/{dealings.tender}{path}"


def sent(page, **values):
    """Fill in the form of a page and send it; the page after."""
    form = page.forms[FORM]
    for name, value in values.items():
        form.set(name, value, index=0)
    answer = form.submit("submit", status="*")
    return answer.follow() if answer.status_int == 303 else answer


def labels(page):
    return [one.get_text(" ", strip=True) for one in page.html.select(".main_actions .btn")]


def row(page, name):
    """The row of a table that begins with a name, in one line."""
    found = [one for one in page.html.select("tbody tr") if name in one.select_one("th").get_text()]
    return " ".join(found[0].get_text(" ").split())


def state_of(books, model, key):
    books.rollback()
    found = str(books.get(model, key).state)
    books.rollback()
    return found


def test_a_guest_reads_what_is_asked_and_joins_with_one_click(as_user, at, dealings):
    aminata = as_user("aminata")
    page = aminata.get(at(4))
    assert "Menuiserie du Lac vous invite à répondre à cette consultation." in words(page)
    assert "Mémoire technique" in words(page)
    assert labels(page)[:2] == ["Rejoindre l’équipe", "Décliner"]
    for hidden in ("/decision", "/team/candidates", f"/team/{dealings.guest}/position"):
        aminata.get(at(4, hidden), status=404)
    page = press(page, f"/team/{dealings.guest}/accept")
    assert "Vous êtes dans l’équipe" in words(page)
    assert "Prendre position" in labels(page)
    aminata.get(at(4, "/decision"), status=200)


def test_who_declines_says_why_and_is_led_back_to_their_own_list(as_user, at, dealings):
    page = sent(as_user("aminata").get(at(4, f"/team/{dealings.guest}/decline")), reason="Carnet plein")
    assert page.request.path == "/companies/4/exchanges/tenders"
    assert "L’invitation est déclinée." in words(page)
    team = as_user("helene").get(at(1, "/team"))
    assert "Carnet plein" in row(team, "Diallo Rédaction")
    assert "Inviter de nouveau" in row(team, "Diallo Rédaction")


def test_candidates_are_found_by_trade_place_and_what_they_say(as_user, at):
    profile = as_user("solene").get("/companies/3/exchanges/profile")
    sent(profile, skills="Relevés par drone", area="74", availability="partly")
    helene = as_user("helene")
    found = helene.get(at(1, "/team/candidates?text=drones&available=1"))
    assert "Relevés par drone" in row(found, "Studio Écume")
    assert "En partie disponible" in row(found, "Studio Écume")
    assert len(found.html.select("tbody tr")) == 1
    together = helene.get(at(1, "/team/candidates?together=1"))
    assert "échanges ensemble : 2 (" in row(together, "Atelier Trait Juste")
    assert "Dans l’équipe" in row(together, "Atelier Trait Juste")
    nobody = words(helene.get(at(1, "/team/candidates?text=zinguerie")))
    assert "Personne dans la coopérative ne correspond." in nobody
    page = helene.get(found.html.select_one("tbody a.btn")["href"])
    assert page.forms[FORM]["party"].value == "Studio Écume"
    assert "Studio Écume est invité" in words(sent(page, mission="Photos"))


def test_a_member_who_looks_for_partners_learns_nothing_of_the_leads_own_work(as_user, at):
    page = as_user("karim").get(at(2, "/team/candidates"))
    assert "échanges ensemble :" not in words(page)
    assert "Inviter" not in labels(page)


def test_the_team_page_says_who_bids_and_what_it_means_for_the_forms(as_user, at):
    helene = as_user("helene")
    alone = words(helene.get(at(1, "/team")))
    assert "Un seul DC1, et un DC2 par lot, au nom de la coopérative" in alone
    firm = {"name": "Toitures du Ried", "siret": "443 061 841 00047"}
    wrong = sent(helene.get(at(1, "/team/invite-firm")), **{**firm, "siret": "123"})
    assert wrong.status_int == 422
    assert "Ce n’est pas un numéro SIRET" in words(wrong)
    page = sent(helene.get(at(1, "/team/invite-firm")), **firm)
    below = words(page)
    assert "En sous-traitance, déclarée à l’acheteur par un DC4 : Toitures du Ried." in below
    assert "Un seul DC1, et un DC2 par lot, au nom de la coopérative" in below
    assert "Entreprise extérieure, SIRET 44306184100047" in row(page, "Toitures du Ried")
    button = next(form for form in page.forms.values() if form.action.endswith("/accept"))
    after = button.submit(status=303).follow()
    assert "Dans l’équipe" in row(after, "Toitures du Ried")
    sent(helene.get(at(1, "/exposure/group")), liability="several")
    grouped = words(helene.get(at(1, "/team")))
    assert "répond en groupement avec Toitures du Ried" in grouped
    assert "Un DC2 par membre du groupement et par lot" in grouped
    assert "DC4 :" not in grouped
    assert "répond en groupement avec Toitures du Ried." in words(helene.get(at(1)))


def test_a_team_takes_positions_and_the_lead_concludes(as_user, books, at, dealings):
    helene, karim = as_user("helene"), as_user("karim")
    helene.get(at(1, "/decision/go"), status=200)
    early = sent(helene.get(at(1, "/decision/go")))
    assert "La règle ne tranche pas encore. Réponses attendues : 2." in words(early)
    page = sent(helene.get(at(1, "/decision/criteria")))
    assert "Le prix possible paie notre travail" in words(page)
    mine = karim.get(at(2, f"/team/{dealings.member}/position"))
    assert mine.forms[FORM]["stance"].value == ""
    first = next(name for name in mine.forms[FORM].fields if name and name.startswith("criterion_"))
    sent(mine, stance="no_go", reason="Trop loin", **{first: "2"})
    again = karim.get(at(2, f"/team/{dealings.member}/position"))
    assert (again.forms[FORM]["stance"].value, again.forms[FORM][first].value) == ("no_go", "2")
    sent(again, stance="go", reason="En train, finalement")
    sent(helene.get(at(1, f"/team/{dealings.head}/position")), stance="go", reason="Notre métier")
    page = helene.get(at(1, "/decision"))
    assert "D’après la règle, l’équipe répond." in words(page)
    assert "En train, finalement" in row(page, "Atelier Trait Juste")
    assert "2,00" in row(page, "Atelier Trait Juste")
    page = sent(helene.get(at(1, "/decision/go")), statement="Une école à vingt minutes")
    assert "C’est décidé : votre équipe répond." in words(page)
    assert state_of(books, Tender, dealings.tender) == "answering"
    assert "Une école à vingt minutes" in words(karim.get(at(2)))
    page = sent(helene.get(at(1, "/decision/reconsider")), reason="Karim est malade")
    assert "Décision n° 1" in words(page)
    assert state_of(books, Tender, dealings.tender) == "preparing"


def test_only_the_lead_is_offered_and_allowed_what_the_lead_does(as_user, books, at, dealings):
    karim = as_user("karim")
    assert labels(karim.get(at(2, "/team"))) == ["Retour à la consultation"]
    assert labels(karim.get(at(2, "/decision"))) == ["Prendre position", "Retour à la consultation"]
    events = books.query(Event).count()
    books.rollback()
    for path in ("/team/invite", "/decision/arrange", "/decision/criteria", "/decision/go"):
        answer = karim.get(at(2, path), status=303).follow()
        assert "mène la réponse" in words(answer), path
    answer = karim.get(at(2, f"/team/{dealings.head}/position"), status=303).follow()
    assert "Chacun répond pour soi" in words(answer)
    assert books.query(Event).count() == events
    books.rollback()


def test_the_lead_hands_over_and_the_new_lead_arranges(as_user, at, dealings):
    page = sent(as_user("helene").get(at(1, f"/team/{dealings.member}/hand-over")))
    assert "Atelier Trait Juste mène maintenant la réponse." in words(page)
    assert "Mène la réponse" in row(page, "Atelier Trait Juste")
    assert "Trouver des partenaires" in labels(as_user("karim").get(at(2, "/team")))


def test_who_left_sees_the_tender_no_more_and_the_team_reads_why(as_user, books, at, dealings):
    karim = as_user("karim")
    page = sent(karim.get(at(2, f"/team/{dealings.member}/leave")), reason="Un autre chantier")
    assert page.request.path == "/companies/2/exchanges/tenders"
    karim.get(at(2), status=404)
    karim.get(at(2, "/team"), status=404)
    assert state_of(books, Member, dealings.member) == "left"
    assert "Un autre chantier" in row(as_user("helene").get(at(1, "/team")), "Atelier Trait Juste")


def test_the_follower_of_a_party_looks_and_is_offered_nothing(as_user, books, at, dealings):
    books.get(Member, dealings.guest).party_id = 6  # Les Mots à l'Air, followed by sylvie
    books.commit()
    company = books.get(Member, dealings.guest).party.host_id
    books.rollback()
    page = as_user("sylvie").get(at(company))
    assert labels(page) == ["Retour à la liste"]


def test_a_profile_cannot_promise_a_day_that_is_over(as_user):
    page = sent(as_user("solene").get("/companies/3/exchanges/profile"), available_from="2020-01-01")
    assert page.status_int == 422
    assert "Cette date est passée" in words(page)
