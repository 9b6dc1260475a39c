"""The demo host, held to the contract of hosts."""

from contextlib import contextmanager

import pytest
from pyramid.scripting import prepare
from sqlalchemy import select
from webtest import TestApp

from endi_ext.hosts.demo import seeding
from endi_ext.hosts.demo.app import main
from endi_ext.hosts.demo.models import Notification, User
from tests.hosts import client_contract, contract, notifier_contract
from tests.hosts.demo.client_books import DemoClientBooks


class Demo(contract.Hosted):
    """The demo's application in this process, on a file of its own."""

    frame = 'class="frame"'

    def __init__(self, app):
        super().__init__(app.registry.endi_ext_host, app.registry["engine"])
        self.app = app

    def browser(self, login):
        browser = TestApp(self.app)
        form = browser.get("/login").forms["login-form"]
        form["login"], form["password"] = login, seeding.PASSWORD
        form.submit(status=303)
        return browser

    def anonymous(self):
        return TestApp(self.app)

    @contextmanager
    def request_of(self, login):
        with prepare(registry=self.app.registry) as environment, environment["request"].tm:
            request = environment["request"]
            user = request.dbsession.execute(select(User).where(User.login == login)).scalars().one()
            request.set_property(lambda _request: user, "identity")
            yield request

    def add_company(self, **facts):
        self._save("/admin/companies/new", **facts)
        return self.party_named(facts["name"]).host_id

    def change_company(self, company_id, **facts):
        self._save(f"/admin/companies/{company_id}", **facts)

    def _save(self, address, **facts):
        page = self.browser("marc").get(address)
        form = next(form for form in page.forms.values() if "analytic_code" in form.fields)
        for name, value in facts.items():
            form[name] = value
        form.submit(status=303)


@pytest.fixture(scope="module")
def hosted(whole_demo, tmp_path_factory):
    """The demo with all its people and companies, and no story yet."""
    folder = tmp_path_factory.mktemp("demo")
    app = main({"here": str(folder)}, **{"sqlalchemy.url": whole_demo(folder)})
    yield Demo(app)
    app.registry["engine"].dispose()


class TestDemo(contract.HostContract):
    """Every test of the contract."""


@pytest.fixture
def client_books(hosted):
    """The demo's own invoicing."""
    return DemoClientBooks(hosted)


class TestDemoClients(client_contract.TestsOfReceipts):
    """Every test of the contract of clients' invoices."""


class TestDemoNotifier(notifier_contract.NotifierContract):
    """Every test of the contract of notifications."""

    def notified(self, hosted, login):
        wanted = select(Notification.title).join(User, User.id == Notification.user_id)
        with hosted.session() as session:
            return list(session.execute(wanted.where(User.login == login)).scalars())

    def page_of_notifications(self, hosted, login):
        return hosted.browser(login).get("/notifications").text
