"""The real enDI, held to the contract of hosts."""

import pytest
from sqlalchemy import text

from tests.hosts import client_contract, contract, notifier_contract

from .client_books import EndiClientBooks


class TestEndi(contract.HostContract):
    """Every test of the contract."""


@pytest.fixture
def client_books(hosted):
    """The host's own invoicing."""
    return EndiClientBooks(hosted)


class TestEndiClients(client_contract.TestsOfReceipts):
    """Every test of the contract of clients' invoices."""


class TestEndiNotifier(notifier_contract.NotifierContract):
    """Every test of the contract of notifications."""

    def notified(self, hosted, login):
        wanted = text(
            "SELECT notification.title FROM notification JOIN login ON login.user_id = notification.user_id"
            " WHERE login.login = :login"
        )
        with hosted.session() as session:
            return list(session.execute(wanted, {"login": login}).scalars())

    def page_of_notifications(self, hosted, login):
        # Its script puts titles into the page as they are.
        return " ".join(self.notified(hosted, login))
