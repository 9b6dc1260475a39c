"""What stands at the addresses of tenders, found through a party that is in the team."""

from typing import Any

from ..tenders import queries, workflow
from ..tenders.models import Lot, Member, Tender
from . import lookups
from .resources import PartyResource


class TenderResource(PartyResource):
    """A tender seen by a party of its team; `role` is one of workflow's: lead, member, adviser or guest."""

    __name__ = "endi_ext_tender"

    def __init__(self, parent: PartyResource, tender: Tender) -> None:
        super().__init__(parent.request, parent.party, parent)
        self.tender = tender

    @property
    def role(self) -> str:
        return workflow.role_in(self.tender, self.party)

    @property
    def member(self) -> Member | None:
        """The reader's own row among the members."""
        return workflow.membership(self.tender, self.party)

    @property
    def actions(self) -> tuple[str, ...]:
        """What the reader may do now: nothing for those who only look."""
        return workflow.actions(self.tender, self.party) if self.may_act else ()

    def at(self, route: str, **ids: Any) -> str:
        """Return the address of one of this tender's pages: `at("team")` is endi_ext.tender.team."""
        return self.path(f"tender.{route}", tender_id=self.tender.id, **ids)

    @property
    def url(self) -> str:
        return self.path("tender", tender_id=self.tender.id)


class LotResource(TenderResource):
    """A lot of a tender."""

    __name__ = "endi_ext_lot"

    def __init__(self, parent: TenderResource, lot: Lot) -> None:
        super().__init__(parent, parent.tender)
        self.lot = lot


class MemberResource(TenderResource):
    """Someone of the team, seen by someone of the team: `subject` is who the address names."""

    __name__ = "endi_ext_member"

    def __init__(self, parent: TenderResource, subject: Member) -> None:
        super().__init__(parent, parent.tender)
        self.subject = subject


def find_tender(request: Any) -> TenderResource | None:
    """The tender of the address, through a party of its team."""
    parent = lookups.find_party(request)
    if parent is None:
        return None
    found = lookups.one(request, Tender, "tender_id", queries.seen_by(parent.party))
    return TenderResource(parent, found) if found else None


def find_team_tender(request: Any) -> TenderResource | None:
    """The tender of the address for those who accepted: a guest does not see prices, shares and papers."""
    found = find_tender(request)
    return None if found is None or found.role == workflow.GUEST else found


def find_lot(request: Any) -> LotResource | None:
    """A lot of the tender of the address."""
    parent = find_team_tender(request)
    if parent is None:
        return None
    found = lookups.one(request, Lot, "lot_id", Lot.tender_id == parent.tender.id)
    return LotResource(parent, found) if found else None


def find_firm(request: Any) -> MemberResource | None:
    """An outside firm of the team of the tender of the address, for those who accepted."""
    parent = find_team_tender(request)
    if parent is None:
        return None
    outside = (Member.tender_id == parent.tender.id, Member.via != "party", Member.state == workflow.ACCEPTED)
    found = lookups.one(request, Member, "member_id", *outside)
    return MemberResource(parent, found) if found else None
