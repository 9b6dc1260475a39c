"""What every host must offer, told once: each host brings a `Hosted` and inherits `HostContract`.

People and companies are those of hosts/demo/people.py in both. Where two hosts differ, the port is wrong.
"""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from endi_ext.exchanges.models import Exchange, Settlement
from endi_ext.hosts.demo import people
from endi_ext.kernel.parties import COOPERATIVE, INTERNAL, Party
from endi_ext.subcontracts.models import Subcontract
from endi_ext.tenders import identity
from endi_ext.web.permissions import ACCOUNT, CONFIGURE, SUPERVISE
from tests.hosts.browsing import csrf_token, fill, links
from tests.hosts.story import tell

OF_A_PARTY = ("", "/subcontracts", "/subcontracts/new", "/jobs", "/due", "/all", "/statement")
# What the accountant's menu leads to, then what its pages do.
IN_THE_MENU = (
    "/exchanges",
    "/exchanges/month-end",
    "/exchanges/journal",
    "/exchanges/trial-balance",
    "/exchanges/statement",
    "/exchanges/documents",
    "/exchanges/drafts",
    "/exchanges/import",
    "/exchanges/verification",
)
OF_ACCOUNTANTS = (
    *IN_THE_MENU,
    "/exchanges/findings",
    "/exchanges/matching",
    "/exchanges/matching/new",
    "/exchanges/matching/period",
    "/exchanges/lettering",
    "/exchanges/aged-balance",
    "/exchanges/journal/exports",
    "/exchanges/questions",
    "/exchanges/adoption",
    "/exchanges/periods",
    "/exchanges/month-end/2026-11",
    "/exchanges/year-end/2026",
)
OF_ADMINS = tuple(
    f"/admin/exchanges{page}"
    for page in (
        "",
        "/scheme",
        "/accounts",
        "/rates",
        "/identity",
        "/rights",
        "/changes",
        "/drafts",
        "/sage",
        "/waiver-reasons",
        "/waiver-reasons/new",
    )
)
FOLLOWED, NOT_FOLLOWED = "La Table d'Inès", "Menuiserie du Lac"


class Hosted:
    """A host brought up for tests; each host fills in the methods that end in NotImplementedError."""

    # A piece of HTML that only the host's own frame has.
    frame = ""

    def __init__(self, host, engine):
        self.host = host
        self.engine = engine

    def browser(self, login):
        """Return a browser with `login` logged in."""
        raise NotImplementedError

    def anonymous(self):
        """Return a browser nobody is logged in with."""
        raise NotImplementedError

    def request_of(self, login):
        """Lend (as a context manager) a request made by `login`."""
        raise NotImplementedError

    def add_company(self, **facts):
        """Create a company (name, analytic_code) the way the host does, and return its id."""
        raise NotImplementedError

    def change_company(self, company_id, **facts):
        """Change a company (name, analytic_code, active) the way the host does."""
        raise NotImplementedError

    def session(self):
        return Session(self.engine, future=True)

    def party(self, company_id):
        return self._party(Party.host_key == f"company:{company_id}")

    def party_named(self, name):
        return self._party(Party.name == name)

    def home_of(self, name):
        return f"/companies/{self.party_named(name).host_id}/exchanges"

    def last_exchange(self):
        return self._newest(Exchange)

    def last_settlement(self):
        return self._newest(Settlement)

    def _newest(self, model):
        with self.session() as session:
            return session.execute(select(func.max(model.id))).scalar_one()

    def _party(self, condition):
        with self.session() as session:
            party = session.execute(select(Party).where(condition)).scalars().one()
            session.expunge(party)
            return party


class TestsOfDirectory:
    """Companies of the host are parties of ours, and stay so."""

    @pytest.mark.parametrize("company", people.COMPANIES, ids=lambda company: company.analytic_code)
    def test_each_company_is_a_party(self, hosted, company):
        party = hosted.party_named(company.name)
        assert (party.kind, party.active) == (INTERNAL, True)
        assert party.host_key == f"company:{party.host_id}"
        assert (party.analytic_code, party.trade, party.email) == (
            company.analytic_code,
            company.trade,
            company.email,
        )
        assert party.contribution_rate_bp == company.rate_bp
        assert (party.postcode, party.city) == (company.postcode, company.city) != ("", "")

    def test_a_party_knows_who_follows_it(self, hosted):
        with hosted.request_of("sylvie") as request:
            assert hosted.party_named(FOLLOWED).follower_key == hosted.host.actor(request).key
        assert hosted.party_named(NOT_FOLLOWED).follower_key is None

    def test_the_cooperative_is_a_party_of_its_own(self, hosted):
        with hosted.session() as session:
            found = session.execute(select(Party).where(Party.kind == COOPERATIVE)).scalars().one()
        facts = (found.host_key, found.name, found.analytic_code)
        assert facts == ("cooperative:0", people.COOPERATIVE_NAME, people.COOPERATIVE_CODE)

    def test_a_company_created_in_the_host_is_a_party_at_once(self, hosted):
        company_id = hosted.add_company(name="Savons de l'Ill", analytic_code="SAVON")
        party = hosted.party(company_id)
        assert (party.name, party.analytic_code, party.active) == ("Savons de l'Ill", "SAVON", True)

    def test_a_party_moves_with_its_company(self, hosted):
        company_id = hosted.add_company(name="Poterie de Betschdorf", analytic_code="POTERI")
        assert (hosted.party(company_id).postcode, hosted.party(company_id).city) == ("", "")
        hosted.change_company(company_id, postcode="67660", city="Betschdorf")
        assert (hosted.party(company_id).postcode, hosted.party(company_id).city) == ("67660", "Betschdorf")

    def test_a_party_follows_its_company_renamed_recoded_and_made_inactive(self, hosted):
        company_id = hosted.add_company(name="Vannerie du Ried", analytic_code="VANNE")
        before = hosted.party(company_id)
        hosted.change_company(company_id, name="Vannerie et Rotin")
        assert hosted.party(company_id).name == "Vannerie et Rotin"
        hosted.change_company(company_id, analytic_code="ROTIN")
        assert hosted.party(company_id).analytic_code == "ROTIN"
        hosted.change_company(company_id, active=False)
        after = hosted.party(company_id)
        assert (after.id, after.name, after.analytic_code, after.active) == (
            before.id, "Vannerie et Rotin", "ROTIN", False
        )  # fmt: skip

    def test_an_inactive_company_is_no_partner_to_choose(self, hosted):
        company_id = hosted.add_company(name="Forge de Saverne", analytic_code="FORGE")
        page = hosted.browser("helene").get(f"{hosted.home_of('Menuiserie du Lac')}/subcontracts/new")
        assert "Forge de Saverne" in page.text
        hosted.change_company(company_id, active=False)
        assert "Forge de Saverne" not in hosted.browser("helene").get(page.request.path).text

    def test_the_host_says_who_the_cooperative_is_as_far_as_it_knows(self, hosted):
        with hosted.session() as session:
            known = hosted.host.identity(session)
            named = session.execute(select(Party.name).where(Party.kind == COOPERATIVE)).scalar_one()
        assert set(known) <= set(identity.NAMES)
        assert known.get("name", named) == named
        assert all(isinstance(value, str) and value for value in known.values())

    def test_reading_the_directory_again_changes_nothing(self, hosted):
        with hosted.session() as session:
            assert hosted.host.directory.sync(session) == 0


class TestsOfActor:
    """Who is in front of the screen, and what they may."""

    def test_an_entrepreneur_is_known_by_key_name_and_companies(self, hosted):
        with hosted.request_of("aminata") as request:
            actor = hosted.host.actor(request)
            act = hosted.host.act(request)
        own = {hosted.party_named(name).host_key for name in ("Diallo Rédaction", "Les Mots à l'Air")}
        assert (actor.name, set(actor.host_keys)) == ("Aminata Diallo", own)
        assert re.fullmatch(r"user:\d+", actor.key)
        assert (act.actor_key, act.actor_name) == (actor.key, actor.name)

    def test_an_act_says_when_in_utc_and_which_day_in_paris(self, hosted):
        with hosted.request_of("helene") as request:
            act = hosted.host.act(request)
        assert act.at.utcoffset() == timedelta(0)
        assert abs((act.today - act.at.date()).days) <= 1

    @pytest.mark.parametrize(
        ("login", "permission", "may"),
        [
            ("helene", ACCOUNT, False),
            ("helene", CONFIGURE, False),
            ("helene", SUPERVISE, False),
            ("odile", ACCOUNT, True),
            ("odile", SUPERVISE, True),
            ("marc", CONFIGURE, True),
            ("sylvie", ACCOUNT, False),
            ("sylvie", CONFIGURE, False),
            ("sylvie", SUPERVISE, False),
        ],
    )
    def test_global_permissions_come_from_the_rights_of_the_host(self, hosted, login, permission, may):
        with hosted.request_of(login) as request:
            assert hosted.host.actor(request).may(permission) is may


class TestsOfPages:
    """Who sees which page, in the frame of the host."""

    @pytest.mark.parametrize("page", OF_A_PARTY)
    def test_an_entrepreneur_sees_the_pages_of_her_company(self, hosted, page):
        answer = hosted.browser("helene").get(hosted.home_of("Menuiserie du Lac") + page)
        assert answer.status_int == 200
        assert hosted.frame in answer.text

    @pytest.mark.parametrize("page", OF_A_PARTY)
    def test_a_stranger_and_an_unknown_id_get_the_same_answer(self, hosted, page):
        solene = hosted.browser("solene")
        foreign = solene.get(hosted.home_of("Menuiserie du Lac") + page, status=404)
        unknown = solene.get(f"/companies/987654/exchanges{page}", status=404)
        assert told_by(foreign) == told_by(unknown)
        assert "Menuiserie" not in foreign.text

    @pytest.mark.parametrize("page", OF_ACCOUNTANTS)
    def test_an_accountant_sees_the_books(self, hosted, page):
        # The end of the month leads on to the month to close, where there is one.
        answer = hosted.browser("odile").get(page).maybe_follow()
        assert answer.status_int == 200
        assert hosted.frame in answer.text

    @pytest.mark.parametrize("page", OF_ACCOUNTANTS + OF_ADMINS)
    @pytest.mark.parametrize("login", ["helene", "sylvie"])
    def test_the_books_and_their_settings_are_closed_to_others(self, hosted, login, page):
        assert hosted.browser(login).get(page, status="*").status_int in (403, 404)

    @pytest.mark.parametrize("page", OF_ADMINS)
    def test_an_admin_sees_the_settings(self, hosted, page):
        answer = hosted.browser("marc").get(page)
        assert answer.status_int == 200
        assert hosted.frame in answer.text

    @pytest.mark.parametrize("page", ["", "/subcontracts", "/all", "/statement"])
    def test_an_adviser_reads_the_companies_she_follows_and_no_other(self, hosted, page):
        sylvie = hosted.browser("sylvie")
        assert sylvie.get(hosted.home_of(FOLLOWED) + page).status_int == 200
        assert sylvie.get(hosted.home_of(NOT_FOLLOWED) + page, status=404)

    @pytest.mark.parametrize("login", ["sylvie", "odile"])
    def test_who_only_reads_a_company_does_not_act_for_it(self, hosted, login):
        new = hosted.home_of(FOLLOWED) + "/subcontracts/new"
        assert hosted.browser(login).get(new, status="*").status_int in (403, 404)

    @pytest.mark.parametrize("page", ["/exchanges", "/admin/exchanges", "/companies/1/exchanges"])
    def test_nobody_is_sent_to_the_login_page(self, hosted, page):
        answer = hosted.anonymous().get(page)
        assert answer.status_int in (302, 303)
        assert "/login" in answer.location

    def test_a_form_without_its_token_is_refused_and_writes_nothing(self, hosted):
        helene = hosted.browser("helene")
        form = helene.get(hosted.home_of("Menuiserie du Lac") + "/subcontracts/new").forms["endi_ext_form"]
        fill(form, title="Sans jeton", seller="Atelier Trait Juste", due_on="2027-03-01")
        fill(form, description="Plans", quantity_thousandths="1", unit="plan", unit_price_cents="10")
        form["csrf_token"] = "0" * 40
        form.submit("submit", status=400)
        assert count(hosted, Subcontract, Subcontract.title == "Sans jeton") == 0


class TestsOfMenus:
    """Our entries stand in the host's menus, for those who may use them."""

    def test_an_entrepreneur_finds_her_companys_pages(self, hosted):
        home = hosted.home_of("Menuiserie du Lac")
        found = links(hosted.browser("helene").get(home))
        assert {home, f"{home}/subcontracts", f"{home}/all", f"{home}/statement"} <= found
        assert not found & {*OF_ACCOUNTANTS, *OF_ADMINS}

    def test_an_accountant_finds_the_books(self, hosted):
        assert set(IN_THE_MENU) - links(hosted.browser("odile").get("/exchanges")) == set()

    def test_an_admin_finds_the_settings(self, hosted):
        assert "/admin/exchanges" in links(hosted.browser("marc").get("/admin/exchanges"))

    def test_an_adviser_finds_the_pages_of_a_company_she_follows(self, hosted):
        home = hosted.home_of(FOLLOWED)
        found = links(hosted.browser("sylvie").get(home))
        assert {f"{home}/subcontracts", f"{home}/statement"} <= found
        assert not found & {*OF_ACCOUNTANTS, *OF_ADMINS}


class TestsOfTheStory:
    """From a proposal to a reversal through the host's pages, and what each click leaves behind."""

    def test_a_subcontract_is_told_to_its_end(self, hosted):
        tell(hosted)

    def test_the_same_form_sent_twice_makes_one_subcontract(self, hosted):
        helene = hosted.browser("helene")
        form = helene.get(hosted.home_of("Menuiserie du Lac") + "/subcontracts/new").forms["endi_ext_form"]
        fill(form, title="Envoyée deux fois", seller="Atelier Trait Juste", due_on="2027-03-01")
        fill(form, description="Plans", quantity_thousandths="1", unit="plan", unit_price_cents="10")
        first, second = form.submit("submit", status=303), form.submit("submit", status=303)
        assert first.location == second.location
        assert count(hosted, Subcontract, Subcontract.title == "Envoyée deux fois") == 1

    def test_a_refused_action_leaves_nothing_behind(self, hosted):
        helene = hosted.browser("helene")
        form = helene.get(hosted.home_of("Menuiserie du Lac") + "/subcontracts/new").forms["endi_ext_form"]
        fill(form, title="À moi-même", seller="Menuiserie du Lac", due_on="2027-03-01")
        fill(form, description="Plans", quantity_thousandths="1", unit="plan", unit_price_cents="10")
        page = form.submit("submit", status=422)
        assert "À moi-même" in page.text
        assert csrf_token(page)
        assert count(hosted, Subcontract, Subcontract.title == "À moi-même") == 0


class HostContract(TestsOfDirectory, TestsOfActor, TestsOfPages, TestsOfMenus, TestsOfTheStory):
    """All of it."""


def count(hosted, model, *conditions):
    with hosted.session() as session:
        return session.execute(select(func.count()).select_from(model).where(*conditions)).scalar_one()


def told_by(page):
    """Return what a page says, without what differs from one request to the next."""
    text = re.sub(r"<script.*?</script>|<[^>]+>", " ", page.text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", text)
