"""The states of tenders and of their members: who may do what, when."""

from ..kernel.parties import Party
from ..kernel.workflow import Transition, Workflow
from .models import Member, Tender

PREPARING, ANSWERING, SUBMITTED, WON, LOST, ABANDONED = (
    "preparing",
    "answering",
    "submitted",
    "won",
    "lost",
    "abandoned",
)
INVITED, ACCEPTED, DECLINED, REMOVED, LEFT = "invited", "accepted", "declined", "removed", "left"
# Those who see a tender; those who count in it.
IN_THE_TEAM = (INVITED, ACCEPTED)

# Roles in a tender. Who is invited and has not accepted yet only answers. What "books" does follows from
# something else (a change notice): no button. The speaker of a member is its party, or the lead for a firm
# outside.
LEAD, MEMBER_ROLE, ADVISER, GUEST = "lead", "member", "adviser", "guest"
SPEAKER, BOOKS, STRANGER = "speaker", "books", "stranger"
# Towards someone of the team: the lead, who speaks for a firm outside too, and the lead's own row.
FOR_OUTSIDE, HEAD = "for_outside", "head"
SPEAKERS = (SPEAKER, HEAD, FOR_OUTSIDE)
UNDER_WAY = (PREPARING, ANSWERING)

TENDER = Workflow(
    "tender",
    (PREPARING, ANSWERING, SUBMITTED, WON, LOST, ABANDONED),
    (
        # What the lead alone arranges (team, shares, decision), and what all prepare (prices, papers, parts).
        Transition("steer", (PREPARING,), PREPARING, (LEAD,)),
        Transition("steer", (ANSWERING,), ANSWERING, (LEAD,)),
        Transition("prepare", (PREPARING,), PREPARING, (LEAD, MEMBER_ROLE)),
        Transition("prepare", (ANSWERING,), ANSWERING, (LEAD, MEMBER_ROLE)),
        Transition("take_position", (PREPARING,), PREPARING, (LEAD, MEMBER_ROLE, ADVISER)),
        Transition("go", (PREPARING,), ANSWERING, (LEAD,)),
        Transition("no_go", (PREPARING,), ABANDONED, (LEAD,), needs_reason=True),
        Transition("reconsider", (ANSWERING,), PREPARING, (LEAD,), needs_reason=True),
        Transition("submit", (ANSWERING,), SUBMITTED, (LEAD,)),
        Transition("take_back", (SUBMITTED,), ANSWERING, (LEAD,), needs_reason=True),
        Transition("win", (SUBMITTED,), WON, (LEAD,)),
        Transition("lose", (SUBMITTED,), LOST, (LEAD,), needs_reason=True),
        # A lot of several; or what is learnt of competitors once it is over.
        Transition("note_result", (SUBMITTED,), SUBMITTED, (LEAD,)),
        Transition("note_result", (WON,), WON, (LEAD,)),
        Transition("note_result", (LOST,), LOST, (LEAD,)),
        Transition("correct_outcome", (WON, LOST), SUBMITTED, (LEAD,), needs_reason=True),
        Transition("abandon", (ANSWERING, SUBMITTED), ABANDONED, (LEAD,), needs_reason=True),
        Transition("reopen", (ABANDONED,), PREPARING, (LEAD,), needs_reason=True),
        Transition("send_agreements", (WON,), WON, (LEAD,)),
        Transition("link_deal", (WON,), WON, (LEAD,)),
    ),
)

MEMBER = Workflow(
    "member",
    (INVITED, ACCEPTED, DECLINED, REMOVED, LEFT),
    (
        Transition("accept", (INVITED,), ACCEPTED, (SPEAKER, FOR_OUTSIDE)),
        Transition("decline", (INVITED,), DECLINED, (SPEAKER, FOR_OUTSIDE)),
        Transition("change", (INVITED,), INVITED, (LEAD, FOR_OUTSIDE)),
        Transition("change", (ACCEPTED,), ACCEPTED, (LEAD, FOR_OUTSIDE)),
        Transition("hand_over", (ACCEPTED,), ACCEPTED, (LEAD,)),
        # An invitation is taken back without a word; who accepted is owed a reason.
        Transition("remove", (INVITED,), REMOVED, (LEAD, FOR_OUTSIDE)),
        Transition("remove", (ACCEPTED,), REMOVED, (LEAD, FOR_OUTSIDE), needs_reason=True),
        Transition("leave", (ACCEPTED,), LEFT, (SPEAKER, FOR_OUTSIDE), needs_reason=True),
        Transition("invite_again", (DECLINED, REMOVED, LEFT), INVITED, (LEAD, FOR_OUTSIDE)),
    ),
)


def role_in(tender: Tender, party: Party) -> str:
    """Return what a party is in a tender: lead, member, adviser, guest (invited) or stranger."""
    if tender.lead_id == party.id:
        return LEAD
    mine = membership(tender, party)
    if mine is None or mine.state not in IN_THE_TEAM:
        return STRANGER
    if mine.state == INVITED:
        return GUEST
    return ADVISER if mine.role == ADVISER else MEMBER_ROLE


def membership(tender: Tender, party: Party) -> Member | None:
    """Return the row of a party among the members, whatever its state."""
    return next((member for member in tender.members if member.party_id == party.id), None)


def actions(tender: Tender, party: Party) -> tuple[str, ...]:
    """Return what a party may do in a tender as it stands."""
    return TENDER.allowed(str(tender.state), role_in(tender, party))


def role_towards(member: Member, tender: Tender, party: Party) -> str:
    """Return what a party is towards someone of the team: their speaker, their lead, or a stranger."""
    leads = tender.lead_id == party.id
    if member.party_id == party.id:
        return HEAD if leads else SPEAKER
    if not leads:
        return STRANGER
    return FOR_OUTSIDE if member.outside else LEAD


def member_actions(member: Member, tender: Tender, party: Party) -> tuple[str, ...]:
    """Return what a party may do about someone of the team while the team may change."""
    if tender.state not in UNDER_WAY:
        return ()
    return MEMBER.allowed(str(member.state), role_towards(member, tender, party))
