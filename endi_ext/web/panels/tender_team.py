"""Who answers a tender together, and what was decided: in short, on its page."""

from dataclasses import dataclass
from typing import Any

from ...kernel import parties
from ...tenders import bids, criteria, decisions, members, workflow
from ...tenders.models import Member, Tender
from .. import team_words, tender_states
from ..forms.base import act
from ..i18n import _
from . import Button, Note, Panel

ASKED = _("{name} vous invite à répondre à cette consultation.")
ASKED_BY = _("{name} vous invite à répondre à cette consultation. Réponse attendue au plus tard le {on}.")
YOUR_POSITION = _("L’équipe attend de savoir si vous êtes pour répondre ou non.")


@dataclass(frozen=True)
class Bidder:
    """Who bids towards the buyer: the cooperative, alone or in a group with these partners."""

    name: str
    partners: tuple[Member, ...]
    subcontractors: tuple[Member, ...]

    @property
    def grouped(self) -> bool:
        """Whether several legal persons bid together."""
        return bool(self.partners)

    @property
    def cooperatives(self) -> bool:
        """Whether members of other cooperatives work in it."""
        return any(one.via != members.FIRM for one in (*self.partners, *self.subcontractors))


def bidder_of(request: Any, tender: Tender) -> Bidder:
    """Return who bids, as the forms tell it: advisers outside are no part of it."""
    outside = [
        member
        for member in tender.members
        if member.outside and member.state in workflow.IN_THE_TEAM and member.role != members.ADVISER
    ]
    partners = tuple(one for one in outside if bids.is_partner(request.dbsession, tender, one))
    return Bidder(
        str(parties.cooperative(request.dbsession).name),
        partners,
        tuple(one for one in outside if one not in partners),
    )


def panel(context: Any, request: Any) -> Panel | None:
    """Show the team, and to who is invited what they are asked, with the buttons of their answer."""
    tender, mine = context.tender, context.member
    present = [member for member in tender.members if member.state in workflow.IN_THE_TEAM]
    values = {
        "present": present,
        "mine": mine if context.role == workflow.GUEST else None,
        "bidder": bidder_of(request, tender),
        "steers": "steer" in context.actions,
        "words": team_words,
        "states": tender_states,
    }
    template = "endi_ext:web/templates/panels/tender_team.mako"
    if context.role != workflow.GUEST:
        return Panel(template, values)
    return Panel(template, values, buttons=_answers(context), notes=(_invitation(context, request),))


def decision(context: Any, request: Any) -> Panel | None:
    """Say what the team decided, or where it stands."""
    if context.role == workflow.GUEST:
        return None
    session, tender = request.dbsession, context.tender
    stands = decisions.standing(session, tender, today=act(request).today)
    values = {
        "stands": stands,
        "latest": decisions.latest(session, tender),
        "deciding": tender.state == workflow.PREPARING,
        "overall": criteria.grid(session, tender).overall,
        "words": team_words,
    }
    template = "endi_ext:web/templates/panels/tender_decision.mako"
    if not _is_awaited(context, stands):
        return Panel(template, values)
    button = Button(context.at("position", member_id=context.member.id), _("Prendre position"), "btn-primary")
    return Panel(template, values, buttons=(button,), notes=(Note(YOUR_POSITION),))


def _answers(context: Any) -> tuple[Button, ...]:
    ids = {"member_id": context.member.id}
    if not context.may_act or context.tender.state not in workflow.UNDER_WAY:
        return ()
    return (
        Button(context.at("member.accept", **ids), _("Rejoindre l’équipe"), "btn-primary", posts=True),
        Button(context.at("member.decline", **ids), _("Décliner"), "negative"),
    )


def _invitation(context: Any, request: Any) -> Note:
    facts = {"name": context.tender.lead.name}
    if context.member.answer_by is None:
        return Note(ASKED, facts)
    return Note(ASKED_BY, {**facts, "on": request.endi_ext.day(context.member.answer_by)})


def _is_awaited(context: Any, stands: decisions.Standing) -> bool:
    if "take_position" not in context.actions or context.member is None or stands.over:
        return False
    return any(member.id == context.member.id and said is None for member, said in stands.said)
