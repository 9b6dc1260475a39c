"""The admin's pages: rights take effect at once, and parties follow their trading units."""

import pytest
from sqlalchemy import select

from endi_ext.hosts.demo.models import Company, User
from endi_ext.hosts.demo.seeding import directory
from endi_ext.kernel.parties import Party, by_host_key

PAGES = ("/admin/users", "/admin/users/1", "/admin/companies", "/admin/companies/1", "/admin/companies/new")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("login", ["helene", "odile", "sylvie"])
def test_only_administrators_open_the_pages_of_people(as_user, login, address):
    as_user(login).get(address, status=403)


@pytest.mark.parametrize("address", PAGES)
def test_an_administrator_opens_them(as_user, address):
    assert as_user("marc").get(address).status_int == 200


@pytest.mark.parametrize("address", ["/admin/users/1", "/admin/companies/1", "/admin/companies/new"])
def test_nothing_is_written_without_a_token(as_user, address):
    as_user("marc").post(address, {"name": "x"}, status=400)


@pytest.mark.parametrize("address", ["/admin/users/999", "/admin/companies/999"])
def test_what_does_not_exist_is_not_found(as_user, address):
    as_user("marc").get(address, status=404)


def company_form(browser, company_id):
    return browser.get(f"/admin/companies/{company_id}").forms["company-form"]


def test_a_party_follows_its_company(as_user, books):
    form = company_form(as_user("marc"), 1)
    form["name"], form["analytic_code"], form["trade"] = "Menuiserie du Col", "MENCOL", "Charpente"
    form["contribution_rate"], form["follower"] = "12,5", "7"
    form.submit(status=303)
    party = by_host_key(books, "company:1")
    assert (party.name, party.analytic_code, party.trade) == ("Menuiserie du Col", "MENCOL", "Charpente")
    assert (party.contribution_rate_bp, party.follower_key) == (1250, "user:7")


def test_an_inactive_company_trades_no_more_and_its_people_leave_it(as_user, books):
    browser = as_user("helene")
    browser.get("/companies/1", status=303)
    form = company_form(as_user("marc"), 1)
    form["active"] = False
    form.submit(status=303)
    assert by_host_key(books, "company:1").active is False
    browser.get("/companies/1", status=404)
    browser.get("/companies/1/exchanges", status=404)


def test_a_new_company_is_a_new_party(as_user, books):
    form = as_user("marc").get("/admin/companies/new").forms["company-form"]
    form["name"], form["analytic_code"] = "Ferme des Deux Ponts", "PONTS"
    form.submit(status=303)
    company = books.execute(select(Company).where(Company.analytic_code == "PONTS")).scalars().one()
    assert by_host_key(books, f"company:{company.id}").name == "Ferme des Deux Ponts"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "", "Donnez un nom"),
        ("name", "x" * 191, "trop long"),
        ("analytic_code", "MEN LAC", "sans espace"),
        ("analytic_code", "traitj", "porte déjà ce code"),
        ("contribution_rate", "101", "entre 0 et 100"),
        ("contribution_rate", "-1", "entre 0 et 100"),
        ("contribution_rate", "1,234", "deux décimales"),
        ("contribution_rate", "NaN", "entre 0 et 100"),
        ("contribution_rate", "dix", "entre 0 et 100"),
    ],
)
def test_a_mistake_is_said_at_its_field_and_changes_nothing(as_user, books, field, typed, said):
    form = company_form(as_user("marc"), 1)
    form[field] = typed
    answer = form.submit(status=200)
    assert said in answer.html.find(id=f"error_{field}").text
    assert answer.forms["company-form"][field].value == typed
    assert books.get(Company, 1).name == "Menuiserie du Lac"


def test_a_rate_left_empty_is_the_cooperatives(as_user, books):
    form = company_form(as_user("marc"), 3)
    assert form["contribution_rate"].value == "12"
    form["contribution_rate"] = ""
    form.submit(status=303)
    assert by_host_key(books, "company:3").contribution_rate_bp is None


def test_a_right_given_opens_its_pages_at_once(as_user):
    browser = as_user("helene")
    browser.get("/admin/companies", status=403)
    form = as_user("marc").get("/admin/users/1").forms["user-form"]
    tick(form, "right", "demo_administrator")
    form.submit(status=303)
    browser.get("/admin/companies", status=200)


def test_a_right_taken_closes_them_and_the_others_stay(as_user, books):
    form = as_user("marc").get("/admin/users/5").forms["user-form"]
    tick(form, "right", "endi_ext_supervisor")
    tick(form, "right", "global_accountant", ticked=False)
    form.submit(status=303)
    assert books.get(User, 5).access_rights == {"endi_ext_supervisor"}


def test_a_second_activity_is_entrusted(as_user):
    form = as_user("marc").get("/admin/users/1").forms["user-form"]
    tick(form, "company", "2")
    form.submit(status=303)
    assert "Atelier Trait Juste" in as_user("helene").get("/").text


def test_somebody_always_keeps_the_management_of_people(as_user, books):
    form = as_user("marc").get("/admin/users/6").forms["user-form"]
    tick(form, "right", "demo_administrator", ticked=False)
    assert "Quelqu&#39;un doit garder" in form.submit(status=200).text
    assert "demo_administrator" in books.get(User, 6).access_rights


def test_a_right_that_does_not_exist_is_not_given(as_user, books):
    browser = as_user("marc")
    token = browser.get("/admin/users/1").forms["user-form"]["csrf_token"].value
    browser.post(
        "/admin/users/1", {"csrf_token": token, "active": "1", "right": "global_anything"}, status=303
    )
    assert books.get(User, 1).access_rights == set()


def test_the_directory_names_the_cooperative_and_every_company_once(books):
    known = list(directory().parties(books))
    assert [facts.host_key for facts in known] == ["cooperative:0", *(f"company:{n}" for n in range(1, 6))]
    assert directory().sync(books) == 0


def test_a_company_renamed_behind_our_back_is_found_at_the_next_sync(books):
    books.get(Company, 2).name = "Atelier Trait Vif"
    assert directory().sync(books) == 1
    assert (
        books.execute(select(Party.name).where(Party.host_key == "company:2")).scalar() == "Atelier Trait Vif"
    )


def tick(form, name, value, *, ticked=True):
    """Tick the box of that name and value; WebTest keeps boxes of one name in a list."""
    next(box for box in form.fields[name] if box._value == value).checked = ticked
