"""Each kind of thing that waits: for whom, since when, and what makes it wait no more."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from endi_ext.subcontracts import final_accounts, retentions, waiting
from endi_ext.subcontracts.terms import CLIENT_PAYS, ON_ACCEPTANCE, Conditions
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


@pytest.fixture
def pair(session):
    return two_parties(session)


def kinds(session, party, **options):
    found = waiting.waiting(session, party, **options)
    assert found.count == waiting.waiting_count(session, party, **options)
    return [item.kind for item in found.items]


def test_a_proposal_waits_until_its_last_day_is_over(session, pair):
    terms = some_terms(answer_by=TODAY)
    a_proposal(session, buyer=pair[0], seller=pair[1], terms=terms)
    assert kinds(session, pair[1], today=TODAY) == ["proposal"]
    assert kinds(session, pair[1], today=TODAY + timedelta(days=1)) == []
    assert kinds(session, pair[0], today=TODAY) == []


def test_an_amendment_waits_for_the_side_that_did_not_write_it(session, pair):
    agreed = an_agreement(session, buyer=pair[0], seller=pair[1])
    amendment = an_amendment(session, agreed, *lines_of(agreed), a_line("Maquette"))
    assert kinds(session, pair[1]) == ["amendment"]
    assert kinds(session, pair[0]) == []
    amended(session, amendment)
    assert kinds(session, pair[1]) == []


def test_a_contested_delivery_waits_once_as_a_dispute(session, pair):
    contested(session, a_delivery(session, an_agreement(session, buyer=pair[0], seller=pair[1])))
    assert kinds(session, pair[1]) == ["dispute_seller"]
    assert kinds(session, pair[0]) == []


def test_what_is_held_until_the_acceptance_waits_for_the_buyer(session, pair):
    held = Conditions(retention_rate_bp=500, retention_release=ON_ACCEPTANCE)
    terms = some_terms(conditions=held)
    agreed = an_agreement(session, buyer=pair[0], seller=pair[1], terms=terms)
    delivery = a_delivery(session, agreed)
    assert kinds(session, pair[0]) == ["delivery"]
    accepted(session, delivery)
    assert kinds(session, pair[0]) == ["acceptance"]
    retentions.pronounce(session, agreed, party=pair[0], act=an_act())
    assert kinds(session, pair[0]) == []


def test_a_client_invoice_is_named_by_the_buyer(session, pair):
    terms = some_terms(conditions=Conditions(payment_kind=CLIENT_PAYS))
    agreed = an_agreement(session, buyer=pair[0], seller=pair[1], terms=terms)
    delivery = a_delivery(session, agreed, 1000)
    assert kinds(session, pair[0]) == ["delivery"]
    accepted(session, delivery)
    assert kinds(session, pair[0]) == ["client_invoice"]
    assert kinds(session, pair[1]) == []


def test_a_final_account_waits_for_the_side_that_did_not_draw_it_up(session, pair):
    agreed = an_agreement(session, buyer=pair[0], seller=pair[1])
    accepted(session, a_delivery(session, agreed))
    account = final_accounts.draw_up(
        session, agreed, party=pair[1], message="", request_key="final-account-1", act=an_act("user:2")
    )
    assert kinds(session, pair[0]) == ["final_account"]
    assert kinds(session, pair[1]) == []
    final_accounts.sign(session, account, party=pair[0], act=an_act())
    assert kinds(session, pair[0]) == []


def test_the_oldest_comes_first_whatever_its_kind(session, pair):
    later = an_act("user:2", at=an_act().at + timedelta(hours=1))
    agreed = an_agreement(session, buyer=pair[0], seller=pair[1])
    a_delivery(session, agreed, 1000, act=later)
    first = a_proposal(session, buyer=pair[1], seller=pair[0])
    found = waiting.waiting(session, pair[0])
    assert [item.kind for item in found.items] == ["proposal", "delivery"]
    assert found.items[0].thing is first
    assert found.items[0].total_cents == first.version.total_cents


def test_what_waits_costs_as_many_queries_however_much_it_is(session, pair):
    def cost():
        session.expire_all()
        parties = [party.id for party in pair]
        assert parties
        ran = []
        listener = lambda *_: ran.append(1)  # noqa: E731
        event.listen(session.get_bind(), "before_cursor_execute", listener)
        for item in waiting.waiting(session, pair[0]).items:
            assert item.subcontract.buyer.name
            assert item.subcontract.seller.name
        event.remove(session.get_bind(), "before_cursor_execute", listener)
        return len(ran)

    a_delivery(session, an_agreement(session, buyer=pair[0], seller=pair[1]), 1000)
    once = cost()
    for _number in range(4):
        a_delivery(session, an_agreement(session, buyer=pair[0], seller=pair[1]), 1000)
        a_proposal(session, buyer=pair[1], seller=pair[0])
    assert cost() == once <= len(waiting.KINDS) + 2


def test_each_party_is_told_how_much_waits_since_when(session, pair):
    assert waiting.oldest_by_party(session, TODAY) == {}
    a_proposal(session, buyer=pair[0], seller=pair[1])
    agreed = an_agreement(session, buyer=pair[0], seller=pair[1])
    a_delivery(session, agreed, 1000)
    a_delivery(session, agreed, 1000)
    everybody = waiting.oldest_by_party(session, TODAY)
    assert everybody == {pair[0].id: (2, an_act().at), pair[1].id: (1, an_act().at)}
    for party in pair:  # asked for one of them, nothing of the others is told
        assert waiting.oldest_by_party(session, TODAY, party=party) == {party.id: everybody[party.id]}
