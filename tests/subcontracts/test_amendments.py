"""Amendments: proposed, answered, bound; what is done stays as it was agreed."""

from dataclasses import replace
from datetime import date

import pytest

from endi_ext.exchanges.rules import PartyInactive
from endi_ext.kernel.errors import ReasonMissing, WrongRole, WrongState
from endi_ext.kernel.history import history_of
from endi_ext.subcontracts import agreement_errors as errors
from endi_ext.subcontracts import amendments, conditions, service
from endi_ext.subcontracts.terms import Conditions
from tests.builders import TODAY, an_act

from .builders import (
    a_delivery,
    a_line,
    accepted,
    amended,
    an_agreement,
    an_amendment,
    contested,
    lines_of,
    some_terms,
)


def two_lines(session):
    return an_agreement(
        session, a_line("Plans", 10_000, "h", 4500), a_line("Coupe", 1_000, "forfait", 20_000)
    )


def bound(session, subcontract, *lines, **facts):
    """An amendment signed by both."""
    return amended(session, an_amendment(session, subcontract, *lines, **facts))


def progress(subcontract):
    """How far each line in force is: description, agreed, delivered, accepted, worth."""
    return [
        (
            line.description,
            line.quantity_thousandths,
            line.delivered_thousandths,
            line.accepted_thousandths,
            line.total_cents,
        )
        for line in subcontract.version.lines
    ]


def test_an_amendment_waits_for_the_other_side_and_changes_nothing_yet(session):
    subcontract = two_lines(session)
    plans, coupe = lines_of(subcontract)
    amendment = an_amendment(session, subcontract, replace(plans, quantity_thousandths=12_000), coupe)
    assert (amendment.number, amendment.state, amendment.version_number) == (1, "proposed", 2)
    assert subcontract.version_number == 1
    assert [event.action for event in history_of(session, amendment)] == ["propose"]


def test_signed_by_both_it_is_in_force(session):
    subcontract = two_lines(session)
    plans, coupe = lines_of(subcontract)
    bound(session, subcontract, replace(plans, quantity_thousandths=12_000), coupe, a_line("Pose"))
    assert subcontract.version_number == 2
    assert subcontract.state == "agreed"
    assert [(line.description, line.quantity_thousandths) for line in subcontract.version.lines] == [
        ("Plans", 12_000),
        ("Coupe", 1_000),
        ("Pose", 10_000),
    ]
    assert {one.party_id for one in subcontract.version.signatures} == {
        subcontract.buyer_id,
        subcontract.seller_id,
    }


def test_what_was_accepted_stays_and_is_found_by_the_key_of_its_line(session):
    subcontract = two_lines(session)
    accepted(session, a_delivery(session, subcontract, 4_000))
    declared = a_delivery(session, subcontract, 2_000)
    plans, coupe = lines_of(subcontract)
    bound(session, subcontract, coupe, replace(plans, quantity_thousandths=12_000, description="Plans cotés"))
    assert progress(subcontract) == [
        ("Coupe", 1_000, 0, 0, 20_000),
        ("Plans cotés", 12_000, 6_000, 4_000, 54_000),
    ]
    accepted(session, declared)
    assert progress(subcontract)[1] == ("Plans cotés", 12_000, 6_000, 6_000, 54_000)
    assert subcontract.accepted_cents == 27_000


def test_a_delivery_withdrawn_after_the_amendment_gives_back_to_the_line_in_force(session):
    subcontract = two_lines(session)
    declared = a_delivery(session, subcontract, 2_000)
    plans, coupe = lines_of(subcontract)
    bound(session, subcontract, replace(plans, quantity_thousandths=12_000), coupe)
    service.withdraw_delivery(session, declared, party=subcontract.seller, act=an_act())
    assert progress(subcontract)[0] == ("Plans", 12_000, 0, 0, 54_000)


def test_a_new_price_is_for_what_is_left_only(session):
    subcontract = two_lines(session)
    accepted(session, a_delivery(session, subcontract, 4_000))
    plans, coupe = lines_of(subcontract)
    bound(session, subcontract, replace(plans, unit_price_cents=6_000), coupe)
    assert progress(subcontract) == [
        ("Plans", 4_000, 4_000, 4_000, 18_000),
        ("Plans", 6_000, 0, 0, 36_000),
        ("Coupe", 1_000, 0, 0, 20_000),
    ]
    first, second, _third = subcontract.version.lines
    assert first.key == plans.key
    assert second.key not in {plans.key, coupe.key}


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"quantity_thousandths": 3_999}, errors.LessThanDelivered),
        ({"unit": "jour"}, errors.UnitOfStartedLine),
        ({"unit_price_cents": 5_000, "quantity_thousandths": 4_000}, errors.DeliveredInFull),
    ],
)
def test_what_is_delivered_is_not_taken_back(session, change, refusal):
    subcontract = two_lines(session)
    a_delivery(session, subcontract, 4_000)
    plans, coupe = lines_of(subcontract)
    with pytest.raises(refusal):
        an_amendment(session, subcontract, replace(plans, **change), coupe)


def test_a_started_line_is_not_removed(session):
    subcontract = two_lines(session)
    a_delivery(session, subcontract, 4_000)
    with pytest.raises(errors.StartedLineRemoved):
        an_amendment(session, subcontract, lines_of(subcontract)[1])


def test_a_line_nobody_started_is_removed(session):
    subcontract = two_lines(session)
    bound(session, subcontract, lines_of(subcontract)[0])
    assert [line.description for line in subcontract.version.lines] == ["Plans"]


def test_a_job_reduced_to_what_is_accepted_is_finished(session):
    subcontract = two_lines(session)
    accepted(session, a_delivery(session, subcontract, 3_333))
    plans, _coupe = lines_of(subcontract)
    bound(session, subcontract, replace(plans, quantity_thousandths=3_333))
    assert subcontract.state == "completed"
    assert subcontract.version.total_cents == subcontract.accepted_cents == 14_999


def test_an_agreement_of_which_nothing_is_done_ends_without_lines_and_may_be_taken_up_again(session):
    subcontract = two_lines(session)
    terms = replace(some_terms(), lines=())
    propose = {"party": subcontract.seller, "terms": terms, "request_key": "end", "act": an_act()}
    amended(session, amendments.propose_amendment(session, subcontract, **propose))
    assert (subcontract.state, subcontract.version.total_cents) == ("completed", 0)
    bound(session, subcontract, a_line("Pose"))
    assert subcontract.state == "agreed"
    accepted(session, a_delivery(session, subcontract))
    assert subcontract.state == "completed"


def test_a_frame_agreement_keeps_a_line(session):
    frame = an_agreement(session, kind="frame")
    propose = {"party": frame.seller, "terms": replace(some_terms(), lines=()), "request_key": "end"}
    with pytest.raises(service.NothingInIt):
        amendments.propose_amendment(session, frame, act=an_act(), **propose)


def test_a_finished_job_goes_on_when_work_is_added(session):
    subcontract = an_agreement(session)
    accepted(session, a_delivery(session, subcontract))
    assert subcontract.state == "completed"
    bound(session, subcontract, *lines_of(subcontract), a_line("Pose"))
    assert subcontract.state == "agreed"
    accepted(session, a_delivery(session, subcontract))
    assert subcontract.state == "completed"
    assert [event.action for event in history_of(session, subcontract)] == [
        "propose",
        "accept",
        "complete",
        "amend",
        "complete",
    ]


def test_a_date_alone_may_be_amended(session):
    subcontract = two_lines(session)
    bound(session, subcontract, *lines_of(subcontract), due_on=date(2027, 3, 1))
    assert subcontract.version.due_on == date(2027, 3, 1)


def test_conditions_may_be_amended(session):
    subcontract = two_lines(session)
    held = Conditions(retention_rate_bp=500, retention_release="on_acceptance")
    bound(session, subcontract, *lines_of(subcontract), conditions=held)
    assert conditions.of(subcontract.version) == held


def test_an_amendment_that_changes_nothing_is_refused(session):
    subcontract = two_lines(session)
    with pytest.raises(errors.NothingChanged):
        an_amendment(session, subcontract, *lines_of(subcontract), message="Pour rien")


def test_one_amendment_at_a_time(session):
    subcontract = two_lines(session)
    plans, _coupe = lines_of(subcontract)
    first = an_amendment(session, subcontract, plans)
    with pytest.raises(errors.AmendmentOpen):
        an_amendment(session, subcontract, plans, party=subcontract.seller)
    amendments.withdraw_amendment(session, first, party=subcontract.buyer, reason="", act=an_act())
    assert an_amendment(session, subcontract, plans).number == 2


def test_the_same_form_sent_twice_makes_one_amendment(session):
    subcontract = two_lines(session)
    accepted(session, a_delivery(session, subcontract, 4_000))
    plans, coupe = lines_of(subcontract)
    lines = (replace(plans, unit_price_cents=6_000), coupe)
    first, second = (an_amendment(session, subcontract, *lines, request_key="a") for _ in range(2))
    assert first is second
    amended(session, first)
    assert an_amendment(session, subcontract, *lines, request_key="a") is first


@pytest.mark.parametrize("change", [{"message": "Autre"}, {"due_on": date(2027, 3, 2)}])
def test_a_form_changed_after_it_was_sent_is_not_taken_for_the_same(session, change):
    subcontract = two_lines(session)
    plans, coupe = lines_of(subcontract)
    an_amendment(session, subcontract, plans, request_key="a")
    with pytest.raises(service.RequestKeyReused):
        an_amendment(session, subcontract, plans, request_key="a", **change)
    with pytest.raises(service.RequestKeyReused):
        an_amendment(session, subcontract, plans, coupe, request_key="a")


def test_a_counter_puts_another_version_on_the_table(session):
    subcontract = two_lines(session)
    accepted(session, a_delivery(session, subcontract, 4_000))
    plans, coupe = lines_of(subcontract)
    amendment = an_amendment(session, subcontract, replace(plans, unit_price_cents=6_000), coupe)
    done, rest, other = lines_of(amendment)
    again = (done, replace(rest, unit_price_cents=5_500), other)
    amendments.counter_amendment(
        session, amendment, party=subcontract.seller, terms=some_terms(*again), version=2, act=an_act()
    )
    assert amendment.version_number == 3
    amendments.accept_amendment(session, amendment, party=subcontract.buyer, version=3, act=an_act())
    assert [row[4] for row in progress(subcontract)] == [18_000, 33_000, 20_000]


def test_what_was_not_read_is_not_signed(session):
    subcontract = two_lines(session)
    amendment = an_amendment(session, subcontract, lines_of(subcontract)[0])
    with pytest.raises(service.VersionChanged):
        amendments.accept_amendment(session, amendment, party=subcontract.seller, version=1, act=an_act())


def test_the_author_does_not_answer_and_the_other_does_not_withdraw(session):
    subcontract = two_lines(session)
    amendment = an_amendment(session, subcontract, lines_of(subcontract)[0])
    with pytest.raises(WrongRole):
        amendments.accept_amendment(session, amendment, party=subcontract.buyer, version=2, act=an_act())
    with pytest.raises(WrongRole):
        amendments.withdraw_amendment(session, amendment, party=subcontract.seller, reason="", act=an_act())


def test_declining_needs_a_reason_and_the_agreement_goes_on(session):
    subcontract = two_lines(session)
    amendment = an_amendment(session, subcontract, lines_of(subcontract)[0])
    decline = amendments.decline_amendment
    with pytest.raises(ReasonMissing):
        decline(session, amendment, party=subcontract.seller, reason=" ", act=an_act())
    decline(session, amendment, party=subcontract.seller, reason="Trop cher", act=an_act())
    assert (amendment.state, amendment.open_key, subcontract.version_number) == ("declined", None, 1)
    with pytest.raises(WrongState):
        amendments.accept_amendment(session, amendment, party=subcontract.seller, version=2, act=an_act())


def test_progress_that_moved_too_far_refuses_the_signature(session):
    subcontract = two_lines(session)
    a_delivery(session, subcontract, 4_000)
    plans, coupe = lines_of(subcontract)
    amendment = an_amendment(session, subcontract, replace(plans, quantity_thousandths=5_000), coupe)
    a_delivery(session, subcontract, 2_000)
    with pytest.raises(errors.ProgressMoved):
        amended(session, amendment)


def test_progress_on_a_line_about_to_go_refuses_the_signature(session):
    subcontract = two_lines(session)
    amendment = an_amendment(session, subcontract, lines_of(subcontract)[0])
    a_delivery(session, subcontract, 0, 1_000)
    with pytest.raises(errors.ProgressMoved):
        amended(session, amendment)


def test_progress_beyond_a_split_refuses_the_signature(session):
    subcontract = two_lines(session)
    a_delivery(session, subcontract, 4_000)
    plans, coupe = lines_of(subcontract)
    amendment = an_amendment(session, subcontract, replace(plans, unit_price_cents=6_000), coupe)
    a_delivery(session, subcontract, 1_000)
    with pytest.raises(errors.ProgressMoved):
        amended(session, amendment)


def test_progress_that_went_back_still_fits(session):
    subcontract = two_lines(session)
    declared = a_delivery(session, subcontract, 4_000)
    plans, coupe = lines_of(subcontract)
    amendment = an_amendment(session, subcontract, replace(plans, quantity_thousandths=4_000), coupe)
    service.withdraw_delivery(session, declared, party=subcontract.seller, act=an_act())
    amended(session, amendment)
    assert progress(subcontract)[0] == ("Plans", 4_000, 0, 0, 18_000)


def test_a_contested_delivery_keeps_its_place_through_an_amendment(session):
    subcontract = two_lines(session)
    contested(session, a_delivery(session, subcontract, 4_000))
    plans, coupe = lines_of(subcontract)
    bound(session, subcontract, replace(plans, quantity_thousandths=12_000), coupe)
    assert progress(subcontract)[0][:4] == ("Plans", 12_000, 4_000, 0)


@pytest.mark.parametrize("who", ["buyer", "seller"])
def test_a_party_that_left_engages_in_nothing_new(session, who):
    subcontract = two_lines(session)
    amendment = an_amendment(session, subcontract, lines_of(subcontract)[0])
    getattr(subcontract, who).active = False
    with pytest.raises(PartyInactive):
        amended(session, amendment)
    amendments.decline_amendment(session, amendment, party=subcontract.seller, reason="Parti", act=an_act())
    with pytest.raises(PartyInactive):
        an_amendment(session, subcontract, lines_of(subcontract)[0])


def test_an_answer_is_given_on_the_last_day_and_not_after(session):
    subcontract = two_lines(session)
    amendment = an_amendment(session, subcontract, lines_of(subcontract)[0], answer_by=TODAY)
    tomorrow = an_act(today=date(2026, 11, 17))
    with pytest.raises(errors.AnswerTooLate):
        amended(session, amendment, act=tomorrow)
    with pytest.raises(errors.StillTimeToAnswer):
        amendments.expire_amendment(session, amendment, an_act())
    amended(session, amendment)
    with pytest.raises(WrongState):
        amendments.expire_amendment(session, amendment, tomorrow)


def test_nobody_amends_what_is_only_proposed(session):
    subcontract = two_lines(session)
    subcontract.state = "proposed"
    with pytest.raises(WrongState):
        an_amendment(session, subcontract, lines_of(subcontract)[0])


def test_lines_nobody_knows_are_refused(session):
    subcontract = two_lines(session)
    with pytest.raises(service.AgreementChanged):
        an_amendment(session, subcontract, replace(a_line(), key=77))
