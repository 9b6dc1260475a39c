"""Who must be told of what happens in a tender: its team, its lead, or the one it is about.

Whoever adds an action to tenders adds it to TOLD or to NOT_TOLD: a test looks for each.
"""

from typing import Any

from sqlalchemy.orm import Session

from ..kernel.history import Event
from ..kernel.parties import Party
from ..subcontracts import notices
from ..subcontracts.notices import BOTH, Case, Source, Telling
from . import workflow
from .models import Member, Tender
from .paper_models import ProposalPart, TenderPaper, TenderQuestion, TenderStep

LATER = Telling(urgent=False)

# By (subject, action). Telling() is for all it concerns but the side that did it, BOTH for all of them.
TOLD = {
    ("tender", "update"): Telling(BOTH),
    ("tender", "edit"): LATER,
    ("tender", "choose_lots"): LATER,
    ("tender", "take_position"): LATER,
    ("tender", "arrange_decision"): LATER,
    ("tender", "change_shares"): LATER,
    ("tender", "change_terms"): LATER,
    ("tender", "change_liability"): LATER,
    ("tender", "go"): Telling(),
    ("tender", "no_go"): Telling(),
    ("tender", "reconsider"): Telling(),
    ("tender", "reopen"): Telling(),
    ("tender", "submit"): Telling(),
    ("tender", "take_back"): Telling(),
    ("tender", "win"): Telling(),
    ("tender", "lose"): Telling(),
    ("tender", "note_result"): LATER,
    ("tender", "correct_outcome"): Telling(),
    ("tender", "abandon"): Telling(),
    ("tender", "remind"): Telling(BOTH),
    ("member", "invite"): Telling(),
    ("member", "invite_again"): Telling(),
    ("member", "accept"): Telling(),
    ("member", "decline"): Telling(),
    ("member", "change"): Telling(),
    ("member", "hand_over"): Telling(),
    ("member", "remove"): Telling(),
    ("member", "leave"): Telling(),
    ("member", "remind"): Telling(BOTH),
    ("tender_paper", "add"): LATER,
    ("tender_paper", "provide"): LATER,
    ("tender_paper", "send_back"): Telling(),
    ("tender_step", "arrange"): LATER,
    ("tender_step", "add"): LATER,
    ("tender_step", "remind"): Telling(BOTH),
    ("tender_question", "answer"): Telling(),
    ("proposal_part", "give"): LATER,
    ("proposal_part", "finish"): LATER,
}

# What nobody else waits for, what the page shows, and what is told by something else: what happens to a
# member by the member's own event, agreements by each agreement.
NOT_TOLD = {
    ("tender", "begin"),
    ("tender", "change_prices"),
    ("tender", "import_prices"),
    ("tender", "change_cap"),
    ("tender", "choose_criteria"),
    ("tender", "tell_forms"),
    ("tender", "send_agreements"),
    ("tender", "link_deal"),
    ("tender", "remove_part"),
    *(("tender", f"member_{action}") for subject, action in TOLD if subject == "member"),
    *(("tender_paper", action) for action in ("check", "set_aside", "ask_again")),
    *(("tender_step", action) for action in ("drop", "finish", "resume")),
    *(("tender_question", action) for action in ("write", "change", "ask", "withdraw")),
    *(("proposal_part", action) for action in ("add", "arrange", "write")),
    *(("paper_kind", action) for action in ("add", "change", "withdraw", "provide")),
}

# What concerns the lead alone, and what concerns those who are invited as well as those who accepted.
TO_THE_LEAD = {
    ("tender", "take_position"),
    ("member", "accept"),
    ("member", "decline"),
    ("member", "leave"),
    ("tender_paper", "provide"),
    ("proposal_part", "finish"),
}
TO_GUESTS_TOO = {("tender", action) for action in ("update", "no_go", "abandon", "choose_lots")}


def case_of(session: Session, event: Event) -> Case | None:
    """Return what an event of a tender is about and whom it concerns; None when it is about no tender."""
    model = MODELS.get(str(event.subject))
    thing = None if model is None else session.get(model, event.subject_id)
    if thing is None:
        return None
    tender: Tender = thing if isinstance(thing, Tender) else thing.tender
    sides = _sides((str(event.subject), str(event.action)), thing, tender)
    return Case(thing, sides, named=_named(thing, tender)) if sides else None


MODELS: dict[str, Any] = {
    model.__tablename__.removeprefix("endi_ext_"): model
    for model in (Tender, Member, TenderPaper, TenderStep, TenderQuestion, ProposalPart)
}


def _any_case(session: Session, event: Event) -> Case | None:
    return case_of(session, event) if event.subject in MODELS else notices.case_of(session, event)


EVERYTHING = Source({**notices.TOLD, **TOLD}, _any_case)


def _sides(key: tuple[str, str], thing: Any, tender: Tender) -> tuple[Party, ...]:
    if key == ("member", "accept") and thing.role == "lead":
        return _team(tender, guests=False)  # they lead from now on: who led learns it too
    if key in TO_THE_LEAD:
        return (tender.lead,)
    # Anybody may have provided a paper of the whole team.
    of_all = isinstance(thing, Tender | TenderQuestion) or (
        key == ("tender_paper", "send_back") and thing.member is None
    )
    if of_all:
        return _team(tender, guests=key in TO_GUESTS_TOO)
    return (_whose(thing, tender),)


def _whose(thing: Any, tender: Tender) -> Party:
    """Return who has to see to something: the member it belongs to, the lead for a firm and for nobody's."""
    member = thing if isinstance(thing, Member) else thing.member
    return tender.lead if member is None or member.party is None else member.party


def _team(tender: Tender, *, guests: bool) -> tuple[Party, ...]:
    states = workflow.IN_THE_TEAM if guests else (workflow.ACCEPTED,)
    inside = [one.party for one in tender.members if one.state in states and one.party is not None]
    return tuple(dict.fromkeys([tender.lead, *inside]))


def _named(thing: Any, tender: Tender) -> str:
    """Return what people know it by: a paper or a part with its tender."""
    own = getattr(thing, "label", "") if isinstance(thing, TenderPaper) else ""
    if isinstance(thing, ProposalPart):
        own = thing.title
    return f"{own} – {tender.title}" if own else str(tender.title)
