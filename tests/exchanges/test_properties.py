"""Whatever people do, in whatever order: books and exchanges agree, and no cent is lost."""

import io
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from endi_ext.exchanges import cells, imports, invariants, queries, reductions, retention
from endi_ext.exchanges import service as exchanges
from endi_ext.exchanges.models import CANCELLED
from endi_ext.kernel import preferences
from endi_ext.kernel.errors import DomainError
from endi_ext.kernel.history import history_of
from endi_ext.ledger import audit
from endi_ext.ledger import service as ledger
from tests.builders import an_act
from tests.exchanges.conftest import World
from tests.exchanges.makers import ON, an_exchange, numbers, settled

DAYS = st.integers(0, 60).map(lambda days: ON + timedelta(days=days))
CENTS = st.one_of(st.integers(1, 1_000), st.integers(1, 10**11))
PLACES = st.integers(0, 3)

SETTLE = st.tuples(st.just("settle"), PLACES, st.integers(1, 60), DAYS)
UNDO = st.tuples(st.just("undo"), PLACES, DAYS)
STEPS = st.one_of(
    SETTLE,
    UNDO,
    st.tuples(st.just("record"), CENTS, st.booleans(), DAYS),
    st.tuples(st.just("settle_again"), PLACES),
    st.tuples(st.just("cancel"), PLACES, DAYS),
    st.tuples(st.just("scheme"), st.sampled_from(["4/6/7", "181/186/187"])),
    st.tuples(st.just("transfer"), st.sampled_from(["580", ""])),
    st.tuples(st.just("hold"), PLACES, st.integers(1, 100)),
    st.tuples(st.just("release"), PLACES, st.integers(1, 100), DAYS),
    st.tuples(st.just("release_again"), PLACES),
    st.tuples(st.just("contest"), PLACES),
    st.tuples(st.just("lift"), PLACES),
    st.tuples(st.just("wait"), PLACES, st.integers(0, 100)),
    st.tuples(st.just("reduce"), PLACES, st.integers(1, 60), DAYS),
)


class Play:
    """People at work on the exchanges between two parties."""

    def __init__(self, session) -> None:
        self.world = World(session)
        self.session = session
        self.exchanges, self.settlements = [], []

    def record(self, cents, backwards, on):
        parties = (self.world.buyer.id, self.world.seller.id)
        seller, buyer = parties if backwards else reversed(parties)
        self.exchanges.append(
            an_exchange(self.world, net_cents=cents, seller_id=seller, buyer_id=buyer, accepted_on=on)
        )

    def settle(self, place, percent, on):
        exchange = one_of(self.exchanges, place)
        amount_cents = max(1, exchange.net_cents * percent // 100)
        self.settlements.append(settled(self.world, exchange, amount_cents, settled_on=on))

    def settle_again(self, place):
        once = one_of(self.settlements, place)
        same = {"settled_on": once.settled_on, "request_key": once.request_key}
        if once.reversed_at is None:
            assert settled(self.world, once.exchange, once.amount_cents, **same) is once
        else:
            with pytest.raises(ledger.SourceReused):
                settled(self.world, once.exchange, once.amount_cents, **same)

    def undo(self, place, on):
        exchanges.reverse_settlement(
            self.session, one_of(self.settlements, place), reason="Erreur", on=on, act=an_act()
        )

    def cancel(self, place, on):
        exchanges.reverse(self.session, one_of(self.exchanges, place), reason="Erreur", on=on, act=an_act())

    def hold(self, place, percent):
        exchange = one_of(self.exchanges, place)
        cents = max(1, exchange.net_cents * percent // 100)
        retention.hold(self.session, exchange, cents=cents, release_on=None, act=an_act())

    def release(self, place, percent, on):
        exchange = one_of(self.exchanges, place)
        cents = max(1, exchange.net_cents * percent // 100)
        retention.release(self.session, exchange, cents=cents, on=on, act=an_act(), role="buyer")

    def release_again(self, place):
        exchange = one_of(self.exchanges, place)
        kept = retention.of_exchange(self.session, exchange)
        if kept is not None and kept.release_count:
            again = {"on": ON, "act": an_act(), "role": "buyer", "number": kept.release_count}
            before = kept.released_cents
            assert retention.release(self.session, exchange, **again).released_cents == before

    def contest(self, place):
        exchange = one_of(self.exchanges, place)
        retention.contest(self.session, exchange, reason="Défaut", act=an_act(), role="buyer")

    def lift(self, place):
        retention.lift(self.session, one_of(self.exchanges, place), act=an_act(), role="buyer")

    def wait(self, place, percent):
        exchange = one_of(self.exchanges, place)
        cents = exchange.net_cents * percent // 100
        exchanges.await_client(self.session, exchange, awaiting_cents=cents, due_on=None, act=an_act())

    def reduce(self, place, percent, on):
        exchange = one_of(self.exchanges, place)
        cents = max(1, exchange.net_cents * percent // 100)
        facts = {"reason": "Remise", "on": on, "request_key": f"avoir-{next(numbers)}", "act": an_act()}
        reductions.reduce(self.session, exchange, amount_cents=cents, **facts)

    def scheme(self, code):
        preferences.choose(self.session, "scheme", code, an_act())

    def transfer(self, number):
        preferences.choose(self.session, "account.4/6/7.transfer", number, an_act())


def one_of(made, place):
    """Return one of those made so far; IndexError when there is none."""
    return made[place % (len(made) or 1)]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=6, max_size=24))
def test_after_any_sequence_of_steps_books_and_exchanges_agree(session, steps):
    with session.begin_nested() as play_only:
        play = Play(session)
        play.record(100_000, backwards=False, on=ON)
        play.settle(0, 30, ON)
        play.settle(0, 20, ON)
        for name, *details in steps:
            try:
                with session.begin_nested():
                    getattr(play, name)(*details)
                event(f"{name} done")
            except (DomainError, IndexError):
                continue  # refused, or there is nothing to do it to
        assert invariants.check(session) == []
        assert audit.verify(session).breaks == ()
        the_balance_is_what_remains(play)
        no_cent_is_lost(play)
        each_state_is_the_last_of_its_history(play)
        play_only.rollback()


def no_cent_is_lost(play):
    for one in play.exchanges:
        parts = (one.settled_cents, one.due_cents, one.awaiting_cents, one.retained_cents)
        assert min(parts) >= 0
        assert sum(parts) == (0 if one.state == CANCELLED else one.net_cents)


def the_balance_is_what_remains(play):
    seller, buyer = play.world.seller.id, play.world.buyer.id
    owed = sum(one.remaining_cents for one in play.exchanges if one.seller_id == seller)
    owing = sum(one.remaining_cents for one in play.exchanges if one.seller_id == buyer)
    said = [
        (one.owed_to_us_cents, one.owed_by_us_cents) for one in queries.partner_balances(play.session, seller)
    ]
    assert said == ([(owed, owing)] if owed or owing else [])
    mirrored = [
        (one.owed_by_us_cents, one.owed_to_us_cents) for one in queries.partner_balances(play.session, buyer)
    ]
    assert mirrored == said


def each_state_is_the_last_of_its_history(play):
    for exchange in play.exchanges:
        assert history_of(play.session, exchange)[-1].state_after == exchange.state


@given(written=st.text(alphabet="0123456789 ,.€-\u202f+=e", max_size=12))
def test_an_amount_is_read_exactly_or_refused(written):
    try:
        cents = cells.amount_cents(written)
    except cells.CellRefused:
        return
    digits = [sign for sign in written if sign.isdigit()]
    assert 0 < cents < 10**12
    assert str(cents).rstrip("0") == "".join(digits).strip("0") or set(digits) == {"0"}


@given(cents=st.integers(1, 10**12 - 1), spaced=st.booleans(), mark=st.sampled_from([",", "."]))
def test_an_amount_written_in_full_is_read_back_to_the_cent(cents, spaced, mark):
    euros = f"{cents // 100:,}".replace(",", "\u202f" if spaced else "")
    assert cells.amount_cents(f"{euros}{mark}{cents % 100:02} €") == cents


@given(
    day=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    shape=st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d.%m.%y"]),
)
def test_a_day_written_any_way_is_read_back(day, shape):
    assert cells.day(day.strftime(shape)) == day


@given(content=st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_bytes_whatever_break_the_import(session, content):
    report = imports.import_file(session, io.BytesIO(content), "x", an_act())
    assert report.refused


@given(text=st.text(max_size=40))
def test_no_exported_text_is_computed(text):
    safe = cells.safe_cell(text)
    assert safe.removeprefix("'") == text.removeprefix("'") or safe == f"'{text}"
    assert safe.lstrip()[:1] not in cells.FORMULA_SIGNS
