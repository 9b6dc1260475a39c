"""Disputes: opened by a contestation, closed by agreement or by who gives way."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from endi_ext.exchanges.models import Exchange
from endi_ext.kernel.errors import ReasonMissing, WrongRole, WrongState
from endi_ext.kernel.history import history_of
from endi_ext.subcontracts import dispute_errors, disputes, service
from endi_ext.subcontracts.dispute_models import Dispute, DisputeMessage
from endi_ext.subcontracts.dispute_steps import contest
from tests.builders import TODAY, a_party, an_act

from .builders import a_delivery, accepted, an_agreement, contested
from .disputing import (
    BUYER,
    SELLER,
    a_dispute,
    a_proof,
    agreed,
    asked,
    delivery_of,
    of,
    outcome,
    proposed,
    said,
    side,
    two_lines,
    written,
)

SIDES = ("buyer", "seller")


def actions(session, dispute):
    return [event.action for event in history_of(session, dispute)]


def test_contesting_a_delivery_opens_its_dispute_and_the_seller_is_expected(session):
    delivery = contested(session, a_delivery(session, an_agreement(session), 4000), reason=" Il manque  ")
    dispute = of(session, delivery)
    assert (dispute.state, dispute.expected, dispute.reason) == ("open", "seller", "Il manque")
    assert (dispute.amount_cents, dispute.opened_by.name) == (18_000, "Menuiserie du Lac")


def test_a_contested_delivery_keeps_its_quantities_and_owes_nothing(session):
    dispute = a_dispute(session, 4000)
    (line,) = dispute.subcontract.version.lines
    assert (line.delivered_thousandths, line.accepted_thousandths) == (4000, 0)
    assert session.execute(select(func.count()).select_from(Exchange)).scalar_one() == 0


def test_the_database_refuses_a_second_open_dispute_on_a_delivery(either_session):
    dispute = a_dispute(either_session)
    delivery = delivery_of(either_session, dispute)
    with pytest.raises(IntegrityError):
        contest(either_session, dispute.subcontract, delivery, side(dispute, "buyer"), "Encore", BUYER)


@pytest.mark.parametrize("name", SIDES)
def test_each_side_writes_and_the_other_is_expected(session, name):
    dispute = a_dispute(session)
    message = written(session, dispute, name, "Bonjour")
    assert (message.number, message.side, message.kind, message.text) == (1, name, "message", "Bonjour")
    assert dispute.expected == {"buyer": "seller", "seller": "buyer"}[name]


def test_a_message_says_something_or_brings_a_file(session):
    dispute = a_dispute(session)
    with pytest.raises(dispute_errors.NothingSaid):
        written(session, dispute, "seller", "  ")
    message = disputes.write(
        session, dispute, party=side(dispute, "seller"), said=said("", a_proof()), act=SELLER
    )
    assert [file.name for file in message.files] == ["relevé.pdf"]


def test_a_stranger_says_nothing(session):
    dispute = a_dispute(session)
    stranger = a_party(session)
    with pytest.raises(WrongRole):
        disputes.write(session, dispute, party=stranger, said=said(), act=an_act())
    with pytest.raises(WrongRole):
        disputes.propose(
            session, dispute, party=stranger, outcome=disputes.Outcome(), said=said(), act=an_act()
        )
    with pytest.raises(WrongRole):
        disputes.ask_arbitration(session, dispute, party=stranger, said=said(), act=an_act())


def test_a_message_sent_twice_is_written_once(session):
    dispute = a_dispute(session)
    twice = [written(session, dispute, "seller", "Bonjour", request_key="a-key") for _time in range(2)]
    assert twice[0] is twice[1]
    assert dispute.message_count == 1


@pytest.mark.parametrize("other", [{"text": "Bonsoir"}, {"name": "buyer"}, {"proof": True}])
def test_the_key_of_another_message_is_refused(session, other):
    dispute = a_dispute(session)
    written(session, dispute, "seller", "Bonjour", request_key="a-key")
    name = other.get("name", "seller")
    proofs = (a_proof(),) if other.get("proof") else ()
    words = said(other.get("text", "Bonjour"), *proofs, request_key="a-key")
    with pytest.raises(service.RequestKeyReused):
        disputes.write(session, dispute, party=side(dispute, name), said=words, act=SELLER)


def test_a_proposal_for_a_part_is_agreed_and_the_rest_is_given_back(session):
    dispute = a_dispute(session, 10_000, 2_000, lines=two_lines())
    proposal = proposed(session, dispute, "seller", 8_000, 0)
    assert (proposal.outcome, dispute.expected, dispute.proposal_number) == ("accepted_in_part", "buyer", 1)
    agreed(session, dispute, "buyer", proposal.number)
    assert (dispute.state, dispute.outcome, dispute.decided_by) == ("closed", "accepted_in_part", "agreement")
    assert (dispute.amount_cents, dispute.awarded_cents, dispute.expected) == (80_000, 40_000, None)
    delivery = delivery_of(session, dispute)
    assert (delivery.state, delivery.accepted_cents, delivery.decided_by) == ("accepted", 40_000, "agreement")
    assert [line.refusal for line in delivery.lines] == ["Pas terminé", "Pas terminé"]
    plans, coupe = dispute.subcontract.version.lines
    assert (plans.remaining_thousandths, coupe.remaining_thousandths) == (2_000, 2_000)
    assert delivery.exchange.net_cents == 40_000
    assert actions(session, dispute) == ["propose", "agree"]


def test_what_was_given_back_is_declared_again_and_completes_the_subcontract(session):
    dispute = a_dispute(session)
    agreed(session, dispute, "buyer", proposed(session, dispute, "seller", 8_000).number)
    accepted(session, a_delivery(session, dispute.subcontract))
    assert dispute.subcontract.state == "completed"
    assert dispute.subcontract.accepted_cents == dispute.subcontract.version.total_cents


@pytest.mark.parametrize(("thousandths", "name"), [(10_000, "accepted"), (0, "withdrawn")])
def test_all_or_nothing_may_be_proposed_by_the_side_that_cannot_do_it_alone(session, thousandths, name):
    dispute = a_dispute(session)
    proposer, answerer = SIDES if name == "withdrawn" else reversed(SIDES)
    proposal = proposed(session, dispute, proposer, thousandths)
    assert proposal.outcome == name
    agreed(session, dispute, answerer, proposal.number)
    assert (dispute.outcome, delivery_of(session, dispute).state) == (name, name)


def test_another_proposal_takes_the_place_of_the_first_one(session):
    dispute = a_dispute(session)
    first = proposed(session, dispute, "seller", 8_000)
    second = proposed(session, dispute, "buyer", 6_000)
    assert (dispute.proposal_number, dispute.expected) == (second.number, "seller")
    with pytest.raises(dispute_errors.ProposalChanged):
        agreed(session, dispute, "seller", first.number)
    agreed(session, dispute, "seller", second.number)
    assert dispute.awarded_cents == 27_000


def test_nobody_agrees_to_their_own_proposal_nor_to_none(session):
    dispute = a_dispute(session)
    with pytest.raises(dispute_errors.ProposalChanged):
        agreed(session, dispute, "buyer", 1)
    proposal = proposed(session, dispute, "buyer", 6_000)
    with pytest.raises(WrongRole) as refusal:
        agreed(session, dispute, "buyer", proposal.number)
    assert refusal.value.facts["role"] == "proposer"


def test_what_the_other_side_proposes_is_agreed_to_not_proposed_again(session):
    dispute = a_dispute(session)
    proposed(session, dispute, "seller", 6_000)
    with pytest.raises(dispute_errors.SameAsOnTheTable):
        proposed(session, dispute, "buyer", 6_000)


@pytest.mark.parametrize(
    ("thousandths", "refusal", "error"),
    [
        (10_001, "x", service.MoreThanClaimed),
        (-1, "x", service.MoreThanClaimed),
        (4_000, " ", service.RefusalMissing),
    ],
)
def test_what_could_not_be_accepted_is_not_proposed(session, thousandths, refusal, error):
    dispute = a_dispute(session)
    wanted = outcome(session, dispute, thousandths, refusal=refusal)
    with pytest.raises(error):
        disputes.propose(
            session, dispute, party=side(dispute, "buyer"), outcome=wanted, said=said(""), act=BUYER
        )
    assert (dispute.proposal_number, dispute.message_count) == (None, 0)


def test_the_buyer_may_accept_everything_at_any_time(session):
    dispute = a_dispute(session)
    written(session, dispute, "seller")
    accepted(session, delivery_of(session, dispute))
    assert (dispute.state, dispute.outcome, dispute.decided_by) == ("closed", "accepted", "buyer")
    assert dispute.awarded_cents == dispute.amount_cents
    assert actions(session, dispute)[-1] == "accept"


@pytest.mark.parametrize("arbitration", [False, True])
def test_the_seller_may_withdraw_at_any_time(session, arbitration):
    dispute = a_dispute(session)
    if arbitration:
        asked(session, dispute)
    service.withdraw_delivery(
        session, delivery_of(session, dispute), party=side(dispute, "seller"), act=SELLER
    )
    assert (dispute.state, dispute.outcome, dispute.decided_by) == ("closed", "withdrawn", "seller")
    assert dispute.awarded_cents == 0


def test_a_buyer_does_not_accept_a_part_of_what_is_contested_alone(session):
    dispute = a_dispute(session)
    delivery = delivery_of(session, dispute)
    wanted = outcome(session, dispute, 4_000)
    with pytest.raises(WrongState):
        service.accept_in_part(
            session,
            delivery,
            party=side(dispute, "buyer"),
            accepted=wanted.accepted,
            refusals=wanted.refusals,
            accepted_on=TODAY,
            act=BUYER,
        )


@pytest.mark.parametrize(("who", "outcome"), [("buyer", "accepted"), ("seller", "withdrawn")])
def test_an_accountant_who_decides_for_a_party_that_left_closes_the_dispute(session, who, outcome):
    dispute = a_dispute(session)
    delivery, odile = delivery_of(session, dispute), an_act("user:13", "Odile")
    side(dispute, who).active = False
    if who == "buyer":
        service.accept_in_place(session, delivery, reason="Parti", accepted_on=TODAY, act=odile)
    else:
        service.withdraw_in_place(session, delivery, reason="Parti", act=odile)
    assert (dispute.state, dispute.outcome, dispute.decided_by) == ("closed", outcome, "accountant")


def test_a_closed_dispute_takes_nothing_more(session):
    dispute = a_dispute(session)
    proposal = proposed(session, dispute, "seller", 6_000)
    agreed(session, dispute, "buyer", proposal.number)
    for again in (
        lambda: written(session, dispute, "seller"),
        lambda: proposed(session, dispute, "seller", 5_000),
        lambda: agreed(session, dispute, "buyer", proposal.number),
        lambda: asked(session, dispute),
    ):
        with pytest.raises(WrongState):
            again()


def test_a_dispute_may_follow_another_on_the_next_delivery(session):
    first = a_dispute(session)
    service.withdraw_delivery(session, delivery_of(session, first), party=side(first, "seller"), act=SELLER)
    contested(session, a_delivery(session, first.subcontract))
    assert session.execute(select(func.count()).select_from(Dispute)).scalar_one() == 2


def test_contesting_needs_a_reason_and_leaves_nothing_behind(session):
    delivery = a_delivery(session, an_agreement(session))
    with pytest.raises(ReasonMissing):
        contested(session, delivery, reason=" ")
    assert session.execute(select(func.count()).select_from(Dispute)).scalar_one() == 0


def test_a_refused_message_leaves_nothing_behind(session):
    dispute = a_dispute(session)
    with pytest.raises(dispute_errors.ProofKindRefused):
        disputes.write(
            session,
            dispute,
            party=side(dispute, "seller"),
            said=said("Bonjour", a_proof("page.html", b"<html>")),
            act=SELLER,
        )
    assert session.execute(select(func.count()).select_from(DisputeMessage)).scalar_one() == 0
    assert (dispute.message_count, dispute.file_count, dispute.expected) == (0, 0, "seller")
