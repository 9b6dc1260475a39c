"""Part of an exchange is held back, let go, opposed, undone: the books and the exchange agree throughout."""

from datetime import date

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from endi_ext.exchanges import invariants, retention
from endi_ext.exchanges import service as exchanges
from endi_ext.exchanges.models import CANCELLED, OPEN, PARTLY_SETTLED, SETTLED, Exchange
from endi_ext.exchanges.rules import MoreThanHeld, ReleasePassed
from endi_ext.kernel import preferences
from endi_ext.kernel.errors import ReasonMissing, WrongRole, WrongState
from endi_ext.kernel.history import history_of
from endi_ext.ledger import audit
from endi_ext.ledger import service as ledger
from endi_ext.ledger.models import Entry
from tests.builders import an_act
from tests.exchanges.conftest import World
from tests.exchanges.makers import ON, an_exchange, books, settled

A_YEAR_LATER = date(2027, 11, 2)
BUYER, BOOKS = "buyer", "books"


def held(world, exchange=None, cents=5_000, **facts):
    values = {"release_on": A_YEAR_LATER, "act": an_act(), **facts}
    return retention.hold(world.session, exchange or an_exchange(world), cents=cents, **values)


def let_go(world, kept, cents=None, **facts):
    values = {"on": A_YEAR_LATER, "act": an_act(today=A_YEAR_LATER), "role": BUYER, **facts}
    return retention.release(world.session, kept.exchange, cents=cents, **values)


def amounts(exchange):
    return (exchange.due_cents, exchange.retained_cents, exchange.awaiting_cents, exchange.settled_cents)


def assert_sound(world):
    world.session.flush()
    assert world.broken() == []
    assert audit.verify(world.session).breaks == ()


def test_what_is_held_back_is_a_second_entry_and_its_release_the_opposite(world):
    kept = held(world)
    settled(world, kept.exchange, 95_000)
    let_go(world, kept)
    settled(world, kept.exchange, 5_000, settled_on=A_YEAR_LATER)
    names = {world.seller.id: "A", world.buyer.id: "B", world.cooperative.id: "CAE"}
    read = books(world.session, names).split("\n\n")
    assert read[1].splitlines() == [
        "EXI 02/11/2026 Retenue de garantie : Pose de la cuisine",
        "D 401900 B       50,00 (A)",
        "C 401700 B       50,00 (A)",
        "C 411900 A       50,00 (B)",
        "D 411700 A       50,00 (B)",
    ]
    assert read[3].splitlines() == [
        "EXI 02/11/2027 Libération de la retenue de garantie : Pose de la cuisine",
        "C 401900 B       50,00 (A)",
        "D 401700 B       50,00 (A)",
        "D 411900 A       50,00 (B)",
        "C 411700 A       50,00 (B)",
    ]
    assert (kept.exchange.state, kept.state, kept.remaining_cents) == (SETTLED, "released", 0)
    assert_sound(world)


def test_what_is_held_back_cannot_be_settled(world):
    kept = held(world)
    with pytest.raises(exchanges.HeldBack) as refused:
        settled(world, kept.exchange, 95_001)
    assert refused.value.facts == {"amount_cents": 95_001, "payable_cents": 95_000, "retained_cents": 5_000}
    settled(world, kept.exchange, 95_000)
    assert (kept.exchange.state, amounts(kept.exchange)) == (PARTLY_SETTLED, (0, 5_000, 0, 95_000))


def test_holding_twice_holds_once_and_never_another_amount(either_world):
    kept = held(either_world)
    assert held(either_world, kept.exchange) is kept
    with pytest.raises(ledger.SourceReused):
        held(either_world, kept.exchange, 4_000)
    assert kept.exchange.retained_cents == 5_000


@pytest.mark.parametrize("cents", [0, -1, 100_001])
def test_nothing_and_more_than_there_is_cannot_be_held(world, cents):
    with pytest.raises((exchanges.AmountNotPositive, exchanges.TooMuch)):
        held(world, cents=cents)


def test_what_is_let_go_is_due_that_day_when_nothing_else_was(world):
    kept = held(world)
    exchange = kept.exchange
    due_on = exchange.due_on
    let_go(world, kept, 2_000, on=ON)
    assert (exchange.due_on, amounts(exchange)) == (due_on, (97_000, 3_000, 0, 0))
    settled(world, exchange, 97_000)
    let_go(world, kept)
    assert (exchange.due_on, amounts(exchange)) == (A_YEAR_LATER, (3_000, 0, 0, 97_000))
    assert_sound(world)


def test_all_of_it_may_be_held_and_nothing_is_due_then(world):
    kept = held(world, cents=100_000)
    assert (kept.exchange.due_on, kept.exchange.payable_cents) == (None, 0)
    assert_sound(world)


def test_a_second_click_on_a_release_lets_go_once(either_world):
    kept = held(either_world)
    let_go(either_world, kept, 2_000, number=1)
    let_go(either_world, kept, 2_000, number=1)
    assert (kept.release_count, kept.released_cents) == (1, 2_000)
    with pytest.raises(ledger.SourceReused):
        let_go(either_world, kept, 2_500, number=1)
    let_go(either_world, kept, number=2)
    let_go(either_world, kept, number=2)
    assert (kept.release_count, kept.remaining_cents, kept.state) == (2, 0, "released")
    assert_sound(either_world)


def test_no_more_is_let_go_than_is_held(world):
    kept = held(world)
    for cents, refusal in ((5_001, MoreThanHeld), (0, exchanges.AmountNotPositive)):
        with pytest.raises(refusal):
            let_go(world, kept, cents)
    let_go(world, kept)
    with pytest.raises(WrongState):
        let_go(world, kept)


def test_the_accounts_of_the_release_are_those_of_the_retention(world):
    kept = held(world)
    preferences.choose(world.session, "account.4/6/7.retention_payable", "401750", an_act())
    preferences.choose(world.session, "scheme", "181/186/187", an_act())
    let_go(world, kept)
    last = world.session.execute(select(Entry).order_by(Entry.id.desc()).limit(1)).scalars().one()
    numbers = [line.number for line in ledger.drafts_of([last])[0].lines]
    assert numbers == ["401900", "401700", "411900", "411700"]
    assert_sound(world)


def test_it_is_let_go_by_its_date_and_not_before(world):
    kept = held(world)
    with pytest.raises(WrongState):
        retention.release_due(world.session, kept.exchange, an_act(today=date(2027, 11, 1)))
    assert retention.releasable(world.session, date(2027, 11, 1)) == []
    assert retention.releasable(world.session, A_YEAR_LATER) == [kept]
    retention.release_due(world.session, kept.exchange, an_act(today=date(2027, 11, 20)))
    assert kept.exchange.due_on == ON.replace(year=2026, month=12)  # the rest was due already
    assert entry_dates(world)[-1] == A_YEAR_LATER
    assert retention.releasable(world.session, A_YEAR_LATER) == []
    with pytest.raises(WrongState):
        retention.release_due(world.session, kept.exchange, an_act(today=date(2027, 11, 20)))
    assert_sound(world)


def test_in_a_closed_month_it_is_let_go_as_of_today(world):
    kept = held(world)
    settled(world, kept.exchange, 95_000)
    for month in (ON, A_YEAR_LATER):
        ledger.close_period(world.session, ledger.period_of(world.session, month), an_act())
    today = date(2027, 12, 3)
    retention.release_due(world.session, kept.exchange, an_act(today=today))
    assert (entry_dates(world)[-1], kept.exchange.due_on) == (today, today)
    assert_sound(world)


def test_only_the_buyer_lets_go_early_and_an_accountant_with_a_reason(world):
    kept = held(world)
    with pytest.raises(WrongRole):
        let_go(world, kept, role="seller")
    with pytest.raises(ReasonMissing):
        let_go(world, kept, role="accountant")
    let_go(world, kept, role="accountant", reason="Les deux parties le demandent")
    assert history_of(world.session, kept.exchange)[-1].reason == "Les deux parties le demandent"


def test_a_release_opposed_waits_until_the_opposition_is_lifted(world):
    kept = held(world)
    before = {"act": an_act(today=date(2027, 11, 1)), "role": BUYER}
    with pytest.raises(ReasonMissing):
        retention.contest(world.session, kept.exchange, reason=" ", **before)
    retention.contest(world.session, kept.exchange, reason="Une marche grince", **before)
    assert (kept.state, kept.reason) == ("contested", "Une marche grince")
    assert retention.releasable(world.session, A_YEAR_LATER) == []
    with pytest.raises(WrongState):
        retention.release_due(world.session, kept.exchange, an_act(today=A_YEAR_LATER))
    retention.lift(world.session, kept.exchange, act=an_act(), role=BUYER)
    assert (kept.state, kept.reason) == ("held", "")
    assert retention.releasable(world.session, A_YEAR_LATER) == [kept]
    assert_sound(world)


def test_on_its_day_it_is_too_late_to_oppose(world):
    kept = held(world)
    act = an_act(today=A_YEAR_LATER)
    with pytest.raises(ReleasePassed):
        retention.contest(world.session, kept.exchange, reason="Trop tard", act=act, role=BUYER)


def test_without_a_date_nothing_passes_by_itself(world):
    kept = held(world, release_on=None)
    assert retention.releasable(world.session, date(2099, 1, 1)) == []
    with pytest.raises(WrongState):
        retention.release_due(world.session, kept.exchange, an_act(today=date(2099, 1, 1)))


def test_an_exchange_without_retention_has_nothing_to_let_go(world):
    with pytest.raises(WrongState):
        retention.release(world.session, an_exchange(world), on=ON, act=an_act(), role=BUYER)


@pytest.mark.parametrize("released_cents", [None, 2_000, 5_000])
def test_cancelling_undoes_releases_and_retention_by_their_opposites(either_world, released_cents):
    world = either_world
    kept = held(world)
    exchange = kept.exchange
    settled(world, exchange, 40_000)
    if released_cents:
        let_go(world, kept, released_cents)
    before = count(world)
    exchanges.reverse(world.session, exchange, reason="Erreur", on=A_YEAR_LATER, act=an_act())
    assert count(world) - before == 3 + bool(released_cents)
    assert (exchange.state, exchange.retained_cents, kept.remaining_cents) == (CANCELLED, 0, 0)
    with pytest.raises(WrongState):
        let_go(world, kept)
    assert_sound(world)


def test_each_step_is_in_the_history_of_the_exchange(world):
    kept = held(world)
    let_go(world, kept, 2_000)
    retention.contest(world.session, kept.exchange, reason="Défaut", act=an_act(), role=BUYER)
    retention.lift(world.session, kept.exchange, act=an_act(), role=BUYER)
    let_go(world, kept)
    steps = [event.action for event in history_of(world.session, kept.exchange)]
    assert steps == ["recorded", "retained", "release_in_part", "contest_release", "lift_contest", "release"]


def test_what_awaits_the_client_has_no_date_and_may_be_paid_before(world):
    exchange = an_exchange(world, awaits_client=True)
    assert (exchange.due_on, amounts(exchange)) == (None, (0, 0, 100_000, 0))
    held(world, exchange)
    assert amounts(exchange) == (0, 5_000, 95_000, 0)
    settlement = settled(world, exchange, 95_000)
    assert amounts(exchange) == (0, 5_000, 0, 95_000)
    exchanges.reverse_settlement(world.session, settlement, reason="Chèque refusé", on=ON, act=an_act())
    assert (exchange.due_on, amounts(exchange)) == (ON, (95_000, 5_000, 0, 0))
    assert_sound(world)


def test_the_client_s_payment_makes_a_part_due(world):
    exchange = an_exchange(world, awaits_client=True)
    paid = {"due_on": A_YEAR_LATER, "act": an_act(), "reason": "Encaissement 1"}
    exchanges.await_client(world.session, exchange, awaiting_cents=60_000, **paid)
    assert (exchange.due_on, amounts(exchange)) == (A_YEAR_LATER, (40_000, 0, 60_000, 0))
    exchanges.await_client(world.session, exchange, awaiting_cents=60_000, **paid)
    settled(world, exchange, 70_000)
    assert amounts(exchange) == (0, 0, 30_000, 70_000)
    exchanges.await_client(world.session, exchange, awaiting_cents=90_000, due_on=None, act=an_act())
    assert (exchange.due_on, amounts(exchange)) == (None, (0, 0, 30_000, 70_000))
    steps = [(event.action, event.reason) for event in history_of(world.session, exchange)]
    assert steps[1:] == [("client_paid", "Encaissement 1"), ("settled", None)]
    assert_sound(world)


def test_many_may_await_their_client_too(world):
    from tests.exchanges.makers import facts_of

    exchanges.record_many(world.session, [facts_of(world, awaits_client=True)], an_act())
    exchange = world.session.execute(select(Exchange)).scalars().one()
    assert (exchange.state, exchange.due_on, exchange.awaiting_cents) == (OPEN, None, 100_000)
    assert_sound(world)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("UPDATE endi_ext_exchange SET retained_cents = 4000", "retained_differs"),
        ("UPDATE endi_ext_retention SET held_cents = 6000", "retention_not_posted"),
        ("UPDATE endi_ext_retention SET state = 'released'", "retention_state_differs"),
        ("UPDATE endi_ext_retention SET released_cents = 100", "release_not_posted"),
        ("UPDATE endi_ext_exchange SET due_on = NULL", "due_without_date"),
    ],
)
def test_each_invariant_finds_what_breaks_it(world, change, code):
    held(world)
    world.session.flush()
    world.session.execute(text(change))
    world.session.expire_all()
    assert code in {found for found, _facts in world.broken()}


@pytest.mark.parametrize(
    "change", ["held_cents = 0", "released_cents = 5001", "released_cents = -1", "state = 'lost'"]
)
def test_the_database_refuses_a_retention_that_cannot_be(either_world, change):
    held(either_world)
    either_world.session.flush()  # older libraries do not, before a text
    with pytest.raises(DBAPIError):
        either_world.session.execute(text(f"UPDATE endi_ext_retention SET {change}"))


def test_the_database_refuses_to_settle_what_is_held(either_world):
    held(either_world)
    either_world.session.flush()  # older libraries do not, before a text
    with pytest.raises(DBAPIError):
        either_world.session.execute(text("UPDATE endi_ext_exchange SET settled_cents = 95001"))


def test_a_release_clicked_in_two_processes_is_made_once(engine):
    """On MariaDB the second one's snapshot is older than the first's commit; on SQLite it waits its turn."""
    with Session(engine, future=True) as session:
        exchange_id = held(World(session)).exchange.id
        session.commit()
    with Session(engine, future=True) as first, Session(engine, future=True) as second:
        if engine.dialect.name != "sqlite":
            assert second.get(Exchange, exchange_id).retained_cents == 5_000
        for session in (first, second):
            how = {"on": A_YEAR_LATER, "act": an_act(), "role": BUYER, "number": 1}
            retention.release(session, session.get(Exchange, exchange_id), cents=2_000, **how)
            session.commit()
    with Session(engine, future=True) as session:
        assert session.get(Exchange, exchange_id).retained_cents == 3_000
        assert invariants.check(session) == []


def count(world):
    return world.session.execute(select(func.count()).select_from(Entry)).scalar_one()


def entry_dates(world):
    return list(world.session.execute(select(Entry.effective_on).order_by(Entry.id)).scalars())
