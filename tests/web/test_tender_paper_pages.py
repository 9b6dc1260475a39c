"""Pages of a tender's papers, calendar, questions and technical proposal, as its team uses them."""

import pytest


@pytest.fixture
def tender(dealings):
    """The address of a tender that helene leads, with karim in the team."""
    return f"/companies/1/exchanges/tenders/{dealings.tender}"


def test_all_pages_open_for_the_lead(as_user, tender):
    helene = as_user("helene")
    for page in ("", "/checklist", "/calendar", "/questions", "/proposal", "/checklist/add", "/calendar/add",
                 "/questions/new", "/proposal/new", "/calendar/review/arrange"):
        helene.get(tender + page)
