"""A delivery read as a progress claim: the contract, before, this time, reached, remaining."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from endi_ext.kernel.errors import DomainError
from endi_ext.subcontracts import service
from endi_ext.subcontracts.models import Delivery
from endi_ext.subcontracts.situations import situation, taken_before
from tests.builders import an_act

from .builders import a_delivery, a_line, accepted, accepted_in_part, an_agreement, contested
from .test_amounts import undone

LINES = (a_line(), a_line("Coupe", 1000, "forfait", 20_000))


def later(minutes):
    return an_act("user:2", at=an_act().at + timedelta(minutes=minutes))


def shown(session, delivery):
    return [
        (row.previous_thousandths, row.claimed_thousandths, row.reached_permille, row.remaining_thousandths)
        for row in situation(session, delivery).rows
    ]


def test_every_line_of_the_contract_is_there(session):
    delivery = a_delivery(session, an_agreement(session, *LINES), 2500)
    assert shown(session, delivery) == [(0, 2500, 250, 7500), (0, 0, 0, 1000)]


def test_what_others_took_before_is_told_line_by_line(session):
    subcontract = an_agreement(session, *LINES)
    contested(session, a_delivery(session, subcontract, 1000, 500, act=later(1)), act=later(2))
    delivery = a_delivery(session, subcontract, 2500, act=later(3))
    assert shown(session, delivery) == [(1000, 2500, 350, 6500), (500, 0, 500, 500)]


def test_what_was_withdrawn_or_not_accepted_before_is_not(session):
    subcontract = an_agreement(session, *LINES)
    first = a_delivery(session, subcontract, 1000, 500, act=later(1))
    service.withdraw_delivery(session, first, party=subcontract.seller, act=later(2))
    second = a_delivery(session, subcontract, 4000, act=later(3))
    part = second.lines[0].id
    accepted_in_part(session, second, {part: 3000}, {part: "Une heure de trop"}, act=later(4))
    delivery = a_delivery(session, subcontract, 1000, act=later(5))
    assert shown(session, delivery) == [(3000, 1000, 400, 6000), (0, 0, 0, 1000)]


def test_what_happened_since_changes_nothing(session):
    subcontract = an_agreement(session, *LINES)
    first = a_delivery(session, subcontract, 1000, 500, act=later(1))
    delivery = a_delivery(session, subcontract, 2500, act=later(2))
    before = shown(session, delivery)
    service.withdraw_delivery(session, first, party=subcontract.seller, act=later(3))
    assert shown(session, delivery) == before


def test_what_is_reached_counts_what_was_accepted(session):
    delivery = a_delivery(session, an_agreement(session, *LINES), 4000)
    part = delivery.lines[0].id
    accepted_in_part(session, delivery, {part: 3000}, {part: "Une heure de trop"})
    assert shown(session, delivery)[0] == (0, 4000, 300, 7000)
    total = situation(session, delivery).total
    assert (total.claimed_cents, total.accepted_cents, total.reached_cents) == (18_000, 13_500, 13_500)
    assert (total.agreed_cents, total.remaining_cents, total.reached_permille) == (65_000, 51_500, 208)


ACTIONS = ("declare", "declare", "accept", "part", "contest", "withdraw")
steps = st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 9)), max_size=15)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_what_stood_before_is_what_each_part_remembers(session, steps):
    with undone(session):
        subcontract = an_agreement(session, *LINES)
        for minutes, (action, number) in enumerate(steps):
            try:
                with session.begin_nested():
                    take(session, subcontract, action, number, later(minutes))
            except DomainError:
                continue
        for delivery in session.execute(select(Delivery)).scalars():
            before = taken_before(session, delivery)
            for part in delivery.lines:
                assert before.get(part.line.key, (0, 0))[0] == part.previous_thousandths
            for row in situation(session, delivery).rows:
                assert row.reached_cents <= row.agreed_cents
                assert (row.remaining_thousandths == 0) == (row.remaining_cents == 0)


def take(session, subcontract, action, number, act):
    if action == "declare":
        wanted = [line.remaining_thousandths * (number + 1) // 10 for line in subcontract.version.lines]
        return a_delivery(session, subcontract, *wanted, act=act)
    deliveries = session.execute(select(Delivery).order_by(Delivery.id)).scalars().all()
    if not deliveries:
        return None
    delivery = deliveries[number % len(deliveries)]
    shares = {part.id: part.quantity_thousandths * number // 10 for part in delivery.lines}
    return {
        "accept": lambda: accepted(session, delivery, act=act),
        "part": lambda: accepted_in_part(session, delivery, shares, dict.fromkeys(shares, "x"), act=act),
        "contest": lambda: contested(session, delivery, act=act),
        "withdraw": lambda: service.withdraw_delivery(session, delivery, party=subcontract.seller, act=act),
    }[action]()
