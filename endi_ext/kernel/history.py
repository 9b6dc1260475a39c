"""Who did what, when and why: one table for the history of every document."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Index, String, select
from sqlalchemy.orm import Session

from .orm import TABLE_ARGS, Base, BigInt, Column, Instant

# Set in `session.info` by whoever remembers: once it is committed there is something to tell.
UNTOLD = "endi_ext_untold"


@dataclass(frozen=True)
class Act:
    """Who acts and when: made once per request by the host, handed to every service.

    `actor_key` is the host's key ("user:12", "cli", "worker"), `at` an aware instant, `today` the date at
    Europe/Paris.
    """

    actor_key: str
    actor_name: str
    at: datetime
    today: date


class Event(Base):
    """One step in the life of a document (historique); insert-only by habit, shown to both sides.

    `untold` is true until those whom it concerns were told (notices.py), then none.
    """

    __tablename__ = "endi_ext_event"
    __table_args__ = (Index("ix_endi_ext_event_subject", "subject", "subject_id", "id"), TABLE_ARGS)

    id = Column(BigInt, primary_key=True)
    subject = Column(String(30), nullable=False)
    subject_id = Column(BigInt, nullable=False)
    action = Column(String(30), nullable=False)
    state_before = Column(String(30))
    state_after = Column(String(30))
    actor_key = Column(String(60), nullable=False)
    actor_name = Column(String(190), nullable=False)
    at = Column(Instant, nullable=False)
    reason = Column(String(2000))
    untold = Column(Boolean, index=True)


def remember(
    session: Session,
    document: Any,
    action: str,
    act: Act,
    *,
    before: str | None = None,
    after: str | None = None,
    reason: str | None = None,
) -> Event:
    """Note in the history of `document` what was done to it."""
    event = Event(
        subject=document.__tablename__.removeprefix("endi_ext_"),
        subject_id=document.id,
        action=action,
        state_before=before,
        state_after=after,
        actor_key=act.actor_key,
        actor_name=act.actor_name,
        at=act.at,
        reason=reason,
        untold=True,
    )
    session.add(event)
    session.info[UNTOLD] = True
    return event


def history_of(session: Session, document: Any) -> list[Event]:
    """Return what happened to `document`, oldest first."""
    subject = document.__tablename__.removeprefix("endi_ext_")
    events = select(Event).where(Event.subject == subject, Event.subject_id == document.id).order_by(Event.id)
    return list(session.execute(events).scalars())
