"""enDI's application in this process, on the database of its ini."""

from contextlib import contextmanager

import transaction
from pyramid.config import global_registries
from pyramid.paster import get_app
from pyramid.scripting import prepare
from webtest import TestApp

from endi_ext.hosts.demo.seeding import PASSWORD
from endi_ext.kernel.engine import make_engine
from tests.hosts import contract

# The host sends browsers it does not know to a page that says so.
CHROME = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
)


class Endi(contract.Hosted):
    """enDI's application in this process, on MariaDB."""

    frame = 'id="caerp_base_menu"'

    def __init__(self, app):
        self.app = app
        self.registry = global_registries.last
        super().__init__(self.registry.endi_ext_host, make_engine(self.registry.settings["sqlalchemy.url"]))

    @classmethod
    def started(cls, ini):
        """Start the host in this process. The last one started owns the host's database session."""
        return cls(get_app(ini))

    def browser(self, login):
        browser = self.anonymous()
        browser.post(
            "/login", {"login": login, "password": PASSWORD, "submit": "submit", "nextpage": "/"}, status=302
        )
        return browser

    def anonymous(self):
        return TestApp(self.app, extra_environ={"HTTP_USER_AGENT": CHROME})

    @contextmanager
    def request_of(self, login):
        from caerp.utils.security.identity import get_identity

        with prepare(registry=self.registry) as environment, transaction.manager:
            request = environment["request"]
            user = get_identity(request, login)
            request.set_property(lambda _request: user, "identity")
            yield request

    def add_company(self, **facts):
        from caerp.models.base import DBSESSION
        from caerp.models.company import Company

        with transaction.manager:
            company = Company(**in_words_of_the_host(facts))
            DBSESSION().add(company)
            DBSESSION().flush()
            return company.id

    def change_company(self, company_id, **facts):
        from caerp.models.company import Company

        with transaction.manager:
            company = Company.get(company_id)
            for name, value in in_words_of_the_host(facts).items():
                setattr(company, name, value)


def in_words_of_the_host(facts):
    words = {"analytic_code": "code_compta", "postcode": "zip_code"}
    return {words.get(name, name): value for name, value in facts.items()}
