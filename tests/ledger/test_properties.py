"""Random books against a model that knows nothing of snapshots, totals, batches and cursors."""

from collections import defaultdict
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from endi_ext.ledger import audit, queries
from endi_ext.ledger import service as ledger
from endi_ext.ledger.entries import EntryDraft, LineDraft, credit, debit
from tests.builders import a_party, an_act

START = date(2026, 1, 1)
DAYS, NUMBERS, PARTIES = 120, ("401900", "411900", "704900"), 3

days = st.integers(0, DAYS - 1).map(lambda number: START + timedelta(days=number))
sides = st.tuples(st.sampled_from(NUMBERS), st.integers(0, PARTIES - 1), st.integers(1, 10**9))


@st.composite
def balanced_lines(draw):
    """Debits and credits of equal sum, as (number, party, other party, debit, credit)."""
    debits = draw(st.lists(sides, min_size=1, max_size=3))
    left = sum(cents for _number, _party, cents in debits)
    lines = [(number, party, draw(others()), cents, 0) for number, party, cents in debits]
    while left:
        number, party, cents = draw(sides)
        part = min(cents, left) if len(lines) < 5 else left
        lines.append((number, party, draw(others()), 0, part))
        left -= part
    return draw(st.permutations(lines))


def others():
    return st.none() | st.integers(0, PARTIES - 1)


entries = st.lists(st.tuples(days, balanced_lines(), st.sampled_from(["EI", "OD"])), max_size=12)
books = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


def post(session, told, split):
    """Post what hypothesis told, some of it in bulk; return the parties and the lines of the model."""
    parties = [a_party(session) for _ in range(PARTIES)]
    drafts = []
    for on, lines, journal in told:
        made = tuple(
            LineDraft(
                number, parties[party].id, debits, credited, None if other is None else parties[other].id
            )
            for number, party, other, debits, credited in lines
        )
        drafts.append(EntryDraft(journal, on, f"random:{len(drafts)}", "texte", made))
    cut = min(split, len(drafts))
    for draft in drafts[:cut]:
        ledger.post(session, draft, an_act())
    ledger.post_many(session, drafts[cut:], an_act())
    return parties, [(draft.effective_on, draft.journal, line) for draft in drafts for line in draft.lines]


@books
@given(told=entries, split=st.integers(0, 12), asked=days)
def test_balances_equal_the_sum_of_the_lines(either_session, told, split, asked):
    with undone(either_session):
        _parties, lines = post(either_session, told, split)
        for as_of in (None, asked):
            model = defaultdict(lambda: [0, 0])
            for on, _journal, line in lines:
                if as_of is None or on <= as_of:
                    model[line.number, line.party_id][0] += line.debit_cents
                    model[line.number, line.party_id][1] += line.credit_cents
            rows = {
                (row.number, row.party_id): [row.debit_cents, row.credit_cents]
                for row in queries.trial_balance(either_session, as_of=as_of)
            }
            assert rows == dict(model)
            for account in queries.accounts(either_session):
                balance = queries.balance(either_session, account, as_of=as_of)
                assert [balance.debit_cents, balance.credit_cents] == model[account.number, account.party_id]
            assert sum(row[0] - row[1] for row in rows.values()) == 0


@books
@given(told=entries, split=st.integers(0, 12), closed=days, asked=days)
def test_closing_months_changes_no_balance(either_session, told, split, closed, asked):
    with undone(either_session):
        _parties, _lines = post(either_session, told, split)
        before = [queries.trial_balance(either_session, as_of=as_of) for as_of in (None, asked)]
        for month in sorted({on.replace(day=1) for on, _lines, _journal in told}):
            if month <= closed:
                ledger.close_period(either_session, ledger.period_of(either_session, month), an_act())
        assert [queries.trial_balance(either_session, as_of=as_of) for as_of in (None, asked)] == before
        assert audit.verify(either_session).breaks == ()


@books
@given(told=entries, split=st.integers(0, 12), size=st.integers(1, 5), since=st.none() | days)
def test_pages_of_the_journal_hold_each_entry_once_in_order(either_session, told, split, size, since):
    with undone(either_session):
        post(either_session, told, split)
        for journal in (None, "EI"):
            model = [
                (on, number)
                for number, (on, _lines, code) in enumerate(told)
                if (journal is None or code == journal) and (since is None or on >= since)
            ]
            model.sort(reverse=True)
            seen = walk(
                partial(queries.journal_page, either_session, journal=journal, since=since, size=size)
            )
            assert [(entry.effective_on, int(entry.source[7:])) for entry in seen] == model


@books
@given(told=entries, split=st.integers(0, 12), size=st.integers(1, 5), number=st.sampled_from(NUMBERS))
def test_pages_of_a_statement_hold_each_line_once_in_order(either_session, told, split, size, number):
    with undone(either_session):
        parties, lines = post(either_session, told, split)
        mine, other = parties[0].id, parties[1].id
        for filters in ({}, {"counterparty_id": other}, {"numbers": [number]}, {"numbers": []}):
            model = sorted(
                (on, line.number, line.debit_cents, line.credit_cents)
                for on, _journal, line in lines
                if line.party_id == mine
                and filters.get("counterparty_id", line.counterparty_id) == line.counterparty_id
                and line.number in filters.get("numbers", NUMBERS)
            )
            seen = walk(partial(queries.statement_page, either_session, mine, size=size, **filters))
            said = [
                (line.effective_on, line.account.number, line.debit_cents, line.credit_cents) for line in seen
            ]
            assert sorted(said) == model
            keys = [(line.effective_on, line.id) for line in seen]
            assert keys == sorted(keys, reverse=True)


@contextmanager
def undone(session):
    """Leave the session as it was: each example posts into an empty book."""
    savepoint = session.begin_nested()
    try:
        yield
    finally:
        savepoint.rollback()


def walk(page_at):
    """Follow the cursors to the end, then back, and return the rows; both ways must agree."""
    pages = [page_at()]
    assert pages[0].previous_cursor is None
    while pages[-1].next_cursor:
        pages.append(page_at(cursor=pages[-1].next_cursor))
    there = [row for page in pages for row in page.rows]
    back, cursor = list(pages[-1].rows), pages[-1].previous_cursor
    while cursor:
        page = page_at(cursor=cursor)
        back, cursor = [*page.rows, *back], page.previous_cursor
    assert [row.id for row in back] == [row.id for row in there]
    return there


def test_a_cursor_nobody_gave_out_leads_to_the_first_page(session):
    parties = [a_party(session) for _ in range(2)]
    lines = (debit("1", parties[0].id, 5), credit("2", parties[1].id, 5))
    ledger.post(session, EntryDraft("EI", START, "one", "texte", lines), an_act())
    for cursor in ("", "x", "o.2026-01-01", "o.2026-13-01.1", "q.2026-01-01.1", "o.2026-01-01.x"):
        assert len(queries.journal_page(session, cursor=cursor).rows) == 1
