"""The time of day, the same in every host."""

from datetime import UTC, date, datetime

from ..kernel import paris


class SystemClock:
    """The computer's clock; the day is that of Paris."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return paris.day_of(self.now())
