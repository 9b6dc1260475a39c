"""What an admin chooses at run time: names, defaults and who changed them."""

from collections.abc import Sequence

from sqlalchemy import String, select
from sqlalchemy.orm import Session

from .history import Act, Event
from .orm import TABLE_ARGS, Base, Column, Instant

SUBJECT = "preference"


class Preference(Base):
    """One choice of the cooperative (réglage)."""

    __tablename__ = "endi_ext_preference"
    __table_args__ = TABLE_ARGS

    name = Column(String(60), primary_key=True)
    value = Column(String(2000), nullable=False)
    changed_at = Column(Instant, nullable=False)
    changed_by = Column(String(190), nullable=False)


DEFAULTS = {
    "scheme": "4/6/7",
    "default_contribution_rate_bp": "1000",
    "payment_days": "30",
    "reminder_days": "7",
    "retention_max_bp": "500",
    "fiscal_year_first_month": "1",
}


def get(session: Session, name: str) -> str:
    """Return the value chosen for `name`, else its default ("" for an account that keeps its scheme's)."""
    row = session.get(Preference, name)
    return DEFAULTS.get(name, "") if row is None else str(row.value)


def several(session: Session, names: Sequence[str]) -> dict[str, str]:
    """Return the values of some names, in one trip."""
    rows = select(Preference.name, Preference.value).where(Preference.name.in_(names))
    chosen = {name: str(value) for name, value in session.execute(rows)}
    return {name: chosen.get(name, DEFAULTS.get(name, "")) for name in names}


def choose(session: Session, name: str, value: str, act: Act) -> None:
    """Set `name` to `value` and remember what it was; the value it has already is no change."""
    before = get(session, name)
    if value == before:
        return
    note(session, name, value, act)
    session.add(
        Event(
            subject=SUBJECT,
            subject_id=0,
            action="chosen",
            state_before=before,
            state_after=value,
            actor_key=act.actor_key,
            actor_name=act.actor_name,
            at=act.at,
            reason=name,
        )
    )


def note(session: Session, name: str, value: str, act: Act) -> None:
    """Set `name` to `value` without a history: for what the plugin keeps, not for what someone chose."""
    row = session.get(Preference, name) or Preference(name=name)
    row.value, row.changed_at, row.changed_by = value, act.at, act.actor_name
    session.add(row)


def changes(session: Session, *, size: int) -> list[Event]:
    """Return the latest choices, newest first: `reason` is the name of the preference."""
    events = select(Event).where(Event.subject == SUBJECT, Event.subject_id == 0)
    return list(session.execute(events.order_by(Event.id.desc()).limit(size)).scalars())
