"""Where lists, months, years and letters begin and end: what is easily forgotten by one."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from endi_ext.kernel.paris import PARIS
from endi_ext.ledger import (
    drafts,
    lettering,
    lettering_audit,
    lettering_bulk,
    lettering_queries,
    openings,
    queries,
    spans,
)
from endi_ext.ledger import service as ledger
from endi_ext.ledger.draft_models import Draft
from endi_ext.ledger.entries import credit, debit
from endi_ext.ledger.lettering_models import Matching, OpenItem
from endi_ext.ledger.models import Account, Line
from tests.builders import TODAY, a_draft, a_party, an_act
from tests.ledger.raw import run

FIRST = date(2026, 10, 5)


@pytest.fixture
def pair(session):
    return a_party(session, "Duval").id, a_party(session, "Lac").id


def dealt(session, pair, cents, on=TODAY, **facts):
    return ledger.post(session, a_draft(*pair, cents, effective_on=on, **facts), an_act())


def paid(session, pair, cents, on=TODAY):
    lines = (debit("401900", pair[0], cents, pair[1]), credit("512000", pair[0], cents))
    return ledger.post(session, a_draft(*pair, lines=lines, effective_on=on), an_act())


def owed(session, pair):
    """The account of what the buyer owes, and the ids of its lines."""
    account = lettering_queries.account_of(session, pair[0], "401900")
    wanted = select(Line.id).where(Line.account_id == account.id).order_by(Line.id)
    return account.id, list(session.execute(wanted).scalars())


def lettered(session, pair, times):
    """Debts paid in full, each the day before the last one, lettered one by one."""
    for cents in range(1, times + 1):
        dealt(session, pair, cents)
        paid(session, pair, cents, FIRST)
    account_id, lines = owed(session, pair)
    for place in range(times):
        lettering.letter(session, account_id, lines[2 * place : 2 * place + 2], an_act(), automatic=True)
    return account_id, lines


def test_letters_are_turned_over_page_by_page_without_losing_one(session, pair):
    account_id, lines = lettered(session, pair, 5)
    pages, before = [], None
    for _page in range(3):
        found, before = lettering_queries.letters_page(session, account_id, before=before, size=2)
        pages.append(([one.number for one in found], before))
    assert pages == [([5, 4], 4), ([3, 2], 2), ([1], None)]
    with_seller = lettering_queries.letters_page(session, account_id, counterparty_id=pair[1])
    assert [one.number for one in with_seller[0]] == [5, 4, 3, 2, 1]
    assert lettering_queries.letters_page(session, account_id, counterparty_id=pair[0]) == ([], None)
    under = lettering_queries.lines_under(session, found)
    assert [line.id for line in under[found[0].id]] == [lines[1], lines[0]]  # by date, then as they came
    lettering.undo(session, found[0], reason="Erreur", act=an_act())
    undone, _following = lettering_queries.letters_page(session, account_id, undone=True)
    assert undone == found
    assert lettering_queries.letters_page(session, account_id)[0] == with_seller[0][:4]


def test_a_line_shows_the_letter_it_is_under_and_since_when(session, pair):
    _account_id, lines = lettered(session, pair, 1)
    dealt(session, pair, 9)
    part = paid(session, pair, 4)
    _account, lines = owed(session, pair)
    lettering.letter_matter(session, [part.id, part.id - 1], an_act())
    found = lettering_queries.of_lines(session, lines)
    full, partial = found[lines[0]], found[lines[2]]
    assert (full.text, full.full, partial.text, partial.full) == ("AA", True, "ab", False)
    ids = session.execute(select(Matching.id).order_by(Matching.number)).scalars().all()
    assert [full.matching_id, partial.matching_id] == ids
    assert full.lettered_on == partial.lettered_on == TODAY
    assert set(found) == set(lines)


def test_what_was_partly_matched_by_hand_is_not_automatic(session, pair):
    dealt(session, pair, 9)
    for cents in (4, 2, 3):
        paid(session, pair, cents)
    account_id, lines = owed(session, pair)
    made = lettering.letter(session, account_id, lines[:2], an_act(), automatic=True)
    assert made.automatic is True
    made = lettering.letter(session, account_id, [lines[0], lines[2]], an_act(), automatic=False)
    assert (made.automatic, made.cents) == (False, -3)
    made = lettering.letter(session, account_id, [lines[0], lines[3]], an_act(), automatic=True)
    assert (made.automatic, made.state, made.number) == (False, "full", 1)


def test_letters_made_in_bulk_go_on_from_the_last_number_of_the_account(session, pair):
    for first in (1, 3):
        matters = [(dealt(session, pair, 5).id, paid(session, pair, cents).id) for cents in (5, 2)]
        assert lettering_bulk.letter_many(session, matters, an_act()) == 2
        _account_id, _lines = owed(session, pair)
        made = select(Matching).where(Matching.number >= first).order_by(Matching.number)
        found = session.execute(made).scalars().all()
        said = [(one.number, one.state, one.cents, one.last_on, one.automatic) for one in found]
        assert said == [(first, "full", 0, TODAY, True), (first + 1, "partial", -3, TODAY, True)]
        assert {(one.made_by, one.made_at) for one in found} == {("Ines Marchal", an_act().at)}
    assert lettering_bulk.letter_many(session, matters, an_act()) == 0
    before, last = dealt(session, pair, 6, source="d").id - 1, paid(session, pair, 6, FIRST)
    until = last.id
    assert lettering_bulk.letter_new(session, {"d": 1, last.source: 1}, before, until, an_act()) == 1
    newest = session.execute(select(Matching).order_by(Matching.id.desc())).scalars().first()
    assert (newest.number, newest.last_on, newest.state) == (5, TODAY, "full")
    assert lettering_audit.check(session) == []


def test_an_account_is_followed_once_with_all_its_lines(session, pair):
    dealt(session, pair, 5)
    numbers = ["604020", "704900", "401900"]
    wanted = lettering_bulk.accounts_to_follow(session, numbers, most=9)
    assert wanted == sorted(wanted)
    assert {session.get(Account, one).number for one in wanted} == {"604020", "704900"}
    assert lettering_bulk.accounts_to_follow(session, numbers, most=1) == wanted[:1]
    for _twice in range(2):
        lettering_bulk.follow_account(session, wanted[1])
    assert lettering_bulk.accounts_to_follow(session, numbers, most=9) == wanted[:1]
    of_it = select(OpenItem.effective_on, OpenItem.cents).where(OpenItem.account_id == wanted[1])
    assert [(on, abs(cents)) for on, cents in session.execute(of_it)] == [(TODAY, 5)]


def test_letters_that_were_falsified_are_named(session, pair):
    account_id, lines = lettered(session, pair, 2)
    dealt(session, pair, 7)
    session.flush()
    letter = session.execute(select(Matching.id).order_by(Matching.id)).scalars().first()
    line = owed(session, pair)[1][-1]
    item, matching = (
        f"UPDATE endi_ext_{table} SET {{}} WHERE {key}"
        for table, key in (("open_item", f"line_id = {line}"), ("matching", f"id = {letter}"))
    )
    other_item = "open_item_differs", {"line_id": line}
    unlike = "open_items_differ_from_balance", {"account_id": account_id, "cents": -8 + 7}
    standing = "letter_undone_but_standing", {"matching_id": letter}
    without = "letter_without_its_lines", {"matching_id": letter}
    differs = "letter_differs_from_lines", {"matching_id": letter, "cents": 0}
    for sql, found in (
        (item.format("cents = -8"), [other_item, unlike]),
        (item.format("effective_on = '2026-01-01'"), [other_item]),
        (item.format(f"matching_id = {letter}"), [other_item]),
        (matching.format("state = 'undone'"), [standing]),
        (f"DELETE FROM endi_ext_matching_line WHERE line_id = {lines[0]}", [without]),
        (matching.format("cents = 1, state = 'partial'"), [differs]),
        (matching.format("last_on = '2026-01-01'"), [differs]),
        (matching.format(f"account_id = {account_id + 1}"), [without]),
    ):
        run(session.connection(), "SAVEPOINT whole")
        run(session.connection(), sql)
        assert lettering_audit.check(session) == found, sql
        run(session.connection(), "ROLLBACK TO whole")
    assert lettering_audit.check(session) == []


def test_what_waits_is_numbered_one_after_the_other_and_listed_by_date(session, pair, monkeypatch):
    monkeypatch.setattr(ledger, "BATCH", 2)
    drafts.choose_stage(session, "EI", True, an_act())
    days = (TODAY, FIRST, TODAY, FIRST, FIRST)
    waiting = [a_draft(*pair, 10 + n, source=f"w{n}", effective_on=on) for n, on in enumerate(days)]
    assert ledger.post_many(session, waiting[:4], an_act()) == ledger.Posted(0, 0, 4)
    assert ledger.post_many(session, waiting, an_act()).waiting == 5
    kept = session.execute(select(Draft).order_by(Draft.id)).scalars().all()
    assert [(one.id, one.source) for one in kept] == [(n + 1, f"w{n}") for n in range(5)]
    assert [drafts.as_entry(one) for one in kept] == waiting
    wanted = drafts.Wanted()
    assert drafts.ids(session, wanted, size=4) == [2, 4, 5, 1]
    first = drafts.page(session, wanted, size=3)
    second = drafts.page(session, wanted, cursor=first.next_cursor, size=3)
    assert [[one.id for one in page.rows] for page in (first, second)] == [[3, 1, 5], [4, 2]]
    back = drafts.page(session, wanted, cursor=second.previous_cursor, size=3)
    assert [one.id for one in back.rows] == [3, 1, 5]
    last = ledger.post(session, replace(waiting[0], source="w9"), an_act())
    assert last.id == drafts.last_id(session) == 6


def test_a_page_holds_fifty_unless_told(session, pair):
    ledger.post_many(session, [a_draft(*pair, 5) for _ in range(51)], an_act())
    drafts.choose_stage(session, "W", True, an_act())
    ledger.post_many(session, [a_draft(*pair, 5, journal="W") for _ in range(51)], an_act())
    pages = (
        queries.journal_page(session),
        queries.statement_page(session, pair[0]),
        drafts.page(session, drafts.Wanted()),
    )
    assert [len(page.rows) for page in pages] == [50, 50, 50]


def test_the_accounts_of_a_party_are_its_own(session, pair):
    dealt(session, pair, 5)
    found = [(one.number, one.party_id) for one in queries.accounts(session, party_id=pair[1])]
    assert found == [("411900", pair[1]), ("704900", pair[1])]
    assert [one.number for one in queries.accounts(session)] == ["401900", "411900", "604020", "704900"]


def test_an_entry_is_read_as_it_was_drafted_and_its_reversal_names_it(session, pair):
    draft = a_draft(*pair, 5, document="F-1")
    entry = ledger.post(session, draft, an_act())
    assert ledger.drafts_of([entry]) == [draft]
    undone = ledger.reverse(session, entry, on=TODAY, source="undo", text="Erreur", act=an_act())
    assert ledger.drafts_of([undone])[0].reverses == draft.source


def test_a_years_opening_comes_before_all_that_was_recorded_for_it_beforehand(session, pair):
    dealt(session, pair, 5, date(2025, 12, 1))
    year = spans.span_of(session, "2026")
    at = {head.recorded_at for head, _side in openings.lines(session, year, "À nouveaux")}
    assert at == {datetime(2026, 1, 1, tzinfo=PARIS)}
    early = datetime(2025, 12, 30, 9, tzinfo=UTC)
    ledger.post(session, a_draft(*pair, 5, effective_on=date(2026, 1, 1)), an_act(at=early))
    at = {head.recorded_at for head, _side in openings.lines(session, year, "À nouveaux")}
    assert at == {early}


def test_a_month_reopened_leaves_the_balances_of_the_others_right(session, pair):
    for on in (FIRST, date(2026, 10, 31), date(2026, 11, 1)):
        dealt(session, pair, 5, on)
    october = ledger.period_of(session, FIRST)
    for _twice in range(2):
        ledger.close_period(session, october, an_act())
        rows = queries.trial_balance(session, as_of=date(2026, 10, 31))
        assert {row.debit_cents + row.credit_cents for row in rows} == {10}
        ledger.reopen_period(session, october, reason="Oubli", act=an_act())
    sums = {
        row.debit_cents + row.credit_cents for row in queries.trial_balance(session, as_of=date(2026, 10, 30))
    }
    assert sums == {5}
