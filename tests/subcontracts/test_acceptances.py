"""Accepting in part, after a contestation, by an arbiter and in the place of a party that left."""

from datetime import timedelta

import pytest

from endi_ext.kernel.errors import ReasonMissing, WrongRole, WrongState
from endi_ext.kernel.history import history_of
from endi_ext.ledger import service as ledger
from endi_ext.subcontracts import service
from tests.builders import TODAY, an_act

from .builders import a_delivery, a_line, accepted, accepted_in_part, an_agreement, contested

ODILE = an_act("user:5")


@pytest.fixture
def claim(session):
    """10 hours at 45 € and a section at 200 €, all of it claimed."""
    agreed = an_agreement(session, a_line(), a_line("Coupe", 1000, "forfait", 20_000))
    return a_delivery(session, agreed)


def part_of(delivery, place=0):
    return delivery.lines[place].id


def test_what_is_not_accepted_may_be_declared_again(session, claim):
    accepted_in_part(session, claim, {part_of(claim): 6000}, {part_of(claim): "Six heures faites"})
    plans, section = claim.subcontract.version.lines
    assert (claim.state, claim.accepted_cents, claim.decided_by) == ("accepted", 47_000, "buyer")
    assert (plans.remaining_thousandths, section.remaining_thousandths) == (4000, 0)
    assert claim.subcontract.state == "agreed"
    accepted(session, a_delivery(session, claim.subcontract))
    assert (claim.subcontract.state, claim.subcontract.accepted_cents) == ("completed", 65_000)


def test_the_exchange_is_of_what_was_accepted(session, claim):
    accepted_in_part(session, claim, {part_of(claim): 6000}, {part_of(claim): "Six heures faites"})
    assert (claim.net_cents, claim.exchange.net_cents) == (65_000, 47_000)
    assert ledger.entry_of(session, f"delivery:{claim.id}:accepted")


def test_each_part_keeps_what_was_accepted_of_it_and_why(session, claim):
    accepted_in_part(session, claim, {part_of(claim): 6000}, {part_of(claim): " Six heures faites "})
    assert [(part.accepted_thousandths, part.accepted_cents, part.refusal) for part in claim.lines] == [
        (6000, 27_000, "Six heures faites"),
        (1000, 20_000, ""),
    ]
    event = history_of(session, claim)[-1]
    assert (event.action, event.reason) == ("accept_in_part", "Plans d'exécution : Six heures faites")


def test_a_part_may_be_refused_whole(session, claim):
    accepted_in_part(session, claim, {part_of(claim, 1): 0}, {part_of(claim, 1): "La coupe manque"})
    assert (claim.accepted_cents, claim.lines[1].accepted_cents) == (45_000, 0)


def test_nothing_reduced_is_accepting_all(session, claim):
    accepted_in_part(session, claim, {part_of(claim): 10_000}, {part_of(claim): "Rien à redire"})
    assert claim.subcontract.state == "completed"
    assert claim.lines[0].refusal == ""
    assert history_of(session, claim)[-1].action == "accept"


@pytest.mark.parametrize("thousandths", [10_001, -1])
def test_no_more_is_accepted_than_was_claimed(session, claim, thousandths):
    with pytest.raises(service.MoreThanClaimed):
        accepted_in_part(session, claim, {part_of(claim): thousandths}, {part_of(claim): "?"})


def test_less_is_accepted_with_a_reason_only(session, claim):
    with pytest.raises(service.RefusalMissing) as refusal:
        accepted_in_part(session, claim, {part_of(claim): 9000, part_of(claim, 1): 0}, {})
    assert refusal.value.facts["line"] == "Plans d'exécution"


def test_accepting_nothing_is_contesting(session, claim):
    parts = [part.id for part in claim.lines]
    with pytest.raises(service.NothingAccepted):
        accepted_in_part(session, claim, dict.fromkeys(parts, 0), dict.fromkeys(parts, "Rien n'est fait"))


def test_a_cent_is_accepted_whole_or_not_at_all(session):
    delivery = a_delivery(session, an_agreement(session, a_line("Vis", 2, "kg", 500), a_line()))
    with pytest.raises(service.NotDivisible):
        accepted_in_part(session, delivery, {part_of(delivery): 1}, {part_of(delivery): "Une seule"})


def test_what_is_contested_is_not_accepted_in_part_by_the_buyer_alone(session, claim):
    contested(session, claim)
    with pytest.raises(WrongState):
        accepted_in_part(session, claim, {part_of(claim): 6000}, {part_of(claim): "Six heures faites"})


def test_only_the_buyer_accepts_in_part(session, claim):
    with pytest.raises(WrongRole):
        accepted_in_part(
            session, claim, {part_of(claim): 6000}, {part_of(claim): "?"}, party=claim.subcontract.seller
        )


def test_a_part_is_not_accepted_before_it_was_delivered(session, claim):
    yesterday = TODAY - timedelta(days=1)
    with pytest.raises(service.AcceptedTooEarly):
        accepted_in_part(session, claim, {part_of(claim): 1}, {part_of(claim): "?"}, accepted_on=yesterday)


def test_who_accepts_what_a_colleague_contested_meanwhile_is_told_so(session, claim):
    contested(session, claim)
    with pytest.raises(WrongState):
        accepted(session, claim, read="declared")
    assert accepted(session, claim, read="contested").state == "accepted"


def test_a_reversal_gives_back_what_was_accepted(session, claim):
    accepted_in_part(session, claim, {part_of(claim): 6000}, {part_of(claim): "Six heures faites"})
    service.reverse_delivery(session, claim, reason="Doublon", on=TODAY, act=ODILE)
    assert [line.remaining_thousandths for line in claim.subcontract.version.lines] == [10_000, 1000]
    assert claim.subcontract.accepted_cents == 0


def test_an_arbiter_accepts_a_part_or_nothing_of_what_is_contested(session, claim):
    one = contested(session, claim)
    shares = {"accepted": {part_of(one): 5000}, "refusals": {part_of(one): "La moitié"}}
    service.arbitrate(session, one, **shares, reason="Vu sur place", accepted_on=TODAY, act=ODILE)
    assert (one.accepted_cents, one.decided_by) == (42_500, "arbiter")
    other = contested(session, a_delivery(session, one.subcontract))
    service.dismiss(session, other, reason="Rien de fait", act=ODILE)
    assert (other.state, other.decided_by) == ("withdrawn", "arbiter")
    assert one.subcontract.version.lines[0].remaining_thousandths == 5000


def test_an_arbiter_decides_on_what_is_contested_with_a_reason(session, claim):
    facts = {"accepted": {}, "refusals": {}, "accepted_on": TODAY, "act": ODILE}
    with pytest.raises(WrongState):
        service.arbitrate(session, claim, reason="Vu sur place", **facts)
    contested(session, claim)
    with pytest.raises(ReasonMissing):
        service.arbitrate(session, claim, reason=" ", **facts)
    with pytest.raises(ReasonMissing):
        service.dismiss(session, claim, reason="", act=ODILE)


def test_both_sides_may_agree_on_a_part_or_on_nothing(session, claim):
    one = contested(session, claim)
    shares = {"accepted": {part_of(one): 5000}, "refusals": {part_of(one): "La moitié"}}
    service.conclude(session, one, **shares, accepted_on=TODAY, act=ODILE)
    assert (one.accepted_cents, one.decided_by) == (42_500, "agreement")
    other = contested(session, a_delivery(session, one.subcontract))
    service.abandon(session, other, reason="Retirée d'un commun accord", act=ODILE)
    assert (other.state, other.decided_by) == ("withdrawn", "agreement")


def test_an_accountant_accepts_nothing_for_an_active_buyer(session, claim):
    with pytest.raises(service.PartyActive):
        service.accept_in_place(session, claim, reason="En vacances", accepted_on=TODAY, act=ODILE)


def test_an_accountant_accepts_for_a_buyer_that_left(session, claim):
    claim.subcontract.buyer.active = False
    service.accept_in_place(session, claim, reason="Partie en retraite", accepted_on=TODAY, act=ODILE)
    assert (claim.decided_by, claim.exchange.net_cents) == ("accountant", 65_000)


def test_an_accountant_withdraws_for_who_left(session, claim):
    claim.subcontract.seller.active = False
    service.withdraw_in_place(session, claim, reason="Travail abandonné", act=ODILE)
    assert (claim.state, claim.subcontract.version.lines[0].remaining_thousandths) == ("withdrawn", 10_000)


def test_an_accountant_withdraws_nothing_of_an_active_seller(session, claim):
    claim.subcontract.buyer.active = False
    with pytest.raises(service.PartyActive):
        service.withdraw_in_place(session, claim, reason="Travail abandonné", act=ODILE)


def test_an_accountant_says_why(session, claim):
    claim.subcontract.buyer.active = claim.subcontract.seller.active = False
    with pytest.raises(ReasonMissing):
        service.accept_in_place(session, claim, reason="", accepted_on=TODAY, act=ODILE)
    with pytest.raises(ReasonMissing):
        service.withdraw_in_place(session, claim, reason="", act=ODILE)
