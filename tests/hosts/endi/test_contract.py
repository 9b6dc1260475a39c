"""The real enDI, held to the contract of hosts."""

import pytest

from tests.hosts import client_contract, contract

from .client_books import EndiClientBooks


class TestEndi(contract.HostContract):
    """Every test of the contract."""


@pytest.fixture
def client_books(hosted):
    """The host's own invoicing."""
    return EndiClientBooks(hosted)


class TestEndiClients(client_contract.TestsOfReceipts):
    """Every test of the contract of clients' invoices."""
