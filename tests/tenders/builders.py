"""Tenders as a test needs them: `a_tender(session, lead, members=(…,))` with its team in place."""

from datetime import UTC, datetime

from endi_ext.tenders import service
from endi_ext.tenders.models import Member
from tests.builders import an_act, numbers


def some_facts(title="Réhabilitation de l’école Jean-Moulin", lots=("Menuiseries", "Peinture"), **values):
    """What is known of a tender of two lots."""
    values = {"buyer_name": "Ville d’Annecy", "deadline": datetime(2026, 12, 11, 11, tzinfo=UTC), **values}
    listed = [service.LotFacts(name, key=f"LOT-{place:04}") for place, name in enumerate(lots, start=1)]
    return service.TenderFacts(title, listed, values)


def a_tender(session, lead, members=(), *, act=None, facts=None, outside=()):
    """A tender led by `lead`, with parties that accepted already and outside firms by name."""
    act = act or an_act()
    key = f"tender-{next(numbers)}-key"
    tender = service.create(session, lead=lead, facts=facts or some_facts(), request_key=key, act=act)
    for party in members:
        add(tender, act, party=party)
    for name in outside:
        add(tender, act, via="firm", firm_name=name, siret="44306184100047")
    session.flush()
    return tender


def add(tender, act, *, via="party", role="member", **facts):
    """One more in the team, who accepted."""
    tender.member_count += 1
    member = Member(position=tender.member_count, via=via, role=role, state="accepted", **facts)
    member.invited_at = member.answered_at = act.at
    tender.members.append(member)
    return member
