"""The balance carried down a statement, and the journal handed out whole: the same sums, read another way."""

from datetime import date

import pytest

from endi_ext.ledger import exports, queries, running, service
from tests.builders import a_draft, a_party, an_act

DAYS = (date(2026, 9, 3), date(2026, 9, 30), date(2026, 10, 5), date(2026, 10, 5), date(2026, 10, 5))
NUMBERS = ("401900", "411900")


@pytest.fixture
def parties(either_session):
    """Three that deal with each other over two months, the first of which is closed."""
    session = either_session
    first, second, third = (a_party(session) for _ in range(3))
    for place, on in enumerate(DAYS):
        buyer, seller = ((first, second), (second, first), (first, third))[place % 3]
        service.post(session, a_draft(buyer.id, seller.id, 100 + place, effective_on=on), an_act())
    service.close_period(session, service.period_of(session, DAYS[0]), an_act())
    return first, second, third


@pytest.mark.parametrize("with_second", [False, True])
def test_each_line_shows_the_sum_of_itself_and_the_older_ones(either_session, parties, with_second):
    first, second, _third = parties
    wanted = {"counterparty_id": second.id if with_second else None, "numbers": NUMBERS}
    lines = queries.statement_page(either_session, first.id, **wanted).rows
    assert len(lines) == (4 if with_second else 5)
    sums = [
        sum(line.debit_cents - line.credit_cents for line in lines[place:]) for place in range(len(lines))
    ]
    assert [running.balance_after(either_session, line, **wanted) for line in lines] == sums
    assert running.running_balances(lines, sums[0]) == sums


def test_the_journal_comes_whole_oldest_first_however_small_the_batches(either_session, parties, monkeypatch):
    monkeypatch.setattr(exports, "BATCH", 2)
    rows = list(exports.journal_lines(either_session))
    assert len(rows) == 4 * len(DAYS)
    assert [row.effective_on for row in rows[::4]] == sorted(DAYS)
    assert sum(row.debit_cents for row in rows) == sum(row.credit_cents for row in rows) > 0
    assert [row.number for row in rows[::4]] == [1, 2, 3, 4, 5]


def test_the_journal_is_handed_out_by_journal_and_dates(either_session, parties):
    october = list(exports.journal_lines(either_session, since=date(2026, 10, 1), until=date(2026, 10, 31)))
    assert {row.effective_on for row in october} == {date(2026, 10, 5)}
    assert list(exports.journal_lines(either_session, journal="RGI")) == []
    assert len(list(exports.journal_lines(either_session, journal="EI"))) == 20
