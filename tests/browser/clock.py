"""A clock the stories turn: included after the plugin by the ini of a served host, it reads a file.

A job lasts months and its retention a year: the days pass in the file named by ENDI_EXT_TEST_CLOCK, which
holds how many days from the computer's own.
"""

import os
from datetime import datetime, timedelta
from pathlib import Path

from pyramid.events import ApplicationCreated

from endi_ext.hosts.clock import SystemClock

FILE = "ENDI_EXT_TEST_CLOCK"


class TurnedClock(SystemClock):
    """The computer's clock, some days away: as many as `path` holds."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def now(self) -> datetime:
        days = int(self.path.read_text()) if self.path.exists() else 0
        return super().now() + timedelta(days=days)


def includeme(config):
    """Give the host this clock once everything is in place."""
    config.add_subscriber(_turn, ApplicationCreated)


def _turn(event):
    event.app.registry.endi_ext_host.clock = TurnedClock(Path(os.environ[FILE]))
