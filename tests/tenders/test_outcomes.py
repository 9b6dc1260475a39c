"""Tenders end: deposited with a proof, won or lost lot by lot, corrected, given up."""

from datetime import UTC, date, datetime, timedelta

import pytest

from endi_ext.kernel.errors import ReasonMissing, WrongRole, WrongState
from endi_ext.kernel.history import history_of
from endi_ext.tenders import files, outcomes
from endi_ext.tenders.errors import NoLotAnswered
from endi_ext.tenders.outcome_errors import (
    AgreementsStand,
    DecidedInFuture,
    LotDecided,
    LotNotAnswered,
    RankImpossible,
    SharesIncomplete,
    SubmittedInFuture,
    TwoWinners,
)
from endi_ext.tenders.outcomes import Proof, Rival

from .endings import NOW, a_bid, a_won_bid, conclude, deposit, later, send

TOTAL = 12 * 41_550 + 7 * 63_333 + 180_000 + 637_448 + 95_001


def test_a_deposit_keeps_its_proof_and_the_price_of_each_lot(either_session):
    bid = a_bid(either_session)
    proof = Proof("accusé.pdf", b"%PDF-1.7 accuse")
    made = deposit(either_session, bid, reference="AR-7", note="Déposé à deux", proof=proof)
    assert (bid.tender.state, bid.tender.submitted_at) == ("submitted", made.submitted_at)
    assert (made.number, made.total_cents, made.reference, made.late) == (1, TOTAL, "AR-7", False)
    assert sum(made.lot_cents.values()) == TOTAL
    assert b"".join(files.content(either_session, made.file)) == proof.content
    assert history_of(either_session, bid.tender)[-1].action == "submit"


def test_only_the_lead_deposits_and_only_what_is_answered(session):
    bid = a_bid(session)
    facts = {"submitted_at": NOW - timedelta(hours=1), "act": later()}
    with pytest.raises(WrongRole):
        outcomes.submit(session, bid.tender, party=bid.first, **facts)
    deposit(session, bid)
    with pytest.raises(WrongState):
        deposit(session, bid)


def test_a_deposit_is_noted_once_it_is_made(session):
    with pytest.raises(SubmittedInFuture):
        deposit(session, a_bid(session), submitted_at=NOW + timedelta(minutes=1))


def test_a_late_deposit_is_noted_as_it_was(session):
    bid = a_bid(session, deadline=datetime(2026, 12, 9, 11, tzinfo=UTC))
    assert deposit(session, bid).late


def test_nothing_is_deposited_before_the_last_cent_is_shared(session):
    bid = a_bid(session)
    bid.lines[0].shares.clear()
    session.flush()
    with pytest.raises(SharesIncomplete) as refused:
        deposit(session, bid)
    assert refused.value.facts == {"unassigned_cents": 12 * 41_550}


def test_without_a_lot_there_is_nothing_to_deposit(session):
    bid = a_bid(session)
    for lot in bid.lots:
        lot.answered = False
    with pytest.raises(NoLotAnswered):
        deposit(session, bid)


def test_without_a_price_schedule_a_deposit_has_no_price(session):
    bid = a_bid(session)
    for line in bid.lines:
        session.delete(line)
    session.flush()
    assert deposit(session, bid).total_cents is None


def test_an_offer_taken_back_is_deposited_anew(either_session):
    bid = a_bid(either_session)
    first = deposit(either_session, bid)
    with pytest.raises(ReasonMissing):
        outcomes.take_back(either_session, bid.tender, party=bid.lead, reason=" ", act=later())
    outcomes.take_back(either_session, bid.tender, party=bid.lead, reason="Une erreur de prix", act=later())
    assert (bid.tender.state, bid.tender.submitted_at) == ("answering", None)
    assert (first.taken_back_at, outcomes.submission_of(either_session, bid.tender)) == (NOW, None)
    second = deposit(either_session, bid)
    assert [one.number for one in outcomes.submissions(either_session, bid.tender)] == [2, 1]
    assert outcomes.submission_of(either_session, bid.tender) == second


def test_the_first_lot_won_wins_the_tender_and_the_others_follow(either_session):
    bid = a_bid(either_session)
    deposit(either_session, bid)
    rivals = (Rival("Bois et Cie", 1_100_000, is_winner=True), Rival("Peintures SA"))
    facts = {"reason_kind": "price", "our_rank": 3, "bidder_count": 4, "rivals": rivals}
    lost = conclude(either_session, bid, 1, "lost", reason="Plus chers de 8 %", **facts)
    assert bid.tender.state == "submitted"
    assert (lost.our_cents, [rival.name for rival in lost.competitors]) == (
        637_448 + 95_001,
        ["Bois et Cie", "Peintures SA"],
    )
    conclude(either_session, bid, 0, "won", our_rank=1, decided_on=date(2026, 12, 18))
    assert bid.tender.state == "won"
    assert outcomes.won_lots(bid.tender) == [bid.lots[0].id]


def test_a_tender_is_lost_once_every_lot_answered_is(session):
    bid = a_bid(session)
    bid.lots[1].answered = False
    deposit(session, bid)
    conclude(session, bid, 0, "lost", reason="Note technique", reason_kind="technical")
    assert (bid.tender.state, bid.tender.outcome_reason) == ("lost", "Note technique")
    assert bid.tender.closed_at == later(10).at


def test_more_may_be_learnt_of_a_lot_that_is_decided_but_not_its_opposite(either_session):
    bid = a_won_bid(either_session)
    conclude(either_session, bid, 1, "lost", rivals=(Rival("Peintures SA", 600_000, is_winner=True),))
    conclude(either_session, bid, 1, "lost", rivals=(Rival("Peintures SA", 610_000, is_winner=True),))
    (rival,) = outcomes.results(either_session, bid.tender)[bid.lots[1].id].competitors
    assert rival.amount_cents == 610_000
    with pytest.raises(LotDecided):
        conclude(either_session, bid, 1, "won")


@pytest.mark.parametrize(
    ("outcome", "facts", "refusal"),
    [
        ("won", {"decided_on": date(2026, 12, 21)}, DecidedInFuture),
        ("won", {"our_rank": 2}, RankImpossible),
        ("lost", {"our_rank": 1}, RankImpossible),
        ("lost", {"our_rank": 5, "bidder_count": 4}, RankImpossible),
        ("won", {"rivals": (Rival("A", is_winner=True),)}, TwoWinners),
        ("lost", {"rivals": (Rival("A", is_winner=True), Rival("B", is_winner=True))}, TwoWinners),
    ],
)
def test_a_result_that_contradicts_itself_is_refused(session, outcome, facts, refusal):
    bid = a_bid(session)
    deposit(session, bid)
    with pytest.raises(refusal):
        conclude(session, bid, 0, outcome, **facts)


def test_a_lot_without_an_offer_has_no_result(session):
    bid = a_bid(session)
    bid.lots[1].answered = False
    deposit(session, bid)
    with pytest.raises(LotNotAnswered):
        conclude(session, bid, 1, "lost")


def test_a_result_noted_by_mistake_is_corrected_as_long_as_no_agreement_stands(session):
    bid = a_won_bid(session)
    made = send(session, bid)
    with pytest.raises(AgreementsStand):
        outcomes.correct_outcome(session, bid.tender, party=bid.lead, reason="Recours", act=later(20))
    for one in made:
        one.subcontract.state = "withdrawn"
    session.flush()
    outcomes.correct_outcome(session, bid.tender, party=bid.lead, reason="Recours", act=later(20))
    assert bid.tender.state == "submitted"
    assert {lot.outcome for lot in bid.tender.lots} == {"none"}


def test_a_team_gives_up_with_a_reason(session):
    bid = a_bid(session)
    with pytest.raises(ReasonMissing):
        outcomes.abandon(session, bid.tender, party=bid.lead, reason="", act=later())
    outcomes.abandon(session, bid.tender, party=bid.lead, reason="Plus le temps", act=later())
    assert (bid.tender.state, bid.tender.outcome_reason) == ("abandoned", "Plus le temps")
