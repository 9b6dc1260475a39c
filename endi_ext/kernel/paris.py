"""The days of the cooperative are those of Europe/Paris, whatever the clock of the computer."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def day_of(at: datetime) -> date:
    """Return the day of an aware instant."""
    return at.astimezone(PARIS).date()
