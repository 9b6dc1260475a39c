"""Two people at once, each in a transaction of their own, on both engines."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from endi_ext.exchanges.models import Exchange
from endi_ext.kernel.errors import WrongRole, WrongState
from endi_ext.kernel.history import Event
from endi_ext.kernel.parties import Party
from endi_ext.subcontracts import amendments, service
from endi_ext.subcontracts.agreement_errors import AmendmentOpen, ProgressMoved
from endi_ext.subcontracts.models import Amendment, Delivery, Subcontract
from tests.builders import TODAY, an_act

from .builders import (
    a_delivery,
    a_line,
    a_proposal,
    accepted,
    amended,
    an_agreement,
    an_amendment,
    contested,
    lines_of,
    some_terms,
    two_parties,
)
from .rows import count


def test_of_two_who_accept_and_contest_one_wins(engine, both, made):
    key = made(lambda session: a_delivery(session, an_agreement(session)))
    answers = both(
        lambda session: accepted(session, session.get(Delivery, key), read="declared").state,
        lambda session: contested(session, session.get(Delivery, key)).state,
    )
    assert WrongState in answers
    (won,) = {"accepted", "contested"} & set(answers)
    assert count(engine, Exchange) == (won == "accepted")
    assert count(engine, Event, Event.subject == "delivery") == 2


def test_of_two_who_accept_a_delivery_one_wins(engine, both, made):
    key = made(lambda session: a_delivery(session, an_agreement(session)))
    answers = both(*[lambda session: accepted(session, session.get(Delivery, key)).state] * 2)
    assert sorted(map(str, answers)) == sorted(["accepted", str(WrongState)])
    assert count(engine, Exchange) == 1


def test_two_deliveries_at_once_take_no_more_than_agreed(engine, both, made):
    key = made(an_agreement)
    quantities = quantities_of(engine, key, 6000)
    answers = both(*[lambda session: delivered(session, key, quantities).number] * 2)
    assert sorted(map(str, answers)) == sorted(["1", str(service.MoreThanAgreed)])


def test_two_deliveries_at_once_that_fit_have_two_numbers(engine, both, made):
    key = made(an_agreement)
    quantities = quantities_of(engine, key, 5000)
    assert sorted(both(*[lambda session: delivered(session, key, quantities).number] * 2)) == [1, 2]


@pytest.mark.parametrize("thousandths", [4_000, 10_000], ids=["a part", "all that remains"])
def test_a_delivery_form_sent_twice_at_once_makes_one_delivery(engine, both, made, thousandths):
    key = made(an_agreement)
    quantities = quantities_of(engine, key, thousandths)
    first, second = both(*[lambda session: delivered(session, key, quantities, request_key="a").id] * 2)
    assert first == second
    assert count(engine, Delivery) == 1


def test_a_proposal_form_sent_twice_at_once_makes_one_subcontract(engine, both, made):
    made(lambda session: two_parties(session)[0])

    def propose(session):
        buyer, seller = session.execute(
            select(Party).where(Party.kind == "internal").order_by(Party.id)
        ).scalars()
        return a_proposal(session, buyer=buyer, seller=seller, request_key="a").id

    first, second = both(propose, propose)
    assert first == second
    assert count(engine, Subcontract) == 1
    assert count(engine, Event) == 1


def test_of_two_colleagues_who_accept_and_change_one_wins(engine, both, made):
    key = made(a_proposal)
    answers = both(
        lambda session: answered(session, key, service.accept).state,
        lambda session: answered(session, key, service.counter, terms=some_terms()).state,
    )
    refusals = {answer for answer in answers if not isinstance(answer, str)}
    assert len(refusals) == 1
    assert refusals <= {WrongState, WrongRole, service.VersionChanged}


def test_deliveries_of_different_subcontracts_do_not_block_each_other(engine, both, made):
    first, second = made(an_agreement), made(another_agreement)
    answers = both(
        *(
            lambda session, key=key: (
                accepted(session, delivered(session, key, quantities_of(engine, key, 10_000))).state
            )
            for key in (first, second)
        )
    )
    assert answers == ["accepted", "accepted"]


def test_of_two_who_sign_and_take_back_an_amendment_one_wins(engine, both, made):
    key = made(a_shorter_job)
    answers = both(
        lambda session: amended(session, session.get(Amendment, key), version=2).state,
        lambda session: taken_back(session, key).state,
    )
    assert WrongState in answers
    assert len({"agreed", "withdrawn"} & set(answers)) == 1


def test_a_delivery_and_an_amendment_that_leaves_no_room_for_it_one_wins(engine, both, made):
    key = made(a_shorter_job)
    subcontract_key = of_subcontract(engine, key)
    quantities = quantities_of(engine, subcontract_key, 6000)
    answers = both(
        lambda session: amended(session, session.get(Amendment, key), version=2).state,
        lambda session: delivered(session, subcontract_key, quantities).state,
    )
    won = {"agreed", "declared"} & set(answers)
    refused = {ProgressMoved, service.MoreThanAgreed, service.AgreementChanged} & set(answers)
    assert (len(won), len(refused)) == (1, 1)


def test_an_acceptance_and_an_amendment_at_once_both_hold(engine, both, made):
    key = made(a_shorter_job_under_way)
    subcontract_key = of_subcontract(engine, key)
    delivery_key = made(lambda session: session.get(Subcontract, subcontract_key).deliveries[0])
    answers = both(
        lambda session: amended(session, session.get(Amendment, key), version=2).state,
        lambda session: accepted(session, session.get(Delivery, delivery_key)).state,
    )
    assert answers == ["agreed", "accepted"]
    with Session(engine, future=True) as session:
        subcontract = session.get(Subcontract, subcontract_key)
        (line,) = subcontract.version.lines
        assert (subcontract.version_number, subcontract.state) == (2, "completed")
        assert (line.accepted_thousandths, line.accepted_cents) == (5000, 22_500)


def test_of_two_who_propose_an_amendment_one_is_told_of_the_other(engine, both, made):
    key = made(an_agreement)
    answers = both(
        *(
            lambda session, who=who: an_amendment_by(session, session.get(Subcontract, key), who).state
            for who in ("buyer", "seller")
        )
    )
    assert sorted(map(str, answers)) == sorted(["proposed", str(AmendmentOpen)])


def test_an_amendment_form_sent_twice_at_once_makes_one(engine, both, made):
    key = made(an_agreement)

    def propose(session):
        return an_amendment_by(session, session.get(Subcontract, key), "buyer", request_key="a").id

    first, second = both(propose, propose)
    assert first == second
    assert count(engine, Amendment) == 1


def an_amendment_by(session, subcontract, who, **facts):
    return an_amendment(
        session, subcontract, *lines_of(subcontract), a_line("Pose"), party=getattr(subcontract, who), **facts
    )


def a_shorter_job(session):
    """An amendment that leaves five hours of ten."""
    subcontract = an_agreement(session)
    (line,) = lines_of(subcontract)
    return an_amendment(session, subcontract, replace(line, quantity_thousandths=5000))


def a_shorter_job_under_way(session):
    """The same with these five hours delivered."""
    amendment = a_shorter_job(session)
    a_delivery(session, amendment.subcontract, 5000)
    return amendment


def of_subcontract(engine, amendment_key):
    with Session(engine, future=True) as session:
        return session.get(Amendment, amendment_key).subcontract_id


def taken_back(session, key):
    amendment = session.get(Amendment, key)
    buyer = amendment.subcontract.buyer
    return amendments.withdraw_amendment(session, amendment, party=buyer, reason="", act=an_act())


def another_agreement(session):
    buyer, seller = session.execute(
        select(Party).where(Party.kind == "internal").order_by(Party.id)
    ).scalars()
    return an_agreement(session, buyer=buyer, seller=seller)


def quantities_of(engine, key, thousandths):
    with Session(engine, future=True) as session:
        return {line.id: thousandths for line in session.get(Subcontract, key).version.lines}


def delivered(session, key, quantities, **facts):
    return a_delivery(
        session, session.get(Subcontract, key), quantities=quantities, delivered_on=TODAY, **facts
    )


def answered(session, key, answer, **facts):
    subcontract = session.get(Subcontract, key)
    return answer(session, subcontract, party=subcontract.seller, version=1, act=an_act("user:2"), **facts)
