"""Frame agreements: prices agreed once, work ordered in one step."""

from datetime import date

import pytest

from endi_ext.exchanges.rules import PartyInactive
from endi_ext.kernel.errors import ReasonMissing, WrongRole, WrongState
from endi_ext.kernel.history import history_of
from endi_ext.subcontracts import conditions, frames, service
from endi_ext.subcontracts.agreement_errors import FrameOver
from endi_ext.subcontracts.terms import FRAME, Conditions
from tests.builders import an_act, numbers

from .builders import (
    a_delivery,
    a_line,
    a_proposal,
    accepted,
    amended,
    an_agreement,
    an_amendment,
    lines_of,
    some_terms,
)

HELD = Conditions(retention_rate_bp=500, retention_release="on_acceptance")


@pytest.fixture
def frame(session):
    """Prices of drawings by the hour and of sections, signed by both."""
    lines = (a_line("Dessin", 1_000, "h", 4800), a_line("Coupe", 1_000, "forfait", 20_000))
    terms = some_terms(*lines, due_on=date(2027, 12, 31), conditions=HELD)
    return an_agreement(session, terms=terms, kind=FRAME, title="Dessins 2027")


def ordered(session, frame, *quantities, **facts):
    lines = frame.version.lines
    values = {
        "party": frame.buyer,
        "quantities": {line.id: part for line, part in zip(lines, quantities, strict=False)},
        "due_on": date(2027, 1, 31),
        "request_key": f"order-{next(numbers)}",
        "act": an_act("user:1"),
        **facts,
    }
    return frames.call_off(session, frame, **values)


def test_an_order_is_a_contract_that_binds_both_at_once(session, frame):
    order = ordered(session, frame, 12_000)
    assert (order.state, order.kind, order.frame, order.title) == (
        "agreed",
        "contract",
        frame,
        "Dessins 2027",
    )
    assert [(line.description, line.total_cents) for line in order.version.lines] == [("Dessin", 57_600)]
    assert conditions.of(order.version) == HELD
    assert [event.action for event in history_of(session, order)] == ["call_off"]


def test_the_buyer_signs_the_order_and_the_seller_signed_the_frame(session, frame):
    order = ordered(session, frame, 12_000)
    own, given = order.version.signatures
    assert (own.party, own.through, own.digest) == (frame.buyer, None, order.version.digest)
    assert (given.party, given.through, given.digest) == (frame.seller, frame.version, frame.version.digest)
    signed = next(one for one in frame.version.signatures if one.party == frame.seller)
    assert (given.actor_key, given.signed_at) == (signed.actor_key, signed.signed_at)


def test_an_order_is_delivered_as_any_contract(session, frame):
    order = ordered(session, frame, 2_000, 1_000)
    accepted(session, a_delivery(session, order))
    assert (order.state, order.accepted_cents, frame.accepted_cents) == ("completed", 29_600, 0)


def test_nothing_is_delivered_on_the_frame_itself(session, frame):
    with pytest.raises(WrongState) as refusal:
        a_delivery(session, frame)
    assert refusal.value.facts["subject"] == "frame"


def test_the_same_order_sent_twice_is_one(session, frame):
    first, second = (ordered(session, frame, 1_000, request_key="a") for _ in range(2))
    assert first is second
    assert frames.call_offs_of(session, frame) == [first]


@pytest.mark.parametrize("changed", [{"due_on": date(2027, 2, 1)}, {"message": "Vite"}])
def test_an_order_changed_after_it_was_sent_is_not_taken_for_the_same(session, frame, changed):
    ordered(session, frame, 1_000, request_key="a")
    with pytest.raises(service.RequestKeyReused):
        ordered(session, frame, 1_000, request_key="a", **changed)
    with pytest.raises(service.RequestKeyReused):
        ordered(session, frame, 2_000, request_key="a")


def test_only_the_buyer_orders(session, frame):
    with pytest.raises(WrongRole):
        ordered(session, frame, 1_000, party=frame.seller)


def test_an_order_has_lines_of_the_frame_in_force(session, frame):
    with pytest.raises(service.NothingInIt):
        ordered(session, frame, 0, 0)
    old = {line.id: 1_000 for line in frame.version.lines}
    dessin, coupe = lines_of(frame)
    amended(session, an_amendment(session, frame, dessin, due_on=date(2027, 12, 31), conditions=HELD))
    with pytest.raises(service.AgreementChanged):
        ordered(session, frame, quantities=old)
    assert ordered(session, frame, 1_000).version.total_cents == 4800
    assert coupe.description == "Coupe"


def test_new_prices_are_for_later_orders(session, frame):
    first = ordered(session, frame, 1_000)
    dessin, coupe = lines_of(frame)
    dearer = a_line("Dessin", 1_000, "h", 5000)
    amended(session, an_amendment(session, frame, dearer, coupe, due_on=date(2027, 12, 31), conditions=HELD))
    second = ordered(session, frame, 1_000)
    assert (first.version.total_cents, second.version.total_cents) == (4800, 5000)
    assert second.version.signatures[1].through.number == 2
    assert dessin.unit_price_cents == 4800


def test_prices_have_a_last_day(session, frame):
    last, after = date(2027, 12, 31), date(2028, 1, 1)
    assert ordered(session, frame, 1_000, due_on=date(2028, 2, 1), act=an_act(today=last)).state == "agreed"
    with pytest.raises(FrameOver):
        ordered(session, frame, 1_000, act=an_act(today=after))


def test_a_party_that_left_is_not_engaged_by_an_order(session, frame):
    frame.seller.active = False
    with pytest.raises(PartyInactive):
        ordered(session, frame, 1_000)


@pytest.mark.parametrize("who", ["buyer", "seller"])
def test_either_side_ends_a_frame_with_a_reason_and_orders_go_on(session, frame, who):
    order = ordered(session, frame, 1_000)
    party = getattr(frame, who)
    with pytest.raises(ReasonMissing):
        frames.end(session, frame, party=party, reason="", act=an_act())
    frames.end(session, frame, party=party, reason="Année finie", act=an_act())
    with pytest.raises(WrongState):
        ordered(session, frame, 1_000)
    assert accepted(session, a_delivery(session, order)).state == "accepted"


def test_a_contract_is_not_ordered_on_and_does_not_end_so(session):
    contract = an_agreement(session)
    with pytest.raises(WrongState):
        ordered(session, contract, 1_000)
    with pytest.raises(WrongState):
        frames.end(session, contract, party=contract.buyer, reason="Assez", act=an_act())


def test_a_frame_and_a_contract_of_the_same_words_are_signed_apart(session):
    contract = a_proposal(session)
    frame = a_proposal(session, buyer=contract.buyer, seller=contract.seller, kind=FRAME)
    assert contract.version.digest != frame.version.digest
