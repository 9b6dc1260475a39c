"""A document of each kind in each of its states, between two parties."""

from datetime import timedelta

from sqlalchemy import select

from endi_ext.exchanges import service as exchanges
from endi_ext.subcontracts import amendments, final_accounts, frames, retentions, service
from endi_ext.subcontracts.dispute_models import Dispute
from endi_ext.subcontracts.terms import USUAL
from tests.builders import TODAY, an_act, numbers

from . import disputing
from .builders import (
    a_delivery,
    a_line,
    a_proposal,
    accepted,
    amended,
    an_amendment,
    contested,
    lines_of,
    some_terms,
)
from .money import UNTIL_ACCEPTANCE, a_job, settled

TOMORROW = an_act("system", today=TODAY + timedelta(days=1))


class World:
    """The two parties and a session; each method returns documents by state."""

    def __init__(self, session, buyer, seller):
        self.session, self.buyer, self.seller = session, buyer, seller
        self.sides = {"buyer": buyer, "seller": seller}

    def subcontracts(self):
        return {
            **self.negotiated(),
            "agreed": self.job(),
            "completed": self.done_job(),
            "closed": self.closed_job(),
        }

    def frames(self):
        ended = self.agreed_frame()
        frames.end(self.session, ended, party=self.seller, reason="Fini", act=an_act("user:2"))
        return {**self.negotiated(kind="frame"), "agreed": self.agreed_frame(), "completed": ended}

    def negotiated(self, **facts):
        """Proposals of the buyer that wait, or came to nothing."""
        proposed, declined, withdrawn = [self.proposal(**facts) for _ in range(3)]
        expired = self.proposal(terms=some_terms(answer_by=TODAY), **facts)
        why = {"reason": "Non", "act": an_act()}
        service.decline(self.session, declined, party=self.seller, **why)
        service.withdraw(self.session, withdrawn, party=self.buyer, **why)
        service.expire(self.session, expired, TOMORROW)
        return {"proposed": proposed, "declined": declined, "withdrawn": withdrawn, "expired": expired}

    def amendments(self):
        """Amendments of the buyer, each on a job of its own."""
        made = {state: self.amendment() for state in ("proposed", "agreed", "declined", "withdrawn")}
        made["expired"] = self.amendment(answer_by=TODAY)
        why = {"reason": "Non", "act": an_act()}
        amended(self.session, made["agreed"])
        amendments.decline_amendment(self.session, made["declined"], party=self.seller, **why)
        amendments.withdraw_amendment(self.session, made["withdrawn"], party=self.buyer, **why)
        amendments.expire_amendment(self.session, made["expired"], TOMORROW)
        return made

    def deliveries(self):
        made = {
            state: self.delivery() for state in ("declared", "accepted", "contested", "withdrawn", "reversed")
        }
        contested(self.session, made["contested"])
        service.withdraw_delivery(self.session, made["withdrawn"], party=self.seller, act=an_act("user:2"))
        for state in ("accepted", "reversed"):
            accepted(self.session, made[state])
        self.reverse(made["reversed"])
        return made

    def exchanges(self):
        made = {
            state: accepted(self.session, self.delivery()).exchange
            for state in ("open", "partly_settled", "settled", "cancelled")
        }
        for exchange in made.values():
            settled(self.session, exchange, 100)
        (first,) = made["open"].settlements
        exchanges.reverse_settlement(self.session, first, reason="Faux", on=TODAY, act=an_act("user:5"))
        settled(self.session, made["settled"])
        facts = {"reason": "Faux", "on": TODAY, "act": an_act("user:5")}
        service.reverse_exchange(self.session, made["cancelled"], **facts)
        return made

    def retentions(self):
        """Deliveries of which something is or was held back."""
        made = {state: self.held() for state in ("held", "contested", "released")}
        facts = {"party": self.buyer, "act": an_act()}
        retentions.contest(self.session, made["contested"], reason="Une porte frotte", **facts)
        retentions.release(self.session, made["released"], **facts)
        return made

    def final_accounts(self):
        """Accounts the seller drew up."""
        made = {state: self.account() for state in ("proposed", "signed", "refused", "withdrawn")}
        answer = {"party": self.buyer, "act": an_act()}
        final_accounts.sign(self.session, made["signed"], **answer)
        final_accounts.refuse(self.session, made["refused"], reason="Faux", **answer)
        final_accounts.withdraw(self.session, made["withdrawn"], party=self.seller, act=an_act("user:2"))
        return made

    def arbitrated(self):
        """Disputes as arbiters see them, once one side asked for arbitration."""
        made = self.disputes()
        closed = self.dispute()
        disputing.asked(self.session, closed)
        delivery = disputing.delivery_of(self.session, closed)
        service.withdraw_delivery(self.session, delivery, party=self.seller, act=an_act("user:2"))
        return {"arbitration": made["arbitration"], "closed": closed}

    def disputes(self):
        made = {state: self.dispute() for state in ("open", "arbitration", "closed")}
        disputing.asked(self.session, made["arbitration"])
        disputing.taken(self.session, made["arbitration"], act=an_act("user:8", "Fatou Ndiaye"))
        delivery = disputing.delivery_of(self.session, made["closed"])
        service.withdraw_delivery(self.session, delivery, party=self.seller, act=an_act("user:2"))
        return made

    def parties(self):
        return {"buyer": self.buyer, "seller": self.seller}

    def proposal(self, **facts):
        return a_proposal(self.session, title=f"Travail {next(numbers)}", **self.parties(), **facts)

    def agreed_frame(self):
        frame = self.proposal(kind="frame")
        return service.accept(self.session, frame, party=self.seller, version=1, act=an_act("user:2"))

    def job(self):
        return a_job(self.session, a_line(), conditions=USUAL, **self.parties())

    def amendment(self, **terms):
        job = self.job()
        return an_amendment(
            self.session, job, *lines_of(job), a_line("Visite", 1_000, "forfait", 9_000), **terms
        )

    def delivery(self):
        return a_delivery(self.session, self.job(), 4_000)

    def held(self):
        job = a_job(self.session, a_line(), conditions=UNTIL_ACCEPTANCE, **self.parties())
        return accepted(self.session, a_delivery(self.session, job))

    def done_job(self):
        return accepted(self.session, a_delivery(self.session, self.job())).subcontract

    def account(self):
        facts = {"party": self.seller, "message": "", "request_key": f"walk-{next(numbers)}"}
        return final_accounts.draw_up(self.session, self.done_job(), act=an_act("user:2"), **facts)

    def closed_job(self):
        account = self.account()
        final_accounts.sign(self.session, account, party=self.buyer, act=an_act())
        return account.subcontract

    def dispute(self):
        delivery = contested(self.session, self.delivery())
        found = select(Dispute).where(Dispute.subject == "delivery", Dispute.subject_id == delivery.id)
        return self.session.execute(found).scalars().one()

    def reverse(self, delivery):
        facts = {"reason": "Faux", "on": TODAY, "act": an_act("user:5")}
        return service.reverse_delivery(self.session, delivery, **facts)


def role_of(document, side):
    """The role of a side in the state a document is in."""
    author = getattr(document, "proposed_by_id", None) or getattr(document, "drawn_by_id", None)
    if document.state != "proposed" or author is None:
        return side
    subcontract = getattr(document, "subcontract", document)
    return "proposer" if getattr(subcontract, f"{side}_id") == author else "answerer"
