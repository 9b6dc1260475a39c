"""Two at the same moment on the money of one job: one wins, the other is told, and the books stay sound."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from endi_ext.exchanges import invariants
from endi_ext.exchanges import service as exchanges
from endi_ext.exchanges.models import Exchange, Retention
from endi_ext.kernel.errors import DomainError, WrongState
from endi_ext.ledger import audit
from endi_ext.subcontracts import client_payments, errors, final_accounts, positions, retentions, service
from endi_ext.subcontracts.final_account_models import FinalAccount
from endi_ext.subcontracts.models import Delivery, Subcontract
from endi_ext.subcontracts.terms import Conditions
from tests.builders import TODAY, an_act, numbers

from .builders import a_delivery, a_line, accepted, an_agreement, an_amendment, some_terms
from .clients import Client, named, when_the_client_pays

RELEASE_ON = date(2027, 11, 16)
A_YEAR_LATER = an_act("system", today=RELEASE_ON)
HELD = Conditions(retention_rate_bp=500, retention_release_on=RELEASE_ON)
ON_ACCEPTANCE = Conditions(retention_rate_bp=500, retention_release="on_acceptance")


@pytest.fixture(autouse=True)
def sound_books(engine):
    """Whoever won, the books say what the rows say."""
    yield
    with Session(engine, future=True) as session:
        assert invariants.check(session) == []
        assert audit.verify(session).sound
        for subcontract in session.execute(select(Subcontract)).scalars():
            assert positions.position(session, subcontract).adds_up


def a_done_job(session, conditions=HELD, **facts):
    """A job of 450 euros delivered and accepted in full: its delivery."""
    return accepted(
        session, a_delivery(session, an_agreement(session, terms=some_terms(conditions=conditions)))
    )


def of(session, model):
    return session.execute(select(model)).scalars().one()


def released(session, **facts):
    delivery = of(session, Delivery)
    return retentions.release(
        session, delivery, party=delivery.subcontract.buyer, act=an_act(), **facts
    ).state


def released_by_date(session):
    return retentions.release_due(session, of(session, Retention), A_YEAR_LATER).state


def opposed(session):
    delivery = of(session, Delivery)
    facts = {"party": delivery.subcontract.buyer, "reason": "Des fissures", "act": an_act()}
    return retentions.contest(session, delivery, **facts).state


def pronounced(session):
    subcontract = of(session, Subcontract)
    return retentions.pronounce(session, subcontract, party=subcontract.buyer, act=an_act()).state


def reversed_by_accountant(session):
    facts = {"reason": "Saisi deux fois", "on": TODAY, "act": an_act("user:5")}
    return service.reverse_delivery(session, of(session, Delivery), **facts).state


def settled(session, amount_cents):
    facts = {"settled_on": TODAY, "request_key": f"race-{next(numbers)}", "act": an_act("user:5")}
    return exchanges.settle(session, of(session, Exchange), amount_cents=amount_cents, **facts).amount_cents


def signed(session):
    account = of(session, FinalAccount)
    return final_accounts.sign(session, account, party=account.subcontract.seller, act=an_act("user:2")).state


def drawn_up(session):
    subcontract = of(session, Subcontract)
    facts = {"party": subcontract.buyer, "message": "", "request_key": f"race-{next(numbers)}"}
    return final_accounts.draw_up(session, subcontract, act=an_act(), **facts)


def standing(engine):
    """What is settled, held back, waits, and the state of the exchange."""
    with Session(engine, future=True) as session:
        exchange = of(session, Exchange)
        return exchange.settled_cents, exchange.retained_cents, exchange.awaiting_cents, exchange.state


def told(answers):
    return [answer for answer in answers if isinstance(answer, type) and issubclass(answer, DomainError)]


def test_of_two_releases_of_one_retention_one_wins(engine, both, made):
    made(a_done_job)
    answers = both(released, released_by_date)
    assert sorted(map(str, answers)) == sorted(["released", str(WrongState)])
    assert standing(engine) == (0, 0, 0, "open")


def test_two_releases_in_part_never_let_go_more_than_is_held(engine, both, made):
    made(a_done_job)
    answers = both(*[lambda session: released(session, amount_cents=1_500)] * 2)
    assert len(told(answers)) == 1
    assert standing(engine) == (0, 750, 0, "open")


def test_of_a_release_and_an_opposition_both_are_told_what_stands(engine, both, made):
    made(a_done_job)
    answers = both(released, opposed)
    # Opposed first, it may still be let go by who opposed it; let go first, nothing is left to oppose.
    assert answers in (["released", "contested"], ["released", WrongState])
    assert standing(engine) == (0, 0, 0, "open")


def test_the_acceptance_of_the_whole_and_a_reversal_leave_nothing_held(engine, both, made):
    made(lambda session: a_done_job(session, ON_ACCEPTANCE))
    answers = both(pronounced, reversed_by_accountant)
    assert answers[0] in ("completed", WrongState)
    # An entry of the release may be younger than what the reversal sees: it is told, and asks again.
    assert answers[1] in ("reversed", exchanges.ChangedMeanwhile)
    if answers[1] is exchanges.ChangedMeanwhile:
        with Session(engine, future=True) as session, session.begin():
            reversed_by_accountant(session)
    assert standing(engine) == (0, 0, 0, "cancelled")


def test_a_release_and_a_settlement_of_all_that_may_be_paid_then(engine, both, made):
    made(a_done_job)
    answers = both(released, lambda session: settled(session, 45_000))
    assert answers[0] == "released"
    assert answers[1] in (45_000, exchanges.HeldBack)
    assert standing(engine)[0] == (45_000 if answers[1] == 45_000 else 0)


def test_of_two_settlements_of_all_one_wins(engine, both, made):
    made(a_done_job)
    answers = both(*[lambda session: settled(session, 42_750)] * 2)
    assert 42_750 in answers
    assert len(told(answers)) == 1
    assert standing(engine) == (42_750, 2_250, 0, "partly_settled")


@pytest.mark.parametrize("paid_cents", [10_000, 45_000], ids=["a part", "all of it"])
def test_a_receipt_of_the_client_and_a_settlement_count_each_cent_once(engine, both, made, paid_cents):
    client = []

    def a_claim(session):
        delivery = a_done_job(session, when_the_client_pays())
        client.append(Client(delivery.subcontract.buyer.host_key))
        named(session, delivery.subcontract, client[0])
        return delivery

    def followed(session):
        return client_payments.follow(session, client[0], of(session, Subcontract), an_act("system"))

    made(a_claim)
    client[0].pays(60_000)  # half of what the client owes: 225 of 450 euros are due
    answers = both(followed, lambda session: settled(session, paid_cents))
    assert answers[1] == paid_cents
    with Session(engine, future=True) as session, session.begin():
        followed(session)
    assert standing(engine)[:3] == (paid_cents, 0, 45_000 - max(22_500, paid_cents))


def test_of_a_signature_of_the_final_account_and_a_reversal_the_account_never_lies(engine, both, made):
    made(lambda session: a_done_job(session) and drawn_up(session))
    answers = both(signed, reversed_by_accountant)
    assert answers[1] == "reversed"
    assert answers[0] in ("signed", WrongState, errors.AccountOutdated)
    with Session(engine, future=True) as session:
        # Signed before: the reversal opened the job again. Reversed before: the account was not signed.
        assert of(session, Subcontract).state == "agreed"
        assert of(session, FinalAccount).state == ("signed" if answers[0] == "signed" else "proposed")


def test_of_a_signature_of_the_final_account_and_an_amendment_one_is_told(engine, both, made):
    made(lambda session: a_done_job(session) and drawn_up(session))
    answers = both(signed, lambda session: an_amendment(session, of(session, Subcontract), *longer()).state)
    assert answers[0] == "signed" or answers[1] == "proposed"
    with Session(engine, future=True) as session:
        closed = of(session, Subcontract).state == "closed"
        assert closed == (answers[0] == "signed")


def test_of_two_who_draw_up_the_final_account_one_is_told(engine, both, made):
    made(a_done_job)
    answers = both(*[lambda session: drawn_up(session).state] * 2)
    assert sorted(map(str, answers)) == sorted(["proposed", str(errors.AccountOnTheTable)])


def test_silence_and_an_answer_too_late_make_one_exchange(engine, both, made):
    silent = Conditions(silence_days=3, silence_accepts=True)
    made(lambda session: a_delivery(session, an_agreement(session, terms=some_terms(conditions=silent))))
    late = an_act("system", today=TODAY + timedelta(days=9))
    answers = both(
        lambda session: service.accept_by_silence(session, of(session, Delivery), late).decided_by,
        lambda session: accepted(session, of(session, Delivery)).decided_by,
    )
    assert sorted(map(str, answers)) == sorted([str(WrongState), *({"silence", "buyer"} & set(answers))])
    assert standing(engine) == (0, 0, 0, "open")


def longer():
    """The work of a_done_job, and something more."""
    return a_line(), a_line("Visite", 1_000, "forfait", 15_000)
