"""Whatever a team, its buyer and its members do, in whatever order: states, shares and agreements agree.

HYPOTHESIS_PROFILE=thorough tries many more and longer sequences than `make test` does.
"""

import os
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy.orm import Session

from endi_ext.exchanges import invariants
from endi_ext.exchanges import service as exchanges
from endi_ext.ledger import audit
from endi_ext.subcontracts import service as subcontracts
from endi_ext.tenders import (
    agreements,
    assignments,
    decisions,
    editing,
    members,
    outcomes,
    price_terms,
    prices,
    splits,
)
from endi_ext.tenders.price_facts import LineFacts
from endi_ext.tenders.shares import AMOUNT, PARTS, PERCENT, Claim

from .anything.bid import Bid
from .endings import WORDS

QUICK = {"max_examples": 14, "stateful_step_count": 25}
THOROUGH = {"max_examples": 400, "stateful_step_count": 60}
SIZE = THOROUGH if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else QUICK

places, cents = st.integers(0, 5), st.sampled_from([1, 3, 99, 4500, 33_333, 1_000_000])
quantities = st.sampled_from([1000, 333, 7777, 12_500, None])
reasons = st.sampled_from(["Parce que", ""])
claims = st.lists(
    st.tuples(places, st.sampled_from([AMOUNT, PERCENT, PARTS, PARTS]), st.integers(1, 10_000)), max_size=3
)


class AnyTender(RuleBasedStateMachine):
    """One tender in a transaction of its own; each rule is what people or the buyer do."""

    def __init__(self, engine):
        super().__init__()
        self.connection = engine.connect()
        self.transaction = self.connection.begin()
        self.session = Session(bind=self.connection, future=True)
        self.bid = Bid(self.session)

    @initialize(stage=st.integers(0, 6), fee=st.sampled_from([0, 333]), common=st.sampled_from([0, 10_001]))
    def get_going(self, stage, fee, common):
        """Begin anywhere in its life: from nothing to agreements that are signed."""
        for reached, step in enumerate(
            (self.agree_to_go, self.fill_in, self.submit, self.win, self.send, self.sign)
        ):
            if stage > reached:
                step()
            if reached == 0:
                self.settle(fee, common, 500)

    def agree_to_go(self):
        for place in range(4):
            self.take_position(place, "go")
        self.decide(go=True)

    def fill_in(self):
        for lot, quantity, price in ((0, 7777, 4500), (0, 1000, 33_333), (1, 12_500, 99)):
            self.add_line(lot, quantity, price, 0)
        found = self.lines()
        who = [member.id for member in self.bid.tender.members]
        self.share(
            {
                found[0].id: [Claim(who[1], PARTS, 2), Claim(who[2], PARTS, 1)],
                found[1].id: [Claim(who[0], AMOUNT, 1_001), Claim(who[2], PARTS, 1)],
                found[2].id: [
                    Claim(who[1], PERCENT, 3_333),
                    Claim(who[3], PARTS, 5),
                    Claim(who[0], PARTS, 1),
                ],
            }
        )

    def win(self):
        self.conclude(0, "won", None)

    def sign(self):
        self.answer_agreement(0, yes=True)
        self.work(0, 500)

    @rule(place=places, stance=st.sampled_from(["go", "go", "no_go", "abstain"]))
    def take_position(self, place, stance):
        bid, member = self.bid, self.bid.member(place)
        facts = {"stance": stance, "reason": "Voilà", "by": member.party or bid.lead, "act": bid.act()}
        bid.attempt(decisions.take_position, member, **facts)

    @rule(go=st.sampled_from([True, True, False]))
    def decide(self, go):
        facts = {"go": go, "statement": "Ainsi soit-il", "by": self.bid.lead, "act": self.bid.act()}
        self.bid.attempt(decisions.decide, self.bid.tender, **facts)

    @rule(service=st.sampled_from([decisions.reconsider, decisions.reopen]), reason=reasons)
    def go_back(self, service, reason):
        self.bid.attempt(service, self.bid.tender, reason=reason, by=self.bid.lead, act=self.bid.act())

    @rule(place=places, by=places, reason=reasons)
    def leave(self, place, by, reason):
        bid = self.bid
        facts = {"by": bid.party(by), "reason": reason, "act": bid.act()}
        bid.attempt(members.leave, bid.member(place), **facts)

    @rule(place=places)
    def come_back(self, place):
        bid, member = self.bid, self.bid.member(place)
        terms = members.Terms(mission="Encore vous")
        if bid.attempt(members.invite_again, member, terms, by=bid.lead, act=bid.act()):
            facts = {"accept": True, "by": member.party or bid.lead, "act": bid.act()}
            bid.attempt(members.answer, member, **facts)

    @rule(lot=st.integers(0, 1), quantity=quantities, price=cents | st.none(), by=places)
    def add_line(self, lot, quantity, price, by):
        bid = self.bid
        facts = LineFacts(bid.tender.lots[lot].id, "Ouvrage", "", "u", quantity, price)
        doer = {"party": bid.party(by), "act": bid.act()}
        bid.attempt(prices.add_line, bid.tender, facts, request_key=bid.key(), **doer)

    @rule(place=places)
    def remove_line(self, place):
        lines = self.lines()
        if lines:
            wanted = {lines[place % len(lines)].id}
            doer = {"party": self.bid.lead, "act": self.bid.act()}
            self.bid.attempt(prices.remove_lines, self.bid.tender, wanted, **doer)

    @rule(place=places, said=claims)
    def assign(self, place, said):
        lines = self.lines()
        if lines:
            wanted = {self.bid.member(who).id: Claim(self.bid.member(who).id, *rest) for who, *rest in said}
            self.share({lines[place % len(lines)].id: list(wanted.values())})

    @rule(place=places)
    def share_all(self, place):
        """Whatever is unshared goes to one of the team: without it few bids would be complete."""
        members_ = [one for one in self.bid.tender.members if one.state == "accepted"]
        who = members_[place % len(members_)].id
        found = splits.split_of(self.session, self.bid.tender).lines
        self.share({one.line.id: [Claim(who, PERCENT, 10_000)] for one in found if not one.settled})

    @rule(fee=st.sampled_from([0, 333, 10_000]), common=cents | st.just(0), rate=st.sampled_from([0, 500]))
    def settle(self, fee, common, rate):
        doer = {"party": self.bid.lead, "act": self.bid.act()}
        wanted = price_terms.Settled(fee, common, rate, payment_days=30)
        self.bid.attempt(price_terms.settle, self.bid.tender, wanted, **doer)

    @rule(answered=st.sampled_from([(0,), (1,), (0, 1), ()]))
    def choose_lots(self, answered):
        bid = self.bid
        wanted = {bid.tender.lots[place].id for place in answered}
        bid.attempt(editing.choose_lots, bid.tender, wanted, party=bid.lead, act=bid.act())

    @rule(by=st.sampled_from([0, 0, 0, 1]))
    def submit(self, by=0):
        act = self.bid.act()
        facts = {"submitted_at": act.at - timedelta(minutes=1), "act": act}
        self.bid.attempt(outcomes.submit, self.bid.tender, party=self.bid.party(by), **facts)

    @rule(
        service=st.sampled_from([outcomes.take_back, outcomes.correct_outcome, outcomes.abandon]),
        reason=reasons,
    )
    def undo(self, service, reason):
        doer = {"party": self.bid.lead, "act": self.bid.act()}
        self.bid.attempt(service, self.bid.tender, reason=reason, **doer)

    @rule(lot=st.integers(0, 1), outcome=st.sampled_from(["won", "lost"]), rank=st.sampled_from([None, 1, 2]))
    def conclude(self, lot, outcome, rank):
        bid = self.bid
        result = outcomes.Result(outcome, our_rank=rank)
        facts = {"party": bid.lead, "result": result, "act": bid.act()}
        bid.attempt(outcomes.conclude, bid.tender.lots[lot], **facts)

    @rule()
    def send(self):
        act = self.bid.act()
        facts = {"words": WORDS, "due_on": act.today + timedelta(days=90), "act": act}
        self.bid.attempt(agreements.send, self.bid.tender, party=self.bid.lead, **facts)

    @rule(place=places, yes=st.sampled_from([True, True, False]))
    def answer_agreement(self, place, yes):
        for made in self.agreements(place, "proposed"):
            doer = {"party": made.member.party, "act": self.bid.act()}
            if yes:
                self.bid.attempt(subcontracts.accept, made.subcontract, version=1, **doer)
            else:
                self.bid.attempt(subcontracts.decline, made.subcontract, reason="Non", **doer)

    @rule(place=places, share=st.integers(1, 1000))
    def work(self, place, share):
        """Someone delivers a part of everything; the lead accepts and the accountant settles what is due."""
        for made in self.agreements(place, "agreed"):
            job, act = made.subcontract, self.bid.act()
            parts = {line.id: line.remaining_thousandths * share // 1000 for line in job.version.lines}
            facts = {"quantities": {key: part for key, part in parts.items() if part}, "note": ""}
            facts |= {"delivered_on": act.today, "request_key": self.bid.key(), "act": act}
            delivery = self.bid.attempt(subcontracts.declare_delivery, job, party=made.member.party, **facts)
            if delivery is not None:
                accepted = {"party": self.bid.lead, "accepted_on": act.today, "act": self.bid.act()}
                self.bid.attempt(subcontracts.accept_delivery, delivery, **accepted)
                self.pay(delivery.exchange)

    @invariant()
    def everything_agrees(self):
        self.bid.prove()

    def teardown(self):
        try:
            assert invariants.check(self.session) == []
            assert audit.verify(self.session).breaks == ()
        finally:
            self.session.close()
            self.transaction.rollback()
            self.connection.close()

    def pay(self, exchange):
        cents = (exchange.payable_cents + 1) // 2
        if cents:
            facts = {"amount_cents": cents, "request_key": self.bid.key(), "act": self.bid.act()}
            on = facts["act"].today
            self.bid.attempt(exchanges.settle, exchange, settled_on=on, **facts)

    def share(self, claims_of):
        wanted = {key: assignments.Wanted(said) for key, said in claims_of.items()}
        doer = {"party": self.bid.lead, "act": self.bid.act()}
        self.bid.attempt(assignments.assign, self.bid.tender, wanted, **doer)

    def lines(self):
        return splits.lines_of(self.session, self.bid.tender)

    def agreements(self, place, state):
        every = agreements.of_tender(self.session, self.bid.tender)
        found = [one for one in every if one.subcontract.state == state]
        return [found[place % len(found)]] if found else []


def test_whatever_happens_to_a_tender_its_states_shares_and_agreements_agree(migrated):
    size = settings(suppress_health_check=list(HealthCheck), **SIZE)
    run_state_machine_as_test(lambda: AnyTender(migrated("sqlite")), settings=size)
