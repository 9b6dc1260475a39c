"""The demo host of tests/web, for tests of the demo itself, and the whole demo without its story."""

import pytest
from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from endi_ext.hosts.demo import seeding
from endi_ext.hosts.demo.app import create_tables
from endi_ext.kernel.engine import make_engine
from tests.copies import copy_file
from tests.web.conftest import an_act, anonymous, as_user, books, demo_app, party, seeded_file, wired

__all__ = ["an_act", "anonymous", "as_user", "books", "demo_app", "party", "seeded_file", "wired"]


@pytest.fixture(scope="session")
def whole_demo(migrated, tmp_path_factory):
    """Return the URL of a copy, in a folder, of the demo with all its people and companies, and no story."""
    made = make_engine(f"sqlite:///{tmp_path_factory.mktemp('whole')}/demo.sqlite")
    copy_file(migrated("sqlite"), str(made.url))
    create_tables(made)
    with Session(made, future=True) as session, pytest.MonkeyPatch.context() as patch:
        patch.setattr(seeding, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        seeding.populate(session)
        seeding.directory().sync(session)
        session.commit()

    def copied_to(folder):
        url = f"sqlite:///{folder}/demo.sqlite"
        copy_file(made, url)
        return url

    yield copied_to
    made.dispose()
