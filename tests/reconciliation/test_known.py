"""What the books know of a host's documents is found by the seller's document alone."""

import pytest

from endi_ext.exchanges.paper_models import CREDIT_NOTE, INVOICE, PAYMENT, HostDocument
from endi_ext.reconciliation.known import Known, exchanges_of
from tests.builders import an_act
from tests.exchanges.conftest import World
from tests.exchanges.makers import an_exchange


@pytest.fixture
def world(session):
    return World(session)


def papers(world, exchange, family, sale_id, purchase_id, **facts):
    plain = {"kind": f"{family}:{sale_id}", "amount_cents": 1, "made_at": an_act().at}
    world.session.add(
        HostDocument(
            exchange_id=exchange.id, family=family, sale_id=sale_id, purchase_id=purchase_id, **plain | facts
        )
    )
    world.session.flush()


def test_an_exchange_is_known_by_the_document_of_its_seller_with_the_payments_that_stand(world):
    read, made, other = (an_exchange(world, source=source) for source in ("host:invoice:7", "job:1", "job:2"))
    papers(world, read, INVOICE, 7, 70)
    papers(world, made, INVOICE, 8, None)
    papers(world, other, INVOICE, 9, 90)
    papers(world, made, CREDIT_NOTE, 7, 71)
    papers(world, made, PAYMENT, 3, 31)
    papers(world, made, PAYMENT, 4, 40)
    papers(world, made, PAYMENT, 5, None)  # its mirror is still to come
    papers(world, made, PAYMENT, 6, 60, removed_at=an_act().at)
    papers(world, read, PAYMENT, 1, 10)
    found = exchanges_of(world.session.connection(), "host", [7, 8, 99])
    assert found == {
        7: Known(read.id, adopted=True, payment_pairs=((1, 10),)),
        8: Known(made.id, adopted=False, payment_pairs=((3, 31), (4, 40))),
    }
    # Another host's document of the same number is not the one that was adopted.
    assert not exchanges_of(world.session.connection(), "elsewhere", [7])[7].adopted
    # Of a credit note, the exchange it takes back; payments are told of invoices.
    assert exchanges_of(world.session.connection(), "host", [7], CREDIT_NOTE) == {
        7: Known(made.id, adopted=False)
    }
    assert exchanges_of(world.session.connection(), "host", []) == {}
