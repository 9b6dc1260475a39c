"""Delivering, accepting, contesting, taking back and reversing."""

from datetime import date, timedelta

import pytest

from endi_ext.exchanges import service as exchanges
from endi_ext.kernel.errors import ReasonMissing, WrongRole, WrongState
from endi_ext.kernel.history import history_of
from endi_ext.ledger import service as ledger
from endi_ext.subcontracts import service
from tests.builders import TODAY, a_party, an_act

from .builders import a_delivery, a_line, a_proposal, accepted, an_agreement, contested


def test_a_delivery_of_all_is_worth_the_whole_agreement(session):
    delivery = a_delivery(session, an_agreement(session))
    assert (delivery.state, delivery.number, delivery.net_cents) == ("declared", 1, 45_000)


def test_a_delivery_of_a_part_is_worth_its_part(session):
    delivery = a_delivery(session, an_agreement(session, a_line(), a_line(unit_price_cents=100)), 2500)
    assert [(part.quantity_thousandths, part.net_cents) for part in delivery.lines] == [(2500, 11_250)]


def test_the_same_form_sent_twice_makes_one_delivery(session):
    subcontract = an_agreement(session)
    first, second = (a_delivery(session, subcontract, 4000, request_key="a") for _ in range(2))
    assert first is second
    assert subcontract.version.lines[0].remaining_thousandths == 6000


def test_the_form_of_a_delivery_is_not_used_again_for_another_subcontract(session):
    first = an_agreement(session)
    second = an_agreement(session, buyer=first.buyer, seller=first.seller)
    a_delivery(session, first, request_key="a")
    with pytest.raises(service.RequestKeyReused):
        a_delivery(session, second, request_key="a")


@pytest.mark.parametrize("changed", [{"note": "Sans la coupe"}, {"delivered_on": date(2026, 1, 5)}])
def test_the_form_of_a_delivery_changed_after_it_was_sent_is_not_taken_for_the_same(session, changed):
    subcontract = an_agreement(session)
    a_delivery(session, subcontract, 4000, request_key="a")
    with pytest.raises(service.RequestKeyReused):
        a_delivery(session, subcontract, 3000, request_key="a")
    with pytest.raises(service.RequestKeyReused):
        a_delivery(session, subcontract, 4000, request_key="a", **changed)


def test_nothing_is_delivered_before_the_agreement(session):
    with pytest.raises(WrongState):
        a_delivery(session, a_proposal(session))


def test_only_the_seller_delivers(session):
    subcontract = an_agreement(session)
    for party in (subcontract.buyer, a_party(session)):
        with pytest.raises(WrongRole):
            a_delivery(session, subcontract, party=party)


@pytest.mark.parametrize("thousandths", [0, -1000])
def test_an_empty_delivery_is_refused(session, thousandths):
    with pytest.raises(service.NothingInIt):
        a_delivery(session, an_agreement(session), thousandths)


def test_a_delivery_has_lines(session):
    with pytest.raises(service.NothingInIt):
        a_delivery(session, an_agreement(session), quantities={})


def test_no_more_is_delivered_than_agreed(session):
    subcontract = an_agreement(session)
    a_delivery(session, subcontract, 4000)
    with pytest.raises(service.MoreThanAgreed) as refusal:
        a_delivery(session, subcontract, 6001)
    assert refusal.value.facts["remaining_thousandths"] == 6000


def test_lines_of_another_subcontract_are_not_delivered(session):
    first = an_agreement(session)
    second = an_agreement(session, buyer=first.buyer, seller=first.seller)
    with pytest.raises(service.AgreementChanged):
        a_delivery(session, first, quantities={second.version.lines[0].id: 1000})


def test_lines_of_an_earlier_version_are_not_delivered(session):
    subcontract = a_proposal(session)
    terms = service.Terms(subcontract.version.due_on, [a_line()])
    service.counter(session, subcontract, party=subcontract.seller, terms=terms, version=1, act=an_act())
    service.accept(session, subcontract, party=subcontract.buyer, version=2, act=an_act())
    with pytest.raises(service.AgreementChanged):
        a_delivery(session, subcontract, quantities={subcontract.versions[0].lines[0].id: 1000})


def test_a_part_worth_less_than_a_cent_is_refused(session):
    with pytest.raises(service.TooSmall):
        a_delivery(session, an_agreement(session, a_line(unit_price_cents=100)), 4)


def test_nothing_is_delivered_in_the_future(session):
    with pytest.raises(service.NotYetDelivered):
        a_delivery(session, an_agreement(session), delivered_on=TODAY + timedelta(days=1))


def test_an_accepted_delivery_is_an_exchange_posted_once(session):
    delivery = accepted(session, a_delivery(session, an_agreement(session), 2500))
    exchange = delivery.exchange
    assert (exchange.net_cents, exchange.seller, exchange.buyer) == (
        11_250,
        delivery.subcontract.seller,
        delivery.subcontract.buyer,
    )
    assert ledger.entry_of(session, f"delivery:{delivery.id}:accepted").total_cents > 0


def test_the_sellers_rate_decides_the_contribution(session):
    subcontract = an_agreement(session)
    subcontract.seller.contribution_rate_bp = 1200
    assert accepted(session, a_delivery(session, subcontract)).exchange.contribution_cents == 5400


def test_a_partly_delivered_subcontract_stays_agreed(session):
    subcontract = an_agreement(session, a_line(), a_line())
    accepted(session, a_delivery(session, subcontract, 10_000))
    assert subcontract.state == "agreed"


def test_the_last_accepted_delivery_completes_the_subcontract(session):
    subcontract = an_agreement(session, a_line(), a_line())
    last = a_delivery(session, subcontract, 0, 10_000)
    accepted(session, a_delivery(session, subcontract, 10_000))
    assert subcontract.state == "agreed"
    accepted(session, last)
    assert subcontract.state == "completed"
    assert history_of(session, subcontract)[-1].action == "complete"


def test_only_the_buyer_accepts_or_contests(session):
    delivery = a_delivery(session, an_agreement(session))
    for party in (delivery.subcontract.seller, a_party(session)):
        with pytest.raises(WrongRole):
            accepted(session, delivery, party=party)
        with pytest.raises(WrongRole):
            contested(session, delivery, party=party)


def test_a_delivery_is_accepted_once(session):
    delivery = accepted(session, a_delivery(session, an_agreement(session)))
    with pytest.raises(WrongState):
        accepted(session, delivery)


def test_a_delivery_is_not_accepted_before_it_was_made(session):
    with pytest.raises(service.AcceptedTooEarly):
        accepted(session, a_delivery(session, an_agreement(session)), accepted_on=TODAY - timedelta(days=1))


def test_a_delivery_is_not_accepted_into_a_closed_month(session):
    delivery = a_delivery(session, an_agreement(session))
    ledger.close_period(session, ledger.period_of(session, TODAY), an_act())
    with pytest.raises(ledger.PeriodClosed):
        accepted(session, delivery)


def test_what_was_delivered_before_a_party_left_may_still_be_accepted(session):
    delivery = a_delivery(session, an_agreement(session))
    delivery.subcontract.seller.active = False
    assert accepted(session, delivery).exchange.net_cents == 45_000


def test_what_is_contested_stays_taken_until_it_is_withdrawn(session):
    subcontract = an_agreement(session)
    first = contested(session, a_delivery(session, subcontract))
    with pytest.raises(service.MoreThanAgreed):
        a_delivery(session, subcontract, 1000)
    service.withdraw_delivery(session, first, party=subcontract.seller, act=an_act())
    again = a_delivery(session, subcontract)
    assert (again.number, again.net_cents) == (2, 45_000)


def test_a_contested_delivery_may_be_accepted_after_all(session):
    delivery = contested(session, a_delivery(session, an_agreement(session)))
    assert accepted(session, delivery).subcontract.state == "completed"


def test_a_contestation_has_a_reason(session):
    delivery = a_delivery(session, an_agreement(session))
    with pytest.raises(ReasonMissing):
        contested(session, delivery, reason=" ")


def test_a_delivery_is_contested_once(session):
    delivery = contested(session, a_delivery(session, an_agreement(session)))
    with pytest.raises(WrongState):
        contested(session, delivery)


def test_what_is_withdrawn_may_be_declared_again(session):
    subcontract = an_agreement(session)
    delivery = a_delivery(session, subcontract)
    service.withdraw_delivery(session, delivery, party=subcontract.seller, act=an_act())
    assert (delivery.state, a_delivery(session, subcontract).net_cents) == ("withdrawn", 45_000)


def test_only_the_seller_withdraws_a_delivery(session):
    delivery = a_delivery(session, an_agreement(session))
    with pytest.raises(WrongRole):
        service.withdraw_delivery(session, delivery, party=delivery.subcontract.buyer, act=an_act())


def test_an_accepted_delivery_is_not_withdrawn(session):
    delivery = accepted(session, a_delivery(session, an_agreement(session)))
    with pytest.raises(WrongState):
        service.withdraw_delivery(session, delivery, party=delivery.subcontract.seller, act=an_act())


def test_a_reversed_delivery_gives_all_back_and_its_subcontract_is_open_again(session):
    delivery = accepted(session, a_delivery(session, an_agreement(session)))
    reversed_(session, delivery)
    assert (delivery.state, delivery.exchange.state) == ("reversed", "cancelled")
    assert (delivery.subcontract.state, delivery.subcontract.accepted_cents) == ("agreed", 0)
    assert delivery.subcontract.version.lines[0].remaining_thousandths == 10_000
    assert history_of(session, delivery)[-1].reason == "Mauvais vendeur"


def test_what_was_reversed_is_delivered_again_as_another_exchange(session):
    subcontract = an_agreement(session)
    first = accepted(session, a_delivery(session, subcontract))
    reversed_(session, first)
    second = accepted(session, a_delivery(session, subcontract))
    assert (subcontract.state, second.exchange.net_cents) == ("completed", 45_000)
    assert second.exchange is not first.exchange


def test_an_acceptance_is_not_reversed_without_a_reason(session):
    delivery = accepted(session, a_delivery(session, an_agreement(session)))
    with pytest.raises(ReasonMissing):
        reversed_(session, delivery, reason="")


def test_only_an_accepted_delivery_is_reversed(session):
    with pytest.raises(WrongState):
        reversed_(session, a_delivery(session, an_agreement(session)))


def test_an_acceptance_is_not_reversed_into_a_closed_month(session):
    delivery = accepted(session, a_delivery(session, an_agreement(session)))
    ledger.close_period(session, ledger.period_of(session, TODAY), an_act())
    with pytest.raises(ledger.PeriodClosed):
        reversed_(session, delivery)


def test_reversing_the_exchange_of_a_delivery_reverses_the_delivery(session):
    delivery = accepted(session, a_delivery(session, an_agreement(session)))
    service.reverse_exchange(session, delivery.exchange, reason="Doublon", on=TODAY, act=an_act())
    assert (delivery.state, delivery.exchange.state) == ("reversed", "cancelled")


def test_an_exchange_without_a_delivery_is_reversed_too(session):
    subcontract = an_agreement(session)
    facts = exchanges.ExchangeFacts(
        "test:1", subcontract.seller_id, subcontract.buyer_id, 500, TODAY, "Dépannage"
    )
    exchange = exchanges.record(session, facts, an_act())
    service.reverse_exchange(session, exchange, reason="Doublon", on=TODAY, act=an_act())
    assert exchange.state == "cancelled"


def test_a_delivery_whose_exchange_was_reversed_alone_can_still_be_given_back(session):
    delivery = accepted(session, a_delivery(session, an_agreement(session)))
    exchanges.reverse(session, delivery.exchange, reason="Doublon", on=TODAY, act=an_act())
    reversed_(session, delivery)
    assert delivery.state == "reversed"


def reversed_(session, delivery, reason="Mauvais vendeur"):
    return service.reverse_delivery(session, delivery, reason=reason, on=TODAY, act=an_act("user:5"))
