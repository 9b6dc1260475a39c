"""The money of a job: 5 % held back, let go a year later, closed by a final account; the books at each step.

Menuiserie du Lac has Atelier Trait Juste draw for 1 000 €, paid at thirty days. Tables read: account,
analytic code, debit, credit.
"""

from datetime import date

import pytest

from endi_ext.exchanges import service as exchanges
from endi_ext.kernel import preferences
from endi_ext.subcontracts import final_accounts, positions, retentions, service
from endi_ext.subcontracts.terms import Conditions, Terms
from tests.builders import a_cooperative, a_party, an_act
from tests.subcontracts.builders import DUE_ON, a_delivery, a_line, a_proposal, accepted

from .books import assert_books, assert_sound

RELEASED_ON = date(2027, 11, 16)
HELENE = an_act("user:1", "Hélène Marchand")
KARIM = an_act("user:2", "Karim Benali")
ODILE = an_act("user:13", "Odile Berthier")
TODAY = HELENE.today

FIRST_ACCEPTED = """
    401700 MENLAC        ·     20,00
    401900 MENLAC    20,00    400,00
    411700 TRAITJ    20,00         ·
    411900 TRAITJ   400,00     20,00
    604020 MENLAC   400,00         ·
    704900 TRAITJ        ·    400,00
"""
FIRST_SETTLED = """
    401700 MENLAC        ·     20,00
    401900 MENLAC   400,00    400,00
    411700 TRAITJ    20,00         ·
    411900 TRAITJ   400,00    400,00
    604020 MENLAC   400,00         ·
    704900 TRAITJ        ·    400,00
"""
ALL_ACCEPTED = """
    401700 MENLAC        ·     50,00
    401900 MENLAC   430,00   1000,00
    411700 TRAITJ    50,00         ·
    411900 TRAITJ  1000,00    430,00
    604020 MENLAC  1000,00         ·
    704900 TRAITJ        ·   1000,00
"""
ALL_SETTLED_BUT_WHAT_IS_HELD = """
    401700 MENLAC        ·     50,00
    401900 MENLAC  1000,00   1000,00
    411700 TRAITJ    50,00         ·
    411900 TRAITJ  1000,00   1000,00
    604020 MENLAC  1000,00         ·
    704900 TRAITJ        ·   1000,00
"""
FIRST_LET_GO = """
    401700 MENLAC    20,00     50,00
    401900 MENLAC  1000,00   1020,00
    411700 TRAITJ    50,00     20,00
    411900 TRAITJ  1020,00   1000,00
    604020 MENLAC  1000,00         ·
    704900 TRAITJ        ·   1000,00
"""
ALL_LET_GO_AND_SETTLED = """
    401700 MENLAC    50,00     50,00
    401900 MENLAC  1050,00   1050,00
    411700 TRAITJ    50,00     50,00
    411900 TRAITJ  1050,00   1050,00
    604020 MENLAC  1000,00         ·
    704900 TRAITJ        ·   1000,00
"""
ON_LIAISON_ACCOUNTS = """
    181    TRAITJ  1050,00   1050,00
    181    MENLAC  1050,00   1050,00
    1817   TRAITJ    50,00     50,00
    1817   MENLAC    50,00     50,00
    186    MENLAC  1000,00         ·
    187    TRAITJ        ·   1000,00
"""


def a_job(session):
    a_cooperative(session)
    buyer = a_party(session, "Menuiserie du Lac", analytic_code="MENLAC")
    seller = a_party(session, "Atelier Trait Juste", analytic_code="TRAITJ", contribution_rate_bp=0)
    conditions = Conditions(retention_rate_bp=500, retention_release_on=RELEASED_ON, payment_days=30)
    terms = Terms(DUE_ON, (a_line("Plans", 10_000, "h", 10_000),), conditions=conditions)
    job = a_proposal(session, buyer=buyer, seller=seller, terms=terms, act=HELENE)
    return service.accept(session, job, party=seller, version=1, act=KARIM)


def settled(session, exchange, on, key):
    """What is due, by the accountant."""
    facts = {"amount_cents": exchange.due_cents, "settled_on": on, "request_key": key, "act": ODILE}
    return exchanges.settle(session, exchange, **facts)


def money(session, job):
    """Accepted, settled, due, held, disputed; no cent is lost."""
    found = positions.position(session, job)
    assert found.adds_up
    parts = (found.settled_cents, found.due_cents, found.retained_cents, found.disputed_cents)
    assert sum(parts) == found.accepted_cents
    return (found.accepted_cents, *parts)


@pytest.mark.parametrize("scheme", ["4/6/7", "181/186/187"])
def test_from_the_first_delivery_to_the_last_cent(either_session, scheme):
    session = either_session
    preferences.choose(session, "scheme", scheme, ODILE)
    job = a_job(session)

    def read(table):
        assert_books(session, table) if scheme == "4/6/7" else assert_sound(session)

    # Four hours are delivered and accepted: 20 € of the 400 € are held back at once.
    first = accepted(session, a_delivery(session, job, 4_000, act=KARIM), act=HELENE)
    read(FIRST_ACCEPTED)
    assert money(session, job) == (40_000, 0, 38_000, 2_000, 0)
    assert first.exchange.due_on == date(2026, 12, 16)

    # Odile settles what is due, not what is held.
    with pytest.raises(exchanges.HeldBack):
        exchanges.settle(
            session,
            first.exchange,
            amount_cents=40_000,
            settled_on=TODAY,
            request_key="all of it",
            act=ODILE,
        )
    settled(session, first.exchange, TODAY, "first")
    read(FIRST_SETTLED)

    # The rest is accepted and settled: the job is complete, 50 € stay held.
    second = accepted(session, a_delivery(session, job, act=KARIM), act=HELENE)
    read(ALL_ACCEPTED)
    settled(session, second.exchange, TODAY, "second")
    read(ALL_SETTLED_BUT_WHAT_IS_HELD)
    assert (job.state, money(session, job)) == ("completed", (100_000, 95_000, 0, 5_000, 0))

    # Karim draws up the final account, Hélène refuses it, then signs the next: the books know nothing of it.
    account = drawn(session, job, "first account")
    final_accounts.refuse(session, account, party=job.buyer, reason="Il manque un mot d'adieu", act=HELENE)
    account = drawn(session, job, "second account", message="À la prochaine !")
    final_accounts.sign(session, account, party=job.buyer, act=HELENE)
    read(ALL_SETTLED_BUT_WHAT_IS_HELD)
    assert (job.state, account.contract_cents, account.accepted_cents) == ("closed", 100_000, 100_000)
    assert (account.settled_cents, account.retained_cents) == (95_000, 5_000)

    # The eve of the release Hélène opposes that of the second delivery.
    eve = an_act("user:1", "Hélène Marchand", today=date(2027, 11, 15))
    retentions.contest(session, second, party=job.buyer, reason="Une cote est fausse", act=eve)
    assert money(session, job) == (100_000, 95_000, 0, 3_000 - 1_000, 3_000)

    # A year after, the first is let go by its date; nobody asked for it.
    day = an_act("cli", "endi-ext", today=date(2027, 11, 17))
    assert [kept.exchange for kept in retentions.releasable(session, day.today)] == [first.exchange]
    for kept in retentions.releasable(session, day.today):
        retentions.release_due(session, kept, day)
    read(FIRST_LET_GO)
    assert first.exchange.due_on == RELEASED_ON
    assert money(session, job) == (100_000, 95_000, 2_000, 0, 3_000)

    # The plan is corrected, Hélène lifts her opposition: what was held is due that day, and all is settled.
    later = an_act("user:1", "Hélène Marchand", today=date(2027, 12, 3))
    retentions.lift(session, second, party=job.buyer, act=later)
    assert second.exchange.due_on == date(2027, 12, 3)
    settled(session, first.exchange, later.today, "third")
    settled(session, second.exchange, later.today, "fourth")
    assert_books(session, ALL_LET_GO_AND_SETTLED if scheme == "4/6/7" else ON_LIAISON_ACCOUNTS)
    assert (job.state, money(session, job)) == ("closed", (100_000, 100_000, 0, 0, 0))
    assert {first.exchange.state, second.exchange.state} == {"settled"}


def drawn(session, job, key, message=""):
    facts = {"party": job.seller, "message": message, "request_key": key, "act": KARIM}
    return final_accounts.draw_up(session, job, **facts)
