"""A clock the stories turn: included after the plugin by the ini of a served host, it reads a file.

A job lasts months and its retention a year: the days pass in the file named by ENDI_EXT_TEST_CLOCK, which
holds how many days from the computer's own.
"""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pyramid.events import ApplicationCreated

PARIS = ZoneInfo("Europe/Paris")
FILE = "ENDI_EXT_TEST_CLOCK"


class TurnedClock:
    """The computer's clock, some days away."""

    def now(self) -> datetime:
        path = Path(os.environ[FILE])
        days = int(path.read_text()) if path.exists() else 0
        return datetime.now(UTC) + timedelta(days=days)

    def today(self) -> date:
        return self.now().astimezone(PARIS).date()


def includeme(config):
    """Give the host this clock once everything is in place."""
    config.add_subscriber(_turn, ApplicationCreated)


def _turn(event):
    event.app.registry.endi_ext_host.clock = TurnedClock()
