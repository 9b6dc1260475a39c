"""Who may do what in each state, as the table says."""

import pytest

from endi_ext.subcontracts import service, workflow
from tests.builders import a_party, an_act

from .builders import a_delivery, a_proposal, accepted, an_agreement, contested, some_terms

BY_ROLE_AND_STATE = {
    ("proposed", "answerer"): ("accept", "counter", "decline"),
    ("proposed", "proposer"): ("withdraw",),
    ("agreed", "seller"): ("declare_delivery",),
    ("agreed", "books"): ("complete",),
    ("completed", "books"): ("reopen",),
}
DELIVERY_BY_ROLE_AND_STATE = {
    ("declared", "buyer"): ("accept", "contest"),
    ("declared", "seller"): ("withdraw",),
    ("accepted", "accountant"): ("reverse",),
}
ROLES = ("proposer", "answerer", "buyer", "seller", "accountant", "books", "stranger")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", workflow.SUBCONTRACT.states)
def test_a_subcontract_allows_what_the_table_says_and_nothing_else(state, role):
    assert workflow.SUBCONTRACT.allowed(state, role) == BY_ROLE_AND_STATE.get((state, role), ())


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", workflow.DELIVERY.states)
def test_a_delivery_allows_what_the_table_says_and_nothing_else(state, role):
    assert workflow.DELIVERY.allowed(state, role) == DELIVERY_BY_ROLE_AND_STATE.get((state, role), ())


def test_the_side_that_did_not_propose_answers(session):
    subcontract = a_proposal(session)
    assert workflow.subcontract_actions(subcontract, subcontract.buyer) == ("withdraw",)
    assert workflow.subcontract_actions(subcontract, subcontract.seller) == ("accept", "counter", "decline")


def test_after_a_change_the_buyer_answers(session):
    subcontract = a_proposal(session)
    service.counter(
        session, subcontract, party=subcontract.seller, terms=some_terms(), version=1, act=an_act()
    )
    assert workflow.subcontract_actions(subcontract, subcontract.seller) == ("withdraw",)
    assert workflow.subcontract_actions(subcontract, subcontract.buyer) == ("accept", "counter", "decline")


def test_once_agreed_the_seller_delivers_and_the_buyer_waits(session):
    subcontract = an_agreement(session)
    assert workflow.subcontract_actions(subcontract, subcontract.seller) == ("declare_delivery",)
    assert workflow.subcontract_actions(subcontract, subcontract.buyer) == ()


def test_a_declared_delivery_is_judged_by_the_buyer_and_withdrawn_by_the_seller(session):
    delivery = a_delivery(session, an_agreement(session))
    assert workflow.delivery_actions(delivery, delivery.subcontract.buyer) == ("accept", "contest")
    assert workflow.delivery_actions(delivery, delivery.subcontract.seller) == ("withdraw",)
    assert workflow.accountant_actions(delivery) == ()


def test_an_accepted_delivery_is_reversed_by_an_accountant_only(session):
    delivery = accepted(session, a_delivery(session, an_agreement(session)))
    assert workflow.delivery_actions(delivery, delivery.subcontract.buyer) == ()
    assert workflow.accountant_actions(delivery) == ("reverse",)


def test_nothing_is_done_with_a_contested_delivery(session):
    delivery = contested(session, a_delivery(session, an_agreement(session)))
    for party in (delivery.subcontract.buyer, delivery.subcontract.seller):
        assert workflow.delivery_actions(delivery, party) == ()


def test_a_stranger_may_do_nothing(session):
    subcontract, stranger = an_agreement(session), a_party(session)
    delivery = a_delivery(session, subcontract)
    assert workflow.subcontract_actions(subcontract, stranger) == ()
    assert workflow.delivery_actions(delivery, stranger) == ()
