"""Shares of a tender that is won become agreements, and the money of each line is followed to the books."""

from datetime import date

import pytest
from sqlalchemy import event, select

from endi_ext.exchanges import service as exchanges
from endi_ext.kernel.errors import WrongRole, WrongState
from endi_ext.ledger import audit
from endi_ext.ports import Deal
from endi_ext.subcontracts import service as subcontracts
from endi_ext.subcontracts.client_models import ClientJob
from endi_ext.tenders import agreements, memory, splits, trace
from endi_ext.tenders.outcome_errors import DealUnknown, NothingToAgree
from endi_ext.tenders.price_models import PriceLine
from tests.builders import a_cooperative

from .endings import WORDS, a_bid, a_won_bid, conclude, deposit, later, send


def prepared(session, bid):
    return {one.member.name: one for one in agreements.prepare(session, bid.tender, WORDS)}


def test_each_member_is_sent_its_share_of_the_lots_won_and_nobody_else(either_session):
    bid = a_won_bid(either_session, fee_bp=500, common_cents=30_000, retention_rate_bp=500)
    ready = prepared(either_session, bid)
    assert {name: one.obstacle for name, one in ready.items()} == {
        "Atelier Trait Juste": None,
        "Studio Écume": None,
        "Toitures du Lac SARL": "outside",
    }
    split = splits.split_of(either_session, bid.tender, lots=[bid.lots[0].id])
    made = send(either_session, bid, message="Bravo à tous")
    for one in made:
        version = one.subcontract.version
        assert one.subcontract.buyer_id == bid.lead.id
        assert version.total_cents == split.members[one.member_id].agreed_cents
        assert sum(line.agreed_cents for line in one.lines) == version.total_cents
        assert (version.payment_kind, version.retention_rate_bp, version.retention_release) == (
            "client",
            500,
            "on_acceptance",
        )
    assert [one.member.name for one in made] == ["Atelier Trait Juste", "Studio Écume"]


def test_a_line_keeps_its_quantity_where_a_unit_price_makes_the_amount(session):
    bid = a_won_bid(session)
    doors = prepared(session, bid)["Atelier Trait Juste"].lines[0].proposed
    assert (doors.description, doors.quantity_thousandths, doors.unit_price_cents) == (
        "Portes",
        12_000,
        41_550,
    )


def test_whoever_does_a_part_of_a_line_is_not_bound_to_all_of_its_quantity(session):
    bid = a_won_bid(session)
    parts = [
        one.proposed
        for name in ("Atelier Trait Juste", "Studio Écume")
        for one in prepared(session, bid)[name].lines
        if one.line is bid.lines[1]
    ]
    assert [(one.description, one.quantity_thousandths, one.unit, one.total_cents) for one in parts] == [
        ("Fenêtres (7 u)", 1_000, "forfait", 295_554),
        ("Fenêtres (7 u)", 1_000, "forfait", 147_777),
    ]


def test_a_part_without_a_unit_price_is_one_whole_that_says_its_quantity(session):
    bid = a_won_bid(session, fee_bp=331)
    doors = prepared(session, bid)["Atelier Trait Juste"].lines[0].proposed
    assert (doors.description, doors.quantity_thousandths, doors.unit) == ("Portes (12 u)", 1_000, "forfait")


def test_a_share_that_the_fee_takes_whole_is_still_told_with_nothing_to_send(session):
    ready = prepared(session, a_won_bid(session, fee_bp=10_000))
    assert {name: (one.gross_cents > 0, one.agreed_cents, one.obstacle) for name, one in ready.items()} == {
        "Atelier Trait Juste": (True, 0, "nothing"),
        "Studio Écume": (True, 0, "nothing"),
        "Toitures du Lac SARL": (False, 0, "outside"),
    }


def test_agreements_are_sent_once_and_again_to_who_declined(either_session):
    bid = a_won_bid(either_session)
    first, _second = send(either_session, bid)
    with pytest.raises(NothingToAgree):
        send(either_session, bid)
    subcontracts.decline(either_session, first.subcontract, party=bid.first, reason="Trop tôt", act=later(13))
    (again,) = send(either_session, bid)
    assert (again.member.party, again.subcontract != first.subcontract) == (bid.first, True)


def test_only_the_lead_of_a_tender_that_is_won_sends_them(session):
    bid = a_bid(session)
    with pytest.raises(WrongState):
        send(session, bid)
    deposit(session, bid)
    conclude(session, bid, 0, "won")
    act = later(12)
    facts = {"words": WORDS, "due_on": date(2027, 6, 30), "act": act}
    with pytest.raises(WrongRole):
        agreements.send(session, bid.tender, party=bid.first, **facts)


def test_who_left_the_cooperative_is_sent_nothing(session):
    bid = a_won_bid(session)
    bid.first.active = False
    assert prepared(session, bid)["Atelier Trait Juste"].obstacle == "inactive"
    (made,) = send(session, bid)
    assert made.member.party == bid.second


def test_the_deal_of_the_client_stands_behind_every_agreement(session):
    bid = a_won_bid(session)
    made = send(session, bid)
    deal = Deal("deal:7", "École Jean-Moulin", "Ville d’Annecy", 1_000_000)
    agreements.link_deal(session, bid.tender, party=bid.lead, deal=deal, act=later(12))
    jobs = session.execute(select(ClientJob)).scalars().all()
    assert bid.tender.deal_key == "deal:7"
    assert {job.subcontract_id for job in jobs if job.deal_key == "deal:7"} == {
        one.subcontract_id for one in made
    }
    with pytest.raises(DealUnknown):
        agreements.link_deal(session, bid.tender, party=bid.lead, deal=None, act=later(12))


def test_the_money_of_a_line_is_followed_from_the_schedule_to_the_books(either_session):
    a_cooperative(either_session)
    bid = a_won_bid(either_session, retention_rate_bp=500)
    first, _second = send(either_session, bid)
    job = subcontracts.accept(either_session, first.subcontract, party=bid.first, version=1, act=later(13))
    doors, windows = job.version.lines
    delivery = subcontracts.declare_delivery(
        either_session,
        job,
        party=bid.first,
        quantities={doors.id: 6_000, windows.id: 1_000},
        delivered_on=later(20).today,
        note="",
        request_key="claim-1-of-the-bid",
        act=later(20),
    )
    on = later(21)
    subcontracts.accept_delivery(either_session, delivery, party=bid.lead, accepted_on=on.today, act=on)
    exchange = delivery.exchange
    exchanges.settle(
        either_session,
        exchange,
        amount_cents=200_000,
        settled_on=later(30).today,
        request_key="settle-1-of-the-bid",
        act=later(30),
    )
    found = trace.of_line(either_session, bid.tender, bid.lines[0], bid.lead)
    (part,) = found.parts
    (step,) = part.steps
    assert (part.gross_cents, part.agreed.total_cents) == (498_600, 498_600)
    assert (step.accepted_cents, found.accepted_cents) == (249_300, 249_300)
    other = trace.of_line(either_session, bid.tender, bid.lines[1], bid.lead)
    assert step.settled_cents + other.settled_cents == 200_000
    assert [entry.source for entry in step.entries] == [
        exchange.source,
        f"{exchange.source}:retained",
        "settlement:settle-1-of-the-bid",
    ]
    assert audit.verify(either_session).sound


def test_of_an_agreement_only_its_two_sides_see_what_follows(session):
    bid = a_won_bid(session)
    send(session, bid)
    windows = bid.lines[1]
    shown = {
        party.name: {
            part.member.name: (part.shown, part.agreed is not None)
            for part in trace.of_line(session, bid.tender, windows, party).parts
        }
        for party in (bid.lead, bid.first)
    }
    assert shown["Menuiserie du Lac"] == {
        "Atelier Trait Juste": (True, True),
        "Studio Écume": (True, True),
    }
    assert shown["Atelier Trait Juste"] == {
        "Atelier Trait Juste": (True, True),
        "Studio Écume": (False, False),
    }


def test_what_ended_is_remembered_by_its_team_and_found_by_word_and_cpv(either_session):
    bid = a_won_bid(either_session)
    noise = a_bid(either_session)
    bid.lots[1].cpv = ["45442100"]
    bid.tender.title = "Réhabilitation 100 % bois"
    either_session.flush()
    assert [one.outcome for one in memory.of_party(either_session, bid.first)] == ["won", "lost"]
    assert memory.of_party(either_session, noise.first) == []
    asked = [memory.Asked(words="100 % annecy"), memory.Asked(cpv="4544"), memory.Asked(states=("won",))]
    assert all(memory.of_party(either_session, bid.lead, one) for one in asked)
    unasked = [memory.Asked(words="100 x"), memory.Asked(cpv="5442"), memory.Asked(states=("lost",))]
    assert not any(memory.of_party(either_session, bid.lead, one) for one in unasked)
    assert memory.of_all(either_session) == [noise.tender, bid.tender]
    assert memory.prices(either_session, [bid.tender, noise.tender]).keys() == {bid.tender.id}


def test_a_lot_won_later_is_agreed_beside_the_first_and_the_two_make_the_share(session):
    bid = a_bid(session, fee_bp=333, common_cents=10_001)
    deposit(session, bid)
    conclude(session, bid, 0, "won")
    first = send(session, bid)
    conclude(session, bid, 1, "won")
    (beside,) = send(session, bid)
    assert (beside.member.party, len(beside.lines)) == (bid.second, 1)
    mine = [one for one in (*first, beside) if one.member.party == bid.second]
    split = splits.split_of(session, bid.tender)
    agreed = sum(one.subcontract.version.total_cents for one in mine)
    assert agreed == split.members[beside.member_id].agreed_cents


def test_the_trace_of_a_long_schedule_asks_no_more_than_that_of_a_short_one(session):
    bid = a_won_bid(session)
    send(session, bid)
    asked = []
    event.listen(session.connection(), "before_cursor_execute", lambda *told: asked.append(told[2]))

    def statements():
        session.expire_all()
        asked.clear()
        assert trace.of_tender(session, bid.tender, bid.lead)
        return len(asked)

    short = statements()
    for number in range(30):
        line = PriceLine(tender=bid.tender, lot=bid.lots[0], position=100 + number, description="Vis")
        session.add(line)
    session.flush()
    assert statements() <= short
