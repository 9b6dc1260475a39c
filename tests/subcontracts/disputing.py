"""Makers of disputes, through the services: a contested delivery and what is said about it."""

from sqlalchemy import select

from endi_ext.subcontracts import disputes
from endi_ext.subcontracts.dispute_models import Dispute
from endi_ext.subcontracts.proofs import Proof
from tests.builders import an_act, numbers

from .builders import a_delivery, a_line, an_agreement, contested

BUYER, SELLER, ARBITER = an_act("user:1", "Ines"), an_act("user:2", "Karim"), an_act("user:16", "Fatou")
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"


def a_dispute(session, *quantities_thousandths, lines=(), **facts):
    """The dispute of a delivery of ten hours of plans at 45 euros, unless told otherwise."""
    delivery = a_delivery(session, an_agreement(session, *lines), *quantities_thousandths)
    contested(session, delivery, **facts)
    return of(session, delivery)


def two_lines():
    return a_line("Plans", 10_000, "h", 5000), a_line("Coupe", 2_000, "pièce", 15_000)


def of(session, delivery):
    statement = select(Dispute).where(Dispute.subject_id == delivery.id, Dispute.subject == "delivery")
    return session.execute(statement).scalars().one()


def delivery_of(session, dispute):
    from endi_ext.subcontracts.models import Delivery

    return session.get(Delivery, dispute.subject_id)


def said(text="Voici le relevé signé", *proofs, **facts):
    return disputes.Said(text, facts.pop("request_key", f"said-{next(numbers)}"), proofs, **facts)


def a_proof(filename="relevé.pdf", content=PDF):
    return Proof(filename, content)


def outcome(session, dispute, *thousandths, refusal="Pas terminé"):
    """So much of each part of the delivery, in order; of the rest nothing is said."""
    parts = list(zip(delivery_of(session, dispute).lines, thousandths, strict=False))
    return disputes.Outcome(
        {part.id: wanted for part, wanted in parts}, {part.id: refusal for part, _wanted in parts}
    )


def side(dispute, name):
    return {"buyer": dispute.subcontract.buyer, "seller": dispute.subcontract.seller}[name]


def act_of(name):
    return {"buyer": BUYER, "seller": SELLER}[name]


def written(session, dispute, name, text="Bonjour", **facts):
    return disputes.write(
        session, dispute, party=side(dispute, name), said=said(text, **facts), act=act_of(name)
    )


def proposed(session, dispute, name, *thousandths, **facts):
    wanted = outcome(session, dispute, *thousandths)
    words = facts.pop("said", None) or said("", **facts)
    return disputes.propose(
        session, dispute, party=side(dispute, name), outcome=wanted, said=words, act=act_of(name)
    )


def agreed(session, dispute, name, number):
    return disputes.agree(session, dispute, party=side(dispute, name), proposal=number, act=act_of(name))


def asked(session, dispute, name="seller", text="Nous n'y arrivons pas", **facts):
    return disputes.ask_arbitration(
        session, dispute, party=side(dispute, name), said=said(text, **facts), act=act_of(name)
    )


def taken(session, dispute, act=ARBITER, instead_of=""):
    return disputes.take(session, dispute, instead_of=instead_of, act=act)


def decided(session, dispute, *thousandths, text="Le relevé le prouve", act=ARBITER, **facts):
    wanted = outcome(session, dispute, *thousandths)
    return disputes.decide(session, dispute, outcome=wanted, said=said(text, **facts), act=act)


def in_arbitration(session, *quantities_thousandths, **facts):
    """A dispute that Fatou arbitrates."""
    dispute = a_dispute(session, *quantities_thousandths, **facts)
    asked(session, dispute)
    return taken(session, dispute)
