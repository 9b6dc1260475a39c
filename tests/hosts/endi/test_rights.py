"""Our rights in enDI's roles: what each gives, who holds them, and that reading them again adds nothing."""

import pytest
from sqlalchemy import text

from endi_ext.web.permissions import ACCOUNT, CONFIGURE, HOST_RIGHTS, RIGHTS, SUPERVISE
from tests.hosts.browsing import links


@pytest.fixture
def role(hosted):
    """Return what gives a login one of our rights and nothing else, for the length of a test."""
    given = []

    def give(login, right):
        with hosted.session() as session:
            session.execute(
                text("INSERT INTO groups (name, label, account_type) VALUES (:name, :name, 'equipe_appui')"),
                {"name": right},
            )
            held = "SELECT r.id, g.id FROM access_rights r, groups g WHERE r.name = :name AND g.name = :name"
            session.execute(text(f"INSERT INTO groups_access_rights {held}"), {"name": right})
            in_it = "SELECT l.id, g.id FROM login l, groups g WHERE l.login = :login AND g.name = :name"
            session.execute(text(f"INSERT INTO user_groups {in_it}"), {"login": login, "name": right})
            session.commit()
        given.append(right)

    yield give
    with hosted.session() as session:
        for right in given:
            of_it = "(SELECT id FROM groups WHERE name = :name)"
            for table in ("user_groups", "groups_access_rights"):
                session.execute(text(f"DELETE FROM {table} WHERE group_id IN {of_it}"), {"name": right})
            session.execute(text("DELETE FROM groups WHERE name = :name"), {"name": right})
        session.commit()


@pytest.mark.parametrize(
    ("right", "opens", "keeps_closed"),
    [
        ("endi_ext_accountant", "/exchanges/journal", "/admin/exchanges/accounts"),
        ("endi_ext_configurator", "/admin/exchanges/accounts", "/exchanges/import"),
    ],
)
def test_a_right_of_ours_opens_its_pages_and_its_menu(hosted, role, right, opens, keeps_closed):
    role("rosa", right)
    rosa = hosted.browser("rosa")
    assert rosa.get(opens).status_int == 200
    assert rosa.get(keeps_closed, status="*").status_int in (403, 404)
    assert {"/exchanges", "/admin/exchanges"} & links(rosa.get(opens))


def test_the_supervisors_right_shows_every_company_and_no_book(hosted, role):
    role("nicolas", "endi_ext_supervisor")
    nicolas = hosted.browser("nicolas")
    assert nicolas.get(hosted.home_of("Menuiserie du Lac")).status_int == 200
    assert (
        nicolas.get(hosted.home_of("Menuiserie du Lac") + "/subcontracts/new", status="*").status_int != 200
    )
    assert nicolas.get("/exchanges/journal", status="*").status_int in (403, 404)


def test_the_hosts_own_rights_give_ours_without_any_set_up(hosted):
    from caerp.consts.access_rights import ACCESS_RIGHTS

    for right, given in HOST_RIGHTS.items():
        assert set(given) <= set(ACCESS_RIGHTS[right]["global_permissions"])


def test_administrators_hold_our_rights(hosted):
    with hosted.request_of("marc") as request:
        actor = hosted.host.actor(request)
        held = {right.name for group in request.identity.login._groups for right in group.access_rights}
    assert set(RIGHTS) <= held
    assert all(actor.may(permission) for permission in (ACCOUNT, CONFIGURE, SUPERVISE))


def test_our_rights_have_a_category_of_the_host_and_extending_again_adds_nothing(hosted):
    from caerp.consts.access_rights import ACCESS_RIGHTS, CATEGORIES
    from caerp.consts.users import PREDEFINED_GROUPS

    from endi_ext.hosts.endi import rights

    before = {name: list(right["global_permissions"]) for name, right in ACCESS_RIGHTS.items()}
    admins = next(group for group in PREDEFINED_GROUPS if group["name"] == "admin")["access_rights"]
    known = len(admins)
    rights.extend()
    assert {name: right["global_permissions"] for name, right in ACCESS_RIGHTS.items()} == before
    assert len(admins) == known
    assert {ACCESS_RIGHTS[name]["category"] for name in RIGHTS} <= set(CATEGORIES)


def test_work_is_handed_to_people_and_never_to_the_hosts_own_robot(hosted):
    with hosted.session() as session:
        offered = hosted.registry.endi_ext_host.accountants(session)
    names = [name for _, name in offered]
    assert "Odile Berthier" in names
    assert not [name for name in names if "automatique" in name]
