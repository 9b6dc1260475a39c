"""Books on a small disk that gets full while people work, on SQLite and on MariaDB. Needs root, to mount it.

    sudo python tools/full_disk.py [--rounds 3]

A file system of a few megabytes is mounted, the demo put on it, and what is left of it filled while
exchanges are recorded and settled, lists imported, letters made and months closed; then there is room again
and the same work goes on. Each step that was committed must be in the books once, each that was refused not
at all, and the books must be sound. The pages and commands are asked meanwhile what they say. A MariaDB that
stops is started again.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from webtest import TestApp

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from endi_ext import migrations
from endi_ext.exchanges import bulk, invariants, letters
from endi_ext.exchanges import service as exchanges
from endi_ext.exchanges.models import Exchange, Settlement
from endi_ext.exchanges.rules import ExchangeFacts
from endi_ext.hosts.demo import seeding
from endi_ext.hosts.demo.app import create_tables
from endi_ext.hosts.demo.app import main as demo
from endi_ext.kernel.engine import make_engine
from endi_ext.kernel.history import Act
from endi_ext.kernel.parties import INTERNAL, Party
from endi_ext.ledger import audit, seals
from endi_ext.ledger import service as ledger
from endi_ext.ledger.models import CLOSED, Entry, Period
from endi_ext.subcontracts.models import Subcontract
from tests.mariadb import Server

COMMAND = Path(sys.executable).parent / "endi-ext"
MIB = 1 << 20
SIZES = {"sqlite": 24 * MIB, "mariadb": 220 * MIB}
# Small files, all of them where the disk gets full.
SMALL = ("--innodb-log-file-size=8M", "--innodb-buffer-pool-size=32M", "--innodb-autoextend-increment=1")
TODAY = date(2026, 11, 16)
ACT = Act("user:1", "Odile Berthier", datetime(2026, 11, 16, 9, tzinfo=UTC), TODAY)
MOST_STEPS, AFTER_FULL, IMPORTED = 4_000, 40, 60
GONE = "La base de données ne répond pas"
SAID = "Le disque du serveur est plein : rien n’a été enregistré."


def run():
    """Do it on both; return how many of them failed."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--rounds", type=int, default=3, help="how many times the disk gets full")
    chosen = asked.parse_args()
    if os.geteuid() != 0:
        print("Root is needed to mount a small file system: sudo python tools/full_disk.py", file=sys.stderr)
        return 2
    return sum(not proved(kind, size, chosen.rounds) for kind, size in SIZES.items())


def proved(kind, size, rounds):
    """Fill the disk under one engine, `rounds` times. Return whether all held."""
    with small_disk(size) as disk, database(kind, disk) as (url, awaken):
        books = Books(url, disk, awaken)
        problems = []
        for number in range(rounds):
            problems += books.fill(number)
        problems += books.check()
    print(f"{kind}: {problems or 'nothing lost, nothing half done'}\n", flush=True)
    return not problems


@contextmanager
def small_disk(size):
    """Lend a folder on a file system of its own."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=True)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


@contextmanager
def database(kind, disk):
    """Lend the URL of an empty database there, and what starts its server again if it stopped."""
    if kind == "sqlite":
        yield f"sqlite:///{disk}/books.sqlite", lambda: 0
        return
    server = Server.start(disk, *SMALL, durable=True)

    def awaken():
        if server.process.poll() is None:
            return 0
        with (disk / "log").open("a") as log:
            server.process = subprocess.Popen(server.process.args, stdout=log, stderr=log)
        server.wait(disk / "log")
        return 1

    try:
        yield server.new_database(), awaken
    finally:
        server.process.kill()
        server.process.wait()


class Books:
    """A demo on the small disk: what was done in it, what was refused, and what was acknowledged."""

    def __init__(self, url, disk, awaken):
        self.url, self.disk, self.engine, self.awaken = url, disk, make_engine(url), awaken
        create_tables(self.engine)
        migrations.upgrade(self.engine)
        with Session(self.engine, future=True) as session:
            seeding.populate(session)
            seeding.directory().sync(session)
            session.commit()
            parties = select(Party.id).where(Party.kind == INTERNAL, Party.active).order_by(Party.id)
            self.parties = session.execute(parties).scalars().all()
        seals.keep_key_at(disk / "key.pem")
        self.done, self.refused, self.titles, self.numbers = {}, Counter(), [], iter(range(10**9))
        escaped = url.replace("%", "%%")
        self.ini = disk / "app.ini"
        head = "[app:main]\nuse = egg:endi_ext#demo\ndemo.includes = endi_ext\n"
        self.ini.write_text(f"{head}sqlalchemy.url = {escaped}\n")
        self.app = TestApp(demo({"here": str(disk)}, **{"sqlalchemy.url": url, "demo.includes": "endi_ext"}))
        form = self.app.get("/login").forms["login-form"]
        form["login"], form["password"] = "helene", seeding.PASSWORD
        form.submit(status=303)

    def fill(self, round_number):
        """Work until nothing fits any more, and on; make room; go on. Return what went wrong."""
        form = self.a_proposal(round_number)
        self.take_room()
        steps, since_full = 0, 0
        while since_full < AFTER_FULL and steps < MOST_STEPS:
            steps += 1
            since_full += self.step(steps) is not None
        problems = [] if since_full else ["the disk never got full"]
        problems += self.pages_while_full(form) + self.commands_while_full(round_number)
        (self.disk / "filler").unlink()
        stops = self.awaken()
        if self.form.submit().status_int != 303:
            problems.append("what was typed could not be sent again")
        if refused := [said for said in (self.step(number) for number in range(40)) if said]:
            problems.append(f"refused though there was room: {refused[:3]}")
        print(f"  round {round_number + 1}: {steps} steps, the server stopped {stops} times; refused so far:")
        for said, times in self.refused.most_common(8):
            print(f"    {times} × {said}", flush=True)
        return problems

    def take_room(self):
        """Leave what a few hundred entries need."""
        room = os.statvfs(self.disk)
        with (self.disk / "filler").open("wb") as filler:
            filler.write(b"\1" * max(0, room.f_bavail * room.f_frsize - MIB // 2))

    def step(self, number):
        """Do one thing in a transaction of its own; note it if committed. Return why not, else none."""
        kind = ("record", "record", "settle", "record", "import", "close")[number % 6]
        if kind == "close" and number % 60 != 5:
            kind = "record"
        try:
            with Session(self.engine, future=True) as session:
                told = getattr(self, f"_{kind}")(session)
                session.commit()
        except (DBAPIError, OSError) as error:
            said = str(getattr(error, "orig", error))
            self.refused[f"{kind}: {said}"[:90]] += 1
            return said
        self.done.update(told)
        return None

    def _facts(self, day=TODAY):
        number = next(self.numbers)
        seller, buyer = self.parties[number % 5], self.parties[5 + number % 5]
        return ExchangeFacts(
            f"small:{number}", seller, buyer, 1_000 + number, day, f"Échange {number} " + "x" * 100
        )

    def _record(self, session, day=TODAY):
        facts = self._facts(day)
        exchanges.record(session, facts, ACT)
        return {facts.source: facts.net_cents}

    def _settle(self, session):
        told = self._record(session)
        (source,) = told
        one = session.execute(select(Exchange).where(Exchange.source == source)).scalar_one()
        key = f"key {source}"
        exchanges.settle(session, one, amount_cents=one.net_cents, settled_on=TODAY, request_key=key, act=ACT)
        return told | {f"settlement:{key}": one.net_cents}

    def _import(self, session):
        facts = [self._facts() for _ in range(IMPORTED)]
        paid = {one.source: TODAY for one in facts[::2]}
        bulk.record_many(session, facts, ACT, settled_on=paid)
        letters.catch_up(session, ACT)
        keys = {f"settlement:{bulk.settlement_key(one.source)}": one.net_cents for one in facts[::2]}
        return {one.source: one.net_cents for one in facts} | keys

    def _close(self, session):
        """Close the oldest month there is, after an entry of it."""
        last = session.execute(select(func.max(Period.ends_on)).where(Period.state == CLOSED)).scalar()
        month = (
            date(2020, 1, 15) if last is None else date(last.year + last.month // 12, last.month % 12 + 1, 15)
        )
        told = self._record(session, month)
        ledger.close_period(session, ledger.period_of(session, month), ACT)
        return told | {f"closed:{month:%Y-%m}": 0}

    def a_proposal(self, number):
        form = self.app.get("/companies/1/exchanges/subcontracts/new").forms["endi_ext_form"]
        self.titles.append(f"Escalier {number}")
        form["title"], form["seller"], form["due_on"] = (
            f"Escalier {number}",
            "Atelier Trait Juste",
            "2027-01-31",
        )
        for name, value in (("quantity_thousandths", "1"), ("unit", "h"), ("unit_price_cents", "50")):
            form.set(name, value, index=0)
        form.set("description", "🪵" * 500, index=0)
        form["message"] = "🪵" * 1_900
        return form

    def pages_while_full(self, form):
        """Send a form to a full disk; keep the page that answers."""
        use_up(self.disk / "filler")
        said = form.submit("submit", expect_errors=True)
        self.form = said.form if said.status_int == 503 else form
        words = " ".join(said.html.get_text(" ").split()) if said.status_int != 303 else "saved"
        print(f"  page: {said.status_int} {words[:150]}")
        # A server may have room inside its own files: what it says is saved is looked for at the end.
        told = SAID in words or GONE in words or said.status_int == 303
        return [] if told else [f"the page answers {said.status_int} {words[:80]}"]

    def commands_while_full(self, number):
        """Export, sign and import on the full disk; nothing half may stay."""
        problems, out = [], self.disk / f"journal{number}.csv"
        use_up(self.disk / "filler")
        for command in (
            ("export", "journal", "--period", "2026-11", "--format", "csv", "--out", out),
            ("checkpoint", "--out", self.disk / f"checkpoint{number}.json"),
        ):
            whole = [COMMAND, "-c", self.ini, *map(str, command)]
            ended = subprocess.run(whole, capture_output=True, text=True, check=False)
            print(f"  {command[0]}: {ended.returncode} {ended.stderr.strip()[:150]}")
            said = any(
                words in ended.stderr for words in ("Le disque est plein", "La base de données refuse")
            )
            if ended.returncode != 1 or not said or Path(command[-1]).exists():
                problems.append(f"{command[0]} ended with {ended.returncode}: {ended.stderr[-200:]}")
        left = [one.name for one in self.disk.iterdir() if re.match(r"\.(journal|checkpoint)", one.name)]
        return problems + [f"half written: {left}"] * bool(left)

    def check(self):
        """Hold what was committed against the books. Return what is wrong."""
        with Session(self.engine, future=True) as session:
            verdict, broken = audit.verify(session), invariants.check(session)
            found = dict(session.execute(select(Exchange.source, Exchange.net_cents)).all())
            paid = session.execute(select(Settlement.request_key, Settlement.amount_cents))
            found |= {f"settlement:{key}": cents for key, cents in paid}
            entries = set(session.execute(select(Entry.source)).scalars())
            closed = session.execute(select(Period.starts_on).where(Period.state == CLOSED)).scalars()
            found |= {f"closed:{day:%Y-%m}": 0 for day in closed}
            titles = Counter(session.execute(select(Subcontract.title)).scalars())
        wanted = Counter(self.titles)
        lost = {key: cents for key, cents in self.done.items() if found.get(key) != cents}
        half = {key for key in found if not key.startswith("closed:") and key not in entries}
        extra = {key for key in found if key not in self.done}
        print(f"  {len(self.done)} committed, {len(found)} found, {verdict.entries} entries")
        wrong = {
            "proposals": (titles - wanted) + (wanted - titles),
            "lost": lost,
            "half": half,
            "not committed": extra,
            "breaks": verdict.breaks,
            "broken": broken,
        }
        return [f"{name}: {list(what)[:5]}" for name, what in wrong.items() if what]


def use_up(filler):
    """Take the last byte there is."""
    with filler.open("ab", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"\1" * 4096)


if __name__ == "__main__":
    sys.exit(run())
