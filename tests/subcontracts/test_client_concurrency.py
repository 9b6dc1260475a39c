"""Two people at once on the side of the client: one line, one invoice, one answer."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from endi_ext.kernel.errors import WrongState
from endi_ext.subcontracts import client_invoices, client_lines, client_payments, client_shares
from endi_ext.subcontracts.client_models import ClientClaim, ClientLine, NamedInvoice, ReceiptShare
from endi_ext.subcontracts.models import Subcontract
from tests.builders import an_act

from .builders import a_delivery, accepted, an_agreement
from .clients import a_waiting_claim, named, standing, when_the_client_pays
from .rows import count


@pytest.fixture
def waiting(engine):
    """A claim that waits for the client, committed: (id of the subcontract, the client)."""

    def make(**conditions):
        with Session(engine, future=True) as session, session.begin():
            facts = when_the_client_pays(**conditions)
            subcontract, _exchange, client = a_waiting_claim(session, conditions=facts)
            return subcontract.id, client

    return make


def test_the_same_invoice_named_twice_at_once_is_named_once(engine, both, waiting):
    key, client = waiting()
    client.pays(60_000)

    def name(session):
        named(session, session.get(Subcontract, key), client)
        return "named"

    assert both(name, name) == ["named", "named"]
    assert (count(engine, NamedInvoice), count(engine, ClientClaim)) == (1, 1)
    with Session(engine, future=True) as session:
        (delivery,) = session.get(Subcontract, key).deliveries
        assert standing(delivery.exchange) == (30_000, 30_000, 0, 0)


def test_an_invoice_forgotten_twice_at_once_is_forgotten(engine, both, waiting):
    key, client = waiting()
    with Session(engine, future=True) as session, session.begin():
        named(session, session.get(Subcontract, key), client)
        (row_id,) = session.execute(select(NamedInvoice.id)).scalars()

    def forget(session):
        subcontract = session.get(Subcontract, key)
        facts = {"party": subcontract.buyer, "named_id": row_id, "act": an_act()}
        client_invoices.forget_invoice(session, client, subcontract, **facts)
        return "forgotten"

    assert both(forget, forget) == ["forgotten", "forgotten"]
    assert count(engine, NamedInvoice) == 0


def test_an_acceptance_followed_twice_at_once_makes_one_line(engine, both, made):
    def a_job(session):
        subcontract = an_agreement(session)
        facts = {"party": subcontract.buyer, "act": an_act()}
        client_lines.fix_margin(session, subcontract, kind="percent", rate_bp=1_000, **facts)
        accepted(session, a_delivery(session, subcontract))
        return subcontract

    key = made(a_job)

    def keep(session):
        return len(client_lines.keep_lines(session, session.get(Subcontract, key), an_act()))

    assert sorted(both(keep, keep)) == [0, 1]
    assert count(engine, ClientLine) == 1

    def add(session):
        found = client_lines.waiting_lines(session, session.get(Subcontract, key))
        for line in found:
            client_lines.settle_line(session, line, action="add", line_key="line:1")
        return len(found)

    assert sorted(both(add, add)) == [0, 1]


def test_of_two_who_note_what_became_of_a_line_one_is_told(engine, both, made):
    def a_line(session):
        subcontract = an_agreement(session)
        facts = {"party": subcontract.buyer, "act": an_act()}
        client_lines.fix_margin(session, subcontract, kind="percent", rate_bp=1_000, **facts)
        accepted(session, a_delivery(session, subcontract))
        (line,) = client_lines.keep_lines(session, subcontract, an_act())
        return line

    key = made(a_line)

    def by_hand(session):
        line = session.get(ClientLine, key)
        return client_lines.settle_line(session, line, action="invoice_by_hand").state

    assert WrongState in both(by_hand, by_hand)


def test_a_receipt_divided_twice_at_once_is_divided_once(engine, both, waiting):
    key, client = waiting(client_mode="by_line")
    receipt = client.pays(60_000)
    with Session(engine, future=True) as session, session.begin():
        named(session, session.get(Subcontract, key), client)

    def divide(session):
        subcontract = session.get(Subcontract, key)
        (division,) = client_shares.divisions(session, client, subcontract)
        shares = {part.exchange.id: 20_000 for part in division.parts}
        facts = {"party": subcontract.buyer, "invoice_key": "invoice:1", "receipt_key": receipt}
        client_shares.divide(session, client, subcontract, shares=shares, act=an_act(), **facts)
        return "divided"

    assert both(divide, divide) == ["divided", "divided"]
    assert count(engine, ReceiptShare) == 1
    with Session(engine, future=True) as session:
        (delivery,) = session.get(Subcontract, key).deliveries
        assert standing(delivery.exchange) == (20_000, 40_000, 0, 0)


def test_two_receipts_followed_at_once_both_count(engine, both, waiting):
    key, client = waiting()
    with Session(engine, future=True) as session, session.begin():
        named(session, session.get(Subcontract, key), client)
    client.pays(30_000)
    client.pays(30_000)

    def follow(session):
        return client_payments.follow_invoice(session, client, "invoice:1", an_act())

    assert sorted(both(follow, follow)) == [0, 1]
    with Session(engine, future=True) as session:
        (delivery,) = session.get(Subcontract, key).deliveries
        assert standing(delivery.exchange) == (30_000, 30_000, 0, 0)
