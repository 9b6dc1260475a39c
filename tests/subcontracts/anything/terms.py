"""Amendments, the final account, parties that leave, days that pass."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from endi_ext.exchanges.rules import PartyInactive
from endi_ext.kernel.errors import DomainError, WrongState
from endi_ext.subcontracts import agreement_errors, amendments, final_accounts, service
from endi_ext.subcontracts.conditions import of as conditions_of

from ..builders import lines_of, some_terms
from .picking import conditions, lines, one_of, places, prices

ANSWERS = ("accept", "accept", "accept", "decline", "withdraw")
sides = st.sampled_from(["buyer", "seller"])
# What becomes of the quantity of a line: left, less, more, what is delivered, nothing.
changes = st.sampled_from(["left", "left", "less", "more", "done", "gone", "price"])


class Terms:
    """Rules of a machine whose `job` is a job.Job."""

    job = None

    @precondition(lambda self: self.job.amendment is None)
    @rule(
        side=sides,
        wanted=st.lists(changes, min_size=3, max_size=3),
        price=prices,
        new=st.none() | lines,
        agreed=st.none() | conditions(),
        answer_in=st.none() | st.integers(1, 30),
    )
    def propose_an_amendment(self, side, wanted, price, new, agreed, answer_in):
        job = self.job
        proposed = changed(job, wanted, price, new)
        terms = terms_of(job, proposed, agreed, answer_in)
        made = job.tried(
            amendments.propose_amendment,
            job.subcontract,
            party=job.party(side),
            terms=terms,
            request_key=job.key(),
            act=job.act(),
        )
        if isinstance(made, DomainError):
            assert isinstance(made, REFUSED), made

    @precondition(lambda self: self.job.amendment is not None)
    @rule(answer=st.sampled_from(ANSWERS))
    def answer_an_amendment(self, answer):
        job, amendment = self.job, self.job.amendment
        author = amendment.proposed_by
        other = job.seller if author is job.buyer else job.buyer
        facts = {"party": author if answer == "withdraw" else other, "act": job.act()}
        facts |= {"version": amendment.version_number} if answer == "accept" else {"reason": "Non"}
        made = job.tried(getattr(amendments, f"{answer}_amendment"), amendment, **facts)
        if isinstance(made, DomainError):
            assert answer == "accept"
            assert isinstance(made, agreement_errors.ProgressMoved | PartyInactive), made

    @precondition(lambda self: self.job.subcontract.state == "completed")
    @rule(side=sides, signs=st.booleans())
    def close_the_account(self, side, signs):
        job = self.job
        other = "seller" if side == "buyer" else "buyer"
        facts = {"party": job.party(side), "message": "", "request_key": job.key(), "act": job.act()}
        account = job.tried(final_accounts.draw_up, job.subcontract, **facts)
        if isinstance(account, DomainError):
            return
        assert job.amendment is None
        assert not job.of_state("declared", "contested")
        if signs:
            job.done(final_accounts.sign, account, party=job.party(other), act=job.act())
        else:
            job.done(final_accounts.refuse, account, party=job.party(other), reason="Faux", act=job.act())

    @rule(days=st.integers(1, 60))
    def days_pass(self, days):
        self.job.pass_days(days)

    @rule(side=sides)
    def a_party_leaves_or_comes_back(self, side):
        party = self.job.party(side)
        party.active = not party.active

    @precondition(lambda self: self.job.of_state("declared", "contested"))
    @rule(place=places, takes=st.booleans())
    def an_accountant_decides_in_the_place_of_who_left(self, place, takes):
        job = self.job
        claim = one_of(job.of_state("declared", "contested"), place)
        gone = job.buyer if takes else job.seller
        facts = {"reason": "Enseigne partie", "act": job.act("user:5")}
        facts |= {"accepted_on": job.today} if takes else {}
        decide = service.accept_in_place if takes else service.withdraw_in_place
        made = job.tried(decide, claim.delivery, **facts)
        assert isinstance(made, DomainError) == gone.active, made
        if gone.active:
            return
        if takes:
            job.note_accepted(claim)
        else:
            claim.state = "withdrawn"


REFUSED = (
    PartyInactive,
    service.TooSmall,
    agreement_errors.NothingChanged,
    agreement_errors.LessThanDelivered,
    agreement_errors.StartedLineRemoved,
    agreement_errors.DeliveredInFull,
    agreement_errors.ReleaseDatePast,
    service.NothingInIt,
    WrongState,
)


def changed(job, wanted, price, new):
    """The lines in force, each changed as was drawn, and perhaps a new one."""
    taken = job.taken("declared", "contested", "accepted")
    found = []
    for line, change in zip(lines_of(job.subcontract), (*wanted, *wanted), strict=False):
        if change == "gone":
            continue
        quantity = {
            "less": max(1, line.quantity_thousandths * 2 // 3),
            "more": line.quantity_thousandths * 3 // 2 + 1,
            "done": taken[line.key] or line.quantity_thousandths,
        }.get(change, line.quantity_thousandths)
        paid = price if change == "price" else line.unit_price_cents
        found.append(replace(line, quantity_thousandths=quantity, unit_price_cents=paid))
    return [*found, new] if new else found


def terms_of(job, proposed, agreed, answer_in):
    """Terms of an amendment, with the conditions in force unless others were drawn."""
    version = job.subcontract.version
    answer_by = None if answer_in is None else job.today + timedelta(days=answer_in)
    kept = agreed or conditions_of(version)
    return replace(some_terms(conditions=kept, answer_by=answer_by), lines=proposed)
