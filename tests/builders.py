"""Small makers of rows and values with defaults: a test says only what it is about."""

import itertools
from datetime import UTC, date, datetime

from endi_ext.kernel.history import Act
from endi_ext.kernel.parties import COOPERATIVE, Party
from endi_ext.ledger.entries import EntryDraft, credit, debit

TODAY = date(2026, 11, 16)
numbers = itertools.count(1)


def an_act(actor_key="user:1", actor_name="Ines Marchal", at=None, today=TODAY):
    """Who acts and when: the sixteenth of November 2026 at ten, unless told otherwise."""
    return Act(actor_key, actor_name, at or datetime(2026, 11, 16, 9, 0, tzinfo=UTC), today)


def a_party(session, name=None, **facts):
    """A party of the cooperative that trades, with its id."""
    number = next(numbers)
    values = {
        "host_key": f"company:{number}",
        "name": name or f"Atelier {number}",
        "analytic_code": f"A{number:04}",
        **facts,
    }
    party = Party(**values)
    session.add(party)
    session.flush()  # tests use its id
    return party


def a_cooperative(session, **facts):
    """The cooperative itself."""
    defaults = {"host_key": "cooperative:0", "analytic_code": "CAE", "kind": COOPERATIVE}
    return a_party(session, **{"name": "Coopérative", **defaults, **facts})


def a_draft(buyer_id, seller_id, cents=1000, **facts):
    """The entry of an acceptance without contribution: `seller_id` sold for `cents` to `buyer_id`."""
    lines = (
        debit("604020", buyer_id, cents, seller_id),
        credit("401900", buyer_id, cents, seller_id),
        debit("411900", seller_id, cents, buyer_id),
        credit("704900", seller_id, cents, buyer_id),
    )
    values = {
        "journal": "EI",
        "effective_on": TODAY,
        "source": f"test:{next(numbers)}",
        "text": "Pose de la cuisine",
        "lines": lines,
        **facts,
    }
    return EntryDraft(**values)
