"""What an agreement holds back of each acceptance, and who lets it go when."""

from datetime import date

import pytest

from endi_ext.exchanges import retention as exchange_retention
from endi_ext.exchanges import service as exchanges
from endi_ext.exchanges.rules import ReleasePassed
from endi_ext.kernel.errors import WrongRole, WrongState
from endi_ext.subcontracts import retentions, service
from endi_ext.subcontracts.errors import NothingHeld
from endi_ext.subcontracts.terms import CLIENT_PAYS, DAYS, Conditions
from tests.builders import TODAY, a_party, an_act

from .builders import a_delivery, a_line, accepted, amended, an_amendment, lines_of
from .money import A_YEAR_LATER, FIVE_PERCENT, UNTIL_ACCEPTANCE, a_job, amounts, assert_adds_up, settled


def delivered(session, job, thousandths=None, **facts):
    parts = () if thousandths is None else (thousandths,)
    return accepted(session, a_delivery(session, job, *parts), **facts)


def test_each_acceptance_holds_back_what_was_agreed(either_session):
    job = a_job(either_session)
    delivered(either_session, job, 4_000)
    delivered(either_session, job)
    assert [held.retention.held_cents for held in retentions.of_subcontract(either_session, job)] == [
        2_000,
        3_000,
    ]
    assert amounts(either_session, job) == (100_000, 0, 95_000, 0, 5_000, 0)
    assert_adds_up(either_session, job)


def test_an_agreement_that_holds_nothing_back_holds_nothing(session):
    job = a_job(session, conditions=Conditions(payment_kind=DAYS, payment_days=45))
    exchange = delivered(session, job).exchange
    assert retentions.of_subcontract(session, job) == []
    assert exchange.due_on == date(2026, 12, 31)


def test_what_is_worth_less_than_a_cent_of_retention_holds_none(session):
    job = a_job(session, a_line(quantity_thousandths=1_000, unit_price_cents=9))
    delivered(session, job)
    assert retentions.of_subcontract(session, job) == []
    assert_adds_up(session, job)


def test_thirds_of_a_job_hold_five_percent_of_it_to_the_cent(session):
    job = a_job(session, a_line(quantity_thousandths=3_000, unit_price_cents=33_333))
    for _ in range(3):
        delivered(session, job, 1_000)
    assert sum(held.retention.held_cents for held in retentions.of_subcontract(session, job)) == 5_000
    assert_adds_up(session, job)


def test_when_the_client_pays_what_is_held_back_does_not_wait_for_him(session):
    conditions = Conditions(
        retention_rate_bp=500, retention_release_on=A_YEAR_LATER, payment_kind=CLIENT_PAYS
    )
    job = a_job(session, conditions=conditions)
    exchange = delivered(session, job).exchange
    assert (exchange.due_on, amounts(session, job)) == (None, (100_000, 0, 0, 95_000, 5_000, 0))
    retentions.release(session, job.deliveries[0], party=job.buyer, act=an_act())
    assert (exchange.due_on, amounts(session, job)) == (TODAY, (100_000, 0, 5_000, 95_000, 0, 0))
    assert_adds_up(session, job)


def test_the_version_in_force_at_the_acceptance_decides(session):
    job = a_job(session)
    delivered(session, job, 4_000)
    ten_percent = Conditions(retention_rate_bp=300, retention_release_on=date(2028, 2, 29))
    amended(session, an_amendment(session, job, *lines_of(job), conditions=ten_percent))
    delivered(session, job)
    held = [one.retention for one in retentions.of_subcontract(session, job)]
    assert [(one.held_cents, one.release_on) for one in held] == [
        (2_000, A_YEAR_LATER),
        (1_800, date(2028, 2, 29)),
    ]


def test_after_a_reversal_the_rate_of_what_stands_is_held(session):
    job = a_job(session, a_line(quantity_thousandths=3_000, unit_price_cents=3_333))
    first = delivered(session, job, 1_000)
    delivered(session, job, 1_000)
    service.reverse_delivery(session, first, reason="Erreur", on=TODAY, act=an_act())
    delivered(session, job, 1_000)
    delivered(session, job)
    assert sum(held.retention.held_cents for held in retentions.of_subcontract(session, job)) == 500
    assert_adds_up(session, job)


def test_the_buyer_lets_go_early_in_part_then_in_whole(session):
    job = a_job(session)
    delivery = delivered(session, job)
    retentions.release(session, delivery, party=job.buyer, act=an_act(), amount_cents=2_000, number=1)
    retentions.release(session, delivery, party=job.buyer, act=an_act(), amount_cents=2_000, number=1)
    assert amounts(session, job) == (100_000, 0, 97_000, 0, 3_000, 0)
    retentions.release(session, delivery, party=job.buyer, act=an_act())
    assert amounts(session, job) == (100_000, 0, 100_000, 0, 0, 0)
    assert_adds_up(session, job)


@pytest.mark.parametrize("who", ["seller", "stranger"])
def test_only_the_buyer_lets_go_opposes_and_pronounces(session, who):
    job = a_job(session, conditions=UNTIL_ACCEPTANCE)
    delivery = delivered(session, job)
    party = job.seller if who == "seller" else a_party(session)
    doer = {"party": party, "act": an_act()}
    for refused in (
        lambda: retentions.release(session, delivery, **doer),
        lambda: retentions.contest(session, delivery, reason="Défaut", **doer),
        lambda: retentions.lift(session, delivery, **doer),
        lambda: retentions.pronounce(session, job, **doer),
    ):
        with pytest.raises((WrongRole, WrongState)):
            refused()


def test_a_year_later_it_is_let_go_by_itself(either_session):
    session = either_session
    job = a_job(session)
    settled(session, delivered(session, job).exchange)
    assert retentions.releasable(session, date(2027, 11, 15)) == []
    (kept,) = retentions.releasable(session, A_YEAR_LATER)
    retentions.release_due(session, kept, an_act("cli", today=date(2027, 11, 18)))
    assert kept.exchange.due_on == A_YEAR_LATER
    assert amounts(session, job) == (100_000, 95_000, 5_000, 0, 0, 0)
    assert retentions.releasable(session, A_YEAR_LATER) == []
    assert_adds_up(session, job)


def test_what_is_opposed_is_disputed_until_that_is_lifted(session):
    job = a_job(session)
    delivery = delivered(session, job)
    before = an_act(today=date(2027, 11, 15))
    retentions.contest(session, delivery, party=job.buyer, reason="Une marche grince", act=before)
    assert amounts(session, job) == (100_000, 0, 95_000, 0, 0, 5_000)
    assert retentions.releasable(session, A_YEAR_LATER) == []
    retentions.lift(session, delivery, party=job.buyer, act=before)
    assert amounts(session, job) == (100_000, 0, 95_000, 0, 5_000, 0)
    assert_adds_up(session, job)


def test_an_opposition_lifted_after_the_date_lets_go_that_day(session):
    job = a_job(session)
    delivery = delivered(session, job)
    settled(session, delivery.exchange)
    early = an_act(today=date(2027, 11, 15))
    retentions.contest(session, delivery, party=job.buyer, reason="Défaut", act=early)
    retentions.lift(session, delivery, party=job.buyer, act=an_act(today=date(2028, 1, 10)))
    assert delivery.exchange.due_on == date(2028, 1, 10)
    assert amounts(session, job) == (100_000, 95_000, 5_000, 0, 0, 0)
    assert_adds_up(session, job)


def test_the_day_before_is_the_last_day_to_oppose(session):
    job = a_job(session)
    delivery = delivered(session, job)
    with pytest.raises(ReleasePassed):
        retentions.contest(
            session, delivery, party=job.buyer, reason="Trop tard", act=an_act(today=A_YEAR_LATER)
        )
    (held,) = retentions.of_subcontract(session, job)
    assert "contest" in retentions.actions(job, held, job.buyer, date(2027, 11, 15))
    assert "contest" not in retentions.actions(job, held, job.buyer, A_YEAR_LATER)
    assert retentions.actions(job, held, job.seller, TODAY) == ()


def test_the_acceptance_of_the_whole_lets_go_all_that_waited_for_it(session):
    job = a_job(session, conditions=UNTIL_ACCEPTANCE)
    delivered(session, job, 4_000)
    with pytest.raises(WrongState):
        retentions.pronounce(session, job, party=job.buyer, act=an_act())
    delivered(session, job)
    opposed = job.deliveries[0]
    retentions.contest(session, opposed, party=job.buyer, reason="Réserve", act=an_act())
    retentions.pronounce(session, job, party=job.buyer, act=an_act())
    assert amounts(session, job) == (100_000, 0, 98_000, 0, 0, 2_000)
    with pytest.raises(NothingHeld):
        retentions.pronounce(session, job, party=job.buyer, act=an_act())
    retentions.lift(session, opposed, party=job.buyer, act=an_act())
    retentions.pronounce(session, job, party=job.buyer, act=an_act())
    assert amounts(session, job) == (100_000, 0, 100_000, 0, 0, 0)
    assert_adds_up(session, job)


def test_what_waits_for_the_acceptance_has_no_date(session):
    job = a_job(session, conditions=UNTIL_ACCEPTANCE)
    delivered(session, job)
    assert retentions.releasable(session, date(2099, 1, 1)) == []


def test_an_accountant_lets_go_in_the_place_of_a_buyer_that_left(session):
    job = a_job(session)
    exchange = delivered(session, job).exchange
    job.buyer.active = False
    said = {"reason": "L'enseigne a quitté la coopérative", "on": TODAY, "act": an_act("user:13")}
    retentions.release_in_place(session, exchange, **said)
    assert amounts(session, job) == (100_000, 0, 100_000, 0, 0, 0)


def test_a_party_that_left_in_the_middle_does_not_keep_what_is_held_from_its_date(session):
    job = a_job(session)
    delivered(session, job)
    job.buyer.active = job.seller.active = False
    (kept,) = retentions.releasable(session, A_YEAR_LATER)
    retentions.release_due(session, kept, an_act("cli", today=A_YEAR_LATER))
    assert amounts(session, job)[4:] == (0, 0)


def test_a_delivery_not_accepted_has_nothing_to_let_go(session):
    job = a_job(session)
    delivery = a_delivery(session, job)
    with pytest.raises(NothingHeld):
        retentions.release(session, delivery, party=job.buyer, act=an_act())


def test_of_a_reversed_delivery_nothing_is_held(session):
    job = a_job(session, conditions=FIVE_PERCENT)
    delivery = delivered(session, job)
    service.reverse_delivery(session, delivery, reason="Erreur", on=TODAY, act=an_act())
    assert retentions.of_subcontract(session, job) == []
    assert amounts(session, job) == (0, 0, 0, 0, 0, 0)
    with pytest.raises(WrongState):
        exchange_retention.release(session, delivery.exchange, on=TODAY, act=an_act(), role="buyer")
    with pytest.raises(WrongState):
        exchanges.settle(
            session, delivery.exchange, amount_cents=1, settled_on=TODAY, request_key="x" * 9, act=an_act()
        )
    assert_adds_up(session, job)
