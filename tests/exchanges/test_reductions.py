"""Part of an exchange is taken back: its entry, what remains due, and what undoes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from endi_ext.exchanges import reductions
from endi_ext.exchanges import service as exchanges
from endi_ext.exchanges.models import CANCELLED, SETTLED
from endi_ext.exchanges.rules import AmountNotPositive, TooMuch
from endi_ext.kernel.errors import ReasonMissing, WrongState
from endi_ext.ledger import audit
from endi_ext.ledger import service as ledger
from endi_ext.ledger.models import Entry
from tests.builders import an_act
from tests.exchanges.makers import ON, an_exchange, books, settled


def reduce(world, exchange, amount_cents, request_key="avoir:1", reason="Moins long que prévu"):
    values = {"amount_cents": amount_cents, "reason": reason, "on": ON, "request_key": request_key}
    return reductions.reduce(world.session, exchange, act=an_act(), **values)


def sound(world):
    return world.broken() == [] and audit.verify(world.session).breaks == ()


def test_a_part_is_taken_back_by_the_opposite_of_its_lines(world):
    exchange = an_exchange(world)
    reduce(world, exchange, 10_000)
    assert (exchange.net_cents, exchange.contribution_cents) == (90_000, 9_000)
    names = {world.seller.id: "A", world.buyer.id: "B", world.cooperative.id: "CAE"}
    expected = """EXI 02/11/2026 Avoir : Pose de la cuisine (Moins long que prévu)
C 604020 B      100,00 (A)
D 401900 B      100,00 (A)
C 411900 A      100,00 (B)
D 704900 A      100,00 (B)
C 6223   A       10,00 (CAE)
D 7083   CAE     10,00 (A)"""
    assert books(world.session, names).split("\n\n")[1] == expected
    assert sound(world)


def test_what_remains_is_settled_and_the_same_click_reduces_once(world):
    exchange = an_exchange(world)
    assert reduce(world, exchange, 10_000).id == reduce(world, exchange, 10_000).id
    settled(world, exchange, 90_000)
    assert (exchange.state, exchange.remaining_cents) == (SETTLED, 0)
    assert sound(world)


def test_what_waits_for_the_client_gives_way(world):
    exchange = an_exchange(world)
    exchanges.await_client(world.session, exchange, awaiting_cents=100_000, due_on=None, act=an_act())
    reduce(world, exchange, 10_000)
    assert (exchange.awaiting_cents, exchange.due_cents) == (90_000, 0)
    assert sound(world)


def test_reducing_to_what_is_settled_settles(world):
    exchange = an_exchange(world)
    settled(world, exchange, 60_000)
    reduce(world, exchange, 40_000)
    assert exchange.state == SETTLED
    assert sound(world)


def test_a_reduced_exchange_is_cancelled_whole(world):
    exchange = an_exchange(world)
    reduce(world, exchange, 10_000)
    settled(world, exchange, 90_000)
    exchanges.reverse(world.session, exchange, reason="Rien n'est dû", on=ON, act=an_act())
    assert (exchange.state, exchange.net_cents) == (CANCELLED, 100_000)
    reversed_ones = select(Entry).where(Entry.reverses_id.is_not(None))
    assert len(world.session.execute(reversed_ones).scalars().all()) == 3
    assert sound(world)


@pytest.mark.parametrize(("amount_cents", "refusal"), [(0, AmountNotPositive), (-5, AmountNotPositive)])
def test_nothing_is_no_reduction(world, amount_cents, refusal):
    with pytest.raises(refusal):
        reduce(world, an_exchange(world), amount_cents)


def test_what_is_settled_is_not_reduced_and_the_whole_is_cancelled_instead(world):
    exchange = an_exchange(world)
    with pytest.raises(TooMuch):
        reduce(world, exchange, 100_000)
    settled(world, exchange, 95_000)
    with pytest.raises(TooMuch):
        reduce(world, exchange, 5_001)
    assert sound(world)


def test_a_reduction_needs_a_reason_and_an_exchange_that_stands(world):
    exchange = an_exchange(world)
    with pytest.raises(ReasonMissing):
        reduce(world, exchange, 100, reason="  ")
    exchanges.reverse(world.session, exchange, reason="Erreur", on=ON, act=an_act())
    with pytest.raises(WrongState):
        reduce(world, exchange, 100)


def test_a_key_used_for_another_amount_is_refused(world):
    exchange = an_exchange(world)
    reduce(world, exchange, 100)
    with pytest.raises(ledger.SourceReused):
        reduce(world, exchange, 200)


@given(
    net=st.integers(2, 10**9), cuts=st.lists(st.integers(1, 10**9), max_size=5), rate=st.integers(0, 10_000)
)
def test_no_cent_is_lost_by_reducing_again_and_again(net, cuts, rate):
    """Contribution follows the price: what is taken back and what is left add up, whatever the cuts."""
    contribution, left, left_contribution, taken = net * rate // 10_000, net, None, 0
    left_contribution = contribution
    for cut in cuts:
        if cut >= left:
            continue
        part = reductions.contribution_of_part(left, left_contribution, cut)
        assert 0 <= part <= cut
        left, left_contribution, taken = left - cut, left_contribution - part, taken + part
        assert 0 <= left_contribution <= left
    assert taken + left_contribution == contribution
