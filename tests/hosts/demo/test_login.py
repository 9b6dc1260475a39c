"""Who comes in, who does not, and what a stranger learns: nothing."""

from types import SimpleNamespace

import pytest
from sqlalchemy import update
from webtest import TestApp

from endi_ext.hosts.demo import passwords
from endi_ext.hosts.demo.models import User
from endi_ext.hosts.demo.views import login
from endi_ext.hosts.demo.views.login import is_ours
from tests.web.conftest import PASSWORD, csrf_token

WRONG = "Cet identifiant et ce mot de passe ne vont pas ensemble."


def log_in(browser, login, password, **options):
    form = browser.get("/login").forms["login-form"]
    form["login"], form["password"] = login, password
    return form.submit(**options)


def test_the_right_password_opens_the_first_page(anonymous):
    assert log_in(anonymous, "odile", PASSWORD).location == "http://localhost/"
    assert "Bonjour Odile" in anonymous.get("/").text


def test_the_login_is_read_in_any_case_and_without_the_spaces_around(anonymous):
    log_in(anonymous, "  Odile ", PASSWORD, status=303)


@pytest.mark.parametrize(
    ("login", "password"), [("odile", "wrong"), ("nobody", PASSWORD), ("odile", ""), ("", "")]
)
def test_a_wrong_password_and_an_unknown_login_get_the_same_answer(anonymous, login, password):
    answer = log_in(anonymous, login, password, status=403)
    assert WRONG in answer.text
    anonymous.get("/", status=303)


def test_whose_session_ended_in_the_middle_of_a_form_is_told_where_the_form_still_is(anonymous):
    address = "/companies/1/exchanges/subcontracts/new"
    answer = anonymous.post(address, {"title": "Plans"}, status=303).follow()
    assert "rien n'a été enregistré" in answer.html.select_one("[role=alert]").get_text()
    assert anonymous.get(address, status=303).follow().html.select_one("[role=alert]") is None


def test_what_was_typed_as_login_is_shown_again_as_text(anonymous):
    answer = log_in(anonymous, '"><script>', "x", status=403)
    assert "<script>" not in answer.text.partition("<main")[2]


def test_nobody_is_told_who_can_log_in_unless_the_demo_is_there_to_be_tried(demo_app, anonymous):
    assert "Qui essayer" not in anonymous.get("/login").text
    demo_app.registry.settings["demo.show_logins"] = "true"
    page = anonymous.get("/login", {"nextpage": "/admin/users"})
    chosen = page.click("^marc$")
    assert chosen.forms["login-form"]["login"].value == "marc"
    assert chosen.forms["login-form"]["nextpage"].value == "/admin/users"


def test_who_is_inactive_does_not_come_in_and_the_open_session_ends(books, as_user, anonymous):
    browser = as_user("odile")
    books.execute(update(User).where(User.login == "odile").values(active=False))
    books.commit()
    log_in(anonymous, "odile", PASSWORD, status=403)
    assert "/login" in browser.get("/", status=303).location


def test_an_unknown_login_is_refused_even_with_the_password_it_is_compared_to():
    assert passwords.is_right(None, "no one has this password") is False


def test_a_hash_that_is_no_hash_opens_nothing():
    assert passwords.is_right(User(password_hash="", active=True), "") is False


def test_passwords_are_kept_as_argon2id(books):
    assert books.get(User, 1).password_hash.startswith("$argon2id$")


def test_a_login_without_token_is_refused(anonymous):
    anonymous.post("/login", {"login": "odile", "password": PASSWORD}, status=400)
    anonymous.get("/", status=303)


def test_the_token_of_the_stranger_is_not_the_one_of_the_session(anonymous):
    before = csrf_token(anonymous.get("/login"))
    log_in(anonymous, "odile", PASSWORD)
    assert csrf_token(anonymous.get("/")) != before


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(anonymous):
    cookie = log_in(anonymous, "odile", PASSWORD).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_forged_cookie_opens_nothing(demo_app, anonymous):
    cookie = log_in(anonymous, "odile", PASSWORD).headers["Set-Cookie"].partition(";")[0]
    name, _, value = cookie.partition("=")
    forged = f"{name}={'B' if value[0] == 'A' else 'A'}{value[1:]}"
    TestApp(demo_app).get("/", headers={"Cookie": cookie}, status=200)
    TestApp(demo_app).get("/", headers={"Cookie": forged}, status=303)


def test_logging_out_asks_for_a_token_and_closes_the_session(as_user):
    browser = as_user("odile")
    browser.post("/logout", status=400)
    page = browser.get("/")
    browser.post("/logout", {"csrf_token": csrf_token(page)}, status=303)
    browser.get("/", status=303)


def test_the_page_asked_for_is_shown_after_the_login(anonymous):
    asked = anonymous.get("/admin/users?by=name", status=303).follow()
    form = asked.forms["login-form"]
    form["login"], form["password"] = "marc", PASSWORD
    assert form.submit().location == "http://localhost/admin/users?by=name"


ELSEWHERE = (
    "//elsewhere.example",
    "https://elsewhere.example",
    "/\\elsewhere.example",
    "\\\\elsewhere.example",
    "/\t/elsewhere.example",
    " //elsewhere.example",
    "javascript:alert(1)",
    "elsewhere.example",
    "",
)


@pytest.mark.parametrize("address", ELSEWHERE)
def test_a_login_never_leads_to_another_site(anonymous, address):
    form = anonymous.get("/login", {"nextpage": address}).forms["login-form"]
    form["login"], form["password"] = "odile", PASSWORD
    assert form.submit().location == "http://localhost/"


def test_a_path_of_ours_is_ours():
    assert is_ours("/companies/1/exchanges?page=2#here")


def test_after_five_mistakes_one_waits_and_the_right_password_waits_too(anonymous, monkeypatch):
    # The clock stands still: on a busy machine five mistakes take longer than the wait they earn.
    monkeypatch.setattr(login, "time", SimpleNamespace(monotonic=lambda: 100.0))
    for _ in range(5):
        log_in(anonymous, "odile", "wrong", status=403)
    assert "réessayez dans" in log_in(anonymous, "odile", PASSWORD, status=429).text
    log_in(anonymous, "marc", PASSWORD, status=303)


class TestPatience:
    def after(self, mistakes):
        patience = passwords.Patience()
        for _ in range(mistakes):
            patience.failed("odile", "10.0.0.1", 100.0)
        return patience

    def test_a_few_mistakes_cost_nothing(self):
        assert self.after(4).seconds_left("odile", "10.0.0.1", 100.0) == 0

    def test_each_further_mistake_doubles_the_wait(self):
        waits = [self.after(count).seconds_left("odile", "10.0.0.1", 100.0) for count in (5, 6, 7)]
        assert waits == [2, 4, 8]

    def test_the_wait_has_a_limit(self):
        assert self.after(60).seconds_left("odile", "10.0.0.1", 100.0) == passwords.LONGEST_WAIT_SECONDS

    def test_the_wait_ends(self):
        assert self.after(5).seconds_left("odile", "10.0.0.1", 102.0) == 0

    def test_another_address_does_not_wait(self):
        assert self.after(9).seconds_left("odile", "10.0.0.2", 100.0) == 0

    def test_success_forgets_the_mistakes(self):
        patience = self.after(9)
        patience.succeeded("odile", "10.0.0.1")
        assert patience.seconds_left("odile", "10.0.0.1", 100.0) == 0

    def test_a_guesser_of_logins_does_not_fill_the_memory(self, monkeypatch):
        monkeypatch.setattr(passwords, "REMEMBERED_PAIRS", 3)
        patience = self.after(9)
        for number in range(3):
            patience.failed(f"login{number}", "10.0.0.1", 100.0)
        assert patience.seconds_left("odile", "10.0.0.1", 100.0) == 0
