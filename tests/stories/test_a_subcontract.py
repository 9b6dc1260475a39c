"""The whole life of a subcontract, and the books after each step.

Menuiserie du Lac asks Atelier Trait Juste for plans; they agree on 50 € an hour, 800 € in all.
Tables read: account, analytic code, debit, credit.
"""

from datetime import date

import pytest

from endi_ext.exchanges import service as exchanges
from endi_ext.kernel import preferences
from endi_ext.subcontracts import queries, service
from endi_ext.subcontracts.waiting import waiting_count
from tests.builders import a_cooperative, a_party, an_act
from tests.subcontracts.builders import a_delivery, a_line, a_proposal, accepted, contested, some_terms

from .books import assert_books, assert_sound

NOTHING = ""
FIRST_ACCEPTED = {
    "4/6/7": """
        401900 MENLAC        ·    200,00
        411900 TRAITJ   200,00         ·
        604020 MENLAC   200,00         ·
        6223   TRAITJ    20,00         ·
        704900 TRAITJ        ·    200,00
        7083   CAE           ·     20,00
    """,
    "181/186/187": """
        181    TRAITJ   200,00         ·
        181    MENLAC        ·    200,00
        186    MENLAC   200,00         ·
        187    TRAITJ        ·    200,00
        6223   TRAITJ    20,00         ·
        7083   CAE           ·     20,00
    """,
}
PARTLY_SETTLED = {
    "4/6/7": """
        401900 MENLAC   120,00    200,00
        411900 TRAITJ   200,00    120,00
        604020 MENLAC   200,00         ·
        6223   TRAITJ    20,00         ·
        704900 TRAITJ        ·    200,00
        7083   CAE           ·     20,00
    """,
    "181/186/187": """
        181    TRAITJ   200,00    120,00
        181    MENLAC   120,00    200,00
        186    MENLAC   200,00         ·
        187    TRAITJ        ·    200,00
        6223   TRAITJ    20,00         ·
        7083   CAE           ·     20,00
    """,
}
SETTLED = {
    "4/6/7": """
        401900 MENLAC   200,00    200,00
        411900 TRAITJ   200,00    200,00
        604020 MENLAC   200,00         ·
        6223   TRAITJ    20,00         ·
        704900 TRAITJ        ·    200,00
        7083   CAE           ·     20,00
    """,
    "181/186/187": """
        181    TRAITJ   200,00    200,00
        181    MENLAC   200,00    200,00
        186    MENLAC   200,00         ·
        187    TRAITJ        ·    200,00
        6223   TRAITJ    20,00         ·
        7083   CAE           ·     20,00
    """,
}
ALL_ACCEPTED = {
    "4/6/7": """
        401900 MENLAC   200,00    800,00
        411900 TRAITJ   800,00    200,00
        604020 MENLAC   800,00         ·
        6223   TRAITJ    80,00         ·
        704900 TRAITJ        ·    800,00
        7083   CAE           ·     80,00
    """,
    "181/186/187": """
        181    TRAITJ   800,00    200,00
        181    MENLAC   200,00    800,00
        186    MENLAC   800,00         ·
        187    TRAITJ        ·    800,00
        6223   TRAITJ    80,00         ·
        7083   CAE           ·     80,00
    """,
}
# The settlement is undone, then the acceptance: what is left is the second delivery, 600 € due.
FIRST_REVERSED = {
    "4/6/7": """
        401900 MENLAC   400,00  1000,00
        411900 TRAITJ  1000,00   400,00
        604020 MENLAC   800,00   200,00
        6223   TRAITJ    80,00    20,00
        704900 TRAITJ   200,00   800,00
        7083   CAE       20,00    80,00
    """,
    "181/186/187": """
        181    TRAITJ  1000,00   400,00
        181    MENLAC   400,00  1000,00
        186    MENLAC   800,00   200,00
        187    TRAITJ   200,00   800,00
        6223   TRAITJ    80,00    20,00
        7083   CAE       20,00    80,00
    """,
}
DELIVERED_ONCE_MORE = {
    "4/6/7": """
        401900 MENLAC   400,00  1200,00
        411900 TRAITJ  1200,00   400,00
        604020 MENLAC  1000,00   200,00
        6223   TRAITJ   100,00    20,00
        704900 TRAITJ   200,00  1000,00
        7083   CAE       20,00   100,00
    """,
    "181/186/187": """
        181    TRAITJ  1200,00   400,00
        181    MENLAC   400,00  1200,00
        186    MENLAC  1000,00   200,00
        187    TRAITJ   200,00  1000,00
        6223   TRAITJ   100,00    20,00
        7083   CAE       20,00   100,00
    """,
}

HELENE = an_act("user:1", "Hélène Marchand")
KARIM = an_act("user:2", "Karim Benali")
ODILE = an_act("user:13", "Odile Berthier")
TODAY = HELENE.today


@pytest.mark.parametrize("rate_bp", [None, 0], ids=["default rate", "no contribution"])
@pytest.mark.parametrize("scheme", ["4/6/7", "181/186/187"])
def test_from_the_proposal_to_the_reversal(either_session, scheme, rate_bp):
    session = either_session

    def read(tables):
        assert_books(session, without_contribution(tables[scheme]) if rate_bp == 0 else tables[scheme])

    preferences.choose(session, "scheme", scheme, ODILE)
    a_cooperative(session)
    buyer = a_party(session, "Menuiserie du Lac", analytic_code="MENLAC")
    seller = a_party(session, "Atelier Trait Juste", analytic_code="TRAITJ", contribution_rate_bp=rate_bp)

    # Hélène proposes; Karim answers with another price; Hélène accepts. The books know nothing of it.
    perspectives = a_line("Perspectives", 2000, "pièce", 15_000)
    subcontract = a_proposal(session, a_line(), perspectives, buyer=buyer, seller=seller, act=HELENE)
    assert_books(session, NOTHING)
    changed = some_terms(
        a_line(unit_price_cents=5000), perspectives, message="Les marches balancées prennent du temps."
    )
    service.counter(session, subcontract, party=seller, terms=changed, version=1, act=KARIM)
    service.accept(session, subcontract, party=buyer, version=2, act=HELENE)
    assert subcontract.version.total_cents == 80_000
    assert_books(session, NOTHING)

    # Karim delivers four hours, Hélène contests, he withdraws and delivers again: still nothing is owed.
    disputed = contested(session, a_delivery(session, subcontract, 4000, act=KARIM), act=HELENE)
    assert_books(session, NOTHING)
    assert waiting_count(session, seller) == 1
    service.withdraw_delivery(session, disputed, party=seller, act=KARIM)
    first = a_delivery(session, subcontract, 4000, act=KARIM)
    assert waiting_count(session, seller) == 0
    assert_books(session, NOTHING)

    # Hélène accepts: one entry, both sides and the cooperative's share.
    accepted(session, first, act=HELENE)
    read(FIRST_ACCEPTED)

    # Odile settles, in two parts.
    settled(session, first.exchange, 12_000, "first half")
    read(PARTLY_SETTLED)
    settled(session, first.exchange, 8_000, "second half")
    assert first.exchange.state == "settled"
    read(SETTLED)

    # The rest is delivered and accepted: the subcontract is complete.
    accepted(session, a_delivery(session, subcontract, act=KARIM), act=HELENE)
    assert subcontract.state == "completed"
    read(ALL_ACCEPTED)

    # Odile undoes the first acceptance, its settlements with it: the subcontract is open again.
    service.reverse_delivery(session, first, reason="Comptée deux fois", on=TODAY, act=ODILE)
    assert (first.state, first.exchange.state, subcontract.state) == ("reversed", "cancelled", "agreed")
    read(FIRST_REVERSED)

    # Karim declares it again, Hélène accepts: each is owed what was agreed, no more.
    accepted(session, a_delivery(session, subcontract, act=KARIM), act=HELENE)
    assert subcontract.state == "completed"
    read(DELIVERED_ONCE_MORE)

    assert told(session, subcontract) == [
        "Hélène Marchand propose",
        "Karim Benali counter: Les marches balancées prennent du temps.",
        "Hélène Marchand accept",
        "Karim Benali declare",
        "Hélène Marchand contest: Il manque la coupe",
        "Karim Benali withdraw",
        "Karim Benali declare",
        "Hélène Marchand accept",
        "Karim Benali declare",
        "Hélène Marchand accept",
        "Hélène Marchand complete",
        "Odile Berthier reverse: Comptée deux fois",
        "Odile Berthier reopen: Comptée deux fois",
        "Karim Benali declare",
        "Hélène Marchand accept",
        "Hélène Marchand complete",
    ]


@pytest.mark.parametrize("ending", ["declined", "withdrawn"])
def test_what_came_to_nothing_leaves_the_books_alone(session, ending):
    subcontract = a_proposal(session)
    if ending == "declined":
        service.decline(session, subcontract, party=subcontract.seller, reason="Complet en mai", act=KARIM)
    else:
        service.withdraw(session, subcontract, party=subcontract.buyer, reason="", act=HELENE)
    assert subcontract.state == ending
    assert_books(session, NOTHING)


def test_a_scheme_changed_midway_leaves_what_was_posted(session):
    """The first delivery is settled on the accounts it was posted on, the second goes to the new ones."""
    subcontract = a_proposal(session)
    service.accept(session, subcontract, party=subcontract.seller, version=1, act=KARIM)
    first = accepted(session, a_delivery(session, subcontract, 4000))
    preferences.choose(session, "scheme", "181/186/187", ODILE)
    settled(session, first.exchange, first.net_cents, "all")
    accepted(session, a_delivery(session, subcontract))
    assert subcontract.state == "completed"
    assert_sound(session)


def settled(session, exchange, amount_cents, request_key):
    on = date(2026, 11, 16)
    facts = {"amount_cents": amount_cents, "settled_on": on, "request_key": request_key, "act": ODILE}
    return exchanges.settle(session, exchange, **facts)


def without_contribution(table):
    rows = [row for row in table.strip().splitlines() if row.split()[0] not in ("6223", "7083")]
    return "\n".join(rows)


def told(session, subcontract):
    events = queries.history(session, subcontract)
    return [f"{e.actor_name} {e.action}" + (f": {e.reason}" if e.reason else "") for e in events]
