"""Who may start, what conditions are refused, when an answer comes too late, what is said meanwhile."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from endi_ext.exchanges.rules import PartyInactive
from endi_ext.kernel import preferences
from endi_ext.kernel.errors import WrongRole, WrongState
from endi_ext.kernel.history import history_of
from endi_ext.subcontracts import agreement_errors as errors
from endi_ext.subcontracts import comments, conditions, expiries, service
from endi_ext.subcontracts.terms import Conditions
from tests.builders import TODAY, a_party, an_act

from .builders import (
    a_line,
    a_proposal,
    amended,
    an_agreement,
    an_amendment,
    lines_of,
    some_terms,
    two_parties,
)

TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)


def on(day):
    """Somebody acts on a day."""
    return an_act(today=day)


def proposed_with(session, **facts):
    return a_proposal(session, terms=some_terms(conditions=Conditions(**facts)))


def test_the_seller_may_propose_first_and_the_buyer_answers(session):
    buyer, seller = two_parties(session)
    offer = a_proposal(session, buyer=buyer, seller=seller, proposed_by=seller)
    assert [one.party for one in offer.version.signatures] == [seller]
    with pytest.raises(WrongRole):
        service.accept(session, offer, party=seller, version=1, act=an_act())
    assert service.accept(session, offer, party=buyer, version=1, act=an_act()).state == "agreed"


def test_the_same_key_is_not_used_by_both_sides(session):
    buyer, seller = two_parties(session)
    a_proposal(session, buyer=buyer, seller=seller, request_key="a")
    with pytest.raises(service.RequestKeyReused):
        a_proposal(session, buyer=buyer, seller=seller, proposed_by=seller, request_key="a")


def test_conditions_are_kept_with_the_version_and_signed(session):
    agreed = Conditions(
        retention_rate_bp=500,
        retention_release_on=date(2027, 12, 31),
        payment_kind="end_of_month",
        payment_days=45,
        silence_days=15,
        silence_accepts=True,
    )
    plain = a_proposal(session)
    subcontract = a_proposal(
        session, buyer=plain.buyer, seller=plain.seller, terms=some_terms(conditions=agreed)
    )
    assert conditions.of(subcontract.version) == agreed
    assert subcontract.version.digest != plain.version.digest


@pytest.mark.parametrize(
    ("facts", "refusal", "told"),
    [
        (
            {"retention_rate_bp": 501, "retention_release": "on_acceptance"},
            errors.RetentionTooHigh,
            {"rate_bp": 501, "most_bp": 500},
        ),
        ({"retention_rate_bp": 500}, errors.ReleaseDateMissing, {}),
        (
            {"retention_rate_bp": 500, "retention_release_on": TODAY},
            errors.ReleaseDatePast,
            {"release_on": TODAY},
        ),
        ({"payment_kind": "on_date"}, errors.PaymentDateMissing, {}),
        (
            {"payment_kind": "on_date", "payment_on": YESTERDAY},
            errors.PaymentDatePast,
            {"payment_on": YESTERDAY},
        ),
        ({"payment_days": -1}, errors.PaymentDaysWrong, {"most_days": 365}),
        ({"payment_days": 366}, errors.PaymentDaysWrong, {"most_days": 365}),
        ({"silence_days": 0}, errors.SilenceDaysWrong, {"most_days": 365}),
        ({"silence_days": 366}, errors.SilenceDaysWrong, {"most_days": 365}),
        ({"silence_accepts": True}, errors.SilenceDaysMissing, {}),
    ],
)
def test_conditions_that_cannot_be_kept_are_refused(session, facts, refusal, told):
    with pytest.raises(refusal) as refused:
        proposed_with(session, **facts)
    assert refused.value.facts == told


@pytest.mark.parametrize(
    "facts",
    [
        {"retention_rate_bp": 500, "retention_release_on": TOMORROW},
        {"payment_kind": "on_date", "payment_on": TODAY},
        {"payment_days": 0},
        {"payment_days": 365},
        {"payment_kind": "client", "client_mode": "by_line"},
        {"silence_days": 1, "silence_accepts": True},
        {"silence_days": 365},
    ],
)
def test_conditions_at_their_limits_are_taken(session, facts):
    assert proposed_with(session, **facts).state == "proposed"


def test_the_highest_retention_is_the_cooperative_s_choice(session):
    preferences.choose(session, conditions.MOST_RETENTION, "1000", an_act())
    held = Conditions(retention_rate_bp=1000, retention_release="on_acceptance")
    first = a_proposal(session, terms=some_terms(conditions=held))
    assert first.version.retention_rate_bp == 1000
    preferences.choose(session, conditions.MOST_RETENTION, "0", an_act())
    with pytest.raises(errors.RetentionTooHigh):
        a_proposal(
            session,
            buyer=first.buyer,
            seller=first.seller,
            terms=some_terms(conditions=replace(held, retention_rate_bp=1)),
        )


def test_what_was_agreed_stays_when_something_else_is_amended(session):
    agreed = Conditions(
        retention_rate_bp=500,
        retention_release_on=TOMORROW,
        payment_kind="on_date",
        payment_on=TODAY,
    )
    subcontract = an_agreement(session, terms=some_terms(conditions=agreed))
    preferences.choose(session, conditions.MOST_RETENTION, "300", an_act())
    (line,) = lines_of(subcontract)
    more = replace(line, quantity_thousandths=11_000)
    later = on(TODAY + timedelta(days=30))
    amendment = an_amendment(session, subcontract, more, conditions=agreed, act=later)
    assert amended(session, amendment, act=later).state == "agreed"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"retention_release_on": TOMORROW}, {}),
        ({"retention_release": "on_acceptance"}, {}),
        ({"retention_rate_bp": 1, "retention_release_on": TOMORROW},) * 2,
        ({"payment_on": TOMORROW, "client_mode": "by_line"}, {}),
        ({"payment_kind": "client", "payment_days": 30}, {"payment_kind": "client"}),
        (
            {"payment_kind": "on_date", "payment_on": TOMORROW, "payment_days": 3},
            {"payment_kind": "on_date", "payment_on": TOMORROW},
        ),
        (
            {"retention_rate_bp": 1, "retention_release": "on_acceptance", "retention_release_on": TODAY},
            {"retention_rate_bp": 1, "retention_release": "on_acceptance"},
        ),
    ],
)
def test_what_does_not_count_is_not_signed(typed, kept):
    assert conditions.tidy(Conditions(**typed)) == Conditions(**kept)


def test_the_last_day_to_answer_is_included(session):
    subcontract = a_proposal(session, terms=some_terms(answer_by=TODAY))
    for answer in (service.accept, service.counter):
        facts = {"terms": some_terms()} if answer is service.counter else {}
        with pytest.raises(errors.AnswerTooLate):
            answer(session, subcontract, party=subcontract.seller, version=1, act=on(TOMORROW), **facts)
    service.accept(session, subcontract, party=subcontract.seller, version=1, act=on(TODAY))


def test_a_last_day_that_has_passed_is_refused(session):
    with pytest.raises(errors.AnswerDatePast) as refused:
        a_proposal(session, terms=some_terms(answer_by=YESTERDAY))
    assert refused.value.facts == {"answer_by": YESTERDAY}


def test_too_late_to_accept_one_may_still_decline(session):
    subcontract = a_proposal(session, terms=some_terms(answer_by=TODAY))
    declined = service.decline(
        session, subcontract, party=subcontract.seller, reason="Trop tard", act=on(TOMORROW)
    )
    assert declined.state == "declined"


def test_what_nobody_answered_expires_the_day_after(session):
    late = a_proposal(session, terms=some_terms(answer_by=TODAY))
    a_proposal(session, buyer=late.buyer, seller=late.seller, terms=some_terms(answer_by=TOMORROW))
    a_proposal(session, buyer=late.buyer, seller=late.seller)
    agreed = an_agreement(session, a_line(), a_line("Coupe"), buyer=late.buyer, seller=late.seller)
    amendment = an_amendment(session, agreed, lines_of(agreed)[0], answer_by=TODAY)
    assert expiries.to_expire(session, TODAY) == []
    assert expiries.to_expire(session, TOMORROW) == [late, amendment]
    for document in (late, amendment):
        with pytest.raises(errors.StillTimeToAnswer):
            expiries.expire(session, document, on(TODAY))
        expiries.expire(session, document, on(TOMORROW))
    assert (late.state, amendment.state, agreed.state, amendment.open_key) == (
        "expired",
        "expired",
        "agreed",
        None,
    )
    assert expiries.to_expire(session, TOMORROW) == []
    with pytest.raises(WrongState):
        expiries.expire(session, late, on(TOMORROW))


def test_a_counter_starts_a_new_time_to_answer(session):
    subcontract = a_proposal(session, terms=some_terms(answer_by=TODAY))
    service.counter(
        session, subcontract, party=subcontract.seller, terms=some_terms(), version=1, act=on(TODAY)
    )
    assert expiries.to_expire(session, TOMORROW) == []


@pytest.mark.parametrize("who", ["buyer", "seller"])
def test_a_party_that_left_signs_nothing(session, who):
    subcontract = a_proposal(session)
    getattr(subcontract, who).active = False
    with pytest.raises(PartyInactive):
        service.accept(session, subcontract, party=subcontract.seller, version=1, act=an_act())
    with pytest.raises(PartyInactive):
        service.counter(
            session, subcontract, party=subcontract.seller, terms=some_terms(), version=1, act=an_act()
        )
    withdrawn = service.withdraw(session, subcontract, party=subcontract.buyer, reason="", act=an_act())
    assert withdrawn.state == "withdrawn"


def test_a_counter_goes_on_with_lines_by_their_keys(session):
    subcontract = a_proposal(session)
    (line,) = lines_of(subcontract)
    other = replace(line, description="Plans cotés")
    service.counter(
        session,
        subcontract,
        party=subcontract.seller,
        terms=some_terms(other, a_line("Coupe")),
        version=1,
        act=an_act(),
    )
    first, second = subcontract.version.lines
    assert first.key == line.key
    assert second.key != line.key
    with pytest.raises(service.AgreementChanged):
        service.counter(
            session,
            subcontract,
            party=subcontract.buyer,
            terms=some_terms(replace(line, key=5)),
            version=2,
            act=an_act(),
        )


def test_both_sides_comment_at_any_time(session):
    subcontract = a_proposal(session)
    first = said(session, subcontract, subcontract.buyer, "Qu'en pensez-vous ?")
    service.withdraw(session, subcontract, party=subcontract.buyer, reason="", act=an_act())
    second = said(session, subcontract, subcontract.seller, "Dommage.")
    assert comments.comments_of(session, subcontract) == [first, second]
    assert [event.action for event in history_of(session, subcontract)] == [
        "propose",
        "comment",
        "withdraw",
        "comment",
    ]


def test_a_comment_sent_twice_is_said_once(session):
    subcontract = a_proposal(session)
    first = said(session, subcontract, subcontract.buyer, "Oui", request_key="a")
    assert said(session, subcontract, subcontract.buyer, "Oui", request_key="a") is first
    with pytest.raises(service.RequestKeyReused):
        said(session, subcontract, subcontract.buyer, "Non", request_key="a")


def test_a_stranger_says_nothing(session):
    with pytest.raises(WrongRole):
        said(session, a_proposal(session), a_party(session), "Bonjour")


def said(session, subcontract, party, text, request_key=None):
    key = request_key or f"comment-{text}"
    return comments.comment(session, subcontract, party=party, text=text, request_key=key, act=an_act())
