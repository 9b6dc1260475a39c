"""Who of the cooperative could be in a team: by trade, past work together, place and availability.

The order is a plain sum, and each reason is said: a word of the lots in their trade or skills 4, work done
together 2, a tender answered together 1 and 1 more when won, the department of the work 2 or its region 1,
available 2 or in part 1, full -3.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from ..exchanges.models import CANCELLED, Exchange
from ..kernel.parties import INTERNAL, Party
from . import places, profiles, words, workflow
from .models import Member, Tender

MOST = 60
AVAILABLE_POINTS = {profiles.AVAILABLE: 2, profiles.PARTLY: 1, profiles.BUSY: -3, profiles.UNKNOWN: 0}
PLACE_POINTS = {places.SAME_DEPARTMENT: 2, places.SAME_REGION: 1, places.ELSEWHERE: 0}


@dataclass(frozen=True)
class Together:
    """What two parties did together: exchanges that stand, and tenders both were in."""

    exchanges: int = 0
    net_cents: int = 0
    last_on: date | None = None
    tenders: int = 0
    won: int = 0


@dataclass(frozen=True)
class Wanted:
    """What is looked for: `text` in trades, skills and names; `place` a town, postcode or department."""

    text: str = ""
    place: str = ""
    available: bool = False
    together: bool = False


@dataclass(frozen=True)
class Candidate:
    """A party that could be in the team, and why; `member` is its row when it was invited already."""

    party: Party
    profile: profiles.ProfileFacts
    together: Together
    nearness: str
    trade_words: Sequence[str]
    points: int
    member: Member | None


@dataclass(frozen=True)
class Found:
    """Candidates in order, the best first, of how many there are in all."""

    candidates: Sequence[Candidate]
    total: int


def search(session: Session, tender: Tender, seeker: Party, wanted: Wanted, *, today: date) -> Found:
    """Return who could be in the team of a tender, as `seeker` knows them: what others did together is not
    told.
    """
    others = [party for party in parties(session, tender.lead) if party.id != seeker.id]
    said = profiles.of_parties(session, [party.id for party in others])
    past = together_with(session, seeker)
    asked = " ".join([str(tender.title), *(str(lot.title) for lot in tender.lots if lot.answered)])
    near = places.departments_of(tender.places or ())
    members = {member.party_id: member for member in tender.members}
    every = [
        _candidate(
            party,
            _today(said.get(party.id, profiles.NOTHING_SAID), today),
            past.get(party.id, Together()),
            asked,
            near,
            members.get(party.id),
        )
        for party in others
    ]
    kept = sorted((one for one in every if _fits(one, wanted)), key=lambda one: (-one.points, one.party.name))
    return Found(kept[:MOST], len(kept))


def parties(session: Session, lead: Party) -> list[Party]:
    """Return whom a lead may invite: the other parties of the cooperative that are active, by name."""
    others = select(Party).where(Party.kind == INTERNAL, Party.active, Party.id != lead.id)
    return list(session.execute(others.order_by(Party.name, Party.id)).scalars())


def trades(session: Session) -> list[str]:
    """Return the trades of the cooperative, each once."""
    active = select(Party.trade).where(Party.kind == INTERNAL, Party.active, Party.trade != "").distinct()
    return sorted(str(trade) for trade in session.execute(active).scalars())


def together_with(session: Session, party: Party) -> dict[int, Together]:
    """Return what a party did together with each other one, by its id."""
    found: dict[int, dict[str, Any]] = {}
    for partner_id, count, net_cents, last_on in session.execute(_exchanges(party)):
        facts = found.setdefault(partner_id, {"exchanges": 0, "net_cents": 0, "last_on": last_on})
        facts["exchanges"] += count
        facts["net_cents"] += int(net_cents)
        facts["last_on"] = max(facts["last_on"], last_on)
    for partner_id, state, count in session.execute(_tenders(party)):
        facts = found.setdefault(partner_id, {})
        facts["tenders"] = facts.get("tenders", 0) + count
        facts["won"] = facts.get("won", 0) + (count if state == workflow.WON else 0)
    return {partner_id: Together(**facts) for partner_id, facts in found.items()}


def _exchanges(party: Party) -> Any:
    """Return partner, number, amount and last day, once for each side."""
    sides = [
        select(mine_is_other, func.count(), func.sum(Exchange.net_cents), func.max(Exchange.accepted_on))
        .where(mine == party.id, Exchange.state != CANCELLED)
        .group_by(mine_is_other)
        for mine, mine_is_other in (
            (Exchange.buyer_id, Exchange.seller_id),
            (Exchange.seller_id, Exchange.buyer_id),
        )
    ]
    return sides[0].union_all(sides[1])


def _tenders(party: Party) -> Any:
    """Return partner, state and number of the tenders both accepted to answer, once submitted."""
    mine, other = aliased(Member), aliased(Member)
    done = (workflow.SUBMITTED, workflow.WON, workflow.LOST)
    return (
        select(other.party_id, Tender.state, func.count())
        .select_from(Tender)
        .join(mine, (mine.tender_id == Tender.id) & (mine.party_id == party.id))
        .join(other, (other.tender_id == Tender.id) & (other.party_id != party.id))
        .where(mine.state == workflow.ACCEPTED, other.state == workflow.ACCEPTED, Tender.state.in_(done))
        .group_by(other.party_id, Tender.state)
    )


def _today(facts: profiles.ProfileFacts, today: date) -> profiles.ProfileFacts:
    """Return what someone says of themselves, available again once the day they named has come."""
    if facts.available_from is None or facts.available_from > today:
        return facts
    return profiles.ProfileFacts(facts.skills, facts.area, profiles.AVAILABLE, None, facts.note)


def _candidate(
    party: Party,
    profile: profiles.ProfileFacts,
    together: Together,
    asked: str,
    near: set[str],
    member: Member | None,
) -> Candidate:
    spoken = words.answered(asked, f"{party.trade} {profile.skills}")
    nearness = _nearness(party, profile, near)
    points = (
        (4 if spoken else 0)
        + (2 if together.exchanges else 0)
        + (1 if together.tenders else 0)
        + (1 if together.won else 0)
        + PLACE_POINTS[nearness]
        + AVAILABLE_POINTS[profile.availability]
    )
    return Candidate(party, profile, together, nearness, spoken, points, member)


def _nearness(party: Party, profile: profiles.ProfileFacts, near: set[str]) -> str:
    """Return how near a party is, or its area says it works."""
    if near & set(_departments_in(profile.area)):
        return places.SAME_DEPARTMENT
    return places.nearness(places.department_of(str(party.postcode)), near)


def _departments_in(area: str) -> Iterable[str]:
    for word in area.upper().replace(",", " ").replace(";", " ").replace("(", " ").replace(")", " ").split():
        if word in places.NUTS_OF:
            yield word


def _fits(one: Candidate, wanted: Wanted) -> bool:
    if wanted.available and one.profile.availability not in (profiles.AVAILABLE, profiles.PARTLY):
        return False
    if wanted.together and not (one.together.exchanges or one.together.tenders):
        return False
    party, profile = one.party, one.profile
    if not _says(wanted.text, f"{party.name} {party.trade} {profile.skills}"):
        return False
    where: Mapping[str, str] = {"city": str(party.city), "area": profile.area}
    return not wanted.place.strip() or _is_there(wanted.place, str(party.postcode), where.values())


def _says(text: str, offered: str) -> bool:
    """Say whether each word typed begins a word of what is offered, or is like one."""
    typed, there = words.every(text), words.every(offered)
    return all(any(other.startswith(word) or words.alike(word, other) for other in there) for word in typed)


def _is_there(place: str, postcode: str, texts: Iterable[str]) -> bool:
    digits = place.strip().upper()
    if digits in places.NUTS_OF and places.department_of(postcode) == digits:
        return True
    if digits.isdigit() and len(digits) > 2 and postcode.startswith(digits):
        return True
    return bool(words.every(place)) and any(_says(place, text) for text in texts)
