"""The notices the cooperative knows: listed by deadline, searched by words."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from .models import Tender, TenderNotice

OPEN, UNDATED, PAST = "open", "undated", "past"
# More words than anybody types: the rest of an endless address is not searched for.
MOST_WORDS = 8


def known(
    session: Session, which: str, *, now: datetime, text: str = "", after: int | None = None, size: int = 50
) -> list[TenderNotice]:
    """Return at most `size` notices in force, those beyond the notice of id `after`.

    "open": still to be answered, the nearest deadline first; "past", the latest first; "undated", those that
    give no deadline, the newest first.
    """
    statement = select(TenderNotice).where(TenderNotice.current.is_(True), *_words(text))
    beyond = None if after is None else session.get(TenderNotice, after)
    statement = _ORDERED[which](statement, now, beyond)
    return list(session.execute(statement.limit(size)).scalars())


def tenders_begun(session: Session, notice: TenderNotice, seen: Any) -> list[Tender]:
    """Return the tenders begun from a notice among those `seen` (a condition on Tender)."""
    begun = select(Tender).where(Tender.notice_id == notice.id, seen).order_by(Tender.id)
    return list(session.execute(begun).scalars())


def newer(session: Session, notice: TenderNotice) -> TenderNotice | None:
    """Return the notice that took the place of one, if any did."""
    statement = select(TenderNotice).where(TenderNotice.replaces_id == notice.id).order_by(TenderNotice.id)
    return session.execute(statement).scalars().first()


def _words(text: str) -> list[Any]:
    """Return one condition for each word, whose signs mean themselves."""
    return [
        or_(
            TenderNotice.title.contains(word, autoescape=True),
            TenderNotice.buyer_name.contains(word, autoescape=True),
            TenderNotice.notice_key == word,
        )
        for word in text.split()[:MOST_WORDS]
    ]


def _open(statement: Any, now: datetime, beyond: TenderNotice | None) -> Any:
    deadline, key = TenderNotice.deadline, TenderNotice.id
    statement = statement.where(deadline >= now).order_by(deadline, key)
    if beyond is None or beyond.deadline is None:
        return statement
    later = and_(deadline == beyond.deadline, key > beyond.id)
    return statement.where(or_(deadline > beyond.deadline, later))


def _past(statement: Any, now: datetime, beyond: TenderNotice | None) -> Any:
    deadline, key = TenderNotice.deadline, TenderNotice.id
    statement = statement.where(deadline < now).order_by(deadline.desc(), key.desc())
    if beyond is None or beyond.deadline is None:
        return statement
    earlier = and_(deadline == beyond.deadline, key < beyond.id)
    return statement.where(or_(deadline < beyond.deadline, earlier))


def _undated(statement: Any, now: datetime, beyond: TenderNotice | None) -> Any:
    statement = statement.where(TenderNotice.deadline.is_(None)).order_by(TenderNotice.id.desc())
    return statement if beyond is None else statement.where(TenderNotice.id < beyond.id)


_ORDERED = {OPEN: _open, PAST: _past, UNDATED: _undated}
