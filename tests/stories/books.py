"""The books as a small table, and the proof that they are sound."""

from endi_ext.exchanges import invariants
from endi_ext.ledger import audit, queries


def table(session):
    """Return each account that moved: number, analytic code, debit, credit, as people read them."""
    codes = {account.id: account.party.analytic_code for account in queries.accounts(session)}
    rows = [
        f"{row.number:<6} {codes[row.account_id]:<6} {euros(row.debit_cents):>9} {euros(row.credit_cents):>9}"
        for row in queries.trial_balance(session)
    ]
    return "\n".join(rows)


def euros(cents):
    return f"{cents // 100},{cents % 100:02}" if cents else "·"


def assert_sound(session):
    """The chain is whole, and what the exchanges say is what the books say."""
    session.flush()
    verdict = audit.verify(session)
    assert verdict.sound, verdict.breaks
    assert invariants.check(session) == []


def assert_books(session, expected):
    """The books are sound and read as `expected`, a table whose indentation does not matter."""
    assert_sound(session)
    read = [" ".join(row.split()) for row in table(session).splitlines()]
    assert read == [" ".join(row.split()) for row in expected.strip().splitlines()]
