"""The end of a tender: deposited with its proof, then won or lost lot by lot, abandoned, or corrected."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel import paris
from ..kernel.history import Act, remember
from ..kernel.parties import Party
from ..subcontracts import workflow as of_agreements
from ..subcontracts.models import Subcontract
from . import files, splits, steps, workflow
from .errors import NoLotAnswered
from .models import Lot, Tender
from .outcome_errors import (
    AgreementsStand,
    DecidedInFuture,
    LotDecided,
    LotNotAnswered,
    RankImpossible,
    SharesIncomplete,
    SubmittedInFuture,
    TwoWinners,
)
from .outcome_models import Agreement, Competitor, LotResult, Submission

NONE, WON, LOST = "none", "won", "lost"
# Why a lot is lost: dearer, judged weaker, both, the offer set aside, nobody won, something else.
REASONS = ("price", "technical", "both", "set_aside", "no_award", "other")
LIVING = (of_agreements.PROPOSED, *of_agreements.STANDING)


@dataclass(frozen=True)
class Proof:
    """The receipt of the buyer's platform, as it came."""

    filename: str
    content: bytes


@dataclass(frozen=True)
class Rival:
    """Another bidder; `amount_cents` without VAT if it is known."""

    name: str
    amount_cents: int | None = None
    is_winner: bool = False


@dataclass(frozen=True)
class Result:
    """What the buyer said of a lot; `outcome` is WON or LOST, what is not known is none."""

    outcome: str
    decided_on: date | None = None
    reason_kind: str = ""
    reason: str = ""
    our_rank: int | None = None
    bidder_count: int | None = None
    rivals: Sequence[Rival] = ()


def submit(
    session: Session,
    tender: Tender,
    *,
    party: Party,
    submitted_at: datetime,
    reference: str = "",
    note: str = "",
    proof: Proof | None = None,
    act: Act,
) -> Submission:
    """Note that the offer is with the buyer; nothing of it changes any more.

    An offer deposited late is noted as it was: the page says so. Raises WrongState, WrongRole, NoLotAnswered,
    SharesIncomplete, SubmittedInFuture, and as files.keep does.
    """
    locked = steps.lock(session, tender)
    steps.check(locked, "submit", party)
    if submitted_at > act.at:
        raise SubmittedInFuture(on=paris.day_of(submitted_at))
    total_cents, lot_cents = _price(session, locked)
    file = files.keep(session, locked, proof.filename, proof.content, act) if proof else None
    made = Submission(
        tender_id=locked.id,
        number=1 + _deposits(session, locked),
        submitted_at=submitted_at,
        reference=reference,
        note=note,
        file_id=file.id if file is not None else None,
        total_cents=total_cents,
        lot_cents={str(lot_id): cents for lot_id, cents in lot_cents.items()},
        actor_key=act.actor_key,
        actor_name=act.actor_name,
        recorded_at=act.at,
    )
    session.add(made)
    steps.step(session, locked, "submit", party, act, note or None)
    locked.submitted_at = submitted_at
    session.flush()  # pages name the deposit by its id
    return made


def take_back(session: Session, tender: Tender, *, party: Party, reason: str, act: Act) -> Tender:
    """Take the offer back, to change it or because it was noted by mistake: the team answers again.

    Raises WrongState, WrongRole, ReasonMissing.
    """
    locked = steps.step(session, steps.lock(session, tender), "take_back", party, act, reason)
    standing = submission_of(session, locked, fresh=True)
    if standing is not None:
        standing.taken_back_at = act.at
    for lot in locked.lots:
        lot.outcome = NONE
    locked.submitted_at = None
    return locked


def conclude(session: Session, lot: Lot, *, party: Party, result: Result, act: Act) -> LotResult:
    """Note what became of a lot, or learn more of one that is decided; the same again changes nothing.

    The first lot won wins the tender; it is lost once every lot answered is. Raises WrongState, WrongRole,
    ReasonMissing, LotNotAnswered, LotDecided, DecidedInFuture, RankImpossible, TwoWinners.
    """
    tender = steps.lock(session, lot.tender)
    steps.check(tender, "note_result", party)
    lot = next(one for one in tender.lots if one.id == lot.id)
    _refuse_wrong_result(lot, result, act)
    known = _result_of(session, lot)
    if known is not None and lot.outcome != NONE and _said_of(known) == _tidy(result):
        return known
    lot.outcome = result.outcome
    row = _noted(session, tender, lot, result, act)
    action = _action(tender)
    if action == "note_result":
        state = str(tender.state)
        remember(session, tender, action, act, before=state, after=state, reason=_said(lot, result))
        return row
    steps.step(session, tender, action, party, act, _said(lot, result))
    tender.closed_at, tender.outcome_reason = act.at, result.reason
    return row


def correct_outcome(session: Session, tender: Tender, *, party: Party, reason: str, act: Act) -> Tender:
    """Take back the result of every lot, noted by mistake or changed since: the offer waits again.

    Raises WrongState, WrongRole, ReasonMissing, AgreementsStand.
    """
    locked = steps.lock(session, tender)
    steps.check(locked, "correct_outcome", party)
    standing = living_agreements(session, locked, fresh=True)
    if standing:
        raise AgreementsStand(count=len(standing))
    steps.step(session, locked, "correct_outcome", party, act, reason)
    for lot in locked.lots:
        lot.outcome = NONE
    locked.closed_at, locked.outcome_reason = None, ""
    return locked


def abandon(session: Session, tender: Tender, *, party: Party, reason: str, act: Act) -> Tender:
    """Give up, before or after the deposit, or because the buyer gave up.

    Raises WrongState, WrongRole, ReasonMissing.
    """
    locked = steps.step(session, steps.lock(session, tender), "abandon", party, act, reason)
    locked.closed_at, locked.outcome_reason = act.at, reason
    return locked


def submission_of(session: Session, tender: Tender, *, fresh: bool = False) -> Submission | None:
    """Return the deposit that stands; `fresh` reads with a lock what was noted a moment ago too."""
    found = select(Submission).where(Submission.tender_id == tender.id, Submission.taken_back_at.is_(None))
    found = found.order_by(Submission.number.desc())
    if fresh:
        found = found.with_for_update().execution_options(populate_existing=True)
    return session.execute(found).scalars().first()


def submissions(session: Session, tender: Tender) -> list[Submission]:
    """Return every deposit, the newest first."""
    found = select(Submission).where(Submission.tender_id == tender.id)
    return list(session.execute(found.order_by(Submission.number.desc())).scalars())


def results(session: Session, tender: Tender) -> dict[int, LotResult]:
    """Return what is known of the lots by id, those corrected too: `lot.outcome` says what counts."""
    found = select(LotResult).where(LotResult.tender_id == tender.id)
    return {row.lot_id: row for row in session.execute(found).scalars()}


def won_lots(tender: Tender) -> list[int]:
    """Return the ids of the lots won."""
    return [lot.id for lot in tender.lots if lot.answered and lot.outcome == WON]


def living_agreements(session: Session, tender: Tender, *, fresh: bool = False) -> list[Agreement]:
    """Return the agreements made of the shares that are proposed or bind, in the order they were sent.

    `fresh` reads with a lock what was answered a moment ago too.
    """
    found = (
        select(Agreement)
        .join(Subcontract, Subcontract.id == Agreement.subcontract_id)
        .where(Agreement.tender_id == tender.id, Subcontract.state.in_(LIVING))
    )
    found = found.order_by(Agreement.id)
    if fresh:
        found = found.with_for_update().execution_options(populate_existing=True)
    return list(session.execute(found).scalars())


def _price(session: Session, tender: Tender) -> tuple[int | None, dict[int, int]]:
    """Return the price that is deposited and that of each lot; none where there is no price schedule."""
    if not any(lot.answered for lot in tender.lots):
        raise NoLotAnswered
    split = splits.split_of(session, tender)
    if not split.lines:
        return None, {}
    if not split.complete:
        raise SharesIncomplete(unassigned_cents=split.unassigned_cents)
    return split.total_cents, split.lots


def _deposits(session: Session, tender: Tender) -> int:
    numbers = select(Submission.number).where(Submission.tender_id == tender.id).with_for_update(read=True)
    return max(session.execute(numbers).scalars(), default=0)


def _refuse_wrong_result(lot: Lot, result: Result, act: Act) -> None:
    if not lot.answered:
        raise LotNotAnswered(lot=lot.title)
    if lot.outcome not in (NONE, result.outcome):
        raise LotDecided(lot=lot.title)
    if result.decided_on is not None and result.decided_on > act.today:
        raise DecidedInFuture(on=result.decided_on)
    rank, count = result.our_rank, result.bidder_count
    first = result.outcome == WON
    if (rank is not None and count is not None and rank > count) or (
        rank is not None and (rank == 1) != first and result.reason_kind not in ("set_aside", "no_award")
    ):
        raise RankImpossible(rank=rank, count=count)
    if sum(rival.is_winner for rival in result.rivals) > (0 if first else 1):
        raise TwoWinners


def _noted(session: Session, tender: Tender, lot: Lot, result: Result, act: Act) -> LotResult:
    row = _result_of(session, lot) or LotResult(tender_id=tender.id, lot_id=lot.id)
    row.outcome, row.decided_on = result.outcome, result.decided_on
    row.reason_kind, row.reason = _tidy(result).reason_kind, result.reason
    row.our_rank, row.bidder_count = result.our_rank, result.bidder_count
    deposit = submission_of(session, tender, fresh=True)
    row.our_cents = deposit.lot_cents.get(str(lot.id)) if deposit is not None else None
    row.recorded_at = act.at
    session.add(row)
    for rival in list(row.competitors):
        session.delete(rival)
    session.flush()  # their positions are free before others take them
    for position, rival in enumerate(result.rivals, start=1):
        session.add(Competitor(result_id=row.id, position=position, **vars(rival)))
    session.flush()
    session.expire(row, ["competitors"])
    return row


def _result_of(session: Session, lot: Lot) -> LotResult | None:
    """Return what was noted of a lot, even a moment ago: its tender is locked, our snapshot may be older."""
    found = select(LotResult).where(LotResult.lot_id == lot.id).with_for_update()
    return session.execute(found.execution_options(populate_existing=True)).scalars().one_or_none()


def _tidy(result: Result) -> Result:
    """Return a result as it is kept: nobody says why a lot is won."""
    kind = "" if result.outcome == WON else result.reason_kind
    return replace(result, reason_kind=kind, rivals=tuple(result.rivals))


def _said_of(row: LotResult) -> Result:
    names = ("outcome", "decided_on", "reason_kind", "reason", "our_rank", "bidder_count")
    rivals = tuple(Rival(one.name, one.amount_cents, one.is_winner) for one in row.competitors)
    return Result(**{name: getattr(row, name) for name in names}, rivals=rivals)


def _action(tender: Tender) -> str:
    """Return what the outcomes of the lots make of a tender that waits for its result."""
    if tender.state != workflow.SUBMITTED:
        return "note_result"
    outcomes = [lot.outcome for lot in tender.lots if lot.answered]
    if WON in outcomes:
        return "win"
    return "lose" if all(outcome == LOST for outcome in outcomes) else "note_result"


def _said(lot: Lot, result: Result) -> str:
    """Return what the history says: the reason, else which lot it is about."""
    return result.reason or str(lot.title)
