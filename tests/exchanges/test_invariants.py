"""Each invariant finds what breaks it, and the database refuses what it can refuse by itself."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from endi_ext.exchanges.models import CANCELLED, SETTLED
from endi_ext.ledger import service as ledger
from endi_ext.ledger.entries import EntryDraft, credit, debit
from tests.builders import an_act
from tests.exchanges.makers import ON, an_exchange, settled


def codes(world):
    world.session.flush()
    return {code for code, _ in world.broken()}


def stray(world, *lines, journal="EXI"):
    """Post an entry that no exchange stands behind."""
    draft = EntryDraft(journal, ON, "stray", "Écriture égarée", lines)
    ledger.post(world.session, draft, an_act())


def test_a_book_without_exchanges_breaks_nothing(world):
    assert codes(world) == set()


def test_an_exchange_of_another_amount_than_its_entry(world):
    an_exchange(world).net_cents += 1
    assert "exchange_not_posted" in codes(world)


def test_an_exchange_cancelled_without_its_reversal(world):
    an_exchange(world).state = CANCELLED
    assert "cancelled_and_reversed_differ" in codes(world)


def test_a_settled_amount_without_settlement(world):
    exchange = an_exchange(world)
    exchange.settled_cents, exchange.state = exchange.net_cents, SETTLED
    assert codes(world) == {"settled_differs", "remaining_differs_from_books"}


def test_a_state_that_does_not_follow_from_the_settlements(world):
    an_exchange(world).state = SETTLED
    assert codes(world) == {"settled_differs"}


def test_a_settlement_without_its_entry(world):
    settled(world, an_exchange(world)).request_key = "other"
    assert codes(world) == {"settlement_not_posted"}


def test_a_debt_in_the_books_that_no_exchange_explains(world):
    an_exchange(world)
    buyer, seller = world.buyer.id, world.seller.id
    stray(world, debit("411900", seller, 500, buyer), credit("401900", buyer, 500, seller))
    assert codes(world) == {"remaining_differs_from_books"}


def test_an_expense_in_the_books_of_a_party_that_bought_nothing(world):
    an_exchange(world)
    buyer, seller = world.buyer.id, world.seller.id
    stray(world, debit("604020", seller, 500, buyer), credit("604020", buyer, 500, seller))
    assert codes(world) == {"result_of_another_party"}


def test_a_claim_that_the_other_side_does_not_mirror(world):
    an_exchange(world)
    buyer, seller = world.buyer.id, world.seller.id
    stray(world, debit("411900", seller, 500, buyer), credit("704900", seller, 500, buyer))
    assert codes(world) == {
        "revenue_differs_from_expense",
        "receivables_differ_from_payables",
        "pair_not_mirrored",
        "result_of_another_party",
    }


def test_a_share_of_the_cooperative_that_nobody_was_charged(world):
    an_exchange(world)
    stray(world, debit("6223", world.seller.id, 5), credit("7083", world.cooperative.id, 5))
    assert codes(world) == {"share_differs_from_contributions", "result_of_another_party"}


def test_money_left_on_the_transfer_account(world):
    an_exchange(world)
    lines = (
        debit("580", world.buyer.id, 5),
        credit("512", world.buyer.id, 4),
        credit("604020", world.buyer.id, 1),
    )
    stray(world, *lines, journal="RGI")
    assert "transfer_not_empty" in codes(world)


@pytest.mark.parametrize(
    "change",
    [
        "net_cents = 0",
        "net_cents = -1",
        "contribution_cents = -1",
        "contribution_cents = net_cents + 1",
        "settled_cents = -1",
        "settled_cents = net_cents + 1",
        "seller_id = buyer_id",
        "state = 'contested'",
        "source = NULL",
        "seller_id = 999999",
    ],
)
def test_the_database_refuses_an_exchange_that_cannot_be(either_world, change):
    exchange = an_exchange(either_world)
    with pytest.raises(DBAPIError):
        either_world.session.execute(text(f"UPDATE endi_ext_exchange SET {change} WHERE id = {exchange.id}"))


@pytest.mark.parametrize("change", ["amount_cents = 0", "exchange_id = 999999", "request_key = 'first'"])
def test_the_database_refuses_a_settlement_that_cannot_be(either_world, change):
    settled(either_world, an_exchange(either_world), request_key="first")
    settlement = settled(either_world, an_exchange(either_world))
    with pytest.raises(DBAPIError):
        either_world.session.execute(
            text(f"UPDATE endi_ext_settlement SET {change} WHERE id = {settlement.id}")
        )
