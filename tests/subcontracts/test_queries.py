"""What a party sees of its subcontracts, and nothing of the others'."""

from datetime import timedelta

import pytest

from endi_ext.exchanges import service as exchanges
from endi_ext.subcontracts import queries, service
from endi_ext.subcontracts.models import Delivery
from endi_ext.subcontracts.waiting import waiting, waiting_count
from tests.builders import TODAY, a_party, an_act

from .builders import a_delivery, a_line, a_proposal, accepted, an_agreement, contested, some_terms

LATER = an_act("user:2", at=an_act().at + timedelta(hours=1))


@pytest.fixture
def noise(session):
    """A subcontract of two others in each state of interest: it must appear nowhere."""
    agreed = an_agreement(session)
    contested(session, a_delivery(session, agreed, 1000))
    accepted(session, a_delivery(session, agreed, 1000))
    a_delivery(session, agreed, 1000)
    return a_proposal(session, buyer=agreed.buyer, seller=agreed.seller)


@pytest.fixture
def pair(session, noise):
    """A buyer and a seller beside others."""
    return a_party(session, "Herbes Folles"), a_party(session, "Coutures de Rosa")


def titles(page):
    return [subcontract.title for subcontract in page.rows]


def test_given_and_received_are_two_lists(session, pair):
    one, other = pair
    a_proposal(session, buyer=one, seller=other, title="Rideaux")
    a_proposal(session, buyer=other, seller=one, title="Bacs")
    assert titles(queries.page(session, one, queries.GIVEN)) == ["Rideaux"]
    assert titles(queries.page(session, one, queries.RECEIVED)) == ["Bacs"]


def test_a_state_may_be_chosen(session, pair):
    a_proposal(session, buyer=pair[0], seller=pair[1])
    an_agreement(session, buyer=pair[0], seller=pair[1], title="Rideaux")
    assert titles(queries.page(session, pair[0], queries.GIVEN, state="agreed")) == ["Rideaux"]


def test_pages_lead_to_each_other_without_losing_a_row(session, pair):
    for number in range(5):
        a_proposal(session, buyer=pair[0], seller=pair[1], title=str(number))
    first = page(session, pair[0])
    second = page(session, pair[0], first.next_cursor)
    third = page(session, pair[0], second.next_cursor)
    assert [titles(one) for one in (first, second, third)] == [["4", "3"], ["2", "1"], ["0"]]
    assert (first.previous_cursor, third.next_cursor) == (None, None)
    assert titles(page(session, pair[0], third.previous_cursor)) == ["2", "1"]
    back = page(session, pair[0], second.previous_cursor)
    assert (titles(back), back.previous_cursor) == (["4", "3"], None)


@pytest.mark.parametrize(
    "cursor",
    ["", "older:", "older:x", "newer:-1", "sideways:3", "1", "older:1;DROP", "older:²", f"older:{10**30}"],
)
def test_a_cursor_nobody_gave_leads_to_the_first_page(session, pair, cursor):
    a_proposal(session, buyer=pair[0], seller=pair[1], title="Rideaux")
    assert titles(page(session, pair[0], cursor)) == ["Rideaux"]


def test_a_page_of_nothing_is_empty(session, pair):
    empty = page(session, pair[0])
    assert (list(empty.rows), empty.next_cursor, empty.previous_cursor) == ([], None, None)


def test_a_subcontract_is_found_by_its_sides_only(session, pair):
    subcontract = a_proposal(session, buyer=pair[0], seller=pair[1])
    assert queries.subcontract_of(session, pair[0], subcontract.id) is subcontract
    assert queries.subcontract_of(session, pair[1], subcontract.id) is subcontract
    assert queries.subcontract_of(session, a_party(session), subcontract.id) is None


def test_a_delivery_is_found_through_its_subcontract_only(session, pair, noise):
    delivery = a_delivery(session, an_agreement(session, buyer=pair[0], seller=pair[1]))
    key = delivery.subcontract_id
    assert queries.delivery_of(session, pair[0], key, delivery.id) is delivery
    assert queries.delivery_of(session, a_party(session), key, delivery.id) is None
    assert queries.delivery_of(session, pair[0], noise.id, delivery.id) is None


def test_a_proposal_waits_for_the_side_that_did_not_write_it(session, pair):
    subcontract = a_proposal(session, buyer=pair[0], seller=pair[1])
    assert waiting_counts(session, pair) == [0, 1]
    service.counter(session, subcontract, party=pair[1], terms=some_terms(), version=1, act=an_act())
    assert waiting_counts(session, pair) == [1, 0]
    assert waiting(session, pair[0]).of("proposal") == [subcontract]


def test_a_delivery_waits_for_the_buyer(session, pair):
    delivery = a_delivery(session, an_agreement(session, buyer=pair[0], seller=pair[1]))
    assert waiting(session, pair[0]).of("delivery") == [delivery]
    accepted(session, delivery)
    assert waiting_counts(session, pair) == [0, 0]


def test_a_contested_delivery_waits_for_the_seller_until_it_is_withdrawn(session, pair):
    subcontract = an_agreement(session, buyer=pair[0], seller=pair[1])
    delivery = contested(session, a_delivery(session, subcontract, 4000))
    a_delivery(session, subcontract, 4000, act=LATER)
    assert to_declare_again(session, pair[1]) == [delivery]
    service.withdraw_delivery(session, delivery, party=pair[1], act=LATER)
    assert to_declare_again(session, pair[1]) == []


def test_a_contested_delivery_accepted_after_all_waits_no_more(session, pair):
    delivery = contested(session, a_delivery(session, an_agreement(session, buyer=pair[0], seller=pair[1])))
    accepted(session, delivery)
    assert to_declare_again(session, pair[1]) == []


def test_a_reversed_delivery_waits_for_the_seller_until_it_is_declared_again(session, pair):
    subcontract = an_agreement(session, buyer=pair[0], seller=pair[1])
    delivery = accepted(session, a_delivery(session, subcontract, 4000))
    a_delivery(session, subcontract, 1000)
    service.reverse_delivery(session, delivery, reason="Doublon", on=TODAY, act=LATER)
    assert to_declare_again(session, pair[1]) == [delivery]
    again = a_delivery(session, subcontract, 4000, act=LATER)
    assert to_declare_again(session, pair[1]) == []
    service.withdraw_delivery(session, again, party=pair[1], act=LATER)
    assert to_declare_again(session, pair[1]) == [delivery]


def test_all_that_waits_is_counted(session, pair):
    one, other = pair
    a_proposal(session, buyer=other, seller=one)
    a_delivery(session, an_agreement(session, buyer=one, seller=other))
    contested(session, a_delivery(session, an_agreement(session, buyer=other, seller=one)))
    assert waiting(session, one).count == waiting_count(session, one) == 3


def test_nothing_of_the_others_waits(session, pair):
    assert [waiting(session, party).count for party in pair] == [0, 0]


def test_subcontracts_are_counted_by_state(session, pair):
    a_proposal(session, buyer=pair[0], seller=pair[1])
    for _ in range(2):
        an_agreement(session, buyer=pair[0], seller=pair[1])
    assert queries.counts(session, pair[0], queries.GIVEN) == {
        "proposed": 1,
        "agreed": 2,
        "completed": 0,
        "closed": 0,
        "declined": 0,
        "withdrawn": 0,
        "expired": 0,
    }
    assert sum(queries.counts(session, pair[0], queries.RECEIVED).values()) == 0


def test_the_history_tells_the_subcontract_and_its_deliveries_in_order(session, pair):
    subcontract = an_agreement(session, a_line(), buyer=pair[0], seller=pair[1])
    accepted(session, contested_and_again(session, subcontract))
    told = [(event.subject, event.action) for event in queries.history(session, subcontract)]
    assert told == [
        ("subcontract", "propose"),
        ("subcontract", "accept"),
        ("delivery", "declare"),
        ("delivery", "contest"),
        ("delivery", "withdraw"),
        ("delivery", "declare"),
        ("delivery", "accept"),
        ("subcontract", "complete"),
    ]


def test_the_exchange_of_a_delivery_leads_back_to_it(session):
    subcontract = an_agreement(session)
    delivery = accepted(session, a_delivery(session, subcontract))
    facts = exchanges.ExchangeFacts(
        "test:1", subcontract.seller_id, subcontract.buyer_id, 500, TODAY, "Dépannage"
    )
    other = exchanges.record(session, facts, an_act())
    assert queries.delivery_of_exchange(session, delivery.exchange_id) is delivery
    assert queries.delivery_of_exchange(session, other.id) is None


def contested_and_again(session, subcontract):
    first = contested(session, a_delivery(session, subcontract))
    service.withdraw_delivery(session, first, party=subcontract.seller, act=an_act())
    return a_delivery(session, subcontract)


def page(session, party, cursor=None):
    return queries.page(session, party, queries.GIVEN, cursor=cursor, size=2)


def to_declare_again(session, party):
    """Deliveries that wait for the seller: in dispute, or reversed by an accountant."""
    found = waiting(session, party)
    disputed = [session.get(Delivery, one.subject_id) for one in found.of("dispute_seller", "dispute_buyer")]
    return disputed + found.of("contested", "reversed")


def waiting_counts(session, parties):
    return [waiting_count(session, party) for party in parties]
