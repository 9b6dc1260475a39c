"""Tenders follow their notice: what a newer one says otherwise is written into them, noted, and shown."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from ..kernel.history import Act, remember
from ..kernel.parties import Party
from . import rivals, steps, workflow
from .change_models import TenderChange, TenderChangeSeen
from .models import Lot, Tender, TenderNotice
from .notices import facts
from .notices.facts import Change, LotFacts, TenderFacts
from .notices.model import plain

# An abandoned one may be taken up again; what is won or lost stays as it was.
FOLLOWING = (*workflow.UNDER_WAY, workflow.SUBMITTED, workflow.ABANDONED)
INSTANTS = ("deadline",)


def update_tenders(
    session: Session,
    replaced: TenderNotice,
    notice: TenderNotice,
    before: TenderFacts,
    after: TenderFacts,
    act: Act,
) -> list[int]:
    """Write what a notice changes into every tender begun from the one it replaces; return their ids."""
    following = select(Tender).where(Tender.notice_id == replaced.id, Tender.state.in_(FOLLOWING))
    # With a lock: a tender begun a moment ago is younger than what our transaction sees.
    found = session.execute(following.order_by(Tender.id).with_for_update()).scalars().all()
    for tender in found:
        update_from(session, steps.lock(session, tender), notice, facts.between(before, after), after, act)
    return [tender.id for tender in found]


def update_from(
    session: Session,
    tender: Tender,
    notice: TenderNotice,
    changes: Iterable[Change],
    after: TenderFacts,
    act: Act,
) -> list[Change]:
    """Write into a locked tender what a notice changes, note it, and return what was otherwise in the tender.

    What the notice left as it was stays as the team has it. A lot that is no longer asked for keeps what was
    prepared for it: the page says so and its lead decides.
    """
    noted = [done for change in changes for done in apply_change(tender, change, after)]
    tender.notice, tender.procedure_key = notice, rivals.procedure_of(notice)
    if noted or notice.said:
        held = [vars(change) for change in noted]
        session.add(TenderChange(tender_id=tender.id, notice=notice, changes=held, noted_at=act.at))
    remember(session, tender, "update", act)
    session.flush()  # whoever asks next reads the lots and the change
    return noted


def apply_change(tender: Tender, change: Change, after: TenderFacts) -> Iterable[Change]:
    """Write one change into a tender; yield it as it was and became there, if it was otherwise."""
    if change.name == "lot_added":
        if all(lot.key != change.lot for lot in tender.lots):
            tender.lots.append(lot_row(len(tender.lots) + 1, _lot(after, change.lot), answered=False))
            yield change
    elif change.name == "lot_removed":
        yield change
    else:
        subject = tender if change.lot is None else _row(tender, change.lot)
        was = None if subject is None else plain(getattr(subject, change.name))
        if subject is not None and was != change.after:
            setattr(subject, change.name, _value(change))
            yield Change(change.name, was, change.after, change.lot)


def _row(tender: Tender, key: str) -> Lot | None:
    rows = list(tender.lots)
    alone = rows[0] if len(rows) == 1 else None
    return next((lot for lot in rows if lot.key == key), alone)


def _lot(after: TenderFacts, key: str | None) -> LotFacts:
    return next(lot for lot in after.lots if lot.key == key)


def _value(change: Change) -> Any:
    return datetime.fromisoformat(change.after) if change.name in INSTANTS else change.after


def lot_row(position: int, lot: LotFacts, *, answered: bool | None = None) -> Lot:
    """Return the row of a lot."""
    row = Lot(position=position, **vars(lot))
    row.cpv, row.criteria = list(lot.cpv), list(lot.criteria)
    row.answered = lot.answered if answered is None else answered
    return row


def unseen(session: Session, tender: Tender, party: Party) -> list[TenderChange]:
    """Return what changed that a party of the team has not seen yet, oldest first."""
    seen = exists().where(
        TenderChangeSeen.change_id == TenderChange.id, TenderChangeSeen.party_id == party.id
    )
    statement = select(TenderChange).where(TenderChange.tender_id == tender.id, ~seen)
    return list(session.execute(statement.order_by(TenderChange.id)).scalars())


def changes_of(session: Session, tender: Tender) -> list[TenderChange]:
    """Return all that notices changed of a tender, oldest first."""
    statement = select(TenderChange).where(TenderChange.tender_id == tender.id)
    return list(session.execute(statement.order_by(TenderChange.id)).scalars())


def see(session: Session, tender: Tender, *, party: Party, act: Act) -> None:
    """Note that a party of the team has seen what changed; again changes nothing."""
    tender = steps.lock(session, tender)
    for change in unseen(session, tender, party):
        session.add(TenderChangeSeen(change_id=change.id, party_id=party.id, seen_at=act.at))
    session.flush()  # a second click reads what the first wrote
