"""A long book proved by two processes: another one walks its second half while this one walks the first.

Together they only ever say that a book is sound. Whatever else comes of it (a break on either side, a seam
that does not fit, a process that does not start or stops) and the book is proved from its beginning by one
process: its verdict counts, and names the first break.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..kernel.engine import make_engine, read_only, reading_once
from . import audit, audit_totals, draft_audit
from .audit import Replay, Verdict
from .audit_totals import Break, Totals
from .models import Entry, Seal

LONG = 40_000  # entries from which the other process is worth its start
# -P: nothing of the folder we are called from is imported.
COMMAND = (sys.executable, "-P", "-W", "ignore", "-m", "endi_ext.ledger.audit_halves")

Progress = Callable[[int, int], None]


def verify(session: Session, *, checkpoint: str | None = None, progress: Progress | None = None) -> Verdict:
    """Prove the whole book as `audit.verify` does, by two processes if it is long.

    For commands that read what is committed: the other process sees nothing else.
    """
    last = session.execute(select(func.max(Entry.id))).scalar() or 0
    if last >= LONG and (os.cpu_count() or 1) > 1:
        try:
            return _by_two(session, last, checkpoint, progress)
        except (Break, OSError, ValueError):
            pass
    return audit.verify(session, checkpoint=checkpoint, progress=progress)


def _by_two(session: Session, last: int, checkpoint: str | None, progress: Progress | None) -> Verdict:
    """Return that the book is sound. Raises Break, OSError or ValueError where that is not sure."""
    middle = last // 2

    def of_both(done: int, _middle: int) -> None:
        if progress is not None:
            progress(last - 2 * (middle - done), last)

    with reading_once(session), _other_process() as other:
        replay = Replay(session)
        replay.know_marks(checkpoint)
        _ask(other, session, replay, middle, last)
        replay.begin()
        replay.walk(middle, of_both)
        audit_totals.take_kept(session, replay.totals)
        draft_audit.check(session)
        _join(replay, json.loads(other.stdout.read()), last)
        replay.prove_the_end()
    if not replay.totals.right:
        raise Break("day_total_differs")
    return replay.verdict()


@contextmanager
def _other_process() -> Iterator[Any]:
    """Lend a process that waits for what it is asked; it ends with us, whatever happens."""
    words: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    # Of what goes wrong there nothing need be told: it is found again here.
    with subprocess.Popen(COMMAND, stderr=subprocess.DEVNULL, **words) as other:  # noqa: S603 - our own Python
        try:
            yield other
        finally:
            other.kill()


def _ask(other: Any, session: Session, replay: Replay, middle: int, last: int) -> None:
    """Tell the other process what to prove. Our secret too: both weigh the totals alike."""
    marks = [sequence for sequence in replay.marks if middle < sequence <= last]
    asked = {
        # Holds a password: through the pipe, never as an argument that others see.
        "url": session.connection().engine.url.render_as_string(hide_password=False),
        "middle": middle,
        "last": last,
        "secret": replay.totals.secret.hex(),
        "marks": [(sequence, replay.marks.pop(sequence)) for sequence in marks],
    }
    with other.stdin:
        json.dump(asked, other.stdin)


def _join(replay: Replay, found: dict[str, Any], last: int) -> None:
    """Go on from the end of the second half, where it began just as the first one ended."""
    if found["begins"] != _place(replay):
        raise ValueError("the halves do not fit")
    replay.sequence, replay.digest, _numbers = found["ends"]
    if replay.sequence != last:
        raise ValueError("the second half is not whole")
    replay.entries += found["entries"]
    replay.lines += found["lines"]
    for day, weighed in found["weighed"].items():
        replay.totals.add(day, weighed)


def _place(replay: Replay) -> list[Any]:
    """Return where a walk stands: sequence, digest, and the last number of each journal and year."""
    return [replay.sequence, replay.digest, sorted([*key, last] for key, last in replay.numbers.items())]


def _second_half(asked: dict[str, Any]) -> dict[str, Any]:
    """Prove what follows the middle, starting from what the book says of the middle."""
    engine = make_engine(asked["url"], pooled=False)
    with read_only(Session(engine, future=True)) as session, reading_once(session):
        replay = Replay(session, Totals(bytes.fromhex(asked["secret"])))
        replay.marks = dict(asked["marks"])
        _go_to(replay, asked["middle"])
        begins = _place(replay)
        replay.begin()
        replay.walk(asked["last"])
        weighed = replay.totals.weighed
        found = {"begins": begins, "ends": _place(replay), "weighed": weighed}
        return {**found, "entries": replay.entries, "lines": replay.lines}


def _go_to(replay: Replay, middle: int) -> None:
    """Stand behind an entry as if all before it were proved: whoever proves it must come to the same."""
    session = replay.session
    seal = select(Seal.digest).where(Seal.sequence == middle)
    last_numbers = (
        select(Entry.journal_id, Entry.fiscal_year, func.max(Entry.number))
        .where(Entry.id <= middle)
        .group_by(Entry.journal_id, Entry.fiscal_year)
    )
    replay.sequence, replay.digest = middle, session.execute(seal).scalar_one()
    replay.numbers = {(journal, year): last for journal, year, last in session.execute(last_numbers)}


if __name__ == "__main__":
    json.dump(_second_half(json.load(sys.stdin)), sys.stdout)
