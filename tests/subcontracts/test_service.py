"""Proposing and answering: what is signed, by whom, and what is refused."""

import pytest

from endi_ext.exchanges import service as exchanges
from endi_ext.kernel.errors import ReasonMissing, WrongRole, WrongState
from endi_ext.kernel.history import history_of
from endi_ext.kernel.parties import EXTERNAL
from endi_ext.subcontracts import service
from endi_ext.subcontracts.models import Subcontract
from tests.builders import a_party, an_act

from .builders import a_line, a_proposal, an_agreement, some_terms, two_parties


def test_a_proposal_is_on_the_table_signed_by_its_buyer(session):
    subcontract = a_proposal(session)
    (signature,) = subcontract.version.signatures
    assert (subcontract.state, subcontract.version_number) == ("proposed", 1)
    assert (signature.party, signature.digest) == (subcontract.buyer, subcontract.version.digest)
    assert (signature.actor_key, signature.actor_name) == ("user:1", "Ines Marchal")


def test_a_proposal_is_priced_line_by_line(session):
    subcontract = a_proposal(session, a_line(quantity_thousandths=1500, unit_price_cents=333), a_line())
    assert [line.total_cents for line in subcontract.version.lines] == [500, 45_000]
    assert subcontract.version.total_cents == 45_500


def test_the_same_form_sent_twice_makes_one_proposal(session):
    buyer, seller = two_parties(session)
    first, second = (a_proposal(session, buyer=buyer, seller=seller, request_key="a") for _ in range(2))
    assert first is second
    assert len(history_of(session, first)) == 1


def test_a_form_is_not_used_again_for_another_partner(session):
    first = a_proposal(session, request_key="a")
    with pytest.raises(service.RequestKeyReused):
        a_proposal(session, buyer=first.buyer, seller=a_party(session), request_key="a")


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "Plans d'une échelle"},
        {"terms": some_terms(a_line(quantity_thousandths=9_000))},
        {"terms": some_terms(message="Pas avant lundi")},
    ],
)
def test_a_form_changed_after_it_was_sent_is_not_taken_for_the_same(session, changed):
    first = a_proposal(session, request_key="a")
    with pytest.raises(service.RequestKeyReused):
        a_proposal(session, buyer=first.buyer, seller=first.seller, request_key="a", **changed)


def test_the_first_form_sent_again_after_an_answer_is_still_the_same(session):
    first = a_proposal(session, request_key="a")
    service.counter(
        session, first, party=first.seller, terms=some_terms(message="Plus tard"), version=1, act=an_act()
    )
    assert a_proposal(session, buyer=first.buyer, seller=first.seller, request_key="a") is first


def test_a_proposal_is_worth_no_more_than_a_cooperative_trades(session):
    most = a_line(quantity_thousandths=10**9, unit_price_cents=10**6)
    first = a_proposal(session, most)
    assert first.version.total_cents == service.MOST_CENTS
    beyond_numbers = a_line(quantity_thousandths=10**12, unit_price_cents=10**12)
    for lines in ((most, a_line(quantity_thousandths=1_000, unit_price_cents=1)), (beyond_numbers,)):
        with pytest.raises(service.TooExpensive):
            a_proposal(session, *lines, buyer=first.buyer, seller=first.seller)


def test_a_proposal_has_lines(session):
    buyer, seller = two_parties(session)
    with pytest.raises(service.NothingInIt):
        a_proposal(session, buyer=buyer, seller=seller, terms=service.Terms(some_terms().due_on, ()))


@pytest.mark.parametrize(
    "line",
    [
        {"quantity_thousandths": 0},
        {"unit_price_cents": 0},
        {"quantity_thousandths": -1000, "unit_price_cents": -100},
        {"quantity_thousandths": 1, "unit_price_cents": 499},
    ],
)
def test_a_line_worth_less_than_a_cent_is_refused(session, line):
    with pytest.raises(service.TooSmall):
        a_proposal(session, a_line(**line))


def test_one_does_not_subcontract_to_oneself(session):
    buyer, _ = two_parties(session)
    with pytest.raises(exchanges.SameParty):
        a_proposal(session, buyer=buyer, seller=buyer)


def test_nothing_is_proposed_to_a_party_that_stopped(session):
    buyer, seller = two_parties(session, active=False)
    with pytest.raises(exchanges.PartyInactive):
        a_proposal(session, buyer=buyer, seller=seller)


def test_nothing_is_proposed_to_an_outside_firm(session):
    buyer, seller = two_parties(session, kind=EXTERNAL)
    with pytest.raises(exchanges.PartyExternal):
        a_proposal(session, buyer=buyer, seller=seller)


def test_an_answer_with_changes_is_a_new_version_signed_by_its_author(session):
    subcontract = countered(session, a_proposal(session), a_line(unit_price_cents=5000))
    assert (subcontract.version_number, subcontract.version.total_cents) == (2, 50_000)
    assert [signature.party for signature in subcontract.version.signatures] == [subcontract.seller]
    assert subcontract.proposed_by is subcontract.seller


def test_the_first_version_stays_as_it_was(session):
    subcontract = countered(session, a_proposal(session), a_line(unit_price_cents=5000))
    first = subcontract.versions[0]
    assert (first.number, first.total_cents, len(first.signatures)) == (1, 45_000, 1)


def test_both_sides_sign_the_same_version(session):
    subcontract = countered(session, a_proposal(session), a_line(unit_price_cents=5000))
    service.accept(session, subcontract, party=subcontract.buyer, version=2, act=an_act())
    assert subcontract.state == "agreed"
    assert {(s.party, s.digest) for s in subcontract.version.signatures} == {
        (subcontract.seller, subcontract.version.digest),
        (subcontract.buyer, subcontract.version.digest),
    }


@pytest.mark.parametrize("answer", ["accept", "counter"])
def test_what_was_not_read_is_not_answered(session, answer):
    subcontract = countered(session, a_proposal(session))
    with pytest.raises(service.VersionChanged) as refusal:
        answered(session, subcontract, subcontract.buyer, answer, version=1)
    assert refusal.value.facts == {"seen": 1, "current": 2}


@pytest.mark.parametrize("answer", ["accept", "counter", "decline"])
def test_the_author_of_a_version_does_not_answer_it(session, answer):
    subcontract = a_proposal(session)
    with pytest.raises(WrongRole):
        answered(session, subcontract, subcontract.buyer, answer)


@pytest.mark.parametrize("answer", ["accept", "counter", "decline", "withdraw"])
def test_a_stranger_does_not_answer(session, answer):
    with pytest.raises(WrongRole):
        answered(session, a_proposal(session), a_party(session), answer)


@pytest.mark.parametrize("answer", ["accept", "counter", "decline", "withdraw"])
def test_an_agreement_is_not_answered_again(session, answer):
    subcontract = an_agreement(session)
    with pytest.raises(WrongState):
        answered(session, subcontract, subcontract.seller, answer)


def test_changes_have_lines(session):
    subcontract = a_proposal(session)
    with pytest.raises(service.NothingInIt):
        answered(
            session, subcontract, subcontract.seller, "counter", terms=service.Terms(some_terms().due_on, ())
        )


def test_changes_are_worth_a_cent(session):
    with pytest.raises(service.TooSmall):
        countered(session, a_proposal(session), a_line(unit_price_cents=0))


def test_a_proposal_is_declined_with_a_reason(session):
    subcontract = a_proposal(session)
    service.decline(
        session, subcontract, party=subcontract.seller, reason="Plus de place en mai", act=an_act()
    )
    event = history_of(session, subcontract)[-1]
    assert (event.state_before, event.state_after, event.reason) == (
        "proposed",
        "declined",
        "Plus de place en mai",
    )


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_proposal_is_not_declined_without_a_reason(session, reason):
    subcontract = a_proposal(session)
    with pytest.raises(ReasonMissing):
        service.decline(session, subcontract, party=subcontract.seller, reason=reason, act=an_act())


def test_a_proposal_is_withdrawn_by_its_author(session):
    subcontract = a_proposal(session)
    service.withdraw(session, subcontract, party=subcontract.buyer, reason="", act=an_act())
    assert subcontract.state == "withdrawn"


def test_a_proposal_is_not_withdrawn_by_the_other_side(session):
    subcontract = a_proposal(session)
    with pytest.raises(WrongRole):
        service.withdraw(session, subcontract, party=subcontract.seller, reason="", act=an_act())


def test_each_step_says_who_and_when(session):
    subcontract = countered(session, a_proposal(session))
    service.accept(session, subcontract, party=subcontract.buyer, version=2, act=an_act("user:9", "Paul"))
    told = [(event.action, event.actor_key, event.state_after) for event in history_of(session, subcontract)]
    assert told == [
        ("propose", "user:1", "proposed"),
        ("counter", "user:2", "proposed"),
        ("accept", "user:9", "agreed"),
    ]
    assert all(event.at == an_act().at for event in history_of(session, subcontract))


def test_what_was_refused_leaves_no_trace(session):
    subcontract = a_proposal(session)
    with pytest.raises(service.VersionChanged):
        answered(session, subcontract, subcontract.seller, "accept", version=7)
    session.expire_all()
    found = session.get(Subcontract, subcontract.id)
    assert (found.state, len(found.version.signatures), len(history_of(session, found))) == ("proposed", 1, 1)


def countered(session, subcontract, *lines):
    terms = some_terms(*lines)
    act = an_act("user:2")
    return service.counter(session, subcontract, party=subcontract.seller, terms=terms, version=1, act=act)


def answered(session, subcontract, party, answer, *, version=None, terms=None):
    version = version or subcontract.version_number
    by_answer = {
        "accept": {"version": version},
        "counter": {"version": version, "terms": terms or some_terms()},
        "decline": {"reason": "Trop loin"},
        "withdraw": {"reason": ""},
    }
    return getattr(service, answer)(session, subcontract, party=party, act=an_act(), **by_answer[answer])
