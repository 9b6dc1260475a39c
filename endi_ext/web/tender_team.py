"""What stands at the addresses of someone of a tender's team."""

from typing import Any

from sqlalchemy import or_

from ..tenders import queries, workflow
from ..tenders.models import Member, Tender
from . import lookups
from .tenders import MemberResource, TenderResource, find_tender


class AnsweringResource(MemberResource):
    """Someone of the team, as their own speaker sees it, also once they are not in it any more."""

    __name__ = "endi_ext_answering"

    @property
    def url(self) -> str:
        return self.path("tenders") if self.role == workflow.STRANGER else super().url


class TeamMemberResource(MemberResource):
    """Someone of the team, whom the lead arranges: one goes back to the page of the team."""

    __name__ = "endi_ext_team_member"

    @property
    def url(self) -> str:
        return self.at("team")


def find_answering(request: Any) -> AnsweringResource | None:
    """Someone of a team: for the team, and for themselves whatever became of their invitation."""
    parent = lookups.find_party(request)
    if parent is None:
        return None
    own = Tender.members.any(Member.party_id == parent.party.id)
    tender = lookups.one(request, Tender, "tender_id", or_(queries.seen_by(parent.party), own))
    if tender is None:
        return None
    resource = TenderResource(parent, tender)
    of_tender = [Member.tender_id == tender.id]
    if resource.role == workflow.STRANGER:
        of_tender.append(Member.party_id == parent.party.id)
    found = lookups.one(request, Member, "member_id", *of_tender)
    return AnsweringResource(resource, found) if found else None


def find_team_member(request: Any) -> TeamMemberResource | None:
    """Someone of the team of the address, for the others of the team."""
    parent = find_tender(request)
    if parent is None or parent.role == workflow.GUEST:
        return None
    found = lookups.one(request, Member, "member_id", Member.tender_id == parent.tender.id)
    return TeamMemberResource(parent, found) if found else None
