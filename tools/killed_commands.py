"""Commands killed in the middle (SIGKILL), run again, and held against one that nobody killed.

    python tools/killed_commands.py [--exchanges 20000] [--kills 4]

Each command meets the same book of the demo with so many exchanges, is killed at several moments of its usual
time, and is run again. The book must be sound after the kill and after the second run, which must succeed and
end where an undisturbed run ends; a file it writes is whole or is not there.
"""

import argparse
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from endi_ext import migrations
from endi_ext.exchanges import bulk, invariants
from endi_ext.exchanges.models import Exchange
from endi_ext.exchanges.rules import ExchangeFacts
from endi_ext.hosts.demo import seeding
from endi_ext.hosts.demo.app import create_tables
from endi_ext.kernel.engine import make_engine
from endi_ext.kernel.history import Act
from endi_ext.kernel.parties import INTERNAL, Party
from endi_ext.ledger import audit
from endi_ext.ledger.lettering_models import Matching
from endi_ext.ledger.models import CLOSED, Entry, Period
from endi_ext.tenders.award_models import Award

COMMAND = Path(sys.executable).parent / "endi-ext"
AWARDS = Path(__file__).resolve().parent.parent / "tests/data/notices/decp/decp_processing_test_2022.json"
ACT = Act("user:1", "Odile Berthier", datetime(2026, 11, 16, 9, tzinfo=UTC), date(2026, 11, 16))
LETTERS = ("matching_line", "matching_past_line", "matching", "open_item", "lettered_account")
COMMANDS = {
    "close": ("close", "--period", "2026-01", "--reason", "Essai"),
    "export": ("export", "journal", "--period", "2026", "--format", "csv", "--out", "{out}"),
    "export fec": (*("export", "journal", "--period", "2026", "--siren", "000543215", "--out", "{out}"),),
    "letter": ("letter",),
    "adopt": ("adopt",),
    "import": ("import", "decp", str(AWARDS)),
}


def main():
    """Kill each command some times; return how often something was wrong."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--exchanges", type=int, default=20_000)
    asked.add_argument("--kills", type=int, default=4)
    asked.add_argument("--only", nargs="*", choices=COMMANDS, default=list(COMMANDS))
    chosen = asked.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.sqlite"
        make_book(whole, chosen.exchanges)
        for name in chosen.only:
            wrong += tried(Path(folder), whole, name, COMMANDS[name], chosen.kills)
    return wrong


def make_book(path, count):
    """Fill a demo with its own story and so many exchanges, as they were before there were letters."""
    engine = make_engine(f"sqlite:///{path}")
    create_tables(engine)
    migrations.upgrade(engine)
    with Session(engine, future=True) as session:
        seeding.tell_story(session)
        session.flush()
        parties = (
            session.execute(select(Party.id).where(Party.kind == INTERNAL, Party.active)).scalars().all()
        )
        facts = [
            ExchangeFacts(
                f"killed:{number}",
                parties[number % 5],
                parties[5 + number % 5],
                1_000 + number,
                date(2026, 1 + number % 10, 10),
                f"Échange {number}",
            )
            for number in range(count)
        ]
        paid = {one.source: date(2026, 11, 2) for one in facts[::2]}
        bulk.record_many(session, facts, ACT, settled_on=paid)
        for table in LETTERS:
            session.execute(text(f"DELETE FROM endi_ext_{table}"))
        session.commit()
    engine.dispose()


def tried(folder, whole, name, command, kills):
    """Run a command undisturbed, then killed at several moments; say what came of it. Return the failures."""
    place = Place(folder / name.replace(" ", "_"), whole)
    began = time.monotonic()
    place.run(command)
    took_s = time.monotonic() - began
    expected, wrong = place.state(), []
    for number in range(kills):
        place = Place(folder / f"{name.replace(' ', '_')}_{number}", whole)
        was_killed = place.run(command, kill_after_s=took_s * (0.4 + 0.6 * number / kills))
        after = place.state()
        if was_killed and after["file"] not in ("", expected["file"]):
            wrong.append(f"half a file: {after['file']}")
        again = place.run_again(command, name)
        found = place.state()
        wrong += [
            f"{key}: {found[key]} instead of {expected[key]}" for key in found if found[key] != expected[key]
        ]
        wrong += [after["sound"]] * (after["sound"] != "sound") + again
    print(
        f"{name}: {took_s:.1f} s undisturbed, killed {kills} times; {wrong or 'ends as if it had not been'}",
        flush=True,
    )
    return bool(wrong)


class Place:
    """A copy of the book with an ini and a folder of its own."""

    def __init__(self, folder, whole):
        folder.mkdir()
        self.url, self.out = f"sqlite:///{folder}/books.sqlite", folder / "out"
        shutil.copy(whole, folder / "books.sqlite")
        self.ini = folder / "app.ini"
        lines = (
            "[app:main]",
            "use = egg:endi_ext#demo",
            f"sqlalchemy.url = {self.url}",
            "demo.includes = endi_ext",
            "",
        )
        self.ini.write_text("\n".join(lines))

    def run(self, command, kill_after_s=None):
        """Run a command, to its end or until it is killed; return whether it was."""
        words = [COMMAND, "-c", self.ini, *(word.format(out=self.out) for word in command)]
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            _said, self.said = process.communicate(timeout=kill_after_s)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
            return True
        self.code = process.returncode
        return False

    def run_again(self, command, name):
        """Run a command that was killed; return what is wrong with it."""
        if self.out.exists():
            return []  # it was done when it was killed
        self.run(command)
        if self.code and "export" in name and "déjà" in self.said:
            self.run((*command, "--again"))  # noted, and killed before the file was there: on demand only
        done_before = self.code and name == "close" and "clôtur" in self.said
        return [f"the second run: {self.said[-200:]}"] if self.code and not done_before else []

    def state(self):
        """Return what the book and the file are."""
        engine = make_engine(self.url)
        with Session(engine, future=True) as session:
            verdict, broken = audit.verify(session), invariants.check(session)
            counts = {
                model.__tablename__: session.execute(select(func.count()).select_from(model)).scalar_one()
                for model in (Exchange, Entry, Matching, Award)
            }
            closed = session.execute(select(Period.starts_on).where(Period.state == CLOSED)).scalars().all()
        engine.dispose()
        file = sha256(self.out.read_bytes()).hexdigest()[:12] if self.out.exists() else ""
        sound = "sound" if verdict.sound and not broken else f"{verdict.breaks} {broken[:3]}"
        return {"sound": sound, "closed": len(closed), "file": file, **counts}


if __name__ == "__main__":
    sys.exit(main())
