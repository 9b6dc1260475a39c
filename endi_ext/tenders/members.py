"""The team of a tender: who is invited, who answers what, who leaves, who leads.

Every step is noted twice: in the history of the member, whom it concerns, and in the tender's, as
"member_<action>" with the member's name.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ..kernel import paris
from ..kernel.history import Act, remember
from ..kernel.parties import INTERNAL, Party
from . import firms, steps, workflow
from .firms import COOPERATIVE, FIRM, Firm
from .models import Member, Tender
from .team_errors import (
    AlreadyInTheTeam,
    AlreadyInvitedFirm,
    AnswerDayIsOver,
    AnswerDayTooLate,
    OutsideCannotLead,
    PartyIsInactive,
    RoleIsAgreed,
    TeamIsFixed,
)

LEAD, MEMBER, ADVISER = "lead", "member", "adviser"
PARTY = "party"


@dataclass(frozen=True)
class Terms:
    """What someone is asked: their role ("lead": they take over when they accept), mission, day to answer."""

    role: str = MEMBER
    mission: str = ""
    answer_by: date | None = None


def active(tender: Tender) -> list[Member]:
    """Return those whose share counts: they accepted, as lead or member."""
    return [
        member
        for member in tender.members
        if member.state == workflow.ACCEPTED and member.role in (LEAD, MEMBER)
    ]


def invite(session: Session, tender: Tender, party: Party, terms: Terms, *, by: Party, act: Act) -> Member:
    """Invite a party of the cooperative; invited already on the same terms, nothing changes.

    Raises WrongState, WrongRole, PartyIsInactive, AnswerDayIsOver, AnswerDayTooLate, AlreadyInTheTeam.
    """
    locked = steps.lock(session, tender)
    steps.check(locked, "steer", by)
    if not party.active or party.kind != INTERNAL:
        raise PartyIsInactive(name=party.name)
    known = workflow.membership(locked, party)
    if known is not None and _asked(known) == terms:
        return known
    _refuse_day(locked, terms, act)
    if known is None:
        return _added(session, locked, Member(via=PARTY, party=party), terms, act)
    if known.state in workflow.IN_THE_TEAM:
        raise AlreadyInTheTeam(name=known.name, state=str(known.state))
    return _invited_again(session, locked, known, terms, by, act)


def invite_firm(
    session: Session,
    tender: Tender,
    firm: Firm,
    terms: Terms,
    *,
    own_siret: str = "",
    by: Party,
    act: Act,
) -> Member:
    """Invite somebody outside; invited already on the same terms, nothing changes.

    `own_siret` is the cooperative's: no establishment of its own is outside.
    Raises WrongState, WrongRole, WrongSiret, OwnSiret, OutsideCannotLead, AnswerDayIsOver,
    AnswerDayTooLate, AlreadyInvitedFirm.
    """
    locked = steps.lock(session, tender)
    steps.check(locked, "steer", by)
    if terms.role == LEAD:
        raise OutsideCannotLead
    number = firms.siret_of(firm, own_siret)
    known = _known_firm(locked, firm, number)
    if known is not None and _asked(known) == terms:
        return known
    _refuse_day(locked, terms, act)
    if known is not None and known.state in workflow.IN_THE_TEAM:
        raise AlreadyInvitedFirm(name=known.name, siret=number)
    if known is not None:
        known.firm_name, known.email = firm.name, firm.email
        return _invited_again(session, locked, known, terms, by, act)
    row = Member(via=firm.via, firm_name=firm.name, siret=number, email=firm.email)
    return _added(session, locked, row, terms, act)


def invite_again(session: Session, member: Member, terms: Terms, *, by: Party, act: Act) -> Member:
    """Invite again who declined, left or was removed; invited already on the same terms, nothing changes.

    Raises WrongState, WrongRole, AnswerDayIsOver, AnswerDayTooLate, OutsideCannotLead.
    """
    tender, locked = _lock(session, member)
    steps.check(tender, "steer", by)
    if _asked(locked) == terms:
        return locked
    if locked.outside and terms.role == LEAD:
        raise OutsideCannotLead
    _refuse_day(tender, terms, act)
    return _invited_again(session, tender, locked, terms, by, act)


def change(session: Session, member: Member, terms: Terms, *, by: Party, act: Act) -> Member:
    """Change what someone is asked; who accepted keeps the role they accepted.

    Raises WrongState, WrongRole, AnswerDayIsOver, AnswerDayTooLate, OutsideCannotLead, RoleIsAgreed.
    """
    tender, locked = _lock(session, member)
    steps.check(tender, "steer", by)
    state = str(locked.state)
    workflow.MEMBER.target(state, "change", workflow.role_towards(locked, tender, by))
    if terms.role != locked.role:
        if state == workflow.ACCEPTED:
            raise RoleIsAgreed(name=locked.name)
        if locked.outside and terms.role == LEAD:
            raise OutsideCannotLead
    if terms == Terms(str(locked.role), str(locked.mission), locked.answer_by):
        return locked
    if terms.answer_by != locked.answer_by:
        _refuse_day(tender, terms, act)
    locked.role, locked.mission, locked.answer_by = terms.role, terms.mission, terms.answer_by
    return _noted(session, tender, locked, "change", act, before=state)


def answer(
    session: Session, member: Member, *, accept: bool, by: Party, act: Act, reason: str | None = None
) -> Member:
    """Accept or decline an invitation; for somebody outside the lead says what they answered.

    Who was asked to lead leads once they accept. An answer given again changes nothing.
    Raises WrongState, WrongRole, TeamIsFixed.
    """
    tender, locked = _lock(session, member)
    action, after = ("accept", workflow.ACCEPTED) if accept else ("decline", workflow.DECLINED)
    role = workflow.role_towards(locked, tender, by)
    if locked.state == after and role in workflow.SPEAKERS:
        return locked
    _refuse_fixed(tender)
    _moved(session, tender, locked, action, by, act, reason)
    locked.answered_at, locked.reason = act.at, (reason or "").strip()
    if accept and locked.role == LEAD:
        _lead_passes(tender, locked)
    return locked


def remove(session: Session, member: Member, *, by: Party, act: Act, reason: str | None = None) -> Member:
    """Take back an invitation, or remove who accepted, with a reason.

    Raises WrongState, WrongRole, ReasonMissing.
    """
    tender, locked = _lock(session, member)
    steps.check(tender, "steer", by)
    _moved(session, tender, locked, "remove", by, act, reason)
    locked.reason = (reason or "").strip()
    return locked


def leave(session: Session, member: Member, *, by: Party, act: Act, reason: str | None) -> Member:
    """Leave the team, with a reason; the lead hands over first.

    Raises WrongState, WrongRole, ReasonMissing, TeamIsFixed.
    """
    tender, locked = _lock(session, member)
    _refuse_fixed(tender)
    _moved(session, tender, locked, "leave", by, act, reason)
    locked.reason = (reason or "").strip()
    return locked


def hand_over(session: Session, member: Member, *, by: Party, act: Act) -> Member:
    """Let a member who accepted lead from now on.

    Raises WrongState, WrongRole.
    """
    tender, locked = _lock(session, member)
    steps.check(tender, "steer", by)
    _moved(session, tender, locked, "hand_over", by, act, None)
    _lead_passes(tender, locked)
    return locked


def _lock(session: Session, member: Member) -> tuple[Tender, Member]:
    tender = steps.lock(session, member.tender)
    return tender, next(one for one in tender.members if one.id == member.id)


def _asked(member: Member) -> Terms | None:
    if member.state != workflow.INVITED:
        return None
    return Terms(str(member.role), str(member.mission), member.answer_by)


def _refuse_day(tender: Tender, terms: Terms, act: Act) -> None:
    on, deadline = terms.answer_by, tender.deadline
    if on is not None and on < act.today:
        raise AnswerDayIsOver(answer_by=on)
    if on is not None and deadline is not None and on > paris.day_of(deadline):
        raise AnswerDayTooLate(answer_by=on)


def _refuse_fixed(tender: Tender) -> None:
    if tender.state not in workflow.UNDER_WAY:
        raise TeamIsFixed(state=str(tender.state))


def _known_firm(tender: Tender, firm: Firm, number: str) -> Member | None:
    """Return who was invited under this SIRET; of another cooperative there may be several people."""
    for member in tender.members:
        same_name = firm.via == FIRM or str(member.firm_name).casefold() == firm.name.casefold()
        if member.via == firm.via and member.siret == number and same_name:
            return member
    return None


def _added(session: Session, tender: Tender, member: Member, terms: Terms, act: Act) -> Member:
    tender.member_count += 1
    member.position, member.state, member.invited_at = tender.member_count, workflow.INVITED, act.at
    member.role, member.mission, member.answer_by = terms.role, terms.mission, terms.answer_by
    tender.members.append(member)
    session.flush()  # its history needs its id
    return _noted(session, tender, member, "invite", act)


def _invited_again(
    session: Session, tender: Tender, member: Member, terms: Terms, by: Party, act: Act
) -> Member:
    _moved(session, tender, member, "invite_again", by, act, None)
    member.invited_at, member.answered_at, member.reason = act.at, None, ""
    member.role, member.mission, member.answer_by = terms.role, terms.mission, terms.answer_by
    return member


def _moved(
    session: Session, tender: Tender, member: Member, action: str, by: Party, act: Act, reason: str | None
) -> Member:
    before = str(member.state)
    role = workflow.role_towards(member, tender, by)
    member.state = workflow.MEMBER.target(before, action, role, reason)
    return _noted(session, tender, member, action, act, before=before, reason=reason)


def _noted(
    session: Session,
    tender: Tender,
    member: Member,
    action: str,
    act: Act,
    *,
    before: str | None = None,
    reason: str | None = None,
) -> Member:
    remember(session, member, action, act, before=before, after=str(member.state), reason=reason or None)
    said = f"{member.name} : {reason}" if reason else member.name
    remember(session, tender, f"member_{action}", act, reason=said[:2000])
    return member


def _lead_passes(tender: Tender, member: Member) -> None:
    """Make a member the lead; others who were asked to lead are asked to be members."""
    for other in tender.members:
        if other is not member and other.role == LEAD:
            other.role = MEMBER
    member.role, tender.lead = LEAD, member.party


__all__ = [
    "ADVISER", "COOPERATIVE", "FIRM", "LEAD", "MEMBER", "Firm", "Terms", "active", "answer", "change",
    "hand_over", "invite", "invite_again", "invite_firm", "leave", "remove",
]  # fmt: skip
