"""What trading units say of themselves to those who look for a team: read by all, written by their people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel.history import Act
from ..kernel.parties import Party
from .profile_models import Profile
from .team_errors import AvailableInThePast

AVAILABLE, PARTLY, BUSY, UNKNOWN = "available", "partly", "busy", "unknown"
AVAILABILITIES = (AVAILABLE, PARTLY, BUSY, UNKNOWN)


@dataclass(frozen=True)
class ProfileFacts:
    """What a party says of itself."""

    skills: str = ""
    area: str = ""
    availability: str = UNKNOWN
    available_from: date | None = None
    note: str = ""


NOTHING_SAID = ProfileFacts()


def of_party(session: Session, party: Party) -> ProfileFacts:
    """Return what a party says of itself; it may have said nothing."""
    return of_parties(session, [party.id]).get(party.id, NOTHING_SAID)


def of_parties(session: Session, party_ids: Iterable[int]) -> dict[int, ProfileFacts]:
    """Return what each of these parties says of itself, of those that said something."""
    found = select(Profile).where(Profile.party_id.in_(list(party_ids)))
    return {row.party_id: facts_of(row) for row in session.execute(found).scalars()}


def facts_of(row: Profile) -> ProfileFacts:
    """Return what a row says."""
    return ProfileFacts(
        str(row.skills), str(row.area), str(row.availability), row.available_from, str(row.note)
    )


def describe(session: Session, party: Party, facts: ProfileFacts, act: Act) -> Profile:
    """Say what a party offers to teams; the last word counts.

    Raises AvailableInThePast.
    """
    # The party's row first: two people who describe it for the first time at once write one row.
    session.execute(select(Party.id).where(Party.id == party.id).with_for_update())
    statement = select(Profile).where(Profile.party_id == party.id).with_for_update()
    row = session.execute(statement).scalars().one_or_none()
    before = None if row is None else row.available_from
    if facts.available_from not in (None, before) and facts.available_from < act.today:
        raise AvailableInThePast(available_from=facts.available_from)
    if row is None:
        row = Profile(party=party)
        session.add(row)
    for name, value in vars(facts).items():
        setattr(row, name, value)
    row.changed_at, row.changed_by = act.at, act.actor_name
    session.flush()
    return row
