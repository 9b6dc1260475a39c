"""Who was told of which event, by which letter, and what each person prefers."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint, func, select
from sqlalchemy.orm import Session, relationship

from .history import Act
from .orm import TABLE_ARGS, Base, BigInt, Column, Instant

# When a person wants letters; a notice without one is shown in the host only.
AT_ONCE, DAILY, NEVER = "at_once", "daily", "never"
NONE = "none"
CHOICES = (AT_ONCE, DAILY, NEVER)

# A letter that could not leave so many times is left; `doctor` says so.
MOST_ATTEMPTS = 10
# A letter taken to be sent and still not confirmed after that: the program stopped in between. It is not sent
# again, since it may have left, and the person has been told in the host.
UNCERTAIN_AFTER = timedelta(hours=1)


class PersonChoice(Base):
    """When a person wants letters, in which language; without a row: at once."""

    __tablename__ = "endi_ext_person_choice"
    __table_args__ = (
        CheckConstraint("letters IN ('at_once', 'daily', 'never')", name="letters_are_known"),
        TABLE_ARGS,
    )

    user_key = Column(String(60), primary_key=True)
    letters = Column(String(10), nullable=False)
    language = Column(String(10), nullable=False, default="")
    changed_at = Column(Instant, nullable=False)


class Notice(Base):
    """One person told of one event, as one of those who work in `party`.

    `letter` is "at_once", "daily" (gathered with others, one letter a day) or "none". A letter is taken
    (`claimed_at`, committed) before it is handed to the mail, and `sent_at` says that it left: whatever stops
    in between, nobody gets it twice.
    """

    __tablename__ = "endi_ext_notice"
    __table_args__ = (
        UniqueConstraint("event_id", "user_key"),
        CheckConstraint("letter IN ('at_once', 'daily', 'none')", name="letter_is_known"),
        CheckConstraint("sent_at IS NULL OR claimed_at IS NOT NULL", name="claimed_before_sent"),
        Index("ix_endi_ext_notice_of_a_person", "user_key", "id"),
        Index("ix_endi_ext_notice_to_send", "letter", "claimed_at", "id"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    event_id = Column(ForeignKey("endi_ext_event.id"), nullable=False)
    user_key = Column(String(60), nullable=False)
    party_id = Column(ForeignKey("endi_ext_party.id"), nullable=False)
    letter = Column(String(10), nullable=False)
    created_at = Column(Instant, nullable=False)
    attempts = Column(Integer, nullable=False, default=0)
    claimed_at = Column(Instant)
    sent_at = Column(Instant)

    event = relationship("Event")
    party = relationship("Party")


def choice_of(session: Session, user_key: str) -> PersonChoice:
    """Return what a person chose, or what holds without a choice."""
    found = session.get(PersonChoice, user_key)
    return found or PersonChoice(user_key=user_key, letters=AT_ONCE, language="")


def choose(session: Session, letters: str, language: str, act: Act) -> PersonChoice:
    """Set when the one who acts wants letters; the language of the page they chose on is theirs."""
    chosen = choice_of(session, act.actor_key)
    chosen.letters, chosen.language, chosen.changed_at = letters, language, act.at
    session.add(chosen)
    return chosen


def latest(session: Session, user_key: str, *, size: int) -> list[Notice]:
    """Return what a person was told lately, newest first."""
    wanted = select(Notice).where(Notice.user_key == user_key).order_by(Notice.id.desc()).limit(size)
    return list(session.execute(wanted).scalars())


def to_send(session: Session, letter: str) -> list[int]:
    """Return the ids of notices whose letter is still to leave, the oldest first."""
    pending = select(Notice.id).where(
        Notice.letter == letter, Notice.claimed_at.is_(None), Notice.attempts < MOST_ATTEMPTS
    )
    return list(session.execute(pending.order_by(Notice.id)).scalars())


def claim(session: Session, notice_id: int, at: datetime) -> Notice | None:
    """Take a letter to send it, or None when another has it or it needs none any more."""
    row = select(Notice).where(Notice.id == notice_id).with_for_update()
    notice = session.execute(row.execution_options(populate_existing=True)).scalars().one()
    if notice.letter == NONE or notice.claimed_at is not None:
        return None
    notice.claimed_at, notice.attempts = at, notice.attempts + 1
    return notice


def confirm(session: Session, notice_ids: Sequence[int], at: datetime, *, left: bool) -> None:
    """Note that letters left, or that they did not and are to be tried again."""
    for notice in session.execute(select(Notice).where(Notice.id.in_(notice_ids))).scalars():
        if left:
            notice.sent_at = at
        else:
            notice.claimed_at = None


def gathered_since(session: Session, user_key: str, since: datetime) -> bool:
    """Say whether a person's daily letter was taken since then."""
    taken = select(func.count()).where(
        Notice.user_key == user_key, Notice.letter == DAILY, Notice.claimed_at >= since
    )
    return bool(session.execute(taken.select_from(Notice)).scalar_one())


def troubles(session: Session, now: datetime) -> tuple[int, int]:
    """Return how many letters were given up, and how many may or may not have left."""
    given_up = select(func.count()).select_from(Notice)
    given_up = given_up.where(Notice.claimed_at.is_(None), Notice.attempts >= MOST_ATTEMPTS)
    uncertain = select(func.count()).select_from(Notice)
    uncertain = uncertain.where(Notice.sent_at.is_(None), Notice.claimed_at < now - UNCERTAIN_AFTER)
    return session.execute(given_up).scalar_one(), session.execute(uncertain).scalar_one()
