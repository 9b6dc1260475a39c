"""Who may do what in each state, as the table says."""

import pytest

from endi_ext.subcontracts import service, workflow
from tests.builders import a_party, an_act

from .builders import a_delivery, a_proposal, accepted, an_agreement, contested, some_terms

BY_ROLE_AND_STATE = {
    ("proposed", "answerer"): ("accept", "counter", "decline"),
    ("proposed", "proposer"): ("withdraw",),
    ("proposed", "books"): ("expire",),
    ("agreed", "buyer"): ("propose_amendment",),
    ("agreed", "seller"): ("declare_delivery", "propose_amendment"),
    ("agreed", "books"): ("amend", "complete"),
    ("completed", "buyer"): ("propose_amendment", "pronounce_acceptance", "draw_up_final_account"),
    ("completed", "seller"): ("propose_amendment", "draw_up_final_account"),
    ("completed", "answerer"): ("sign_final_account",),
    ("completed", "books"): ("amend", "reopen"),
    ("closed", "books"): ("reopen",),
    ("closed", "buyer"): ("pronounce_acceptance",),
}
FRAME_BY_ROLE_AND_STATE = {
    ("proposed", "answerer"): ("accept", "counter", "decline"),
    ("proposed", "proposer"): ("withdraw",),
    ("proposed", "books"): ("expire",),
    ("agreed", "buyer"): ("call_off", "propose_amendment", "end"),
    ("agreed", "seller"): ("propose_amendment", "end"),
    ("agreed", "books"): ("amend",),
}
DELIVERY_BY_ROLE_AND_STATE = {
    ("declared", "buyer"): ("accept", "accept_in_part", "contest"),
    ("declared", "seller"): ("withdraw",),
    ("declared", "books"): ("accept_by_silence",),
    ("declared", "accountant"): ("accept", "withdraw"),
    ("contested", "buyer"): ("accept",),
    ("contested", "seller"): ("withdraw",),
    ("contested", "arbiter"): ("arbitrate", "dismiss"),
    ("contested", "books"): ("conclude", "abandon"),
    ("contested", "accountant"): ("accept", "withdraw"),
    ("accepted", "accountant"): ("reverse",),
}
ROLES = ("proposer", "answerer", "buyer", "seller", "accountant", "arbiter", "books", "stranger")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", workflow.SUBCONTRACT.states)
def test_a_subcontract_allows_what_the_table_says_and_nothing_else(state, role):
    assert workflow.SUBCONTRACT.allowed(state, role) == BY_ROLE_AND_STATE.get((state, role), ())


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", workflow.FRAME_AGREEMENT.states)
def test_a_frame_agreement_allows_what_the_table_says_and_nothing_else(state, role):
    assert workflow.FRAME_AGREEMENT.allowed(state, role) == FRAME_BY_ROLE_AND_STATE.get((state, role), ())


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


def test_once_agreed_the_seller_alone_delivers(session):
    subcontract = an_agreement(session)
    assert "declare_delivery" in workflow.subcontract_actions(subcontract, subcontract.seller)
    assert "declare_delivery" not in workflow.subcontract_actions(subcontract, subcontract.buyer)


def test_a_declared_delivery_is_judged_by_the_buyer_and_withdrawn_by_the_seller(session):
    delivery = a_delivery(session, an_agreement(session))
    of_the_buyer = ("accept", "accept_in_part", "contest")
    assert workflow.delivery_actions(delivery, delivery.subcontract.buyer) == of_the_buyer
    assert workflow.delivery_actions(delivery, delivery.subcontract.seller) == ("withdraw",)


def test_an_accepted_delivery_is_reversed_by_an_accountant_only(session):
    delivery = accepted(session, a_delivery(session, an_agreement(session)))
    assert workflow.delivery_actions(delivery, delivery.subcontract.buyer) == ()
    assert workflow.accountant_actions(delivery) == ("reverse",)


def test_a_contested_delivery_is_accepted_after_all_or_withdrawn(session):
    delivery = contested(session, a_delivery(session, an_agreement(session)))
    assert workflow.delivery_actions(delivery, delivery.subcontract.buyer) == ("accept",)
    assert workflow.delivery_actions(delivery, delivery.subcontract.seller) == ("withdraw",)


def test_a_stranger_may_do_nothing(session):
    subcontract, stranger = an_agreement(session), a_party(session)
    delivery = a_delivery(session, subcontract)
    assert workflow.subcontract_actions(subcontract, stranger) == ()
    assert workflow.delivery_actions(delivery, stranger) == ()
