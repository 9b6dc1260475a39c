"""What is delivered, answered, disputed."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from endi_ext.kernel.errors import DomainError
from endi_ext.subcontracts import disputes, service

from .. import disputing
from .picking import one_of, places, shares


class Work:
    """Rules of a machine whose `job` is a job.Job."""

    job = None

    @precondition(lambda self: self.job.may_declare)
    @rule(parts=shares, percent=st.booleans())
    def declare(self, parts, percent):
        job = self.job
        wanted = dict(zip([line.id for line in job.lines], parts, strict=False))
        seen = {line.id: line.delivered_thousandths for line in job.lines}
        if percent:
            made = job.tried(lambda _session: service.quantities_at(job.lines, wanted, seen))
            wanted = {} if isinstance(made, DomainError) else made
        else:
            wanted = {
                line.id: (line.remaining_thousandths + 1) * wanted.get(line.id, 0) // 1000
                for line in job.lines
            }
        if any(wanted.values()):
            job.declare({key: cut for key, cut in wanted.items() if cut})

    @precondition(lambda self: self.job.may_declare)
    @rule()
    def declare_all_that_remains(self):
        job = self.job
        wanted = {line.id: line.remaining_thousandths for line in job.lines if line.remaining_thousandths}
        job.declare(wanted)

    @precondition(lambda self: self.job.of_state("declared", "contested"))
    @rule(place=places)
    def accept(self, place):
        job = self.job
        claim = one_of(job.of_state("declared", "contested"), place)
        facts = {"party": job.buyer, "accepted_on": job.today, "act": job.act()}
        job.done(service.accept_delivery, claim.delivery, **facts)
        job.note_accepted(claim)

    @precondition(lambda self: self.job.of_state("declared"))
    @rule(place=places, parts=shares)
    def accept_in_part(self, place, parts):
        job = self.job
        claim = one_of(job.of_state("declared"), place)
        wanted = shares_of(claim, parts)
        facts = {"party": job.buyer, "accepted_on": job.today, "act": job.act()}
        reasons = dict.fromkeys(wanted, "Pas fini")
        made = job.tried(service.accept_in_part, claim.delivery, accepted=wanted, refusals=reasons, **facts)
        if not isinstance(made, DomainError):
            job.note_accepted(claim, wanted)
        else:
            assert isinstance(made, service.NothingAccepted | service.NotDivisible), made

    @precondition(lambda self: self.job.of_state("declared"))
    @rule(place=places)
    def contest(self, place):
        claim = one_of(self.job.of_state("declared"), place)
        facts = {"party": self.job.buyer, "reason": "Il manque la coupe", "act": self.job.act()}
        self.job.done(service.contest_delivery, claim.delivery, **facts)
        claim.state = "contested"

    @precondition(lambda self: self.job.of_state("declared", "contested"))
    @rule(place=places)
    def withdraw(self, place):
        claim = one_of(self.job.of_state("declared", "contested"), place)
        self.job.done(
            service.withdraw_delivery, claim.delivery, party=self.job.seller, act=self.job.act("user:2")
        )
        claim.state = "withdrawn"

    @precondition(lambda self: self.job.of_state("accepted"))
    @rule(place=places)
    def reverse(self, place):
        job = self.job
        claim = one_of(job.of_state("accepted"), place)
        facts = {"reason": "Erreur", "on": job.today, "act": job.act("user:5")}
        job.done(service.reverse_delivery, claim.delivery, **facts)
        claim.state = "reversed"

    @precondition(lambda self: self.job.of_state("contested"))
    @rule(place=places, parts=shares, arbiter=st.booleans())
    def end_a_dispute(self, place, parts, arbiter):
        """Both sides agree to an outcome, or an arbiter decides it."""
        job = self.job
        claim = one_of(job.of_state("contested"), place)
        wanted = shares_of(claim, parts)
        outcome = disputes.Outcome(wanted, dict.fromkeys(wanted, "Pas fini"))
        made = job.tried(decided_by_arbiter if arbiter else agreed_by_both, job, claim, outcome)
        if isinstance(made, DomainError):
            assert isinstance(made, service.NotDivisible), made
        elif any(wanted.get(part.id, part.quantity_thousandths) for part in claim.delivery.lines):
            job.note_accepted(claim, wanted)
        else:
            claim.state = "withdrawn"


def shares_of(claim, parts):
    """So many thousandths of each part of a claim: what is not named is accepted whole."""
    found = zip(claim.delivery.lines, parts, strict=False)
    return {part.id: part.quantity_thousandths * permille // 1000 for part, permille in found}


def agreed_by_both(session, job, claim, outcome):
    """The seller proposes how the dispute ends, the buyer agrees."""
    dispute = disputing.of(session, claim.delivery)
    said = disputing.said("", request_key=job.key())
    made = disputes.propose(
        session, dispute, party=job.seller, outcome=outcome, said=said, act=job.act("user:2")
    )
    return disputes.agree(session, dispute, party=job.buyer, proposal=made.number, act=job.act())


def decided_by_arbiter(session, job, claim, outcome):
    """One side asks for arbitration; the arbiter takes the dispute and decides."""
    dispute, arbiter = disputing.of(session, claim.delivery), job.act("user:16")
    asked = disputing.said("Décidez", request_key=job.key())
    disputes.ask_arbitration(session, dispute, party=job.seller, said=asked, act=job.act("user:2"))
    disputes.take(session, dispute, instead_of="", act=arbiter)
    said = disputing.said("Vu sur place", request_key=job.key())
    return disputes.decide(session, dispute, outcome=outcome, said=said, act=arbiter)
