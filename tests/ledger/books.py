"""A small book to test upon."""

from datetime import timedelta

from endi_ext.ledger import service as ledger
from tests.builders import TODAY, a_draft, a_party, an_act


def a_book(session, entries=5, *, since=40):
    """Post some entries between three parties over the days before today; return the parties."""
    parties = [a_party(session) for _ in range(3)]
    drafts = [
        a_draft(
            parties[number % 3].id,
            parties[(number + 1) % 3].id,
            100 + number,
            effective_on=TODAY - timedelta(days=(number * 7) % since),
        )
        for number in range(entries)
    ]
    ledger.post_many(session, drafts, an_act())
    return parties
