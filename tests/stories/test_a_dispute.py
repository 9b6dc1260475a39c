"""Two disputes told to their end, and the books after each step.

Menuiserie du Lac asks Atelier Trait Juste for ten hours of plans at 50 € and two drawings at 150 €, then
contests what is delivered. One dispute ends by agreement, another by the decision of an arbiter.
Tables read: account, analytic code, debit, credit.
"""

import pytest

from endi_ext.ledger import audit
from endi_ext.subcontracts import dispute_files, dispute_queries, disputes, service
from endi_ext.subcontracts.waiting import waiting
from tests.builders import TODAY, a_cooperative, a_party, an_act
from tests.subcontracts.builders import a_delivery, a_proposal
from tests.subcontracts.disputing import PDF, of, said, two_lines

from .books import assert_books, assert_sound

NOTHING = ""
# Six hours of ten and both drawings: 300 € + 300 €.
SIX_HOURS_AND_DRAWINGS = """
    401900 MENLAC        ·    600,00
    411900 TRAITJ   600,00         ·
    604020 MENLAC   600,00         ·
    6223   TRAITJ    60,00         ·
    704900 TRAITJ        ·    600,00
    7083   CAE           ·     60,00
"""
EVERYTHING = """
    401900 MENLAC        ·    800,00
    411900 TRAITJ   800,00         ·
    604020 MENLAC   800,00         ·
    6223   TRAITJ    80,00         ·
    704900 TRAITJ        ·    800,00
    7083   CAE           ·     80,00
"""
ONE_DRAWING = """
    401900 MENLAC        ·    150,00
    411900 TRAITJ   150,00         ·
    604020 MENLAC   150,00         ·
    6223   TRAITJ    15,00         ·
    704900 TRAITJ        ·    150,00
    7083   CAE           ·     15,00
"""

HELENE = an_act("user:1", "Hélène Marchand")
KARIM = an_act("user:2", "Karim Benali")
FATOU = an_act("user:16", "Fatou Ndiaye")


@pytest.fixture
def contested(either_session):
    """All is delivered, Hélène contests it: the books know nothing of it."""
    session = either_session
    a_cooperative(session)
    buyer = a_party(session, "Menuiserie du Lac", analytic_code="MENLAC")
    seller = a_party(session, "Atelier Trait Juste", analytic_code="TRAITJ")
    subcontract = a_proposal(session, *two_lines(), buyer=buyer, seller=seller, act=HELENE)
    service.accept(session, subcontract, party=seller, version=1, act=KARIM)
    delivery = a_delivery(session, subcontract, act=KARIM)
    reason = "Quatre heures ne correspondent à rien."
    service.contest_delivery(session, delivery, party=buyer, reason=reason, act=HELENE)
    assert_books(session, NOTHING)
    return session, subcontract, delivery


def six_hours(delivery):
    """Six hours of the plans, and all of the drawings."""
    plans, _drawings = delivery.lines
    return disputes.Outcome({plans.id: 6_000}, {plans.id: "Quatre heures de trop"})


def test_a_contested_claim_is_accepted_in_part_by_agreement_and_the_rest_declared_again(contested):
    session, subcontract, delivery = contested
    buyer, seller, dispute = subcontract.buyer, subcontract.seller, of(session, delivery)
    assert (dispute.amount_cents, waiting(session, seller).of("dispute_seller")) == (80_000, [dispute])

    # Karim answers with his time sheet; Hélène reads it and writes back.
    sheet = disputes.Proof("../heures.pdf", PDF + b"novembre")
    message = disputes.write(session, dispute, party=seller, said=said("Mes heures", sheet), act=KARIM)
    (file,) = message.files
    assert (file.name, b"".join(dispute_files.content(session, file))) == ("heures.pdf", sheet.content)
    assert waiting(session, buyer).of("dispute_buyer") == [dispute]
    disputes.write(session, dispute, party=buyer, said=said("Le 12, vous étiez ailleurs."), act=HELENE)

    # Karim proposes eight hours, Hélène six; nothing is due while they talk.
    plans, _drawings = delivery.lines
    eight = disputes.Outcome({plans.id: 8_000}, {plans.id: "Deux heures de trop"})
    disputes.propose(session, dispute, party=seller, outcome=eight, said=said(""), act=KARIM)
    six = disputes.propose(
        session,
        dispute,
        party=buyer,
        outcome=six_hours(delivery),
        said=said("Six, et n'en parlons plus"),
        act=HELENE,
    )
    assert_books(session, NOTHING)

    # Karim agrees: it is posted at once, four hours may be declared again.
    disputes.agree(session, dispute, party=seller, proposal=six.number, act=KARIM)
    assert (dispute.state, dispute.outcome, dispute.awarded_cents) == ("closed", "accepted_in_part", 60_000)
    assert (delivery.accepted_cents, subcontract.state) == (60_000, "agreed")
    assert_books(session, SIX_HOURS_AND_DRAWINGS)
    assert not waiting(session, seller).count

    # He does the four hours, declares them; Hélène accepts: all is done, to the cent.
    rest = a_delivery(session, subcontract, act=KARIM)
    assert rest.net_cents == 20_000
    service.accept_delivery(session, rest, party=buyer, accepted_on=TODAY, act=HELENE)
    assert (subcontract.state, subcontract.accepted_cents) == ("completed", 80_000)
    assert_books(session, EVERYTHING)
    assert [
        (event.actor_name, event.action) for event in dispute_queries.steps_of(session, dispute, delivery)
    ] == [
        ("Karim Benali", "declare"),
        ("Hélène Marchand", "contest"),
        ("Karim Benali", "propose"),
        ("Hélène Marchand", "propose"),
        ("Karim Benali", "agree"),
    ]


def test_a_contested_claim_is_decided_by_an_arbiter(contested):
    session, subcontract, delivery = contested
    seller, dispute = subcontract.seller, of(session, delivery)

    # They do not agree; Karim asks for arbitration, Fatou takes it and asks Hélène a question.
    disputes.ask_arbitration(session, dispute, party=seller, said=said("Qui a raison ?"), act=KARIM)
    assert dispute_queries.to_arbitrate(session) == [dispute]
    disputes.take(session, dispute, instead_of="", act=FATOU)
    disputes.write(session, dispute, party=None, said=said("Aviez-vous une remarque écrite ?"), act=FATOU)
    words = said("Non, de vive voix.")
    disputes.write(session, dispute, party=subcontract.buyer, said=words, act=HELENE)
    assert_books(session, NOTHING)

    # Fatou decides: one drawing only is proved.
    plans, drawings = delivery.lines
    outcome = disputes.Outcome(
        {plans.id: 0, drawings.id: 1_000}, {plans.id: "Aucun relevé", drawings.id: "La seconde manque"}
    )
    disputes.decide(session, dispute, outcome=outcome, said=said("Au vu des pièces."), act=FATOU)
    assert (dispute.state, dispute.decided_by, dispute.arbiter_name) == ("closed", "arbiter", "Fatou Ndiaye")
    assert (delivery.state, delivery.accepted_cents) == ("accepted", 15_000)
    assert_books(session, ONE_DRAWING)
    assert dispute_queries.to_arbitrate(session) == []
    assert dispute_queries.arbitrated(session) == [dispute]

    # The rest may be declared again, and was never due.
    assert [line.remaining_thousandths for line in subcontract.version.lines] == [10_000, 1_000]
    assert audit.verify(session).sound


@pytest.mark.parametrize("by", ["seller", "arbiter"])
def test_a_claim_of_which_nothing_is_accepted_leaves_the_books_alone(contested, by):
    session, subcontract, delivery = contested
    seller, dispute = subcontract.seller, of(session, delivery)
    if by == "seller":
        service.withdraw_delivery(session, delivery, party=seller, act=KARIM)
    else:
        disputes.ask_arbitration(session, dispute, party=seller, said=said("Qui a raison ?"), act=KARIM)
        disputes.take(session, dispute, instead_of="", act=FATOU)
        nothing = disputes.Outcome({part.id: 0 for part in delivery.lines})
        disputes.decide(session, dispute, outcome=nothing, said=said("Rien n'est prouvé."), act=FATOU)
    assert (dispute.outcome, delivery.state, dispute.decided_by) == ("withdrawn", "withdrawn", by)
    assert_books(session, NOTHING)
    assert_sound(session)
    assert {line.delivered_thousandths for line in subcontract.version.lines} == {0}
