"""Exchanges recorded in bulk whose entries wait: their rows say so, without ORM objects."""

from collections.abc import Sequence

from sqlalchemy import delete, insert, literal, select, update
from sqlalchemy.orm import Session

from ..kernel.history import Act, Event
from ..ledger.draft_models import WAITING as DRAFT_WAITS
from ..ledger.draft_models import Draft
from .models import OPEN, SETTLED, WAITING, Exchange, Settlement
from .plain_rows import slices
from .waiting_models import SETTLE, WaitingStep

IDS_PER_QUERY = 500
SETTLEMENT_SOURCE = literal("settlement:") + Settlement.request_key
QUIET = {"synchronize_session": False}
PUT_ASIDE = ("exchange_id", "kind", "source", "request_key", "amount_cents", "contribution_cents", "dated_on")
TOLD = ("number", "role", "reason", "recorded_at", "recorded_by", "actor_key")


def follow(session: Session, ids: Sequence[int], act: Act) -> None:
    """Let exchanges just recorded wait where their entries do, and their settlements as steps to come."""
    for some in slices(ids, IDS_PER_QUERY):
        _settlements_wait(session, some, act)
        _exchanges_wait(session, some)


def _settlements_wait(session: Session, some: Sequence[int], act: Act) -> None:
    """Turn the settlements whose entries wait into steps: nothing is settled before they are validated."""
    aside = select(Draft.id).where(Draft.source == SETTLEMENT_SOURCE, Draft.state == DRAFT_WAITS)
    theirs = Settlement.exchange_id.in_(some) & aside.exists()
    columns = (Settlement.exchange_id, literal(SETTLE), SETTLEMENT_SOURCE)
    facts = (Settlement.request_key, Settlement.amount_cents, literal(0), Settlement.settled_on)
    who = (literal(0), literal(""), literal(""), Settlement.recorded_at, Settlement.recorded_by)
    rows = select(*columns, *facts, *who, literal(act.actor_key)).where(theirs)
    session.execute(insert(WaitingStep).from_select([*PUT_ASIDE, *TOLD], rows))
    unsettled = select(WaitingStep.exchange_id).where(WaitingStep.exchange_id.in_(some))
    values = {"settled_cents": 0, "state": OPEN, "step_waits": SETTLE}
    changed = update(Exchange).where(Exchange.id.in_(unsettled)).values(values)
    session.execute(changed, execution_options=QUIET)
    gone = delete(Settlement).where(Settlement.exchange_id.in_(unsettled))
    session.execute(gone, execution_options=QUIET)
    _rename(session, unsettled, "settled", "settlement_waits", SETTLED, OPEN)


def _exchanges_wait(session: Session, some: Sequence[int]) -> None:
    aside = select(Draft.id).where(Draft.source == Exchange.source, Draft.state == DRAFT_WAITS)
    theirs = select(Exchange.id).where(Exchange.id.in_(some), aside.exists())
    waiting = list(session.execute(theirs).scalars())
    if not waiting:
        return
    values = {"state": WAITING}
    session.execute(update(Exchange).where(Exchange.id.in_(waiting)).values(values), execution_options=QUIET)
    _rename(session, waiting, "recorded", "recorded", OPEN, WAITING)
    _rename(session, waiting, "settlement_waits", "settlement_waits", OPEN, WAITING)


def _rename(session: Session, ids: object, action: str, new: str, before: str, after: str) -> None:
    """Let the history written beside the rows say what happened to them."""
    theirs = (Event.subject == "exchange") & Event.subject_id.in_(ids) & (Event.action == action)
    changed = update(Event).where(theirs, Event.state_after == before)
    session.execute(changed.values(action=new, state_after=after), execution_options=QUIET)
