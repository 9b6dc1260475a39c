"""The demo host of tests/web, for tests of the demo itself."""

from tests.web.conftest import an_act, anonymous, as_user, books, demo_app, party, seeded_file, wired

__all__ = ["an_act", "anonymous", "as_user", "books", "demo_app", "party", "seeded_file", "wired"]
