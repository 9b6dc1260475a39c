"""What is remembered of tenders: those a party answered with their results, and all of the cooperative's."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, and_, exists, func, or_, select, type_coerce
from sqlalchemy.orm import Session, joinedload, selectinload

from ..kernel.parties import Party
from . import outcomes, queries, workflow
from .models import Lot, Member, Tender
from .outcome_models import LotResult, Submission

ENDED = (workflow.WON, workflow.LOST, workflow.ABANDONED)
MOST_ROWS = 100


@dataclass(frozen=True)
class Asked:
    """What is looked for: words of the title, buyer or description, the beginning of a CPV code, states."""

    words: str = ""
    cpv: str = ""
    states: Sequence[str] = ()


@dataclass(frozen=True)
class Remembered:
    """A lot that was answered and has a result, or a tender without one (`lot` and `result` none)."""

    tender: Tender
    lot: Lot | None
    result: LotResult | None

    @property
    def outcome(self) -> str:
        """Won, lost, abandoned, or none as long as the buyer says nothing."""
        return str(self.tender.state if self.lot is None else self.lot.outcome)

    @property
    def winner(self) -> Any:
        """Who won instead of us, if it is known."""
        rivals = self.result.competitors if self.result is not None else ()
        return next((rival for rival in rivals if rival.is_winner), None)

    @property
    def gap_bp(self) -> int | None:
        """How much dearer we were than who won, in basis points of their price; negative when cheaper."""
        winner = self.winner
        if self.result is None or self.result.our_cents is None or winner is None or not winner.amount_cents:
            return None
        gap = (int(self.result.our_cents) - int(winner.amount_cents)) * 10_000
        return round(gap / int(winner.amount_cents))


def of_party(session: Session, party: Party, asked: Asked = Asked()) -> list[Remembered]:
    """Return what a party's teams know of tenders that ended, lot by lot, the latest first."""
    found = select(Tender).where(queries.seen_by(party), Tender.state.in_(ENDED), *_conditions(asked))
    guests = exists().where(
        Member.tender_id == Tender.id, Member.party_id == party.id, Member.state == workflow.INVITED
    )
    found = found.where(~guests).options(selectinload(Tender.lots), joinedload(Tender.lead))
    order = found.order_by(Tender.closed_at.desc(), Tender.id.desc()).limit(MOST_ROWS)
    return [row for tender in session.execute(order).scalars() for row in _rows(session, tender)]


def of_all(session: Session, asked: Asked = Asked()) -> list[Tender]:
    """Return the tenders of the cooperative, those under way first, each by its deadline."""
    found = select(Tender).where(*_conditions(asked))
    found = found.options(selectinload(Tender.members), selectinload(Tender.lots), joinedload(Tender.lead))
    latest = found.order_by(Tender.state.in_(ENDED), Tender.id.desc()).limit(MOST_ROWS)
    return sorted(session.execute(latest).scalars(), key=_place)


def prices(session: Session, tenders: Sequence[Tender]) -> dict[int, int]:
    """Return the price deposited for each tender that has one, by id."""
    latest = (
        select(func.max(Submission.id))
        .where(
            Submission.tender_id.in_([tender.id for tender in tenders]), Submission.taken_back_at.is_(None)
        )
        .group_by(Submission.tender_id)
    )
    found = select(Submission.tender_id, Submission.total_cents).where(Submission.id.in_(latest))
    return {key: int(cents) for key, cents in session.execute(found) if cents is not None}


def _rows(session: Session, tender: Tender) -> list[Remembered]:
    known = outcomes.results(session, tender)
    decided = [lot for lot in tender.lots if lot.answered and lot.outcome != outcomes.NONE]
    if not decided:
        return [Remembered(tender, None, None)]
    return [Remembered(tender, lot, known.get(lot.id)) for lot in decided]


def _place(tender: Tender) -> tuple[bool, bool, float]:
    """Return the place in the list: under way by deadline, then what ended, the latest first."""
    ended = tender.state in ENDED
    at = tender.closed_at if ended else tender.deadline
    stamp = at.timestamp() if at is not None else 0.0
    return ended, at is None, -stamp if ended else stamp


def _conditions(asked: Asked) -> list[Any]:
    found: list[Any] = []
    for word in asked.words.split():
        like = f"%{_plain(word)}%"
        found.append(
            or_(
                *(
                    column.like(like, escape="\\")
                    for column in (Tender.title, Tender.buyer_name, Tender.description)
                )
            )
        )
    if asked.cpv:
        # As the JSON list holds them: a code begins behind its quotation mark.
        code = f'%"{_plain(asked.cpv)}%'
        of_lot = exists().where(and_(Lot.tender_id == Tender.id, _written(Lot.cpv).like(code, escape="\\")))
        found.append(or_(_written(Tender.cpv).like(code, escape="\\"), of_lot))
    if asked.states:
        found.append(Tender.state.in_(asked.states))
    return found


def _written(column: Any) -> Any:
    """Return a column of JSON as the text it is kept as."""
    return type_coerce(column, String)


def _plain(text: str) -> str:
    """Return a text in which nothing stands for anything else in LIKE."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
