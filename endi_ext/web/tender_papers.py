"""What stands at the addresses of a tender's papers, steps, questions and parts, each found through it."""

from typing import Any

from ..tenders import calendar, checklist, proposal, questions
from ..tenders.calendar import Step
from ..tenders.checklist import Item
from ..tenders.paper_models import PaperKind, ProposalPart, TenderQuestion
from . import lookups
from .permissions import CONFIGURE, SUPERVISE
from .resources import Books
from .tenders import TenderResource, find_team_tender


class ItemResource(TenderResource):
    """One paper of a tender's checklist."""

    __name__ = "endi_ext_tender_paper"

    def __init__(self, parent: TenderResource, item: Item) -> None:
        super().__init__(parent, parent.tender)
        self.item = item

    @property
    def url(self) -> str:
        return self.at("paper", item_key=self.item.key)


class StepResource(TenderResource):
    """One step of a tender's calendar."""

    __name__ = "endi_ext_tender_step"

    def __init__(self, parent: TenderResource, step: Step) -> None:
        super().__init__(parent, parent.tender)
        self.step = step

    @property
    def url(self) -> str:
        return self.at("calendar")


class QuestionResource(TenderResource):
    """One question to the buyer."""

    __name__ = "endi_ext_tender_question"

    def __init__(self, parent: TenderResource, question: TenderQuestion) -> None:
        super().__init__(parent, parent.tender)
        self.question = question

    @property
    def url(self) -> str:
        return self.at("questions")


class PartResource(TenderResource):
    """One part of the technical proposal."""

    __name__ = "endi_ext_proposal_part"

    def __init__(self, parent: TenderResource, part: ProposalPart) -> None:
        super().__init__(parent, parent.tender)
        self.part = part

    @property
    def url(self) -> str:
        return self.at("part", part_id=self.part.id) if self.part.removed_at is None else self.at("proposal")


class KindResource(Books):
    """One paper of the cooperative's own list, for the support team and admins."""

    __name__ = "endi_ext_paper_kind"

    def __init__(self, request: Any, kind: PaperKind) -> None:
        super().__init__(request)
        self.kind = kind

    @property
    def url(self) -> str:
        of_admins = self.request.matched_route.name.startswith("endi_ext.admin")
        return str(self.request.route_path("endi_ext.admin.papers" if of_admins else "endi_ext.papers"))


def find_item(request: Any) -> ItemResource | None:
    """A paper of the checklist of the tender of the address."""
    parent = find_team_tender(request)
    if parent is None:
        return None
    found = checklist.item_of(request.dbsession, parent.tender, request.matchdict["item_key"])
    return ItemResource(parent, found) if found else None


def find_step(request: Any) -> StepResource | None:
    """A step of the calendar of the tender of the address; a dropped one only to say that it is gone."""
    parent = find_team_tender(request)
    if parent is None:
        return None
    key, gone_too = request.matchdict["step_key"], request.method == "POST"
    found = calendar.step_of(request.dbsession, parent.tender, key, dropped=gone_too)
    return StepResource(parent, found) if found else None


def find_question(request: Any) -> QuestionResource | None:
    """A question of the tender of the address."""
    parent = find_team_tender(request)
    if parent is None:
        return None
    wanted = int(request.matchdict["question_id"])
    found = questions.question_of(request.dbsession, parent.tender, wanted)
    return QuestionResource(parent, found) if found else None


def find_part(request: Any) -> PartResource | None:
    """A part of the technical proposal of the tender; a removed one only to say that it is gone."""
    parent = find_team_tender(request)
    if parent is None:
        return None
    found = proposal.part_of(request.dbsession, parent.tender, int(request.matchdict["part_id"]))
    gone = found is not None and found.removed_at is not None and request.method != "POST"
    return PartResource(parent, found) if found and not gone else None


def find_kind(request: Any) -> Books | None:
    """A paper of the cooperative's list, a withdrawn one only to say so.

    Who may do nothing with it learns nothing of which ids exist.
    """
    actor = request.registry.endi_ext_host.actor(request)
    if not (actor.may(CONFIGURE) or actor.may(SUPERVISE)):
        return Books(request)
    listed = () if request.method == "POST" else (PaperKind.withdrawn_at.is_(None),)
    found = lookups.one(request, PaperKind, "kind_id", *listed)
    return KindResource(request, found) if found else None
