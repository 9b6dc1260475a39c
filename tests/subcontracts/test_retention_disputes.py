"""What is held back and opposed: a dispute over its release."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from endi_ext.exchanges import invariants
from endi_ext.exchanges import retention as exchange_retention
from endi_ext.exchanges.rules import MoreThanHeld
from endi_ext.kernel.errors import WrongState
from endi_ext.ledger import audit
from endi_ext.subcontracts import dispute_errors, disputes, retentions, service
from endi_ext.subcontracts.dispute_models import Dispute
from endi_ext.subcontracts.terms import Conditions
from tests.builders import TODAY, an_act

from .builders import a_delivery, a_proposal, accepted, some_terms
from .disputing import ARBITER, BUYER, SELLER, act_of, agreed, asked, said, side, taken

RELEASE_ON = TODAY + timedelta(days=365)


@pytest.fixture
def opposed(either_session):
    """450 € accepted, 5 % of it held for a year; the buyer opposes the release."""
    session = either_session
    conditions = Conditions(retention_rate_bp=500, retention_release_on=RELEASE_ON)
    subcontract = a_proposal(session, terms=replace(some_terms(), conditions=conditions))
    service.accept(session, subcontract, party=subcontract.seller, version=1, act=SELLER)
    delivery = accepted(session, a_delivery(session, subcontract))
    retentions.contest(session, delivery, party=subcontract.buyer, reason="Une fissure", act=BUYER)
    yield session, delivery, dispute_of(session)
    session.flush()
    assert audit.verify(session).sound
    assert invariants.check(session) == []


def dispute_of(session):
    return session.execute(select(Dispute)).scalars().one()


def retention_of(session, delivery):
    return exchange_retention.of_exchange(session, delivery.exchange)


def proposed(session, dispute, name, cents):
    outcome = disputes.Outcome(release_cents=cents)
    facts = {"party": side(dispute, name), "outcome": outcome, "said": said(""), "act": act_of(name)}
    return disputes.propose(session, dispute, **facts)


def test_opposing_a_release_opens_a_dispute_on_what_is_held(opposed):
    _session, _delivery, dispute = opposed
    assert (dispute.subject, dispute.amount_cents, dispute.reason) == ("retention", 2250, "Une fissure")
    assert (dispute.state, dispute.expected) == ("open", "seller")


@pytest.mark.parametrize(
    ("cents", "ending", "state"),
    [(2250, "released", "released"), (1000, "released_in_part", "contested"), (0, "kept", "contested")],
)
def test_an_outcome_agreed_upon_is_applied_at_once(opposed, cents, ending, state):
    session, delivery, dispute = opposed
    proposal = proposed(session, dispute, "seller", cents)
    assert (proposal.outcome, proposal.amount_cents) == (ending, cents)
    agreed(session, dispute, "buyer", proposal.number)
    assert (dispute.state, dispute.outcome, dispute.awarded_cents) == ("closed", ending, cents)
    retention = retention_of(session, delivery)
    assert (retention.state, retention.remaining_cents) == (state, 2250 - cents)
    assert delivery.exchange.retained_cents == 2250 - cents


@pytest.mark.parametrize(("cents", "ending"), [(2250, "released"), (1000, "released_in_part"), (0, "kept")])
def test_an_arbiter_decides_how_much_is_let_go(opposed, cents, ending):
    session, delivery, dispute = opposed
    asked(session, dispute)
    taken(session, dispute)
    words = said("Au vu des photos")
    outcome = disputes.Outcome(release_cents=cents)
    disputes.decide(session, dispute, outcome=outcome, said=words, act=ARBITER)
    assert (dispute.outcome, dispute.decided_by, dispute.awarded_cents) == (ending, "arbiter", cents)
    assert retention_of(session, delivery).remaining_cents == 2250 - cents


@pytest.mark.parametrize("cents", [-1, 2251])
def test_no_more_than_is_held_is_let_go(opposed, cents):
    session, _delivery, dispute = opposed
    with pytest.raises(MoreThanHeld):
        proposed(session, dispute, "seller", cents)
    assert dispute.proposal_number is None


def test_the_same_amount_is_agreed_to_not_proposed_again(opposed):
    session, _delivery, dispute = opposed
    proposed(session, dispute, "seller", 1000)
    with pytest.raises(dispute_errors.SameAsOnTheTable):
        proposed(session, dispute, "buyer", 1000)
    proposed(session, dispute, "buyer", 900)


@pytest.mark.parametrize("way", ["lift", "release", "give way"])
def test_a_buyer_who_takes_the_opposition_back_ends_it(opposed, way):
    session, delivery, dispute = opposed
    facts = {"party": side(dispute, "buyer"), "act": BUYER}
    if way == "lift":
        retentions.lift(session, delivery, **facts)
    elif way == "release":
        retentions.release(session, delivery, **facts)
    else:
        disputes.give_way(session, dispute, **facts)
    assert (dispute.state, dispute.outcome, dispute.decided_by) == ("closed", "released", "buyer")
    assert retention_of(session, delivery).state == ("released" if way == "release" else "held")


def test_a_seller_who_gives_way_leaves_it_all(opposed):
    session, delivery, dispute = opposed
    disputes.give_way(session, dispute, party=side(dispute, "seller"), act=SELLER)
    assert (dispute.outcome, dispute.decided_by, dispute.awarded_cents) == ("kept", "seller", 0)
    assert retention_of(session, delivery).state == "contested"


def test_what_was_kept_may_still_be_let_go_later(opposed):
    session, delivery, dispute = opposed
    disputes.give_way(session, dispute, party=side(dispute, "seller"), act=SELLER)
    retentions.release(session, delivery, party=side(dispute, "buyer"), act=BUYER)
    assert retention_of(session, delivery).state == "released"
    assert dispute.outcome == "kept"


def test_part_let_go_meanwhile_leaves_less_at_stake(opposed):
    session, delivery, dispute = opposed
    proposal = proposed(session, dispute, "seller", 2250)
    facts = {"party": side(dispute, "buyer"), "amount_cents": 250, "act": BUYER}
    retentions.release(session, delivery, **facts)
    assert (dispute.state, dispute.amount_cents) == ("open", 2000)
    with pytest.raises(MoreThanHeld):
        agreed(session, dispute, "buyer", proposal.number)


def test_an_accountant_who_lets_it_go_ends_it(opposed):
    session, delivery, dispute = opposed
    odile = an_act("user:13", "Odile")
    retentions.release_in_place(session, delivery.exchange, reason="À leur demande", on=TODAY, act=odile)
    assert (dispute.outcome, dispute.decided_by) == ("released", "accountant")


def test_a_reversed_acceptance_ends_it(opposed):
    session, delivery, dispute = opposed
    odile = an_act("user:13", "Odile")
    service.reverse_delivery(session, delivery, reason="Comptée deux fois", on=TODAY, act=odile)
    assert (dispute.state, dispute.outcome, dispute.awarded_cents) == ("closed", "kept", 0)
    with pytest.raises(WrongState):
        proposed(session, dispute, "seller", 100)


def test_what_is_in_dispute_is_not_let_go_by_its_date(opposed):
    session, _delivery, dispute = opposed
    assert retentions.releasable(session, date(2030, 1, 1)) == []
    assert dispute.state == "open"
