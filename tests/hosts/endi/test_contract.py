"""The real enDI, held to the contract of hosts."""

from tests.hosts import contract


class TestEndi(contract.HostContract):
    """Every test of the contract."""
