"""What is to be done each day without anybody asking: one entry per duty, each thing in its own transaction.

Nothing depends on their being done on the day: services refuse what is over by its date. Done twice, or by
two at once, a duty finds nothing left to do.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..kernel import paris, preferences
from ..kernel.history import Act, Event, remember
from ..kernel.parties import Party
from . import acceptances, client_lines, client_payments, expiries, retentions, silence, steps
from .models import Subcontract
from .waiting import oldest_by_party

REMINDER_DAYS = "reminder_days"


@dataclass(frozen=True)
class Day:
    """What a duty works with: who acts and when, and what the clients paid, where the host knows it."""

    act: Act
    receipts: Any = None


@dataclass(frozen=True)
class Duty:
    """One duty: `due` returns the rows to see to, `do` sees to one of them and says whether it changed."""

    name: str
    due: Callable[[Session, Day], Sequence[Any]]
    do: Callable[[Session, Any, Day], bool]


def _expire(session: Session, document: Any, day: Day) -> bool:
    expiries.expire(session, document, day.act)
    return True


def _remind_of_silence(session: Session, delivery: Any, day: Day) -> bool:
    silence.remind(session, delivery, day.act)
    return True


def _accept_by_silence(session: Session, delivery: Any, day: Day) -> bool:
    acceptances.accept_by_silence(session, delivery, day.act)
    return True


def _release(session: Session, retention: Any, day: Day) -> bool:
    retentions.release_due(session, retention, day.act)
    return True


def _to_follow(session: Session, day: Day) -> Sequence[Subcontract]:
    if day.receipts is None:
        return []
    keys = {*client_payments.to_follow(session), *client_lines.to_keep(session)}
    return session.execute(select(Subcontract).where(Subcontract.id.in_(keys))).scalars().all()


def _follow(session: Session, subcontract: Any, day: Day) -> bool:
    moved = client_payments.follow(session, day.receipts, subcontract, day.act)
    return bool(client_lines.keep_lines(session, subcontract, day.act) or moved)


def to_remind(session: Session, day: Day) -> Sequence[Party]:
    """Return the parties for which something has waited too long, unless reminded since."""
    late = _late(session, day)
    wanted = select(Party).where(Party.id.in_(late), Party.active).order_by(Party.id)
    return session.execute(wanted).scalars().all()


def _late(session: Session, day: Day, *, party: Any = None) -> dict[int, tuple[int, datetime]]:
    """Return what waits too long by party, or for one of them, but for those reminded since."""
    days = int(preferences.get(session, REMINDER_DAYS))
    if not days:
        return {}
    latest = day.act.today - timedelta(days=days)
    waiting = oldest_by_party(session, day.act.today, party=party)
    late = {key: said for key, said in waiting.items() if paris.day_of(said[1]) <= latest}
    lately = {key for key, reminded in _reminded(session, set(late)).items() if reminded > latest}
    return {key: said for key, said in late.items() if key not in lately}


def _remind(session: Session, party: Any, day: Day) -> bool:
    """Remember that a party was reminded: its people are told of it as of any other event."""
    steps.lock(session, Party, party.id)
    late = _late(session, day, party=party)
    if not late or not party.active:
        return False
    count, _since = late[party.id]
    remember(session, party, "remind", day.act, after=str(count))
    return True


def _reminded(session: Session, party_ids: set[int]) -> dict[int, date]:
    last = select(Event.subject_id, func.max(Event.at)).where(
        Event.subject == "party", Event.action == "remind", Event.subject_id.in_(party_ids)
    )
    found = session.execute(last.group_by(Event.subject_id))
    return {party_id: paris.day_of(at) for party_id, at in found}


DUTIES = (
    Duty("expire", lambda session, day: expiries.to_expire(session, day.act.today), _expire),
    Duty(
        "remind_of_silence",
        lambda session, day: silence.to_remind(session, day.act.today),
        _remind_of_silence,
    ),
    Duty(
        "accept_by_silence",
        lambda session, day: silence.to_accept(session, day.act.today),
        _accept_by_silence,
    ),
    Duty("release", lambda session, day: retentions.releasable(session, day.act.today), _release),
    Duty("follow_clients", _to_follow, _follow),
    Duty("remind", to_remind, _remind),
)
