"""Recording, settling and reversing: what is posted, what is refused, what a second click does."""

from datetime import UTC, date, datetime
from textwrap import dedent

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from endi_ext.exchanges import invariants
from endi_ext.exchanges import service as exchanges
from endi_ext.exchanges.models import CANCELLED, OPEN, PARTLY_SETTLED, SETTLED, Exchange, Settlement
from endi_ext.kernel import preferences
from endi_ext.kernel.errors import ReasonMissing, WrongState
from endi_ext.kernel.history import history_of
from endi_ext.kernel.parties import EXTERNAL
from endi_ext.ledger import audit
from endi_ext.ledger import service as ledger
from endi_ext.ledger.models import Entry
from tests.builders import a_party, an_act
from tests.exchanges.conftest import World
from tests.exchanges.makers import ON, an_exchange, books, facts_of, settled

LATER = date(2026, 12, 4)


def count(session, model):
    return session.execute(select(func.count()).select_from(model)).scalar_one()


def names(world):
    return {world.seller.id: "A", world.buyer.id: "B", world.cooperative.id: "CAE"}


def reads(world, expected):
    assert books(world.session, names(world)) == dedent(expected).strip()
    assert world.broken() == []
    assert audit.verify(world.session).breaks == ()


def test_the_life_of_an_exchange_in_the_books(either_world):
    world, act = either_world, an_act()
    exchange = an_exchange(world)
    part = settled(world, exchange, 40_000)
    exchanges.reverse_settlement(world.session, part, reason="Erreur de montant", on=LATER, act=act)
    exchanges.reverse(world.session, exchange, reason="Double saisie", on=LATER, act=act)
    reads(
        world,
        """
        EXI 02/11/2026 Pose de la cuisine
        D 604020 B    1 000,00 (A)
        C 401900 B    1 000,00 (A)
        D 411900 A    1 000,00 (B)
        C 704900 A    1 000,00 (B)
        D 6223   A      100,00 (CAE)
        C 7083   CAE    100,00 (A)

        RGI 02/11/2026 Règlement : Pose de la cuisine
        D 401900 B      400,00 (A)
        C 411900 A      400,00 (B)

        RGI 04/12/2026 Annulation : Pose de la cuisine (Erreur de montant)
        C 401900 B      400,00 (A)
        D 411900 A      400,00 (B)

        EXI 04/12/2026 Annulation : Pose de la cuisine (Double saisie)
        C 604020 B    1 000,00 (A)
        D 401900 B    1 000,00 (A)
        C 411900 A    1 000,00 (B)
        D 704900 A    1 000,00 (B)
        C 6223   A      100,00 (CAE)
        D 7083   CAE    100,00 (A)
        """,
    )


def test_the_life_of_an_exchange_on_liaison_accounts(world):
    preferences.choose(world.session, "scheme", "181/186/187", an_act())
    settled(world, an_exchange(world))
    reads(
        world,
        """
        EXI 02/11/2026 Pose de la cuisine
        D 186    B    1 000,00 (A)
        C 181    B    1 000,00 (A)
        D 181    A    1 000,00 (B)
        C 187    A    1 000,00 (B)
        D 6223   A      100,00 (CAE)
        C 7083   CAE    100,00 (A)

        RGI 02/11/2026 Règlement : Pose de la cuisine
        D 181    B    1 000,00 (A)
        C 181    A    1 000,00 (B)
        """,
    )


def test_a_settlement_uses_the_accounts_of_its_acceptance_though_the_scheme_changed_since(world):
    exchange = an_exchange(world)
    preferences.choose(world.session, "scheme", "181/186/187", an_act())
    settled(world, exchange)
    lines = ledger.drafts_of([world.session.get(Entry, 2)])[0].lines
    assert [line.number for line in lines] == ["401900", "411900"]
    assert world.broken() == []


def test_an_account_the_admin_chose_is_posted_on(world):
    preferences.choose(world.session, "account.4/6/7.revenue", "706900", an_act())
    an_exchange(world)
    assert ledger.drafts_of([world.session.get(Entry, 1)])[0].lines[3].number == "706900"


@pytest.mark.parametrize(
    ("own", "default", "expected"), [(500, 1000, 5_000), (None, 1000, 10_000), (0, 1000, 0)]
)
def test_the_rate_is_the_seller_s_else_the_default(world, own, default, expected):
    world.seller.contribution_rate_bp = own
    preferences.choose(world.session, "default_contribution_rate_bp", str(default), an_act())
    assert an_exchange(world).contribution_cents == expected


def test_a_contribution_is_rounded_to_the_cent_halves_up(world):
    assert an_exchange(world, net_cents=1_005).contribution_cents == 101


def test_the_cooperative_owes_itself_no_contribution(world):
    exchange = an_exchange(world, seller_id=world.cooperative.id)
    assert exchange.contribution_cents == 0
    assert world.broken() == []


def test_a_contribution_that_is_given_is_kept(world):
    assert an_exchange(world, contribution_cents=7).contribution_cents == 7


def test_it_is_due_after_the_days_the_cooperative_chose(world):
    preferences.choose(world.session, "payment_days", "45", an_act())
    assert an_exchange(world).due_on == date(2026, 12, 17)
    assert an_exchange(world, due_on=LATER).due_on == LATER


def test_a_label_too_long_for_its_column_is_cut_and_says_so(world):
    exchange = an_exchange(world, label="x" * 500)
    assert len(exchange.label) == 190
    assert exchange.label.endswith("…")


def test_the_same_source_and_content_again_returns_the_exchange(either_world):
    facts = facts_of(either_world)
    once = exchanges.record(either_world.session, facts, an_act())
    again = exchanges.record(either_world.session, facts, an_act())
    assert again is once
    assert count(either_world.session, Entry) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"net_cents": 1},
        {"accepted_on": LATER},
        {"label": "Autre"},
        {"due_on": LATER},
        {"contribution_cents": 1},
    ],
)
def test_the_same_source_with_another_content_is_refused(world, changed):
    an_exchange(world, source="delivery:12:accepted")
    with pytest.raises(ledger.SourceReused):
        an_exchange(world, source="delivery:12:accepted", **changed)


def test_nobody_sells_to_oneself(world):
    with pytest.raises(exchanges.SameParty):
        an_exchange(world, buyer_id=world.seller.id)


@pytest.mark.parametrize("side", ["seller", "buyer"])
def test_an_inactive_party_does_not_exchange(world, side):
    getattr(world, side).active = False
    with pytest.raises(exchanges.PartyInactive):
        an_exchange(world)


@pytest.mark.parametrize("side", ["seller", "buyer"])
def test_what_was_begun_while_both_were_active_is_recorded_when_one_has_left(world, side):
    getattr(world, side).active = False
    assert an_exchange(world, begun=True).state == "open"


def test_another_legal_person_does_not_exchange_without_vat(world):
    outside = a_party(world.session, kind=EXTERNAL)
    with pytest.raises(exchanges.PartyExternal):
        an_exchange(world, buyer_id=outside.id)


@pytest.mark.parametrize("net_cents", [0, -1])
def test_an_exchange_has_a_positive_amount(world, net_cents):
    with pytest.raises(exchanges.AmountNotPositive):
        an_exchange(world, net_cents=net_cents)


def close(world, on):
    ledger.close_period(world.session, ledger.period_of(world.session, on), an_act())


def test_nothing_is_recorded_settled_or_reversed_in_a_closed_period(world):
    exchange = an_exchange(world, accepted_on=LATER)
    settlement = settled(world, exchange, 1_000, settled_on=LATER)
    close(world, ON)
    undo = {"reason": "Erreur", "on": ON, "act": an_act()}
    for refused in (
        lambda: an_exchange(world),
        lambda: settled(world, exchange),
        lambda: exchanges.reverse_settlement(world.session, settlement, **undo),
        lambda: exchanges.reverse(world.session, exchange, **undo),
    ):
        with pytest.raises(ledger.PeriodClosed), world.session.begin_nested():
            refused()
    assert world.broken() == []


def test_settling_in_part_then_in_whole_moves_the_state(world):
    exchange = an_exchange(world)
    settled(world, exchange, 40_000)
    assert (exchange.state, exchange.remaining_cents) == (PARTLY_SETTLED, 60_000)
    settled(world, exchange)
    assert (exchange.state, exchange.remaining_cents) == (SETTLED, 0)
    assert world.broken() == []


@pytest.mark.parametrize("amount_cents", [100_000, 40_000])
def test_a_second_click_on_settle_settles_once(either_world, amount_cents):
    exchange = an_exchange(either_world)
    once = settled(either_world, exchange, amount_cents, request_key="click")
    again = settled(either_world, exchange, amount_cents, request_key="click")
    assert again is once
    assert exchange.settled_cents == amount_cents
    assert count(either_world.session, Settlement) == 1
    assert either_world.broken() == []


def test_a_key_used_for_another_settlement_is_refused(world):
    exchange, other = an_exchange(world), an_exchange(world)
    settled(world, exchange, 10_000, request_key="click")
    with pytest.raises(ledger.SourceReused):
        settled(world, exchange, 20_000, request_key="click")
    with pytest.raises(ledger.SourceReused):
        settled(world, other, 10_000, request_key="click")


def test_the_form_of_a_settlement_reversed_since_does_not_say_that_it_stands(world):
    exchange = an_exchange(world)
    settlement = settled(world, exchange, 10_000, request_key="click")
    exchanges.reverse_settlement(world.session, settlement, reason="Erreur", on=ON, act=an_act())
    with pytest.raises(ledger.SourceReused):
        settled(world, exchange, 10_000, request_key="click")
    assert exchange.settled_cents == 0
    assert world.broken() == []


def test_no_more_is_settled_than_remains(world):
    exchange = an_exchange(world)
    settled(world, exchange, 40_000)
    with pytest.raises(exchanges.TooMuch) as refused:
        settled(world, exchange, 60_001)
    assert refused.value.facts == {"amount_cents": 60_001, "remaining_cents": 60_000}


@pytest.mark.parametrize("amount_cents", [0, -1])
def test_a_settlement_has_a_positive_amount(world, amount_cents):
    with pytest.raises(exchanges.AmountNotPositive):
        settled(world, an_exchange(world), amount_cents)


def test_a_settled_or_cancelled_exchange_is_not_settled_again(world):
    exchange = an_exchange(world)
    settled(world, exchange)
    with pytest.raises(WrongState):
        settled(world, exchange, 1)
    exchanges.reverse(world.session, exchange, reason="Erreur", on=LATER, act=an_act())
    with pytest.raises(WrongState):
        settled(world, exchange, 1)


def test_reversing_a_settlement_opens_what_it_had_settled(world):
    exchange = an_exchange(world)
    settled(world, exchange, 40_000)
    settlement = settled(world, exchange)
    exchanges.reverse_settlement(world.session, settlement, reason="Chèque refusé", on=LATER, act=an_act())
    assert (exchange.state, exchange.settled_cents) == (PARTLY_SETTLED, 40_000)
    assert settlement.reversed_at is not None


def test_a_settlement_is_reversed_once_and_with_a_reason(world):
    exchange = an_exchange(world)
    settled(world, exchange, 10_000)
    settlement = settled(world, exchange, 40_000)
    with pytest.raises(ReasonMissing):
        exchanges.reverse_settlement(world.session, settlement, reason=" ", on=LATER, act=an_act())
    exchanges.reverse_settlement(world.session, settlement, reason="Erreur", on=LATER, act=an_act())
    with pytest.raises(WrongState):
        exchanges.reverse_settlement(world.session, settlement, reason="Erreur", on=LATER, act=an_act())
    assert exchange.settled_cents == 10_000


def test_reversing_an_exchange_reverses_each_of_its_settlements_first(world):
    exchange = an_exchange(world)
    settled(world, exchange, 40_000)
    settled(world, exchange)
    exchanges.reverse(world.session, exchange, reason="Travaux non faits", on=LATER, act=an_act())
    assert (exchange.state, exchange.settled_cents, exchange.remaining_cents) == (CANCELLED, 0, 0)
    assert all(settlement.reversed_at for settlement in exchange.settlements)
    assert count(world.session, Entry) == 6
    assert world.broken() == []


def test_an_exchange_is_reversed_once_and_with_a_reason(world):
    exchange = an_exchange(world)
    with pytest.raises(ReasonMissing):
        exchanges.reverse(world.session, exchange, reason="", on=LATER, act=an_act())
    exchanges.reverse(world.session, exchange, reason="Erreur", on=LATER, act=an_act())
    with pytest.raises(WrongState):
        exchanges.reverse(world.session, exchange, reason="Erreur", on=LATER, act=an_act())


def test_each_step_says_who_and_when(world):
    at = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
    exchange = an_exchange(world)
    settled(world, exchange, 40_000, act=an_act(actor_name="Paul Comptable", at=at))
    exchanges.reverse(world.session, exchange, reason="Erreur", on=LATER, act=an_act())
    steps = [
        (event.action, event.state_before, event.state_after) for event in history_of(world.session, exchange)
    ]
    assert steps == [
        ("recorded", None, OPEN),
        ("settled", OPEN, PARTLY_SETTLED),
        ("settlement_reversed", PARTLY_SETTLED, OPEN),
        ("reversed", OPEN, CANCELLED),
    ]
    assert (history_of(world.session, exchange)[1].actor_name, history_of(world.session, exchange)[1].at) == (
        "Paul Comptable",
        at,
    )


def test_many_are_recorded_as_one_by_one(either_world):
    world = either_world
    facts = [facts_of(world, net_cents=cents, label=f"Lot {cents}") for cents in (100, 12_345, 99_999)]
    days = {facts[1].source: LATER}
    done = exchanges.record_many(world.session, facts, an_act(), settled_on=days)
    assert (done.recorded, done.existing, done.settled) == (3, 0, 1)
    rows = world.session.execute(select(Exchange).order_by(Exchange.id)).scalars().all()
    assert [(row.net_cents, row.contribution_cents, row.state) for row in rows] == [
        (100, 10, OPEN),
        (12_345, 1_235, SETTLED),
        (99_999, 10_000, OPEN),
    ]
    assert [event.action for event in history_of(world.session, rows[1])] == ["recorded", "settled"]
    assert [settlement.settled_on for settlement in rows[1].settlements] == [LATER]
    assert rows[0].recorded_at == an_act().at
    assert exchanges.record(world.session, facts[0], an_act()) is rows[0]
    assert world.broken() == []
    assert audit.verify(world.session).breaks == ()


def test_many_recorded_twice_are_recorded_once(either_world):
    facts = [facts_of(either_world), facts_of(either_world)]
    exchanges.record_many(either_world.session, facts[:1], an_act())
    done = exchanges.record_many(either_world.session, facts, an_act())
    assert (done.recorded, done.existing) == (1, 1)
    assert count(either_world.session, Entry) == 2


def test_many_with_one_source_twice_are_refused_when_they_differ(world):
    facts = [facts_of(world, source="one"), facts_of(world, source="one", net_cents=1)]
    with pytest.raises(ledger.SourceReused):
        exchanges.record_many(world.session, facts, an_act())


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"net_cents": 0}, exchanges.AmountNotPositive),
        ({"buyer_id": 1, "seller_id": 1}, exchanges.SameParty),
    ],
)
def test_many_are_refused_as_one_is(world, changed, refusal):
    ids = {name: world.seller.id for name in changed if name.endswith("_id")}
    facts = [facts_of(world), facts_of(world, **{**changed, **ids})]
    with pytest.raises(refusal):
        exchanges.record_many(world.session, facts, an_act())
    assert count(world.session, Exchange) == 0


@pytest.mark.parametrize("amount_cents", [100_000, 40_000])
def test_a_double_click_in_two_processes_settles_once(engine, amount_cents):
    """On MariaDB the second one's snapshot is older than the first's commit; on SQLite it waits its turn."""
    with Session(engine, future=True) as session:
        world = World(session)
        exchange_id = an_exchange(world).id
        session.commit()
    with Session(engine, future=True) as first, Session(engine, future=True) as second:
        if engine.dialect.name != "sqlite":
            assert second.get(Exchange, exchange_id).state == OPEN
        made = [click(session, exchange_id, amount_cents) for session in (first, second)]
    assert made[0] == made[1]
    with Session(engine, future=True) as session:
        assert session.get(Exchange, exchange_id).settled_cents == amount_cents
        assert invariants.check(session) == []
        assert count(session, Entry) == 2


def click(session, exchange_id, amount_cents):
    exchange = session.get(Exchange, exchange_id)
    how = {"settled_on": ON, "request_key": "click", "act": an_act()}
    settlement_id = exchanges.settle(session, exchange, amount_cents=amount_cents, **how).id
    session.commit()
    return settlement_id


def test_a_source_recorded_by_two_processes_is_recorded_once(engine):
    with Session(engine, future=True) as session:
        world = World(session)
        facts = facts_of(world)
        session.commit()
    with Session(engine, future=True) as first, Session(engine, future=True) as second:
        if engine.dialect.name != "sqlite":
            assert count(second, Exchange) == 0
        ids = []
        for session in (first, second):
            ids.append(exchanges.record(session, facts, an_act()).id)
            session.commit()
    assert ids[0] == ids[1]


def test_many_that_meet_another_recording_of_a_source_are_refused_as_changed(engine):
    if engine.dialect.name == "sqlite":
        return  # the second recording waits and sees the first one's exchange
    with Session(engine, future=True) as session:
        world = World(session)
        facts = facts_of(world)
        session.commit()
    with Session(engine, future=True) as first, Session(engine, future=True) as second:
        assert count(second, Exchange) == 0
        exchanges.record(first, facts, an_act())
        first.commit()
        with pytest.raises(exchanges.ChangedMeanwhile):
            exchanges.record_many(second, [facts], an_act())
