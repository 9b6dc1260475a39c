"""What is paid, held back, let go, credited, and what the client pays."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from endi_ext.exchanges import reductions
from endi_ext.exchanges import service as exchanges
from endi_ext.kernel.errors import DomainError
from endi_ext.subcontracts import client_invoices, retentions

from .picking import one_of, places

permilles = st.integers(1, 1000)


class Payments:
    """Rules of a machine whose `job` is a job.Job."""

    job = None

    @precondition(lambda self: any(one.payable_cents for one in self.job.of_state("accepted")))
    @rule(place=places, part=permilles)
    def settle(self, place, part):
        job = self.job
        claim = one_of([one for one in job.of_state("accepted") if one.payable_cents], place)
        cents = max(1, claim.payable_cents * part // 1000)
        facts = {"settled_on": job.today, "request_key": job.key(), "act": job.act("user:5")}
        claim.settlements.append(
            job.done(exchanges.settle, claim.delivery.exchange, amount_cents=cents, **facts)
        )

    @precondition(lambda self: any(one.settlements for one in self.job.of_state("accepted")))
    @rule(place=places)
    def reverse_a_settlement(self, place):
        job = self.job
        claim = one_of([one for one in job.of_state("accepted") if one.settlements], place)
        made = claim.settlements.pop(place % len(claim.settlements))
        facts = {"reason": "Erreur", "on": job.today, "act": job.act("user:5")}
        job.done(exchanges.reverse_settlement, made, **facts)

    @precondition(lambda self: self.job.of_state("accepted"))
    @rule(place=places, part=permilles)
    def credit(self, place, part):
        """What is paid or held back stays: only the rest may be credited, and not the whole."""
        job = self.job
        claim = one_of(job.of_state("accepted"), place)
        exchange = claim.delivery.exchange
        cents = max(1, claim.payable_cents * part // 1000)
        facts = {"reason": "Remise", "on": job.today, "request_key": job.key(), "act": job.act("user:5")}
        fits = cents <= claim.payable_cents and cents != exchange.net_cents
        made = job.tried(reductions.reduce, exchange, amount_cents=cents, **facts)
        assert isinstance(made, DomainError) != fits, made
        if fits:
            claim.credited_cents += cents

    @precondition(lambda self: any(one.waits for one in self.job.of_state("accepted")))
    @rule(cents=st.integers(1, 20_000), credited=st.booleans())
    def client_pays(self, cents, credited):
        job = self.job
        if not job.client.named:
            facts = {"party": job.buyer, "invoice_key": "invoice:1", "act": job.act()}
            job.done(client_invoices.name_invoice, job.client, job.subcontract, **facts)
            job.client.named = True
        if credited:
            job.client.is_credited(cents)
        else:
            job.client.pays(cents, on=job.today)

    @precondition(lambda self: self.job.client.found["invoice:1"].receipts)
    @rule(place=places)
    def client_payment_is_cancelled(self, place):
        receipts = self.job.client.found["invoice:1"].receipts
        self.job.client.takes_back(one_of(receipts, place).key)

    @precondition(
        lambda self: not self.job.lifted and any(one.waits for one in self.job.of_state("accepted"))
    )
    @rule()
    def wait_no_more_for_the_client(self):
        facts = {"party": self.job.buyer, "reason": "Le client a disparu", "act": self.job.act()}
        self.job.done(client_invoices.lift_wait, self.job.client, self.job.subcontract, **facts)
        self.job.lifted = True

    # What is held back

    @precondition(lambda self: self.held())
    @rule(place=places, part=permilles)
    def release(self, place, part):
        claim = one_of(self.held(), place)
        cents = max(1, claim.kept_cents * part // 1000)
        facts = {"party": self.job.buyer, "amount_cents": cents, "act": self.job.act()}
        self.job.done(retentions.release, claim.delivery, **facts)
        claim.freed_cents += cents
        claim.opposed = claim.opposed and claim.kept_cents > 0

    @precondition(lambda self: any(not one.opposed for one in self.held()))
    @rule(place=places)
    def oppose_a_release(self, place):
        claim = one_of([one for one in self.held() if not one.opposed], place)
        facts = {"party": self.job.buyer, "reason": "Des réserves", "act": self.job.act()}
        self.job.done(retentions.contest, claim.delivery, **facts)
        claim.opposed = True

    @precondition(lambda self: any(one.opposed for one in self.held()))
    @rule(place=places)
    def lift_an_opposition(self, place):
        job = self.job
        claim = one_of([one for one in self.held() if one.opposed], place)
        job.done(retentions.lift, claim.delivery, party=job.buyer, act=job.act())
        claim.opposed = False
        if claim.release_on is not None and claim.release_on <= job.today:
            claim.freed_cents = claim.held_cents

    @precondition(lambda self: self.job.subcontract.state in ("completed", "closed"))
    @rule()
    def pronounce_the_acceptance_of_the_whole(self):
        job = self.job
        waiting = [one for one in self.held() if one.release_on is None and not one.opposed]
        made = job.tried(retentions.pronounce, job.subcontract, party=job.buyer, act=job.act())
        assert isinstance(made, DomainError) == (not waiting), made
        for claim in waiting:
            claim.freed_cents = claim.held_cents

    def held(self):
        return [claim for claim in self.job.of_state("accepted") if claim.kept_cents]
