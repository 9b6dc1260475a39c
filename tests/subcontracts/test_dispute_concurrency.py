"""Two people at once in one dispute, each in a transaction of their own, on both engines."""

import pytest
from sqlalchemy.orm import Session

from endi_ext.exchanges.models import Exchange
from endi_ext.kernel.errors import WrongState
from endi_ext.ledger import audit
from endi_ext.subcontracts import dispute_errors, disputes, service
from endi_ext.subcontracts.dispute_models import Dispute, DisputeFile, DisputeFilePiece, DisputeMessage
from endi_ext.subcontracts.models import Delivery
from tests.builders import an_act

from .builders import a_delivery, accepted, an_agreement, contested
from .disputing import (
    SELLER,
    a_dispute,
    a_proof,
    agreed,
    asked,
    decided,
    delivery_of,
    in_arbitration,
    proposed,
    said,
    side,
    taken,
)
from .rows import count


@pytest.fixture(autouse=True)
def books_are_sound(engine):
    yield
    with Session(engine, future=True) as session:
        assert audit.verify(session).sound


def read(engine, model, key, name):
    with Session(engine, future=True) as session:
        return getattr(session.get(model, key), name)


def refused(answers):
    return [answer for answer in answers if isinstance(answer, type)]


def withdrawn(session, key):
    dispute = session.get(Dispute, key)
    delivery = delivery_of(session, dispute)
    return service.withdraw_delivery(session, delivery, party=side(dispute, "seller"), act=SELLER).state


def test_of_an_arbiter_who_decides_and_a_seller_who_withdraws_one_wins(engine, both, made):
    key = made(in_arbitration)
    answers = both(
        lambda session: decided(session, session.get(Dispute, key), 4_000).outcome,
        lambda session: withdrawn(session, key),
    )
    assert refused(answers) == [WrongState]
    won = read(engine, Dispute, key, "decided_by")
    assert won in ("arbiter", "seller")
    assert count(engine, Exchange) == (won == "arbiter")


def test_of_an_arbiter_who_decides_and_a_buyer_who_accepts_one_wins(engine, both, made):
    key = made(in_arbitration)
    answers = both(
        lambda session: decided(session, session.get(Dispute, key), 4_000).outcome,
        lambda session: accepted(session, delivery_of(session, session.get(Dispute, key))).state,
    )
    assert refused(answers) == [WrongState]
    assert count(engine, Exchange) == 1


def test_of_a_buyer_who_agrees_and_a_seller_who_proposes_anew_one_wins(engine, both, made):
    key = made(a_dispute)
    number = made_in(engine, key, lambda session, dispute: proposed(session, dispute, "seller", 6_000).number)
    answers = both(
        lambda session: agreed(session, session.get(Dispute, key), "buyer", number).outcome,
        lambda session: proposed(session, session.get(Dispute, key), "seller", 5_000).number,
    )
    assert refused(answers) in ([WrongState], [dispute_errors.ProposalChanged])
    assert count(engine, Exchange) == (read(engine, Dispute, key, "state") == "closed")


def test_of_two_colleagues_who_agree_at_once_one_ends_it(engine, both, made):
    key = made(a_dispute)
    number = made_in(engine, key, lambda session, dispute: proposed(session, dispute, "seller", 6_000).number)
    answers = both(*[lambda session: agreed(session, session.get(Dispute, key), "buyer", number).outcome] * 2)
    assert sorted(map(str, answers)) == sorted(["accepted_in_part", str(WrongState)])
    assert count(engine, Exchange) == 1


def test_of_two_arbiters_who_take_it_one_is_named(engine, both, made):
    key = made(asked_for)
    answers = both(
        lambda session: taken(session, session.get(Dispute, key)).arbiter_name,
        lambda session: taken(session, session.get(Dispute, key), an_act("user:17", "Noé")).arbiter_name,
    )
    assert refused(answers) == [dispute_errors.AlreadyTaken]
    assert read(engine, Dispute, key, "arbiter_name") in answers


def asked_for(session):
    dispute = a_dispute(session)
    asked(session, dispute)
    return dispute


def test_a_message_with_a_file_sent_twice_at_once_is_kept_once(engine, both, made):
    key = made(a_dispute)

    def write(session):
        dispute = session.get(Dispute, key)
        words = said("Voici", a_proof(), request_key="a-key")
        return disputes.write(session, dispute, party=side(dispute, "seller"), said=words, act=SELLER).id

    first, second = both(write, write)
    assert first == second
    assert [count(engine, model) for model in (DisputeMessage, DisputeFile, DisputeFilePiece)] == [1, 1, 1]
    assert read(engine, Dispute, key, "file_count") == 1


def test_two_messages_at_once_have_two_numbers(engine, both, made):
    key = made(a_dispute)

    def write(name):
        def action(session):
            dispute = session.get(Dispute, key)
            return disputes.write(
                session, dispute, party=side(dispute, name), said=said(), act=an_act(name)
            ).number

        return action

    assert sorted(both(write("buyer"), write("seller"))) == [1, 2]


def test_of_two_who_contest_one_wins_and_one_dispute_is_open(engine, both, made):
    key = made(lambda session: a_delivery(session, an_agreement(session)))
    answers = both(*[lambda session: contested(session, session.get(Delivery, key)).state] * 2)
    assert sorted(map(str, answers)) == sorted(["contested", str(WrongState)])
    assert count(engine, Dispute) == 1


def made_in(engine, key, action):
    with Session(engine, future=True) as session, session.begin():
        return action(session, session.get(Dispute, key))
