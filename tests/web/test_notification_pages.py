"""When people want letters, in which language; and who is told nothing any more."""

from sqlalchemy import func, select

from endi_ext.hosts.demo.models import Company, User
from endi_ext.kernel import notices
from endi_ext.kernel.notices import Notice
from endi_ext.subcontracts import service
from endi_ext.web import telling
from tests.hosts.browsing import form_to
from tests.subcontracts.builders import a_proposal
from tests.web.telling import a_form, choose, shown


def test_who_prefers_one_letter_a_day_gets_one(
    as_user,
    post,
    clock,
    request_of_a_command,
):
    choose(as_user("karim"), 2, "daily")
    helene = as_user("helene")
    for title in ("Une étagère", "Un banc"):
        a_form(helene, title).submit("submit", status=303)
    assert post.letters() == []
    assert telling.gather(request_of_a_command, "https://endi.example.coop").letters == 1
    (letter,) = post.to("karim")
    assert letter["Subject"] == "Vos échanges internes, nouvelles du jour : 2"
    assert "Une étagère" in letter.get_content()
    assert "Un banc" in letter.get_content()
    a_form(helene, "Un tabouret").submit("submit", status=303)
    assert telling.gather(request_of_a_command, "").letters == 0, "one a day"
    clock.days = 1
    assert telling.gather(request_of_a_command, "").letters == 1


def test_who_wants_no_letter_is_told_by_the_host_only(as_user, post, books, request_of_a_command):
    choose(as_user("karim"), 2, "never")
    a_form(as_user("helene")).submit("submit", status=303)
    telling.gather(request_of_a_command, "")
    assert post.letters() == []
    assert len(shown(books, 2)) == 1


def test_a_choice_made_meanwhile_counts(as_user, books, post, untold, request_of_a_command):
    choose(as_user("karim"), 2, "daily")
    telling.tell(request_of_a_command, "")
    choose(as_user("karim"), 2, "never")
    assert telling.gather(request_of_a_command, "").letters == 0
    assert post.letters() == []


def test_a_letter_is_in_the_language_its_reader_chose(as_user, post):
    karim = as_user("karim")
    karim.set_cookie("_LOCALE_", "en")
    choose(karim, 2, "at_once")
    a_form(as_user("helene")).submit("submit", status=303)
    assert post.letters()[0]["Subject"] == "Menuiserie du Lac proposes a subcontract: Une étagère"


def test_who_may_not_log_in_any_more_is_not_told(as_user, books, post):
    books.get(User, 2).active = False
    books.commit()
    a_form(as_user("helene")).submit("submit", status=303)
    assert post.letters() == []
    assert books.execute(select(func.count()).select_from(Notice)).scalar_one() == 0


def test_a_letter_to_somebody_who_left_meanwhile_is_given_up(
    as_user,
    books,
    post,
    untold,
    request_of_a_command,
):
    choose(as_user("karim"), 2, "daily")
    telling.tell(request_of_a_command, "")
    books.get(Company, 2).active = False
    books.commit()
    assert telling.gather(request_of_a_command, "").letters == 0
    assert books.execute(select(Notice.letter)).scalar_one() == notices.NONE


def test_somebody_with_two_activities_is_told_for_the_one_concerned(
    as_user,
    books,
    party,
    an_act,
    post,
    request_of_a_command,
):
    made = a_proposal(books, buyer=party(1), seller=party(5), act=an_act("helene"))
    service.withdraw(books, made, party=party(1), reason="", act=an_act("helene"))
    books.commit()
    telling.tell(request_of_a_command, "http://localhost")
    letters = post.to("aminata")
    assert len(letters) == 2
    assert all("/companies/5/exchanges/subcontracts/" in one.get_content() for one in letters)
    assert all("Les Mots à l'Air" in one.get_content() for one in letters)


def test_the_bell_counts_what_is_not_read_and_leads_to_it(as_user):
    a_form(as_user("helene")).submit("submit", status=303)
    karim = as_user("karim")
    assert "1<span" in karim.get("/companies/2/exchanges").text
    page = karim.get("/notifications")
    assert "Menuiserie du Lac propose une sous-traitance : Une étagère" in page.text
    assert page.click("Menuiserie du Lac propose").status_int == 200
    form_to(page, "/notifications").submit(status=303)
    assert "à lire" not in karim.get("/notifications").text


def test_nobody_sees_the_notifications_of_another(as_user):
    a_form(as_user("helene")).submit("submit", status=303)
    assert "Une étagère" not in as_user("solene").get("/notifications").text


def test_the_first_page_leads_to_the_choice_of_letters(as_user):
    page = as_user("karim").get("/companies/2/exchanges").click("Mes notifications")
    assert page.forms["endi_ext_form"]["letters"].value == "at_once"
    choose(as_user("karim"), 2, "daily")
    page = as_user("karim").get("/companies/2/exchanges/notifications")
    assert page.forms["endi_ext_form"]["letters"].value == "daily"
