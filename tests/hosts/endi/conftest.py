"""The real enDI, started once for all tests, on databases that `tools/endi_host.py test` prepared.

It is an error to run these tests without.
"""

import os

import pytest

from tests.hosts.endi.hosted import Endi


@pytest.fixture(scope="session")
def ini():
    """The ini of a private enDI with the plugin on."""
    return os.environ["ENDI_EXT_ENDI_INI"]


@pytest.fixture(scope="session")
def worker_ini():
    """The ini of its worker."""
    return os.environ["ENDI_EXT_ENDI_WORKER_INI"]


@pytest.fixture(scope="session")
def alone_ini():
    """The ini of an enDI that names the plugin but whose database has never seen it."""
    return os.environ["ENDI_EXT_ENDI_ALONE_INI"]


@pytest.fixture(scope="session")
def hosted(ini):
    """enDI with all its people and companies, and no story yet."""
    return Endi.started(ini)
