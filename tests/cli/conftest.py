"""What commands find: a demo that was just installed, made once and copied for each test."""

import pytest
from click.testing import CliRunner

from endi_ext.cli import main
from endi_ext.kernel.engine import make_engine
from tests.cli.inis import an_ini
from tests.copies import copy_file


@pytest.fixture(scope="session")
def once_installed(tmp_path_factory):
    """The engine of what `endi-ext upgrade` makes of nothing; no test writes there."""
    folder = tmp_path_factory.mktemp("installed")
    url = f"sqlite:///{folder}/books.sqlite"
    assert CliRunner().invoke(main, ["-c", str(an_ini(folder, url)), "upgrade"]).exit_code == 0
    engine = make_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def installed(once_installed, tmp_path):
    """The URL of the same in the test's own folder."""
    url = f"sqlite:///{tmp_path}/books.sqlite"
    copy_file(once_installed, url)
    return url
