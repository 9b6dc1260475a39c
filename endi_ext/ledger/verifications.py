"""The last verification of the book: what it found, when, and how long it took."""

import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ..kernel import preferences
from ..kernel.history import Act
from ..kernel.preferences import Preference
from . import audit

NAME = "last_verification"


class TookTooLong(Exception):
    """The verification was stopped: the book is too long for the time that was given."""


@dataclass(frozen=True)
class Verification:
    """A verification that ended (`complete`), or that was stopped after `done_entries` of `entries`.

    `break_code` is the code of the first break and `break_facts` its facts; none means the book is sound.
    """

    complete: bool
    entries: int
    done_entries: int
    digest: str
    seconds: float
    break_code: str = ""
    break_facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sound(self) -> bool:
        """It ended and found nothing."""
        return self.complete and not self.break_code

    def seconds_for(self, entries: int) -> float:
        """Return how long a whole book of `entries` would take at the same pace."""
        return self.seconds * entries / self.done_entries if self.done_entries else 0.0


def verify(session: Session, act: Act, *, within_seconds: float | None = None) -> Verification:
    """Verify the book and keep the result; stop after `within_seconds`, keeping how far it came."""
    began, done = time.monotonic(), [0, 0]

    def progress(read: int, of: int) -> None:
        done[:] = read, of
        if within_seconds is not None and time.monotonic() - began > within_seconds:
            raise TookTooLong

    try:
        verdict = audit.verify(session, progress=progress)
    except TookTooLong:
        found = Verification(False, done[1], done[0], "", time.monotonic() - began)
    else:
        found = of_verdict(verdict, time.monotonic() - began)
    keep(session, found, act)
    return found


def of_verdict(verdict: audit.Verdict, seconds: float) -> Verification:
    """Return what a verification that ended is remembered by."""
    code, facts = verdict.breaks[0] if verdict.breaks else ("", {})
    told = {name: value if isinstance(value, int) else str(value)[:200] for name, value in facts.items()}
    return Verification(True, verdict.entries, verdict.entries, verdict.digest, seconds, code, told)


def keep(session: Session, found: Verification, act: Act) -> None:
    """Remember the result of a verification in place of the last one."""
    preferences.note(session, NAME, json.dumps(asdict(found)), act)


def last(session: Session) -> tuple[Verification, datetime, str] | None:
    """Return the last verification, when it was and who asked for it."""
    row = session.get(Preference, NAME)
    told = {} if row is None else json.loads(row.value)
    # What another version of the plugin kept in other words says nothing any more.
    if row is None or told.keys() != {one.name for one in fields(Verification)}:
        return None
    return Verification(**told), row.changed_at, row.changed_by
