"""Two at the same moment on one delivery: one wins, the other is told."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from endi_ext.exchanges.models import Exchange
from endi_ext.kernel.errors import WrongState
from endi_ext.subcontracts import agreement_errors, service
from endi_ext.subcontracts.models import Amendment, Delivery, Subcontract, SubcontractLine
from endi_ext.subcontracts.terms import Conditions
from tests.builders import an_act

from .builders import (
    a_delivery,
    a_line,
    accepted,
    accepted_in_part,
    amended,
    an_agreement,
    an_amendment,
    contested,
    lines_of,
    some_terms,
)
from .rows import count


def acting_on(key, act):
    """Return an action on the delivery, which answers the state it leads to."""
    return lambda session: act(session, session.get(Delivery, key)).state


def withdraw(session, delivery):
    return service.withdraw_delivery(
        session, delivery, party=delivery.subcontract.seller, act=an_act("user:2")
    )


def accept_half(session, delivery):
    (part,) = delivery.lines
    return accepted_in_part(
        session, delivery, {part.id: part.quantity_thousandths // 2}, {part.id: "La moitié"}
    )


def one_waits(session):
    return a_delivery(session, an_agreement(session), 4000)


def progress(engine):
    """What the lines in force hold, and what was accepted of the subcontract."""
    with Session(engine, future=True) as session:
        subcontract = session.execute(select(Subcontract)).scalars().one()
        lines = [
            (line.delivered_thousandths, line.accepted_thousandths) for line in subcontract.version.lines
        ]
        return lines, subcontract.accepted_cents


def test_of_an_acceptance_and_a_withdrawal_one_wins(engine, both, made):
    key = made(one_waits)
    answers = both(acting_on(key, accepted), acting_on(key, withdraw))
    (won,) = set(answers) - {WrongState}
    assert progress(engine) == (([(4000, 4000)], 18_000) if won == "accepted" else ([(0, 0)], 0))
    assert count(engine, Exchange) == (won == "accepted")


def test_of_two_acceptances_in_part_one_wins(engine, both, made):
    key = made(one_waits)
    answers = both(*[acting_on(key, accept_half)] * 2)
    assert sorted(map(str, answers)) == sorted(["accepted", str(WrongState)])
    assert progress(engine) == ([(2000, 2000)], 9000)
    assert count(engine, Exchange) == 1


def test_of_an_acceptance_in_full_and_one_in_part_one_wins(engine, both, made):
    key = made(one_waits)
    answers = both(acting_on(key, accepted), acting_on(key, accept_half))
    assert sorted(map(str, answers)) == sorted(["accepted", str(WrongState)])
    assert progress(engine)[1] in (18_000, 9000)


def test_of_silence_and_a_contestation_one_wins(engine, both, made):
    key = made(overdue)
    answers = both(acting_on(key, by_silence), acting_on(key, contested))
    assert WrongState in answers
    (won,) = set(answers) - {WrongState}
    assert count(engine, Exchange) == (won == "accepted")


def overdue(session):
    conditions = Conditions(silence_days=15, silence_accepts=True)
    subcontract = an_agreement(session, terms=replace(some_terms(), conditions=conditions))
    then = an_act("user:2", at=an_act().at - timedelta(days=20))
    return a_delivery(session, subcontract, 4000, act=then, delivered_on=then.at.date())


def test_silence_accepts_once_however_often_it_is_asked(engine, both, made):
    key = made(overdue)
    assert sorted(map(str, both(*[acting_on(key, by_silence)] * 2))) == sorted(["accepted", str(WrongState)])
    assert count(engine, Exchange) == 1


def by_silence(session, delivery):
    return service.accept_by_silence(session, delivery, an_act("worker"))


def bound(session):
    """Sign the amendment that waits; answer what it became, or that progress has moved."""
    amendment = session.execute(select(Amendment)).scalars().one()
    return amended(session, amendment).state


@pytest.fixture
def amending(made):
    """A delivery of 4 of 10 hours and an amendment to 6 that wait."""

    def both_wait(session):
        delivery = one_waits(session)
        (line,) = lines_of(delivery.subcontract)
        an_amendment(session, delivery.subcontract, replace(line, quantity_thousandths=6000))
        return delivery

    return made(both_wait)


def test_an_acceptance_and_an_amendment_that_fits_are_both_done(engine, both, amending):
    assert both(acting_on(amending, accepted), bound) == ["accepted", "agreed"]
    assert progress(engine) == ([(4000, 4000)], 18_000)


def test_a_withdrawal_and_an_amendment_are_both_done(engine, both, amending):
    assert both(acting_on(amending, withdraw), bound) == ["withdrawn", "agreed"]
    assert progress(engine) == ([(0, 0)], 0)


def test_an_acceptance_in_part_and_an_amendment_agree_on_what_is_done(engine, both, amending):
    assert both(acting_on(amending, accept_half), bound) == ["accepted", "agreed"]
    assert progress(engine) == ([(2000, 2000)], 9000)


def test_of_an_amendment_and_a_delivery_it_leaves_no_room_for_one_wins(engine, both, made, amending):
    answers = both(lambda session: deliver_five(session, amending), bound)
    refusals = {answer for answer in answers if not isinstance(answer, str)}
    assert len(refusals) == 1
    assert refusals <= {service.AgreementChanged, agreement_errors.ProgressMoved}
    assert progress(engine)[0] in ([(9000, 0)], [(4000, 0)])


def deliver_five(session, key):
    """Deliver 5 more hours of the line as it is before the amendment."""
    line = session.execute(select(SubcontractLine).order_by(SubcontractLine.id)).scalars().first()
    subcontract = session.get(Delivery, key).subcontract
    return a_delivery(session, subcontract, quantities={line.id: 5000}).state


def test_the_last_acceptance_and_an_amendment_that_adds_work_leave_it_open_or_refuse(engine, both, made):
    def both_wait(session):
        delivery = a_delivery(session, an_agreement(session))
        an_amendment(session, delivery.subcontract, *lines_of(delivery.subcontract), a_line("Coupe"))
        return delivery

    key = made(both_wait)
    assert both(acting_on(key, accepted), bound) == ["accepted", "agreed"]
    with Session(engine, future=True) as session:
        assert session.get(Delivery, key).subcontract.state == "agreed"
    assert progress(engine) == ([(10_000, 10_000), (0, 0)], 45_000)
