"""Entries wait for an accountant: outside the books until validated, gone when rejected."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from endi_ext.exchanges import bulk, invariants, queries, reductions, retention, validation
from endi_ext.exchanges import service as exchanges
from endi_ext.exchanges.models import CANCELLED, OPEN, PARTLY_SETTLED, SETTLED, WAITING, Exchange, Settlement
from endi_ext.exchanges.rules import ChangedMeanwhile
from endi_ext.exchanges.waiting import EntryWaits
from endi_ext.exchanges.waiting_models import WaitingStep
from endi_ext.kernel.errors import ReasonMissing, WrongState
from endi_ext.kernel.history import history_of
from endi_ext.ledger import audit, drafts
from endi_ext.ledger import queries as ledger_queries
from endi_ext.ledger import service as ledger
from endi_ext.subcontracts import drafts as decisions
from tests.builders import a_draft, an_act
from tests.exchanges.conftest import World
from tests.exchanges.makers import ON, an_exchange, facts_of, settled

EVERYTHING = drafts.Wanted()


@pytest.fixture
def world(either_world):
    drafts.choose_stage(either_world.session, "EXI", True, an_act())
    return either_world


def waiting(world):
    return drafts.ids(world.session, EVERYTHING, size=100)


def validate_all(world, **options):
    return decisions.validate(world.session, waiting(world), an_act(), **options)


def assert_sound(world):
    world.session.flush()
    assert invariants.check(world.session) == []
    assert audit.verify(world.session).breaks == ()


def book_of(world):
    return ledger_queries.journal_page(world.session).rows


def test_an_exchange_waits_outside_the_books_until_it_is_validated(world):
    exchange = an_exchange(world)
    assert exchange.state == WAITING
    assert (book_of(world), ledger_queries.trial_balance(world.session)) == ([], [])
    assert queries.partner_balances(world.session, world.seller.id) == []
    assert queries.open_exchanges(world.session).rows == []
    assert drafts.standing(world.session, ON, ON) == (1, 210_000)
    assert_sound(world)
    assert validate_all(world) == 1
    assert exchange.state == OPEN
    assert [one.source for one in book_of(world)] == [exchange.source]
    assert [one.owed_to_us_cents for one in queries.partner_balances(world.session, world.seller.id)] == [
        100_000
    ]
    assert drafts.standing(world.session, ON, ON) == (0, 0)
    assert [event.action for event in history_of(world.session, exchange)] == ["recorded", "entered"]
    assert_sound(world)


def test_what_waits_cannot_be_settled_reduced_or_let_go(world):
    exchange = an_exchange(world)
    retention.hold(world.session, exchange, cents=5_000, release_on=None, act=an_act())
    with pytest.raises(WrongState):
        settled(world, exchange, 1_000)
    with pytest.raises(WrongState):
        reductions.reduce(
            world.session,
            exchange,
            amount_cents=1,
            reason="Avoir",
            on=ON,
            request_key="avoir-1",
            act=an_act(),
        )
    with pytest.raises(WrongState):
        retention.release(world.session, exchange, on=ON, act=an_act(), role="buyer")
    assert_sound(world)


def test_what_is_held_back_goes_along_with_its_exchange_whichever_is_ticked(world):
    exchange = an_exchange(world)
    retention.hold(world.session, exchange, cents=5_000, release_on=None, act=an_act())
    _acceptance, held = waiting(world)
    assert decisions.validate(world.session, [held], an_act()) == 2
    assert (exchange.state, exchange.retained_cents, exchange.due_cents) == (OPEN, 5_000, 95_000)
    assert_sound(world)
    other = an_exchange(world)
    retention.hold(world.session, other, cents=5_000, release_on=None, act=an_act())
    decisions.reject(world.session, waiting(world)[:1], an_act(), reason="Compte faux")
    assert (other.state, other.retained_cents, waiting(world)) == (CANCELLED, 0, [])
    assert_sound(world)


def test_a_rejected_exchange_is_cancelled_without_an_entry_and_says_why(world):
    exchange = an_exchange(world)
    with pytest.raises(ReasonMissing):
        decisions.reject(world.session, waiting(world), an_act(), reason=" ")
    ids = waiting(world)
    assert decisions.reject(world.session, ids, an_act(), reason="Doublon").count == 1
    assert decisions.reject(world.session, ids, an_act(), reason="Doublon").count == 0
    assert (exchange.state, book_of(world), waiting(world)) == (CANCELLED, [], [])
    last = history_of(world.session, exchange)[-1]
    assert (last.action, last.reason) == ("reversed", "Doublon")
    with pytest.raises(WrongState):
        exchanges.reverse(world.session, exchange, reason="Encore", on=ON, act=an_act())
    assert_sound(world)


def test_validating_twice_posts_once_and_what_is_validated_is_not_rejected(world):
    an_exchange(world)
    ids = waiting(world)
    assert [decisions.validate(world.session, ids, an_act()) for _ in range(2)] == [1, 0]
    with pytest.raises(drafts.DraftDecided):
        decisions.reject(world.session, ids, an_act(), reason="Trop tard")
    assert len(book_of(world)) == 1
    assert_sound(world)


def test_a_draft_of_a_closed_month_is_refused_and_dated_by_hand_on_the_first_open_day(world):
    exchange = an_exchange(world)
    drafts_of_the_month = waiting(world)
    ledger.close_period(world.session, ledger.period_of(world.session, ON), an_act())
    with pytest.raises(ledger.PeriodClosed):
        validate_all(world)
    first = drafts.first_open_day(world.session)
    assert (first, exchange.state) == (date(2026, 12, 1), WAITING)
    for wrong in (ON, date(2026, 10, 1)):
        with pytest.raises(drafts.DayNotOpen):
            decisions.validate(world.session, drafts_of_the_month, an_act(), on=wrong)
    validate_all(world, on=first)
    assert [one.effective_on for one in book_of(world)] == [first]
    with pytest.raises(ledger.PeriodClosed), world.session.begin_nested():
        an_exchange(world)  # put aside into a closed month: refused at once
    assert_sound(world)


def test_the_stage_is_not_switched_off_while_something_waits(world):
    an_exchange(world)
    with pytest.raises(drafts.DraftsWait):
        drafts.choose_stage(world.session, "EXI", False, an_act())
    validate_all(world)
    drafts.choose_stage(world.session, "EXI", False, an_act())
    assert an_exchange(world).state == OPEN
    assert_sound(world)


def test_a_settlement_waits_alone_and_happens_once_validated(world):
    drafts.choose_stage(world.session, "RGI", True, an_act())
    exchange = an_exchange(world)
    validate_all(world)
    step = settled(world, exchange, 30_000, request_key="one-click")
    assert isinstance(step, WaitingStep)
    assert settled(world, exchange, 30_000, request_key="one-click") is step
    with pytest.raises(EntryWaits), world.session.begin_nested():
        settled(world, exchange, 1_000)
    assert (exchange.state, exchange.settled_cents, exchange.step_waits) == (OPEN, 0, "settle")
    assert_sound(world)
    validate_all(world)
    assert (exchange.state, exchange.settled_cents, exchange.step_waits) == (PARTLY_SETTLED, 30_000, "")
    again = settled(world, exchange, 30_000, request_key="one-click")
    assert isinstance(again, Settlement)
    assert_sound(world)


def test_a_rejected_step_leaves_the_exchange_as_it_was_and_another_may_follow(world):
    exchange = an_exchange(world)
    retention.hold(world.session, exchange, cents=5_000, release_on=None, act=an_act())
    validate_all(world)
    for reason in ("Trop tôt", "Encore trop tôt"):
        retention.release(world.session, exchange, on=ON, act=an_act(), role="buyer")
        retention.release(world.session, exchange, on=ON, act=an_act(), role="buyer")  # a second click
        assert (exchange.retained_cents, exchange.step_waits) == (5_000, "release")
        assert decisions.reject(world.session, waiting(world), an_act(), reason=reason).count == 1
        assert (exchange.retained_cents, exchange.step_waits) == (5_000, "")
    assert history_of(world.session, exchange)[-1].reason == "Encore trop tôt"
    retention.release(world.session, exchange, on=ON, act=an_act(), role="buyer")
    validate_all(world)
    assert exchange.retained_cents == 0
    assert_sound(world)


def test_cancelling_an_exchange_rejects_the_step_that_waits(world):
    exchange = an_exchange(world)
    validate_all(world)
    reductions.reduce(
        world.session,
        exchange,
        amount_cents=10_000,
        reason="Avoir",
        on=ON,
        request_key="avoir-1",
        act=an_act(),
    )
    assert (exchange.net_cents, exchange.step_waits) == (100_000, "reduce")
    exchanges.reverse(world.session, exchange, reason="Erreur", on=ON, act=an_act())
    assert (exchange.state, exchange.step_waits, waiting(world)) == (CANCELLED, "", [])
    assert len(book_of(world)) == 2
    assert_sound(world)


def test_many_recorded_at_once_wait_with_the_settlements_behind_them(world):
    wanted = [facts_of(world) for _ in range(3)]
    settled_on = {wanted[0].source: ON, wanted[1].source: ON}
    for _ in range(2):
        bulk.record_many(world.session, wanted, an_act(), settled_on=settled_on)
    assert_sound(world)
    assert (len(waiting(world)), book_of(world)) == (5, [])
    steps = [
        one.id for one in drafts.of_ids(world.session, waiting(world)) if one.source.startswith("settlement")
    ]
    with pytest.raises(validation.ExchangeWaits):
        decisions.validate(world.session, steps, an_act())
    decisions.reject(world.session, steps[1:], an_act(), reason="Pas réglé")
    assert validate_all(world) == 4
    found = queries.of_party(world.session, world.seller.id).rows
    assert sorted(one.state for one in found) == [OPEN, OPEN, SETTLED]
    assert_sound(world)


def test_the_same_source_with_another_content_is_refused_while_it_waits(world):
    exchange = an_exchange(world)
    with pytest.raises(ledger.SourceReused):
        an_exchange(world, source=exchange.source, net_cents=1)
    assert len(waiting(world)) == 1


def test_one_source_told_twice_at_once_with_another_content_is_refused(world):
    first = a_draft(world.buyer.id, world.seller.id, 700, journal="EXI", source="twice")
    with pytest.raises(ledger.SourceReused):
        ledger.post_many(world.session, [first, replace(first, text="Autre chose")], an_act())


def test_erasing_the_text_of_an_entry_erases_what_it_was_called_while_it_waited(world):
    exchange = an_exchange(world)
    (key,) = waiting(world)
    validate_all(world)
    ledger.erase_text(world.session, ledger.entry_of(world.session, exchange.source))
    (draft,) = drafts.of_ids(world.session, [key])
    assert (draft.text, draft.document) == ("", "")
    assert_sound(world)


@pytest.mark.parametrize("second", ["validate", "reject"])
def test_two_accountants_who_decide_the_same_at_once_decide_once(engine, second):
    """On MariaDB the second one's snapshot is older than the first's commit; on SQLite it waits its turn."""
    with Session(engine, future=True) as session:
        world = World(session)
        drafts.choose_stage(session, "EXI", True, an_act())
        exchange_id = an_exchange(world).id
        ids = waiting(world)
        session.commit()
    with Session(engine, future=True) as one, Session(engine, future=True) as other:
        if engine.dialect.name != "sqlite":
            assert other.get(Exchange, exchange_id).state == WAITING
        assert decisions.validate(one, ids, an_act()) == 1
        one.commit()
        if second == "validate":
            assert decisions.validate(other, ids, an_act()) == 0
            other.commit()
        else:
            with pytest.raises((drafts.DraftDecided, ChangedMeanwhile)):
                decisions.reject(other, ids, an_act(), reason="Trop tard")
            other.rollback()
    with Session(engine, future=True) as session:
        assert session.get(Exchange, exchange_id).state == OPEN
        assert len(ledger_queries.journal_page(session).rows) == 1
        assert invariants.check(session) == []
        assert audit.verify(session).breaks == ()


def test_a_journal_that_does_not_wait_costs_no_query_more(session):
    world, asked = World(session), []
    event.listen(session.connection(), "before_cursor_execute", lambda *said: asked.append(said[2]))
    an_exchange(world)
    assert [sql for sql in asked if "endi_ext_draft" in sql] == [
        sql for sql in asked if "MAX(ends_on)" in sql
    ]
    assert len([sql for sql in asked if "MAX(ends_on)" in sql]) == 1
