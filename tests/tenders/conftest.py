"""Two people at once about a tender, each in a transaction of their own."""

from tests.subcontracts.conftest import both, made

__all__ = ["both", "made"]  # fixtures
