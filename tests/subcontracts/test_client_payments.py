"""What waits for the client becomes due as the client pays, and waits again when a payment is taken back."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from endi_ext.exchanges import invariants
from endi_ext.kernel.errors import WrongRole, WrongState
from endi_ext.kernel.history import Event
from endi_ext.ledger import audit
from endi_ext.subcontracts import client_invoices, client_payments
from endi_ext.subcontracts.client_models import ClientClaim, NamedInvoice
from endi_ext.subcontracts.errors import InvoiceUnknown
from tests.builders import TODAY, an_act
from tests.conftest import doomed_session

from .builders import a_delivery, a_line, a_proposal, accepted
from .clients import a_waiting_claim, named, settled, standing, when_the_client_pays


def follow(session, client, subcontract):
    return client_payments.follow(session, client, subcontract, an_act())


def test_a_claim_accepted_before_any_invoice_is_named_waits_whole(either_session):
    subcontract, exchange, client = a_waiting_claim(either_session)
    follow(either_session, client, subcontract)
    assert standing(exchange) == (0, 60_000, 0, 0)
    assert exchange.due_on is None


def test_naming_an_invoice_paid_already_makes_its_part_due(either_session):
    subcontract, exchange, client = a_waiting_claim(either_session)
    client.pays(60_000, on=TODAY + timedelta(days=2))
    named(either_session, subcontract, client)
    assert standing(exchange) == (30_000, 30_000, 0, 0)
    assert exchange.due_on == TODAY + timedelta(days=2)


def test_each_receipt_makes_its_part_due_and_a_cancelled_one_waits_again(either_session):
    subcontract, exchange, client = a_waiting_claim(either_session)
    named(either_session, subcontract, client)
    first = client.pays(40_000)
    client_payments.follow_invoice(either_session, client, "invoice:1", an_act())
    assert standing(exchange) == (20_000, 40_000, 0, 0)
    client.pays(80_000)
    follow(either_session, client, subcontract)
    assert standing(exchange) == (60_000, 0, 0, 0)
    client.takes_back(first)
    follow(either_session, client, subcontract)
    assert standing(exchange) == (40_000, 20_000, 0, 0)


def test_a_credit_note_lessens_what_is_waited_for(session):
    subcontract, exchange, client = a_waiting_claim(session)
    named(session, subcontract, client)
    client.pays(60_000)
    client.is_credited(60_000)
    follow(session, client, subcontract)
    assert standing(exchange) == (60_000, 0, 0, 0)


def test_an_invoice_credited_as_a_whole_leaves_everything_waiting_until_another_is_named(session):
    subcontract, exchange, client = a_waiting_claim(session)
    named(session, subcontract, client)
    client.is_credited(120_000)
    follow(session, client, subcontract)
    assert standing(exchange) == (0, 60_000, 0, 0)
    (row,) = session.execute(select(NamedInvoice)).scalars()
    assert (row.expected_cents, row.paid_bp) == (0, 0)
    client.found["invoice:2"] = client.found["invoice:1"].__class__(
        "invoice:2", "F-13", "Escalier", "Mairie", TODAY, 100_000, 120_000, 0, ()
    )
    client.pays(120_000, key="invoice:2")
    named(session, subcontract, client, key="invoice:2")
    assert standing(exchange) == (60_000, 0, 0, 0)


def test_what_is_settled_stays_settled_and_is_told_as_early(session):
    subcontract, exchange, client = a_waiting_claim(session)
    named(session, subcontract, client)
    receipt = client.pays(120_000)
    follow(session, client, subcontract)
    settled(session, exchange, 45_000)
    client.takes_back(receipt)
    follow(session, client, subcontract)
    assert standing(exchange) == (0, 15_000, 0, 45_000)
    claim = session.execute(select(ClientClaim)).scalars().one()
    session.refresh(claim)
    assert claim.early_cents == 45_000


def test_what_is_held_back_never_becomes_due_by_a_receipt(session):
    conditions = when_the_client_pays(retention_rate_bp=500, retention_release="on_acceptance")
    subcontract, exchange, client = a_waiting_claim(session, conditions=conditions)
    named(session, subcontract, client)
    client.pays(120_000)
    follow(session, client, subcontract)
    assert standing(exchange) == (57_000, 0, 3_000, 0)


def test_an_invoice_of_one_delivery_is_waited_for_by_that_delivery_alone(session):
    subcontract, first, client = a_waiting_claim(session, 5_000)
    second = accepted(session, a_delivery(session, subcontract, 5_000)).exchange
    named(session, subcontract, client, delivery_number=1)
    client.pays(120_000)
    follow(session, client, subcontract)
    assert (standing(first), standing(second)) == ((30_000, 0, 0, 0), (0, 30_000, 0, 0))


def test_forgetting_an_invoice_makes_what_it_made_due_wait_again(session):
    subcontract, exchange, client = a_waiting_claim(session)
    client.pays(60_000)
    named(session, subcontract, client)
    (row,) = session.execute(select(NamedInvoice)).scalars()
    facts = {"party": subcontract.buyer, "act": an_act()}
    client_invoices.forget_invoice(session, client, subcontract, named_id=row.id, **facts)
    assert standing(exchange) == (0, 60_000, 0, 0)


def test_lifting_the_wait_makes_all_of_it_due_today_and_what_is_accepted_later(session):
    subcontract, exchange, client = a_waiting_claim(session, 5_000)
    facts = {"party": subcontract.buyer, "act": an_act()}
    client_invoices.lift_wait(session, client, subcontract, reason="Le client ne paiera pas", **facts)
    assert (standing(exchange), exchange.due_on) == ((30_000, 0, 0, 0), TODAY)
    second = accepted(session, a_delivery(session, subcontract, 5_000)).exchange
    follow(session, client, subcontract)
    assert standing(second) == (30_000, 0, 0, 0)


def test_following_again_changes_nothing_and_remembers_nothing(session):
    subcontract, _exchange, client = a_waiting_claim(session)
    client.pays(60_000)
    named(session, subcontract, client)
    before = session.execute(select(Event.id)).scalars().all()
    assert follow(session, client, subcontract) == 0
    assert client_payments.sweep(session, client, an_act()) == 0
    assert session.execute(select(Event.id)).scalars().all() == before


def test_settling_what_is_due_is_no_step_of_the_client(session):
    subcontract, exchange, client = a_waiting_claim(session)
    client.pays(60_000)
    named(session, subcontract, client)
    settled(session, exchange, 30_000)
    before = session.execute(select(Event.id)).scalars().all()
    follow(session, client, subcontract)
    assert session.execute(select(Event.id)).scalars().all() == before
    assert (standing(exchange), exchange.due_on) == ((0, 30_000, 0, 30_000), None)


def test_the_daily_sweep_makes_good_a_receipt_nobody_told_of(session):
    subcontract, exchange, client = a_waiting_claim(session)
    named(session, subcontract, client)
    client.pays(120_000)
    assert client_payments.sweep(session, client, an_act()) == 1
    assert standing(exchange) == (60_000, 0, 0, 0)


def test_an_invoice_that_is_gone_makes_nothing_due(session):
    subcontract, exchange, client = a_waiting_claim(session)
    client.pays(120_000)
    named(session, subcontract, client)
    client.found.clear()
    follow(session, client, subcontract)
    assert standing(exchange) == (0, 60_000, 0, 0)


def test_only_the_principal_names_an_invoice_and_only_one_of_his_own(session):
    subcontract, _exchange, client = a_waiting_claim(session)
    with pytest.raises(WrongRole):
        client_invoices.name_invoice(
            session, client, subcontract, party=subcontract.seller, invoice_key="invoice:1", act=an_act()
        )
    for key, number in (("invoice:9", 0), ("invoice:1", 7)):
        with pytest.raises(InvoiceUnknown):
            named(session, subcontract, client, key=key, delivery_number=number)


def test_nothing_is_named_before_there_is_an_agreement(session):
    subcontract, _exchange, client = a_waiting_claim(session)
    proposal = a_proposal(session, buyer=subcontract.buyer, seller=subcontract.seller)
    with pytest.raises(WrongState):
        named(session, proposal, client)


def test_naming_twice_names_once(session):
    subcontract, _exchange, client = a_waiting_claim(session)
    named(session, subcontract, client)
    named(session, subcontract, client)
    assert len(session.execute(select(NamedInvoice)).scalars().all()) == 1


def test_other_terms_of_payment_wait_for_nobody(session):
    conditions = when_the_client_pays().__class__()
    subcontract, exchange, client = a_waiting_claim(session, conditions=conditions)
    named(session, subcontract, client)
    assert standing(exchange) == (60_000, 0, 0, 0)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(("pay", "refund", "take_back", "credit", "settle", "deliver")), st.integers(1, 60_000)
    ),
    max_size=7,
)


@settings(max_examples=30)
@given(STEPS)
def test_whatever_the_client_does_the_parts_make_what_was_accepted(migrated, steps):
    for session in doomed_session(migrated("sqlite")):
        conditions = when_the_client_pays(retention_rate_bp=500, retention_release="on_acceptance")
        line = a_line(quantity_thousandths=10_000, unit_price_cents=7_777)
        subcontract, _first, client = a_waiting_claim(session, 1_000, conditions=conditions, line=line)
        named(session, subcontract, client)
        for step, cents in steps:
            play(session, subcontract, client, step, cents)
            follow(session, client, subcontract)
            check(subcontract, client)
        rest = client.found["invoice:1"]
        missing = rest.total_cents - rest.credited_cents - sum(one.amount_cents for one in rest.receipts)
        if rest.total_cents > rest.credited_cents:
            client.pays(max(missing, 1))
            follow(session, client, subcontract)
            assert not any(delivery.exchange.awaiting_cents for delivery in subcontract.deliveries)
        assert invariants.check(session) == []
        assert audit.verify(session).sound


def play(session, subcontract, client, step, cents):
    invoice = client.found["invoice:1"]
    if step in ("pay", "refund"):
        client.pays(cents if step == "pay" else -cents)
    elif step == "take_back" and invoice.receipts:
        client.takes_back(invoice.receipts[cents % len(invoice.receipts)].key)
    elif step == "credit":
        client.is_credited(min(cents, invoice.total_cents - invoice.credited_cents))
    elif step == "deliver" and subcontract.version.lines[0].remaining_thousandths > 1_000:
        accepted(session, a_delivery(session, subcontract, 1_000))
    elif step == "settle":
        for exchange in (delivery.exchange for delivery in subcontract.deliveries):
            if exchange.payable_cents:
                settled(session, exchange, min(cents, exchange.payable_cents))


def check(subcontract, client):
    for exchange in (delivery.exchange for delivery in subcontract.deliveries):
        assert sum(standing(exchange)) == exchange.net_cents
        assert min(standing(exchange)) >= 0
        assert (exchange.due_on is not None) or not exchange.due_cents
