"""enDI's own pages go on working with the plugin on, and show what the plugin adds to them."""

import pytest

from endi_ext.web.permissions import RIGHTS
from tests.hosts.browsing import links

OF_ENTREPRENEURS = (
    "/companies/{id}",
    "/companies/{id}/dashboard",
    "/companies/{id}/invoices",
    "/companies/{id}/estimations",
    "/companies/{id}/customers",
    "/companies/{id}/suppliers",
)
OF_SUPPORT = ("/manage", "/invoices", "/companies", "/users")
OF_ADMINS = ("/admin", "/admin/main", "/admin/main/groups", "/admin/sales", "/admin/accounting")


@pytest.mark.parametrize("page", OF_ENTREPRENEURS)
def test_an_entrepreneur_uses_the_host_and_finds_our_menu(hosted, page):
    company = hosted.party_named("Menuiserie du Lac").host_id
    answer = hosted.browser("helene").get(page.format(id=company))
    assert answer.status_int == 200
    assert hosted.home_of("Menuiserie du Lac") in links(answer)


@pytest.mark.parametrize("page", OF_SUPPORT)
def test_an_accountant_uses_the_host_and_finds_the_books(hosted, page):
    answer = hosted.browser("odile").get(page)
    assert answer.status_int == 200
    assert {"/exchanges", "/exchanges/journal"} <= links(answer)


@pytest.mark.parametrize("page", OF_ADMINS)
def test_an_admin_uses_the_hosts_configuration(hosted, page):
    assert hosted.browser("marc").get(page).status_int == 200


@pytest.mark.parametrize("login", ["helene", "odile", "marc", "sylvie"])
def test_every_entry_of_the_hosts_menus_answers(hosted, login):
    browser = hosted.browser(login)
    menu = browser.get("/", status="*").maybe_follow().html.find(id="caerp_base_menu")
    entries = {link["href"] for link in menu.find_all("a", href=True)}
    entries = {entry for entry in entries if entry.startswith("/") and entry != "/logout"}
    assert len(entries) > 5
    answers = {entry: browser.get(entry, status="*").status_int for entry in entries}
    assert {entry: status for entry, status in answers.items() if status not in (200, 302, 303)} == {}


def test_the_hosts_configuration_leads_to_ours(hosted):
    main = hosted.browser("marc").get("/admin").text.split('id="target_content"')[1]
    assert 'href="/admin/exchanges"' in main.replace("http://localhost", "")


def test_an_adviser_sees_our_menu_on_companies_she_follows_only(hosted):
    sylvie = hosted.browser("sylvie")
    followed, other = hosted.party_named("La Table d'Inès"), hosted.party_named("Menuiserie du Lac")
    assert sylvie.get("/manage").status_int == 200
    assert hosted.home_of(followed.name) in links(sylvie.get(hosted.home_of(followed.name)))
    assert hosted.home_of(other.name) not in links(sylvie.get(f"/companies/{other.host_id}", status="*"))


def test_a_person_of_two_companies_changes_company_from_our_pages(hosted):
    page = hosted.browser("aminata").get(hosted.home_of("Diallo Rédaction"))
    other = hosted.party_named("Les Mots à l'Air").host_id
    assert f"/companies/{other}" in page.text
    assert hosted.browser("aminata").get(hosted.home_of("Les Mots à l'Air")).status_int == 200


def test_the_roles_screen_offers_our_rights(hosted):
    from caerp.consts.access_rights import ACCESS_RIGHTS

    page = hosted.browser("marc").get("/admin/main/groups?action=add")
    for right in RIGHTS:
        assert ACCESS_RIGHTS[right]["label"] in page.html.get_text()
