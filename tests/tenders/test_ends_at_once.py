"""Two at the same moment at the end of a tender: one wins, the other is told, nothing is made twice."""

from endi_ext.kernel.errors import WrongState
from endi_ext.tenders import agreements, outcomes
from endi_ext.tenders.models import Tender
from endi_ext.tenders.outcome_errors import AgreementsStand, NothingToAgree
from endi_ext.tenders.outcome_models import Agreement, LotResult, Submission
from tests.subcontracts.rows import count

from .endings import NOW, WORDS, a_bid, a_won_bid, deposit, later


def a_tender_answered(session):
    return a_bid(session).tender


def a_tender_submitted(session):
    bid = a_bid(session)
    deposit(session, bid)
    return bid.tender


def a_tender_won(session):
    return a_won_bid(session).tender


def submitted(session, key):
    tender = session.get(Tender, key)
    return outcomes.submit(session, tender, party=tender.lead, submitted_at=NOW, act=later()).number


def taken_back(session, key):
    tender = session.get(Tender, key)
    return outcomes.take_back(session, tender, party=tender.lead, reason="Un prix", act=later()).state


def won(session, key, place):
    tender = session.get(Tender, key)
    result = outcomes.Result(outcomes.WON)
    row = outcomes.conclude(session, tender.lots[place], party=tender.lead, result=result, act=later(10))
    return row.outcome


def sent(session, key):
    tender, act = session.get(Tender, key), later(12)
    return len(agreements.send(session, tender, party=tender.lead, words=WORDS, due_on=act.today, act=act))


def corrected(session, key):
    tender = session.get(Tender, key)
    return outcomes.correct_outcome(session, tender, party=tender.lead, reason="Recours", act=later(12)).state


def test_an_offer_deposited_twice_at_once_is_deposited_once(engine, both, made):
    key = made(a_tender_answered)
    answers = both(*[lambda session: submitted(session, key)] * 2)
    assert sorted(map(str, answers)) == sorted(["1", str(WrongState)])
    assert count(engine, Submission) == 1


def test_a_deposit_and_its_withdrawal_leave_one_standing_or_none(engine, both, made):
    key = made(a_tender_submitted)
    both(lambda session: taken_back(session, key), lambda session: taken_back(session, key))
    assert count(engine, Submission, Submission.taken_back_at.is_(None)) == 0


def test_the_same_result_noted_twice_at_once_is_noted_once(engine, both, made):
    key = made(a_tender_submitted)
    assert both(*[lambda session: won(session, key, 0)] * 2) == ["won", "won"]
    assert count(engine, LotResult) == 1


def test_agreements_sent_twice_at_once_are_sent_once(engine, both, made):
    key = made(a_tender_won)
    answers = both(*[lambda session: sent(session, key)] * 2)
    assert sorted(map(str, answers)) == sorted(["2", str(NothingToAgree)])
    assert count(engine, Agreement) == 2


def test_of_a_correction_and_agreements_one_wins(engine, both, made):
    key = made(a_tender_won)
    answers = both(lambda session: corrected(session, key), lambda session: sent(session, key))
    assert answers in (["submitted", WrongState], [AgreementsStand, 2])
