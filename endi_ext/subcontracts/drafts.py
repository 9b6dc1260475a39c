"""What waits for an accountant, validated or rejected wherever it comes from: agreements follow.

Exchanges know nothing of subcontracts, so accountants' pages decide by this. Locks are taken in the order of
every step: subcontracts, exchanges, the head of the book last; those of one kind by their ids.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..exchanges import retention as exchange_retention
from ..exchanges import validation
from ..exchanges.models import CANCELLED, WAITING, Exchange
from ..exchanges.validation import Concern
from ..kernel.errors import ReasonMissing
from ..kernel.history import Act
from ..ledger import drafts as ledger_drafts
from ..ledger.draft_models import REJECTED, VALIDATED
from . import deliveries, dispute_steps, steps
from .models import Delivery, Subcontract


@dataclass(frozen=True)
class Rejected:
    """How many entries were rejected, and the subcontracts whose deliveries may be declared again."""

    count: int
    subcontracts: Sequence[Subcontract]


def validate(session: Session, ids: Sequence[int], act: Act, *, on: date | None = None) -> int:
    """Let what waits into the books, all of it or nothing; return how many entries were posted.

    Raises validation.ExchangeWaits, drafts.DraftDecided, drafts.DayNotOpen, ledger.PeriodClosed.
    """
    _lock(session, validation.concerns(session, ids))
    done = validation.validate(session, ids, act, on=on)
    for one in done.released:
        retention = exchange_retention.of_exchange(session, one.exchange)
        if retention is not None and one.role in dispute_steps.GIVING_WAY:
            dispute_steps.follow_retention(session, retention, one.before, by=one.role, act=act)
    return len(done.drafts)


def reject(session: Session, ids: Sequence[int], act: Act, *, reason: str) -> Rejected:
    """Keep what waits out of the books, all of it or nothing, with a reason both sides read.

    An exchange is cancelled as if it were reversed, a delivery may be declared again; a step does not happen.
    Raises ReasonMissing, drafts.DraftDecided, WrongState.
    """
    if not reason.strip():
        raise ReasonMissing(action="reject_draft")
    found = [one for one in validation.concerns(session, ids) if one.draft.state != REJECTED]
    subcontracts = _lock(session, found)
    exchanges = validation.lock(session, found)
    for one in found:
        if one.draft.state == VALIDATED:
            raise ledger_drafts.DraftDecided(what=one.draft.text)
        _reject_one(session, one, exchanges.get(one.exchange_id or 0), reason, act)
    return Rejected(len(found), subcontracts)


def _reject_one(session: Session, one: Concern, exchange: Exchange | None, reason: str, act: Act) -> None:
    if exchange is None:
        ledger_drafts.reject(session, [one.draft.id], act, reason=reason)
    elif one.step and exchange.step_waits:
        validation.reject_step(session, exchange, reason=reason, act=act)
    elif exchange.state == WAITING and not one.step:
        # With it goes what is held back of it, and the settlement that waits behind it.
        deliveries.reverse_exchange(session, exchange, reason=reason, on=act.today, act=act)
    elif exchange.state != CANCELLED:
        # Our snapshot still shows it waiting; the row of its exchange, which is locked, says otherwise.
        raise ledger_drafts.DraftDecided(what=one.draft.text)


def _lock(session: Session, found: Sequence[Concern]) -> list[Subcontract]:
    ids = {one.exchange_id for one in found if one.exchange_id is not None}
    theirs = select(Delivery.subcontract_id).where(Delivery.exchange_id.in_(ids)).distinct()
    return [steps.lock(session, Subcontract, key) for key in sorted(session.execute(theirs).scalars())]
