"""A tender with prices, as tests of prices and shares need it."""

from endi_ext.tenders import assignments, prices
from endi_ext.tenders.price_facts import LineFacts
from endi_ext.tenders.shares import Claim
from tests.builders import a_party, an_act, numbers

from .builders import a_tender


def a_team(session, *names, outside=(), **facts):
    """A tender of two lots led by the first of the names."""
    lead, *friends = (a_party(session, name) for name in names)
    return a_tender(session, lead, friends, outside=outside, **facts)


def a_line(session, tender, cents, *, lot=0, **facts):
    """A line worth so many cents."""
    values = {"description": f"Ouvrage {next(numbers)}", "quantity_thousandths": 1000, **facts}
    return prices.add_line(
        session,
        tender,
        LineFacts(tender.lots[lot].id, unit_price_cents=cents, **values),
        party=tender.lead,
        request_key=f"price-line-{next(numbers)}",
        act=an_act(),
    )


def share(session, tender, line, *claims):
    """Share a line: (member's place in the team, kind, value)."""
    made = [Claim(tender.members[place].id, kind, value) for place, kind, value in claims]
    wanted = {line.id: assignments.Wanted(made)}
    return assignments.assign(session, tender, wanted, party=tender.lead, act=an_act())
