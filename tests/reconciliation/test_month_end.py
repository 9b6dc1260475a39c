"""A month before it is closed: what each check says, what is passed with a reason, who closes it."""

from dataclasses import replace
from datetime import date, timedelta
from threading import Thread

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from endi_ext.exchanges import invariants
from endi_ext.exchanges.paper_models import DocumentTask
from endi_ext.kernel import preferences
from endi_ext.kernel.errors import DomainError, ReasonMissing
from endi_ext.kernel.history import history_of
from endi_ext.ledger import audit, drafts, spans, verifications
from endi_ext.ledger import service as ledger
from endi_ext.ledger.models import Period
from endi_ext.ledger.spans import SpanUnknown
from endi_ext.reconciliation import month_end
from endi_ext.reconciliation.month_balances import Setting
from endi_ext.web import month_desk, month_words
from tests.builders import TODAY, a_draft, a_party, an_act
from tests.exchanges.conftest import World
from tests.exchanges.makers import an_exchange, settled

NOVEMBER, OCTOBER = "2026-11", "2026-10"


@pytest.fixture
def world(session):
    """A cooperative with an exchange in October, settled in November."""
    made = World(session)
    settled(made, an_exchange(made, accepted_on=date(2026, 10, 20)), settled_on=date(2026, 11, 3))
    return made


def setting(session, name=NOVEMBER):
    return Setting(session, spans.span_of(session, name))


def states(session, name=NOVEMBER):
    return {line.code: line.state for line in month_end.lines(setting(session, name), month_desk.CHECKS)}


def close(session, name=NOVEMBER, **options):
    return month_desk.close(setting(session, name), an_act(), **options)


def a_missing_paper(world, **facts):
    exchange = an_exchange(world, **facts)
    task = DocumentTask(
        exchange_id=exchange.id, kind="invoice", state="failed", asked_at=an_act().at, asked_by="Ines"
    )
    world.session.add(task)
    world.session.flush()
    return task


def test_each_check_has_its_words():
    assert {check.code for check in month_desk.CHECKS} == set(month_words.WORDS)


def test_a_sound_month_is_closed_once_it_was_verified(world):
    session = world.session
    assert states(session, OCTOBER)["verification"] == "to_do"
    with pytest.raises(month_end.MonthNeedsReason) as refused:
        close(session, OCTOBER)
    assert refused.value.facts["codes"] == ["verification"]
    verifications.verify(session, an_act())
    assert set(states(session, OCTOBER).values()) == {"done", "told"}  # nobody keeps a checkpoint
    assert close(session, OCTOBER).state == "closed"
    assert states(session)["previous_months"] == "done"
    assert invariants.check(session) == []


def test_no_reason_passes_what_blocks(world):
    assert states(world.session)["previous_months"] == "blocks"
    with pytest.raises(month_end.MonthNotReady):
        close(world.session, reason="Nous sommes pressés")
    with pytest.raises(month_end.NothingToPass):
        month_desk.pass_over(
            setting(world.session), "previous_months", reason="Nous sommes pressés", act=an_act()
        )


def test_what_is_passed_covers_no_more_than_what_was_there(world):
    session = world.session
    a_missing_paper(world)
    span = setting(session)
    with pytest.raises(ReasonMissing):
        month_desk.pass_over(span, "papers", reason="  ", act=an_act())
    month_desk.pass_over(span, "papers", reason="Promis pour le 5", act=an_act())
    month_desk.pass_over(span, "papers", reason="Promis pour le 5", act=an_act())  # a double click
    assert states(session)["papers"] == "passed"
    a_missing_paper(world, net_cents=100)
    assert states(session)["papers"] == "to_do"
    (line,) = [one for one in month_end.lines(setting(session), month_end.CHECKS) if one.code == "papers"]
    assert (line.count, line.cents) == (2, 100_100)
    (event,) = history_of(session, month_end.period_of(session, span.span))
    assert (event.action, event.state_after, event.reason) == ("passed", "papers", "Promis pour le 5")


def test_what_was_passed_can_be_taken_back(world):
    session = world.session
    a_missing_paper(world)
    month_desk.pass_over(setting(session), "papers", reason="Promis pour le 5", act=an_act())
    month_end.take_back(setting(session), "papers", an_act())
    assert states(session)["papers"] == "to_do"
    with pytest.raises(month_end.NothingToPass):
        month_end.take_back(setting(session), "papers", an_act())


def test_one_reason_passes_all_that_may_be_and_is_kept_for_each(world):
    session = world.session
    a_missing_paper(world, accepted_on=date(2026, 10, 21))
    period = close(session, OCTOBER, reason="Fin d’année")
    told = [(event.action, event.state_after, event.reason) for event in history_of(session, period)]
    assert told == [
        ("passed", "papers", "Fin d’année"),
        ("passed", "verification", "Fin d’année"),
        ("close", "closed", None),
    ]


def test_the_reasons_of_a_closed_month_are_what_they_were(world):
    session = world.session
    a_missing_paper(world, accepted_on=date(2026, 10, 21))
    close(session, OCTOBER, reason="Vu")
    with pytest.raises(month_end.MonthClosedMeanwhile):
        month_end.take_back(setting(session, OCTOBER), "papers", an_act())
    with pytest.raises(month_end.MonthClosedMeanwhile):
        month_desk.pass_over(setting(session, OCTOBER), "papers", reason="Après coup", act=an_act())


def test_the_second_to_close_is_told(world):
    close(world.session, OCTOBER, reason="Premier")
    with pytest.raises(month_end.MonthClosedMeanwhile) as refused:
        close(world.session, OCTOBER, reason="Second")
    assert refused.value.facts["by"] == "Ines Marchal"


def test_a_year_is_no_month(session):
    with pytest.raises(SpanUnknown):
        month_desk.month_of(session, "2026")


def test_a_side_that_is_missing_is_told_at_its_amount(world):
    session = world.session
    half = a_draft(world.buyer.id, world.seller.id, 700)
    lines = (half.lines[0], half.lines[2]._replace(debit_cents=0, credit_cents=700))
    ledger.post(session, a_draft(world.buyer.id, world.seller.id, lines=lines), an_act())
    found = {line.code: line.cents for line in month_end.lines(setting(session), month_end.CHECKS)}
    assert (found["revenue_expense"], found["receivable_payable"]) == (700, 700)


def test_accounts_chosen_before_are_read_too(world):
    session = world.session
    for number in ("604999", "604888"):
        preferences.choose(session, "account.4/6/7.expense", number, an_act())
        an_exchange(world)
    assert states(session)["revenue_expense"] == "done"
    assert {"604020", "604999", "604888"} <= setting(session).numbers["4/6/7"]["expense"]


def test_what_waits_in_the_draft_stage_is_decided_first(world):
    session = world.session
    drafts.choose_stage(session, "OD", True, an_act())
    session.flush()  # posting reads it in plain SQL
    waiting = a_draft(world.buyer.id, world.seller.id, 700, journal="OD", effective_on=date(2026, 10, 30))
    ledger.post(session, waiting, an_act())
    assert states(session, "2026-09")["drafts"] == "done"
    with pytest.raises(month_end.MonthNotReady) as refused:
        close(session, OCTOBER, reason="Tant pis")
    assert refused.value.facts["codes"] == ["drafts"]


def test_what_waits_in_an_empty_month_before_is_decided_first(world):
    session = world.session
    earlier = a_draft(world.buyer.id, world.seller.id, 700, effective_on=date(2026, 9, 30))
    ledger.post(session, replace(earlier, waits=True), an_act())
    assert states(session, OCTOBER)["previous_months"] == "done"
    with pytest.raises(month_end.MonthNotReady) as refused:
        close(session, OCTOBER, reason="Tant pis")
    assert refused.value.facts["codes"] == ["drafts"]


def test_what_was_put_aside_since_our_snapshot_was_taken_is_decided_first(mariadb_engine):
    with Session(mariadb_engine, future=True) as session:
        world = World(session)
        an_exchange(world, accepted_on=date(2026, 10, 20))
        late = a_draft(world.buyer.id, world.seller.id, 700, effective_on=date(2026, 10, 30))
        session.commit()
    with Session(mariadb_engine, future=True) as old, Session(mariadb_engine, future=True) as other:
        assert states(old, OCTOBER)["drafts"] == "done"
        ledger.post(other, replace(late, waits=True), an_act())
        other.commit()
        with pytest.raises(month_end.MonthNotReady):
            close(old, OCTOBER, reason="Tant pis")


def test_an_altered_book_is_not_closed(world):
    session = world.session
    wrong = verifications.Verification(True, 3, 3, "", 0.1, "entry_changed", {"sequence": 2})
    verifications.keep(session, wrong, an_act())
    with pytest.raises(month_end.MonthNotReady):
        close(session, OCTOBER, reason="Tant pis")


def test_two_who_let_the_same_thing_wait_leave_one_reason(engine):
    with Session(engine, future=True) as session:
        made = World(session)
        settled(made, an_exchange(made))
        a_missing_paper(made)
        session.commit()

    def at_work(reason):
        with Session(engine, future=True) as session:
            session.execute(select(Period.id)).all()  # a snapshot as old as the request
            month_desk.pass_over(setting(session), "papers", reason=reason, act=an_act())
            session.commit()

    threads = [Thread(target=at_work, args=(reason,)) for reason in ("Promis", "En congé", "Promis")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Session(engine, future=True) as session:
        assert states(session)["papers"] == "passed"
        period = month_end.period_of(session, setting(session).span)
        assert 2 <= len(history_of(session, period)) <= 3


def test_whoever_posts_while_a_month_is_closed_comes_before_or_is_refused(engine):
    with Session(engine, future=True) as session:
        parties = a_party(session).id, a_party(session).id
        ledger.post(session, a_draft(*parties), an_act())
        session.commit()
    outcomes = []

    def at_work(task):
        with Session(engine, future=True) as session:
            try:
                task(session)
                session.commit()
                outcomes.append("done")
            except DomainError as refusal:
                outcomes.append(refusal.code)

    def closing(session):
        close(session, reason="Fin de mois")

    def posting(session):
        ledger.post(session, a_draft(*parties), an_act())

    threads = [Thread(target=at_work, args=(task,)) for task in (posting, closing, closing, posting, posting)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("month_closed_meanwhile") == 1
    posted = 1 + 3 - outcomes.count("period_closed")
    with Session(engine, future=True) as session:
        assert audit.verify(session).entries == posted
        (period,) = session.execute(select(Period)).scalars()
        assert f'"entries":{posted},' in period.certificate
        with pytest.raises(ledger.PeriodClosed):
            ledger.post(session, a_draft(*parties, effective_on=TODAY - timedelta(days=9)), an_act())
