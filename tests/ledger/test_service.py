from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from sqlalchemy import func, select

from endi_ext.kernel import preferences
from endi_ext.kernel.errors import ReasonMissing
from endi_ext.kernel.history import history_of
from endi_ext.ledger import audit, queries, seals
from endi_ext.ledger import service as ledger
from endi_ext.ledger.entries import credit, debit
from endi_ext.ledger.models import Account, DayTotal, Entry, Line, Period, Snapshot
from tests.builders import TODAY, a_draft, a_party, an_act
from tests.ledger.books import a_book

NOVEMBER, OCTOBER, SEPTEMBER = date(2026, 11, 16), date(2026, 10, 5), date(2026, 9, 5)


@pytest.fixture
def pair(either_session):
    """A buyer and a seller."""
    return a_party(either_session), a_party(either_session)


def count(session, model):
    return session.execute(select(func.count()).select_from(model)).scalar_one()


def test_an_entry_is_posted_numbered_sealed_and_totalled(either_session, pair):
    buyer, seller = pair
    draft = a_draft(buyer.id, seller.id, 1000, document="F-12")
    entry = ledger.post(either_session, draft, an_act())
    assert (entry.id, entry.number, entry.fiscal_year, entry.total_cents) == (1, 1, 2026, 2000)
    assert (entry.journal.code, entry.effective_on, entry.source) == ("EI", TODAY, draft.source)
    assert entry.recorded_at == an_act().at
    assert (entry.entry_text.text, entry.entry_text.document) == ("Pose de la cuisine", "F-12")
    assert (entry.seal.sequence, entry.seal.previous_digest) == (1, seals.GENESIS)
    assert [(line.account.number, line.debit_cents, line.credit_cents) for line in entry.lines] == [
        ("604020", 1000, 0),
        ("401900", 0, 1000),
        ("411900", 1000, 0),
        ("704900", 0, 1000),
    ]
    assert ledger.drafts_of([entry]) == [draft]
    assert ledger.entry_of(either_session, draft.source) is entry
    assert ledger.entry_of(either_session, "unknown") is None


def test_the_same_source_and_content_is_posted_once(either_session, pair):
    draft = a_draft(pair[0].id, pair[1].id)
    entry = ledger.post(either_session, draft, an_act())
    again = ledger.post(either_session, draft, an_act(actor_key="user:2"))
    assert again is entry
    assert (count(either_session, Entry), count(either_session, Line)) == (1, 4)
    assert ledger.post_many(either_session, [draft, draft], an_act()) == ledger.Posted(posted=0, existing=2)


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Autre"},
        {"document": "F-13"},
        {"effective_on": OCTOBER},
        {"journal": "OD"},
        {"lines": (debit("604020", 1, 5), credit("401900", 1, 5))},
        {"reverses": "something else"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_same_source_with_another_content_is_refused(either_session, pair, change):
    draft = a_draft(pair[0].id, pair[1].id)
    ledger.post(either_session, draft, an_act())
    if "lines" in change:
        change = {"lines": tuple(line._replace(party_id=pair[0].id) for line in change["lines"])}
    with pytest.raises(ledger.SourceReused) as refusal:
        ledger.post(either_session, replace(draft, **change), an_act())
    assert refusal.value.facts == {"source": draft.source}


def test_in_one_run_the_same_draft_is_posted_once_and_another_content_refused(either_session, pair):
    draft = a_draft(pair[0].id, pair[1].id)
    posted = ledger.post_many(either_session, [draft, draft], an_act())
    assert posted == ledger.Posted(posted=1, existing=1)
    other = a_draft(pair[0].id, pair[1].id)
    with pytest.raises(ledger.SourceReused):
        ledger.post_many(either_session, [other, replace(other, text="Autre")], an_act())
    with pytest.raises(ledger.SourceReused):
        ledger.post_many(either_session, [draft, replace(draft, text="Autre")], an_act())


def test_an_erased_text_is_not_held_against_the_same_draft(either_session, pair):
    draft = a_draft(pair[0].id, pair[1].id, document="F-1")
    entry = ledger.post(either_session, draft, an_act())
    ledger.erase_text(either_session, entry)
    either_session.flush()
    assert ledger.post(either_session, draft, an_act()) is entry
    assert (entry.entry_text.text, entry.entry_text.document, entry.entry_text.salt) == ("", "", "")
    assert audit.verify(either_session).breaks == ()


@pytest.mark.parametrize(
    "amounts",
    [
        ((10, 0), (0, 9)),
        ((10, 0),),
        (),
        ((0, 0), (0, 0)),
        ((10, 10), (0, 0)),
        ((-5, 0), (0, -5)),
        ((5, 5), (5, 5)),
    ],
)
def test_what_does_not_balance_is_refused(session, amounts):
    party = a_party(session)
    lines = tuple(
        debit("411900", party.id, 0)._replace(debit_cents=debits, credit_cents=credits_)
        for debits, credits_ in amounts
    )
    draft = a_draft(party.id, party.id, lines=lines)
    for post in (ledger.post, lambda *given: ledger.post_many(given[0], [given[1]], given[2])):
        with pytest.raises(ledger.Unbalanced) as refusal:
            post(session, draft, an_act())
        assert refusal.value.facts["source"] == draft.source
    assert count(session, Entry) == 0


def test_an_amount_beyond_what_json_holds_exactly_is_refused(session):
    party = a_party(session)
    for cents, fits in ((2**53 - 1, True), (2**53, False)):
        lines = (debit("1", party.id, cents), credit("2", party.id, cents))
        draft = a_draft(party.id, party.id, lines=lines)
        if fits:
            assert ledger.post(session, draft, an_act()).total_cents == cents
        else:
            with pytest.raises(ledger.AmountTooLarge):
                ledger.post(session, draft, an_act())


def test_an_amount_that_is_not_whole_is_our_mistake(session):
    party = a_party(session)
    with pytest.raises(TypeError):
        ledger.post(session, a_draft(party.id, party.id, 1.5), an_act())


def test_numbers_run_per_journal_and_fiscal_year(either_session, pair):
    preferences.choose(either_session, "fiscal_year_first_month", "7", an_act())
    buyer, seller = pair
    posted = [
        ledger.post(either_session, a_draft(buyer.id, seller.id, journal=journal, effective_on=on), an_act())
        for journal, on in (
            ("EI", date(2026, 6, 30)),
            ("EI", date(2026, 7, 1)),
            ("OD", date(2026, 7, 1)),
            ("EI", date(2027, 6, 30)),
            ("EI", date(2026, 1, 1)),
        )
    ]
    numbered = [(entry.journal.code, entry.fiscal_year, entry.number, entry.id) for entry in posted]
    assert numbered == [
        ("EI", 2026, 1, 1),
        ("EI", 2027, 1, 2),
        ("OD", 2027, 1, 3),
        ("EI", 2027, 2, 4),
        ("EI", 2026, 2, 5),
    ]
    assert audit.verify(either_session).breaks == ()


def test_bulk_and_single_posting_make_the_same_book(either_session, pair):
    buyer, seller = pair
    drafts = [a_draft(buyer.id, seller.id, cents, effective_on=OCTOBER) for cents in range(1, 250)]
    ledger.post(either_session, drafts[0], an_act())
    assert ledger.post_many(either_session, drafts, an_act()) == ledger.Posted(posted=248, existing=1)
    ledger.post(either_session, a_draft(buyer.id, seller.id), an_act())
    verdict = audit.verify(either_session)
    assert (verdict.breaks, verdict.entries, verdict.lines) == ((), 250, 1000)


def test_nothing_is_posted_by_an_empty_run(session):
    assert ledger.post_many(session, [], an_act()) == ledger.Posted(posted=0, existing=0)


def test_a_long_text_is_cut_to_its_column(either_session, pair):
    draft = a_draft(pair[0].id, pair[1].id, text="é" * 600, document="d" * 300)
    entry = ledger.post(either_session, draft, an_act())
    either_session.expire_all()
    assert (len(entry.entry_text.text), len(entry.entry_text.document)) == (500, 190)
    assert ledger.post(either_session, draft, an_act()) is entry


def test_quotes_and_other_signs_are_kept(either_session, pair):
    text = 'L\'été « 100 % » \\ "quoted" :name ? %s 🌞'
    entry = ledger.post(
        either_session, a_draft(pair[0].id, pair[1].id, text=text, source="s:%s?'\""), an_act()
    )
    either_session.expire_all()
    assert (entry.entry_text.text, entry.source) == (text, "s:%s?'\"")
    assert audit.verify(either_session).breaks == ()


def test_the_recording_instant_is_kept_to_the_microsecond_from_any_zone(either_session, pair):
    at = datetime(2026, 11, 16, 10, 0, 0, 123456, tzinfo=timezone(timedelta(hours=1)))
    entry = ledger.post(either_session, a_draft(pair[0].id, pair[1].id), an_act(at=at))
    either_session.expire_all()
    assert entry.recorded_at == at
    assert audit.verify(either_session).breaks == ()


def test_a_savepoint_rolled_back_leaves_neither_gap_nor_old_values(either_session, pair):
    first = a_draft(pair[0].id, pair[1].id, 1000)
    savepoint = either_session.begin_nested()
    ledger.post(either_session, first, an_act())
    savepoint.rollback()
    entry = ledger.post(either_session, a_draft(pair[0].id, pair[1].id, 7), an_act())
    assert (entry.id, entry.number, entry.total_cents) == (1, 1, 14)
    assert audit.verify(either_session).breaks == ()


# Reversals


def test_a_reversal_is_the_opposite_and_names_its_victim(either_session, pair):
    entry = ledger.post(either_session, a_draft(pair[0].id, pair[1].id, 1000), an_act())
    undone = ledger.reverse(either_session, entry, on=TODAY, source="undo", text="Erreur", act=an_act())
    assert undone.reverses is entry
    assert undone.entry_text.text == "Erreur"
    opposite = [(line.account.number, line.credit_cents, line.debit_cents) for line in entry.lines]
    assert [(line.account.number, line.debit_cents, line.credit_cents) for line in undone.lines] == opposite
    assert {row.balance_cents for row in queries.trial_balance(either_session)} == {0}


def test_an_entry_is_reversed_once(either_session, pair):
    entry = ledger.post(either_session, a_draft(pair[0].id, pair[1].id), an_act())
    undone = ledger.reverse(either_session, entry, on=TODAY, source="undo", text="Erreur", act=an_act())
    again = ledger.reverse(either_session, entry, on=TODAY, source="undo", text="Erreur", act=an_act())
    assert again is undone
    with pytest.raises(ledger.AlreadyReversed):
        ledger.reverse(either_session, entry, on=TODAY, source="undo 2", text="Erreur", act=an_act())
    with pytest.raises(ledger.NotReversible):
        ledger.reverse(either_session, undone, on=TODAY, source="redo", text="Erreur", act=an_act())


def test_a_run_may_hold_an_entry_and_its_reversal(either_session, pair):
    draft = a_draft(pair[0].id, pair[1].id)
    opposite = tuple(x._replace(debit_cents=x.credit_cents, credit_cents=x.debit_cents) for x in draft.lines)
    undo = replace(draft, source="undo", lines=opposite, reverses=draft.source)
    assert ledger.post_many(either_session, [draft, undo], an_act()).posted == 2
    assert ledger.post_many(either_session, [draft, undo], an_act()).existing == 2
    assert ledger.entry_of(either_session, "undo").reverses.source == draft.source
    assert audit.verify(either_session).breaks == ()


# Periods


def test_a_month_is_opened_at_first_use(either_session):
    period = ledger.period_of(either_session, date(2028, 2, 10))
    assert (period.starts_on, period.ends_on, period.fiscal_year) == (
        date(2028, 2, 1),
        date(2028, 2, 29),
        2028,
    )
    assert ledger.period_of(either_session, date(2028, 2, 29)) is period
    december = ledger.period_of(either_session, date(2026, 12, 31))
    assert (december.starts_on, december.ends_on) == (date(2026, 12, 1), date(2026, 12, 31))


def test_a_closed_month_takes_no_entry_and_neither_does_what_precedes_it(either_session, pair):
    buyer, seller = pair
    ledger.post(either_session, a_draft(buyer.id, seller.id, effective_on=OCTOBER), an_act())
    closed = ledger.close_period(either_session, ledger.period_of(either_session, OCTOBER), an_act())
    assert (closed.state, closed.closed_by, closed.closed_at) == ("closed", "Ines Marchal", an_act().at)
    for on in (OCTOBER, date(2026, 10, 31), date(2025, 1, 1)):
        with pytest.raises(ledger.PeriodClosed) as refusal:
            ledger.post(either_session, a_draft(buyer.id, seller.id, effective_on=on), an_act())
        assert refusal.value.facts["on"] == on
    ledger.post(either_session, a_draft(buyer.id, seller.id, effective_on=date(2026, 11, 1)), an_act())
    assert audit.verify(either_session).breaks == ()


def test_months_are_closed_in_order_and_empty_ones_with_the_next(either_session, pair):
    buyer, seller = pair
    for on in (SEPTEMBER, NOVEMBER):
        ledger.post(either_session, a_draft(buyer.id, seller.id, effective_on=on), an_act())
    months = [ledger.period_of(either_session, on) for on in (SEPTEMBER, OCTOBER, NOVEMBER)]
    with pytest.raises(ledger.PeriodNotLast) as refusal:
        ledger.close_period(either_session, months[2], an_act())
    assert refusal.value.facts == {"starts_on": date(2026, 9, 1)}
    for month in (months[0], months[2]):
        ledger.close_period(either_session, month, an_act())
    assert [month.state for month in months] == ["closed"] * 3
    assert audit.verify(either_session).breaks == ()


def test_closing_twice_closes_once(either_session):
    period = ledger.period_of(either_session, OCTOBER)
    ledger.close_period(either_session, period, an_act())
    certificate = period.certificate
    ledger.close_period(either_session, period, an_act(actor_name="Autre"))
    assert (period.certificate, len(history_of(either_session, period))) == (certificate, 1)


def test_a_certificate_says_what_the_month_holds(either_session, pair, tmp_path):
    seals.keep_key_at(tmp_path / "key.pem")
    buyer, seller = pair
    ledger.post(either_session, a_draft(buyer.id, seller.id, 300, effective_on=SEPTEMBER), an_act())
    entry = ledger.post(either_session, a_draft(buyer.id, seller.id, 50, effective_on=OCTOBER), an_act())
    ledger.close_period(either_session, ledger.period_of(either_session, SEPTEMBER), an_act())
    october = ledger.close_period(either_session, ledger.period_of(either_session, OCTOBER), an_act())
    facts = seals.read_signed(october.certificate, seals.CERTIFICATE, public_key=seals.known_public_key())
    seals.keep_key_at(None)
    assert (facts["entries"], facts["lines"], facts["total_cents"]) == (1, 4, 100)
    assert (facts["sequence"], facts["digest"]) == (2, entry.seal.digest)
    assert facts["trial_balance"] == [
        ["401900", buyer.host_key, 0, 350],
        ["411900", seller.host_key, 350, 0],
        ["604020", buyer.host_key, 350, 0],
        ["704900", seller.host_key, 0, 350],
    ]
    assert [row[2:] for row in facts["movements"]] == [[0, 50], [50, 0], [50, 0], [0, 50]]


def test_the_last_closed_month_is_reopened_with_a_reason_and_a_trace(either_session, pair):
    buyer, seller = pair
    ledger.post(either_session, a_draft(buyer.id, seller.id, effective_on=SEPTEMBER), an_act())
    september, october = (ledger.period_of(either_session, on) for on in (SEPTEMBER, OCTOBER))
    for month in (september, october):
        ledger.close_period(either_session, month, an_act())
    with pytest.raises(ledger.PeriodNotLast):
        ledger.reopen_period(either_session, september, reason="Facture oubliée", act=an_act())
    with pytest.raises(ReasonMissing):
        ledger.reopen_period(either_session, october, reason=" ", act=an_act())
    ledger.reopen_period(either_session, october, reason="Facture oubliée", act=an_act())
    assert (october.state, october.certificate, october.closed_by) == ("open", None, None)
    steps = [(event.action, event.reason) for event in history_of(either_session, october)]
    assert steps == [("close", None), ("reopen", "Facture oubliée")]
    ledger.post(either_session, a_draft(buyer.id, seller.id, effective_on=OCTOBER), an_act())
    with pytest.raises(ledger.PeriodClosed):
        ledger.post(either_session, a_draft(buyer.id, seller.id, effective_on=SEPTEMBER), an_act())
    kept = set(either_session.execute(select(Snapshot.period_id)).scalars())
    assert kept == {september.id}
    assert audit.verify(either_session).breaks == ()


def test_reopening_what_is_open_changes_nothing(session):
    period = ledger.period_of(session, OCTOBER)
    assert ledger.reopen_period(session, period, reason="Oubli", act=an_act()) is period
    assert history_of(session, period) == []


def test_totals_are_the_sums_of_the_lines(either_session):
    a_book(either_session, 25)
    lines = select(
        Line.account_id, Line.effective_on, func.sum(Line.debit_cents), func.sum(Line.credit_cents)
    )
    sums = either_session.execute(lines.group_by(Line.account_id, Line.effective_on)).all()
    days = either_session.execute(
        select(DayTotal.account_id, DayTotal.day, DayTotal.debit_cents, DayTotal.credit_cents)
    ).all()
    assert sorted(tuple(row) for row in sums) == sorted(tuple(row) for row in days)


def test_accounts_and_months_are_opened_once(either_session):
    a_book(either_session, 25)
    a_book(either_session, 5)
    assert count(either_session, Account) == 24
    assert count(either_session, Period) == len(
        set(either_session.execute(select(Period.starts_on)).scalars())
    )
