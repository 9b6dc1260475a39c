"""What a refusal of the books says: the sentence a person reads is made of these facts."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from endi_ext.kernel.errors import ReasonMissing, WrongState
from endi_ext.kernel.history import history_of
from endi_ext.ledger import certificates, drafts, lettering, spans
from endi_ext.ledger import service as ledger
from endi_ext.ledger.entries import credit, debit
from endi_ext.ledger.errors import NoCertificate
from endi_ext.ledger.models import Account, Line
from tests.builders import a_draft, a_party, an_act

OCTOBER, NOVEMBER = date(2026, 10, 5), date(2026, 11, 16)


@pytest.fixture
def pair(session):
    return a_party(session, "Acheteuse").id, a_party(session, "Vendeuse").id


@contextmanager
def refused(session, wrong, **facts):
    with pytest.raises(wrong) as refusal, session.begin_nested():
        yield
    assert refusal.value.facts == facts


def test_a_refused_entry_is_named_with_what_is_wrong_about_it(session, pair):
    one_sided = a_draft(*pair, source="a", lines=(debit("1", pair[0], 7), credit("2", pair[0], 5)))
    with refused(session, ledger.Unbalanced, source="a", debit_cents=7, credit_cents=5):
        ledger.post(session, one_sided, an_act())
    large = (debit("1", pair[0], 2**53), credit("2", pair[0], 2**53))
    with refused(session, ledger.AmountTooLarge, source="b", amount_cents=2**53):
        ledger.post(session, a_draft(*pair, source="b", lines=large), an_act())
    first = a_draft(*pair, source="c")
    with refused(session, ledger.SourceReused, source="c"):
        ledger.post_many(session, [first, replace(first, text="Autre")], an_act())
    ledger.post(session, first, an_act())
    with refused(session, ledger.SourceReused, source="c"):
        ledger.post(session, replace(first, text="Autre"), an_act())
    told = {"on": NOVEMBER, "text": "Erreur", "act": an_act()}
    undone = ledger.reverse(session, ledger.entry_of(session, "c"), source="d", **told)
    with refused(session, ledger.AlreadyReversed, source="c"):
        ledger.reverse(session, ledger.entry_of(session, "c"), source="e", **told)
    with refused(session, ledger.NotReversible, source="d"):
        ledger.reverse(session, undone, source="e", **told)


def test_a_month_that_does_not_let_is_named(session, pair):
    ledger.post(session, a_draft(*pair, effective_on=OCTOBER), an_act())
    october, november = (ledger.period_of(session, on) for on in (OCTOBER, NOVEMBER))
    with refused(session, ledger.PeriodNotLast, starts_on=date(2026, 10, 1)):
        ledger.close_period(session, november, an_act())
    with refused(session, NoCertificate, period="2026-10"):
        certificates.of_span(session, spans.span_of(session, "2026-10"))
    for month in (october, november):
        ledger.close_period(session, month, an_act())
    assert certificates.of_span(session, spans.span_of(session, "2026-10")) == october.certificate
    with refused(session, ledger.PeriodClosed, on=OCTOBER, source="late"):
        ledger.post(session, a_draft(*pair, source="late", effective_on=OCTOBER), an_act())
    with refused(session, ledger.PeriodNotLast, starts_on=date(2026, 10, 1)):
        ledger.reopen_period(session, october, reason="Oubli", act=an_act())
    with refused(session, ReasonMissing, action="reopen"):
        ledger.reopen_period(session, november, reason="  ", act=an_act())
    ledger.reopen_period(session, november, reason="Oubli", act=an_act(actor_name="Odile"))
    closed, reopened = history_of(session, november)
    said = [(one.action, one.state_before, one.state_after, one.actor_name) for one in (closed, reopened)]
    assert said == [("close", "open", "closed", "Ines Marchal"), ("reopen", "closed", "open", "Odile")]
    assert (november.closed_at, november.closed_by) == (None, None)


def test_what_waits_is_refused_with_the_days_that_would_do(session, pair):
    drafts.choose_stage(session, "EI", True, an_act())
    waiting = [
        ledger.post(
            session, a_draft(*pair, source=f"w{number}", text=f"T{number}", effective_on=on), an_act()
        )
        for number, on in enumerate((OCTOBER, NOVEMBER))
    ]
    assert drafts.first_open_day(session) is None
    with refused(session, drafts.DraftsWait, journal="EI", count=2):
        drafts.choose_stage(session, "EI", False, an_act())
    with refused(session, ledger.SourceReused, source="w0"):
        ledger.post(session, a_draft(*pair, source="w0", effective_on=OCTOBER, cents=3), an_act())
    with refused(session, drafts.DayNotOpen, on=OCTOBER, first_open_on=NOVEMBER):
        drafts.validate(session, [waiting[1].id], an_act(), on=OCTOBER)
    ledger.close_period(session, ledger.period_of(session, OCTOBER), an_act())
    first_open = date(2026, 11, 1)
    assert drafts.first_open_day(session) == first_open
    with refused(session, ledger.PeriodClosed, on=OCTOBER, source="w0"):
        drafts.validate(session, [waiting[0].id], an_act())
    with refused(session, drafts.DayNotOpen, on=date(2026, 10, 6), first_open_on=first_open):
        drafts.validate(session, [waiting[0].id], an_act(), on=date(2026, 10, 6))
    with refused(session, ledger.PeriodClosed, on=OCTOBER, source="w2"):
        ledger.post(session, a_draft(*pair, source="w2", effective_on=OCTOBER), an_act())
    with refused(session, ReasonMissing, action="reject_draft"):
        drafts.reject(session, [waiting[0].id], an_act(), reason=" ")
    drafts.reject(session, [waiting[0].id], an_act(actor_name="Odile"), reason=" Doublon ")
    said = waiting[0].state, waiting[0].reason, waiting[0].decided_by, waiting[0].decided_at
    assert said == ("rejected", "Doublon", "Odile", an_act().at)
    assert waiting[0].recorded_by == "Ines Marchal"
    with refused(session, drafts.DraftDecided, what="T0"):
        drafts.validate(session, [waiting[0].id], an_act())
    drafts.validate(session, [waiting[1].id], an_act())
    assert (waiting[1].state, waiting[1].reason) == ("validated", "")
    with refused(session, drafts.DraftDecided, what="T1"):
        drafts.reject(session, [waiting[1].id], an_act(), reason="Doublon")
    assert drafts.validate(session, [waiting[1].id], an_act()) == []
    assert drafts.of_source(session, "w1") is None


def test_a_letter_that_cannot_be_put_or_taken_away_says_why(session, pair):
    buyer, seller = pair
    for cents in (10, 4):
        ledger.post(session, a_draft(buyer, seller, cents, effective_on=OCTOBER), an_act())
    lines = lines_of(session, "411900")
    account_id = lines[0].account_id
    with refused(session, lettering.OneSided, cents=14):
        lettering.letter(session, account_id, [line.id for line in lines], an_act())
    with refused(session, lettering.TooManyLines, most=500):
        lettering.letter(session, account_id, range(10_000, 10_501), an_act())
    with refused(session, lettering.AlreadyLettered, account="411900 Vendeuse"):
        lettering.letter(session, account_id, [lines_of(session, "401900")[0].id], an_act())
    paid = a_draft(buyer, seller, lines=(debit("512000", seller, 14), credit("411900", seller, 14)))
    ledger.post(session, replace(paid, effective_on=NOVEMBER), an_act())
    made = lettering.letter(session, account_id, [one.id for one in lines_of(session, "411900")], an_act())
    said = made.number, made.state, made.cents, made.last_on, made.automatic, made.made_at, made.made_by
    assert said == (1, "full", 0, NOVEMBER, False, an_act().at, "Ines Marchal")
    with refused(session, ReasonMissing, action="undo_letter"):
        lettering.undo(session, made, reason=" ", act=an_act())
    lettering.undo(session, made, reason=" Erreur ", act=an_act(actor_name="Odile"))
    assert (made.state, made.reason, made.undone_by) == ("undone", "Erreur", "Odile")
    assert (made.undone_at, made.merged_into_id) == (an_act().at, None)
    with refused(session, WrongState, subject="matching", action="undo", state="undone"):
        lettering.undo(session, made, reason="Encore", act=an_act())


def lines_of(session, number):
    wanted = select(Line).join(Account, Account.id == Line.account_id).where(Account.number == number)
    return session.execute(wanted.order_by(Line.id)).scalars().all()
