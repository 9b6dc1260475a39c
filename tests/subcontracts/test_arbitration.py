"""A dispute decided by a named arbiter."""

import pytest

from endi_ext.kernel.errors import ReasonMissing, WrongRole, WrongState
from endi_ext.kernel.history import history_of
from endi_ext.ledger import audit
from endi_ext.subcontracts import dispute_errors, disputes, service
from tests.builders import an_act

from .disputing import (
    ARBITER,
    SELLER,
    a_dispute,
    agreed,
    asked,
    decided,
    delivery_of,
    in_arbitration,
    outcome,
    proposed,
    said,
    taken,
    two_lines,
    written,
)

OTHER = an_act("user:17", "Noé")


def write_as_arbiter(session, dispute, act=ARBITER):
    return disputes.write(session, dispute, party=None, said=said("Avez-vous un relevé ?"), act=act)


@pytest.mark.parametrize("name", ["buyer", "seller"])
def test_either_side_asks_for_arbitration_with_a_reason(session, name):
    dispute = a_dispute(session)
    with pytest.raises(ReasonMissing):
        asked(session, dispute, name, "  ")
    message = asked(session, dispute, name, "Nous n'y arrivons pas")
    assert (dispute.state, dispute.expected, message.kind) == ("arbitration", "arbiter", "request")
    assert dispute.arbitration_at == message.written_at


def test_arbitration_is_asked_for_once(session):
    dispute = a_dispute(session)
    asked(session, dispute, "seller")
    with pytest.raises(WrongState):
        asked(session, dispute, "buyer")


def test_an_arbiter_takes_it_and_is_named_from_then_on(session):
    dispute = a_dispute(session)
    asked(session, dispute)
    taken(session, dispute)
    taken(session, dispute)
    assert (dispute.arbiter_key, dispute.arbiter_name) == ("user:16", "Fatou")
    assert [event.action for event in history_of(session, dispute)] == ["ask_arbitration", "take"]


def test_a_second_arbiter_learns_who_took_it_and_may_take_over(session):
    dispute = in_arbitration(session)
    with pytest.raises(dispute_errors.AlreadyTaken) as refusal:
        taken(session, dispute, OTHER)
    assert refusal.value.facts == {"arbiter": "Fatou"}
    taken(session, dispute, OTHER, instead_of="user:16")
    assert dispute.arbiter_name == "Noé"


def test_nobody_takes_what_was_not_submitted(session):
    with pytest.raises(WrongState):
        taken(session, a_dispute(session))


def test_who_spoke_for_one_side_does_not_arbitrate(session):
    dispute = a_dispute(session)
    asked(session, dispute)
    with pytest.raises(dispute_errors.PartOfTheDispute):
        taken(session, dispute, SELLER)


def test_the_arbiter_asks_questions_and_both_sides_are_expected(session):
    dispute = in_arbitration(session)
    message = write_as_arbiter(session, dispute)
    assert (message.side, message.author_name, dispute.expected) == ("arbiter", "Fatou", "both")
    written(session, dispute, "seller")
    assert dispute.expected == "arbiter"


def test_only_the_named_arbiter_writes_and_decides(session):
    dispute = a_dispute(session)
    asked(session, dispute)
    with pytest.raises(dispute_errors.ArbiterNotNamed):
        write_as_arbiter(session, dispute)
    with pytest.raises(dispute_errors.ArbiterNotNamed):
        decided(session, dispute, 4_000)
    taken(session, dispute)
    with pytest.raises(dispute_errors.NotTheArbiter):
        write_as_arbiter(session, dispute, OTHER)
    with pytest.raises(dispute_errors.NotTheArbiter):
        decided(session, dispute, 4_000, act=OTHER)


def test_an_arbiter_does_not_speak_before_being_asked(session):
    with pytest.raises(WrongRole):
        write_as_arbiter(session, a_dispute(session))


def test_a_decision_is_applied_at_once(either_session):
    session = either_session
    dispute = in_arbitration(session, 10_000, 2_000, lines=two_lines())
    decided(session, dispute, 5_000, 2_000)
    assert (dispute.state, dispute.outcome, dispute.decided_by) == ("closed", "accepted_in_part", "arbiter")
    assert dispute.awarded_cents == 55_000
    delivery = delivery_of(session, dispute)
    assert (delivery.state, delivery.accepted_cents, delivery.decided_by) == ("accepted", 55_000, "arbiter")
    (decision,) = [one for one in dispute.messages if one.kind == "decision"]
    assert (decision.text, decision.author_name) == ("Le relevé le prouve", "Fatou")
    assert [part.accepted_thousandths for part in decision.parts] == [5_000, 2_000]
    session.flush()
    assert audit.verify(session).sound


@pytest.mark.parametrize(
    ("thousandths", "ending", "state"), [(10_000, "accepted", "accepted"), (0, "withdrawn", "withdrawn")]
)
def test_an_arbiter_decides_for_all_or_for_nothing(session, thousandths, ending, state):
    dispute = in_arbitration(session)
    decided(session, dispute, thousandths)
    assert (dispute.outcome, delivery_of(session, dispute).state) == (ending, state)


def test_a_decision_has_a_reason(session):
    dispute = in_arbitration(session)
    with pytest.raises(ReasonMissing):
        decided(session, dispute, 4_000, text=" ")
    assert dispute.state == "arbitration"


def test_a_decision_sent_twice_is_taken_once(session):
    dispute = in_arbitration(session)
    for _time in range(2):
        decided(session, dispute, 4_000, request_key="a-key")
    assert [one.kind for one in dispute.messages] == ["request", "decision"]


def test_both_sides_may_still_agree_before_the_decision(session):
    dispute = in_arbitration(session)
    proposal = proposed(session, dispute, "seller", 6_000)
    assert dispute.expected == "buyer"
    agreed(session, dispute, "buyer", proposal.number)
    assert dispute.decided_by == "agreement"
    with pytest.raises(WrongState):
        decided(session, dispute, 4_000)


def test_what_could_not_be_accepted_is_not_decided(session):
    dispute = in_arbitration(session)
    wanted = outcome(session, dispute, 4_000, refusal="")
    with pytest.raises(service.RefusalMissing):
        disputes.decide(session, dispute, outcome=wanted, said=said("Voilà"), act=ARBITER)
    assert (dispute.state, len(dispute.messages)) == ("arbitration", 1)
