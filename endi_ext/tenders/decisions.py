"""Go or no-go: rounds with a rule and a last day, positions with reasons, an outcome and its statement.

A round begins when somebody first takes a position or the lead arranges it; reconsidering, or reopening an
abandoned tender, leads to a new one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from ..kernel import paris
from ..kernel.errors import WrongRole
from ..kernel.history import Act, remember
from ..kernel.parties import Party
from . import ballots, members, steps, workflow
from .decision_models import Decision, Position
from .models import Member, Tender
from .team_errors import (
    ClosesInThePast,
    ClosesTooLate,
    DecisionIsClosed,
    NotDecidedYet,
    NotInTheDecision,
    PositionsAreClosed,
    RuleIsFixed,
    RuleSaysOtherwise,
)


@dataclass(frozen=True)
class Standing:
    """Where a decision stands: who of the team said what, who counts, and what the rule makes of it."""

    rule: str
    closes_on: date | None
    over: bool
    said: Sequence[tuple[Member, Position | None]]
    count: ballots.Count
    verdict: str


def of_tender(session: Session, tender: Tender) -> list[Decision]:
    """Return the rounds of a tender, the newest first."""
    found = select(Decision).where(Decision.tender_id == tender.id).order_by(Decision.number.desc())
    return list(session.execute(found).scalars())


def latest(session: Session, tender: Tender) -> Decision | None:
    """Return the newest round of a tender, none before it began."""
    return next(iter(of_tender(session, tender)), None)


def standing(session: Session, tender: Tender, *, today: date) -> Standing:
    """Return where the present round stands, also before it began."""
    decision = latest(session, tender)
    open_one = decision if decision is not None and decision.state == ballots.OPEN else None
    return _standing(tender, open_one, today)


def take_position(
    session: Session, member: Member, *, stance: str, reason: str, by: Party, act: Act
) -> Position:
    """Say whether to answer, and why; it may be changed until the round is closed. The lead says it for a
    firm outside.

    Raises WrongState, WrongRole, NotInTheDecision, PositionsAreClosed.
    """
    tender = steps.lock(session, member.tender)
    steps.check(tender, "take_position", by)
    mine = next(one for one in tender.members if one.id == member.id)
    if mine.state != workflow.ACCEPTED:
        raise NotInTheDecision(name=mine.name)
    refuse_speaking_for(mine, tender, by)
    decision = _open(session, tender, act)
    if _is_over(decision.closes_on, act.today):
        raise PositionsAreClosed(closes_on=decision.closes_on)
    known = next((one for one in decision.positions if one.member_id == mine.id), None)
    if known is not None and (known.stance, known.reason) == (stance, reason):
        return known
    position = known or Position(decision=decision, member=mine)
    position.stance, position.reason = stance, reason
    position.taken_at, position.actor_name = act.at, act.actor_name
    session.add(position)
    remember(session, tender, "take_position", act, after=stance, reason=f"{mine.name} : {reason}"[:2000])
    return position


def arrange(
    session: Session, tender: Tender, *, rule: str, closes_on: date | None, by: Party, act: Act
) -> Decision:
    """Choose the rule, until somebody else took a position, and the last day, which may be put off.

    Raises WrongState, WrongRole, DecisionIsClosed, RuleIsFixed, ClosesInThePast, ClosesTooLate.
    """
    locked = steps.lock(session, tender)
    refuse_closed(locked, by)
    decision = _open(session, locked, act)
    if rule != decision.rule and any(one.member.party_id != by.id for one in decision.positions):
        raise RuleIsFixed
    if closes_on is not None and closes_on != decision.closes_on:
        if closes_on < act.today:
            raise ClosesInThePast(closes_on=closes_on)
        if locked.deadline is not None and closes_on > paris.day_of(locked.deadline):
            raise ClosesTooLate(closes_on=closes_on)
    if (rule, closes_on) != (decision.rule, decision.closes_on):
        decision.rule, decision.closes_on, locked.decision_rule = rule, closes_on, rule
        remember(session, locked, "arrange_decision", act)
    return decision


def decide(session: Session, tender: Tender, *, go: bool, statement: str, by: Party, act: Act) -> Decision:
    """Close the round with what the rule settles, and a statement; not to go needs one.

    Raises WrongState, WrongRole, ReasonMissing, NotDecidedYet, RuleSaysOtherwise.
    """
    locked = steps.lock(session, tender)
    wanted = ballots.GO if go else ballots.NO_GO
    steps.check(locked, wanted, by)
    decision = _open(session, locked, act)
    stands = _standing(locked, decision, act.today)
    if stands.verdict == ballots.OPEN:
        raise NotDecidedYet(missing=stands.count.missing)
    if stands.verdict != wanted:
        raise RuleSaysOtherwise(verdict=stands.verdict)
    steps.step(session, locked, wanted, by, act, statement)
    if not go:
        locked.closed_at, locked.outcome_reason = act.at, statement
    decision.state, decision.statement = wanted, statement
    decision.closed_at, decision.closed_by = act.at, act.actor_name
    decision.positions_said = [_said(member, position) for member, position in stands.said]
    return decision


def reconsider(session: Session, tender: Tender, *, reason: str, by: Party, act: Act) -> Tender:
    """Go back to deciding, with a reason: the team takes positions anew.

    Raises WrongState, WrongRole, ReasonMissing.
    """
    return steps.step(session, steps.lock(session, tender), "reconsider", by, act, reason)


def reopen(session: Session, tender: Tender, *, reason: str, by: Party, act: Act) -> Tender:
    """Take up again what was given up, with a reason: the team decides anew.

    Raises WrongState, WrongRole, ReasonMissing.
    """
    locked = steps.step(session, steps.lock(session, tender), "reopen", by, act, reason)
    locked.closed_at, locked.outcome_reason = None, ""
    return locked


def refuse_closed(tender: Tender, by: Party) -> None:
    """Refuse whoever does not lead, and every change once the team has decided.

    Raises WrongState, WrongRole, DecisionIsClosed.
    """
    steps.check(tender, "steer", by)
    if tender.state != workflow.PREPARING:
        raise DecisionIsClosed(state=str(tender.state))


def counts(member: Member) -> bool:
    """Say whether someone's position counts, or is heard only."""
    return member.state == workflow.ACCEPTED and member.role != members.ADVISER


def _standing(tender: Tender, decision: Decision | None, today: date) -> Standing:
    taken = {} if decision is None else {position.member_id: position for position in decision.positions}
    heard = [member for member in tender.members if member.state == workflow.ACCEPTED]
    stances = {member.id: str(taken[member.id].stance) for member in heard if member.id in taken}
    counted = ballots.count([stances.get(member.id) for member in heard if counts(member)])
    lead = next((stances.get(member.id) for member in heard if member.party_id == tender.lead_id), None)
    rule = str(tender.decision_rule if decision is None else decision.rule)
    closes_on = None if decision is None else decision.closes_on
    over = _is_over(closes_on, today)
    said = [(member, taken.get(member.id)) for member in heard]
    return Standing(
        rule, closes_on, over, said, counted, ballots.verdict(rule, counted, lead=lead, over=over)
    )


def _open(session: Session, tender: Tender, act: Act) -> Decision:
    """Return the round under way, begun if there is none, its positions read with a lock."""
    rounds = steps.lock_rows(session, Decision, Decision.tender_id == tender.id, order=Decision.number)
    last = rounds[-1] if rounds else None
    if last is not None and last.state == ballots.OPEN:
        found = steps.lock_rows(session, Position, Position.decision_id == last.id, order=Position.id)
        set_committed_value(last, "positions", found)
        return last
    begun = Decision(tender=tender, number=len(rounds) + 1, state=ballots.OPEN, opened_at=act.at)
    begun.rule, begun.positions_said = tender.decision_rule, []
    session.add(begun)
    session.flush()  # positions refer to it
    return begun


def _is_over(closes_on: date | None, today: date) -> bool:
    return closes_on is not None and today > closes_on


def refuse_speaking_for(member: Member, tender: Tender, by: Party) -> None:
    """Refuse whoever speaks for another: nobody says for someone of the cooperative what they think.

    Raises WrongRole.
    """
    role = workflow.role_towards(member, tender, by)
    if role not in workflow.SPEAKERS:
        raise WrongRole(subject="member", action="speak", role=role)


def _said(member: Member, position: Position | None) -> dict[str, object]:
    return {
        "name": member.name,
        "role": str(member.role),
        "counts": counts(member),
        "stance": None if position is None else str(position.stance),
        "reason": "" if position is None else str(position.reason),
    }
