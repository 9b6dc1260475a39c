"""A bid ready to be deposited, deposited, won: two lots, five lines, a lead, two members, a firm outside."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

from endi_ext.tenders import agreements, assignments, outcomes, prices, workflow
from endi_ext.tenders.assignments import Wanted
from endi_ext.tenders.price_facts import LineFacts
from endi_ext.tenders.shares import AMOUNT, PARTS, PERCENT, Claim
from tests.builders import a_party, an_act, numbers

from .builders import a_tender

WORDS = agreements.Words("forfait", lambda line, _cents: f"{line.quantity_thousandths // 1000} {line.unit}")
NOW = datetime(2026, 12, 10, 9, tzinfo=UTC)


def later(days=0, **facts):
    """The act of some day after the deadline came near."""
    at = NOW + timedelta(days=days)
    return an_act(at=at, today=at.date(), **facts)


def a_bid(session, *, act=None, lead=None, members=None, outside=("Toitures du Lac SARL",), **facts):
    """A tender that the team answers, its price schedule shared to the last cent.

    Lot 1: doors all by the first member, windows between both, a study kept by the lead. Lot 2: painting by
    the second member and the firm, scaffolding by the lead.
    """
    act = act or an_act()
    lead = lead or a_party(session, "Menuiserie du Lac")
    members = members or [a_party(session, "Atelier Trait Juste"), a_party(session, "Studio Écume")]
    tender = a_tender(session, lead, members, act=act, outside=outside)
    for name, value in facts.items():
        setattr(tender, name, value)
    tender.state = workflow.ANSWERING
    people = {member.name: member for member in tender.members}
    first, second = (people[party.name] for party in members)
    firm = next((member for member in tender.members if member.outside), second)
    head = next(member for member in tender.members if member.role == "lead")
    one, two = tender.lots
    lines = [
        _line(session, tender, one, "1.1", "Portes", 12_000, "u", 41_550, act),
        _line(session, tender, one, "1.2", "Fenêtres", 7_000, "u", 63_333, act),
        _line(session, tender, one, "1.3", "Études", 1_000, "forfait", 180_000, act),
        _line(session, tender, two, "2.1", "Peinture", 345_500, "m²", 1_845, act),
        _line(session, tender, two, "2.2", "Échafaudage", 1_000, "forfait", 95_001, act),
    ]
    claims = [
        [Claim(first.id, PERCENT, 10_000)],
        [Claim(first.id, PARTS, 2_000), Claim(second.id, PARTS, 1_000)],
        [Claim(head.id, PERCENT, 10_000)],
        [Claim(second.id, AMOUNT, 200_000), Claim(firm.id, PARTS, 1_000)]
        if firm is not second
        else [Claim(second.id, PERCENT, 10_000)],
        [Claim(head.id, PERCENT, 10_000)],
    ]
    wanted = {line.id: Wanted(said) for line, said in zip(lines, claims, strict=True)}
    assignments.assign(session, tender, wanted, party=lead, act=act)
    session.flush()
    return SimpleNamespace(
        tender=tender, lead=lead, first=members[0], second=members[1], lines=lines, lots=[one, two]
    )


def _line(session, tender, lot, reference, description, quantity, unit, price, act):
    facts = LineFacts(lot.id, description, reference, unit, quantity, price)
    key = f"line-{next(numbers)}-key"
    return prices.add_line(session, tender, facts, party=tender.lead, request_key=key, act=act)


def deposit(session, bid, **facts):
    """Deposit the bid."""
    values = {"submitted_at": NOW - timedelta(hours=1), "act": later(), **facts}
    return outcomes.submit(session, bid.tender, party=bid.lead, **values)


def conclude(session, bid, place, outcome, **facts):
    """Note what became of a lot, by its place."""
    act = facts.pop("act", None) or later(10)
    result = outcomes.Result(outcome, **facts)
    return outcomes.conclude(session, bid.lots[place], party=bid.lead, result=result, act=act)


def a_won_bid(session, **facts):
    """A bid that won its first lot and lost the second."""
    bid = a_bid(session, **facts)
    deposit(session, bid)
    conclude(session, bid, 0, "won")
    conclude(session, bid, 1, "lost", reason_kind="price")
    return bid


def send(session, bid, **facts):
    """Send the agreements."""
    values = {"words": WORDS, "due_on": date(2027, 6, 30), "act": later(12), **facts}
    return agreements.send(session, bid.tender, party=bid.lead, **values)
