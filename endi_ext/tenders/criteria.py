"""The grid that helps a team decide: criteria with weights, and what each person gives them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from ..kernel.history import Act, remember
from ..kernel.parties import Party
from . import decisions, grids, steps, workflow
from .decision_models import Criterion, Score
from .models import Member, Tender
from .team_errors import CriterionTwice, NotInTheDecision, ScoreOutOfRange


@dataclass(frozen=True)
class Wanted:
    """A criterion as the lead wants it; `id` is none for a new one."""

    label: str
    weight: int
    id: int | None = None


@dataclass(frozen=True)
class GridRow:
    """A criterion, what each member gives it by member id, and their mean in hundredths."""

    criterion: Criterion
    scores: Mapping[int, int]
    average: int | None


@dataclass(frozen=True)
class Grid:
    """Criteria with scores; `by_member` and `overall` are weighted means in hundredths."""

    rows: Sequence[GridRow]
    by_member: Mapping[int, int]
    overall: int | None


def of_tender(session: Session, tender: Tender) -> list[Criterion]:
    """Return the criteria of a tender, in order."""
    found = select(Criterion).where(Criterion.tender_id == tender.id).order_by(Criterion.position)
    return list(session.execute(found.options(selectinload(Criterion.scores))).scalars())


def grid(session: Session, tender: Tender) -> Grid:
    """Return what those in the team give each criterion, and what it comes to."""
    present = [member.id for member in tender.members if member.state == workflow.ACCEPTED]
    rows = [_row(criterion, present) for criterion in of_tender(session, tender)]
    weights = {row.criterion.id: int(row.criterion.weight) for row in rows}

    def mean_of(members: Sequence[int]) -> int | None:
        given = {row.criterion.id: [row.scores[one] for one in members if one in row.scores] for row in rows}
        return grids.weighted(weights, given)

    found = {one: mean_of([one]) for one in present}
    by_member = {one: mean for one, mean in found.items() if mean is not None}
    return Grid(rows, by_member, mean_of(present))


def choose(session: Session, tender: Tender, wanted: Sequence[Wanted], *, by: Party, act: Act) -> None:
    """Replace the criteria of a tender: one that stays keeps its scores, those of one left out go.

    Raises WrongState, WrongRole, DecisionIsClosed, CriterionTwice.
    """
    locked = steps.lock(session, tender)
    decisions.refuse_closed(locked, by)
    labels = [one.label.casefold() for one in wanted]
    twice = next((one for one in wanted if labels.count(one.label.casefold()) > 1), None)
    if twice is not None:
        raise CriterionTwice(label=twice.label)
    known = {one.id: one for one in _locked(session, locked)}
    wanted = _recognised(wanted, known)
    before = [(one.id, one.label, one.weight) for one in known.values()]
    if before == [(one.id, one.label, one.weight) for one in wanted]:
        return
    _make_room(session, known, {one.id for one in wanted})
    for position, one in enumerate(wanted, start=1):
        row = known.get(one.id) if one.id is not None else None
        if row is None:
            row = Criterion(tender_id=locked.id)
            session.add(row)
        row.position, row.label, row.weight = position, one.label, one.weight
    session.flush()
    remember(session, locked, "choose_criteria", act)


def score(session: Session, member: Member, scores: Mapping[int, int], *, by: Party) -> None:
    """Give criteria (by id) 1 to 5; one that is not named is no longer scored. The lead does it for a firm.

    Raises WrongState, WrongRole, NotInTheDecision, ScoreOutOfRange.
    """
    tender = steps.lock(session, member.tender)
    steps.check(tender, "take_position", by)
    mine = next(one for one in tender.members if one.id == member.id)
    if mine.state != workflow.ACCEPTED:
        raise NotInTheDecision(name=mine.name)
    decisions.refuse_speaking_for(mine, tender, by)
    wrong = next((value for value in scores.values() if not grids.LOWEST <= value <= grids.HIGHEST), None)
    if wrong is not None:
        raise ScoreOutOfRange(value=wrong)
    criteria = _locked(session, tender)
    before = {one.id: value for one in criteria for value in [_given(one, mine)] if value is not None}
    after = {one.id: scores[one.id] for one in criteria if one.id in scores}
    if before == after:
        return
    for criterion in criteria:
        _give(criterion, mine, after.get(criterion.id))
    session.flush()  # the page shows who gave what: the history need not


def _locked(session: Session, tender: Tender) -> list[Criterion]:
    found = steps.lock_rows(session, Criterion, Criterion.tender_id == tender.id)
    listed = [one.id for one in found]
    scores = steps.lock_rows(session, Score, Score.criterion_id.in_(listed), order=Score.id) if found else []
    for criterion in found:
        given = [one for one in scores if one.criterion_id == criterion.id]
        set_committed_value(criterion, "scores", given)
    return found


def _recognised(wanted: Sequence[Wanted], known: Mapping[int, Criterion]) -> list[Wanted]:
    """Return what is wanted with the criteria there are: one of the same name is the same, however typed."""
    named = {str(one.label).casefold(): key for key, one in known.items()}
    kept = {one.id for one in wanted} & set(known)

    def recognised(one: Wanted) -> Wanted:
        if one.id in known:
            return one
        key = named.get(one.label.casefold())
        return Wanted(one.label, one.weight, key if key not in kept else None)

    return [recognised(one) for one in wanted]


def _make_room(session: Session, known: dict[int, Criterion], kept: set[int | None]) -> None:
    """Drop what is left out, and move the rest out of the way: no two have one position at any moment."""
    for key in [key for key in known if key not in kept]:
        session.delete(known.pop(key))
    for row in known.values():
        row.position = -row.position
    session.flush()  # the positions are free before they are given out again


def _row(criterion: Criterion, present: Sequence[int]) -> GridRow:
    scores = {one.member_id: int(one.value) for one in criterion.scores if one.member_id in present}
    return GridRow(criterion, scores, grids.average(list(scores.values())))


def _given(criterion: Criterion, member: Member) -> int | None:
    return next((int(one.value) for one in criterion.scores if one.member_id == member.id), None)


def _give(criterion: Criterion, member: Member, value: int | None) -> None:
    row = next((one for one in criterion.scores if one.member_id == member.id), None)
    if value is None:
        if row is not None:
            criterion.scores.remove(row)
    elif row is None:
        criterion.scores.append(Score(member=member, value=value))
    else:
        row.value = value
