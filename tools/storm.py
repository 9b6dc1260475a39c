"""People at work in the real enDI while its parts are killed: nothing they were told is done may be missing.

    ENDI_STATE=/tmp/storm .venv-endi/bin/python tools/storm.py --minutes 30 --people 4

Everybody proposes, signs, delivers, accepts and settles through the pages, again and again. Meanwhile the
pages, the worker and MariaDB (it waits for the disk at each commit) are killed at random and come back. Who
gets no answer sends the same form again, as people do. At the end what was acknowledged is held against the
books, once the worker has made the papers of all.
"""

import argparse
import os
import random
import signal
import sys
import threading
import time

os.environ["ENDI_DURABLE"] = "yes"

import endi_processes as processes
from endi_host import serve, stop
from endi_servers import BIN, start_mariadb, start_servers, write_ini
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from storm_people import Person, Troubles, work

from endi_ext.exchanges import invariants
from endi_ext.exchanges.models import Exchange, Settlement
from endi_ext.exchanges.paper_models import FAILED, INVOICE, PENDING, DocumentTask, HostDocument
from endi_ext.kernel.engine import make_engine
from endi_ext.ledger import audit
from endi_ext.subcontracts.models import Subcontract

PARTS = ("pserve", "pserve", "worker", "mariadb")
CALM_S = (15, 45)
DOWN_S = (0.5, 4)
PAPERS_S = 1_800


def main():
    """Run the storm, then say what was acknowledged and what the books hold."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--minutes", type=float, default=30)
    asked.add_argument("--people", type=int, default=4)
    asked.add_argument("--seed", type=int, default=1)
    chosen = asked.parse_args()
    serve()
    servers = start_servers()
    address = f"http://127.0.0.1:{servers['http']}"
    over, told, troubles = threading.Event(), [], Troubles()
    people = [
        threading.Thread(target=work, args=(Person(address, troubles), number, chosen.seed, over, told))
        for number in range(chosen.people)
    ]
    for one in people:
        one.start()
    kills = storm(servers, random.Random(chosen.seed), chosen.minutes * 60)
    over.set()
    for one in people:
        one.join()
    sound = report(servers, kills, told, troubles)
    stop()
    return 0 if sound else 1


def storm(servers, rng, seconds):
    """Kill a part now and then and start it again; return (part, seconds until it answered again)."""
    kills, until = [], time.monotonic() + seconds
    while time.monotonic() < until:
        time.sleep(rng.uniform(*CALM_S))
        part = rng.choice(PARTS)
        pid = processes.running(part)
        began = time.monotonic()
        os.killpg(pid, signal.SIGKILL)  # it was started apart: its children go with it
        processes.wait_until(lambda part=part: processes.running(part) is None, f"{part} does not die")
        time.sleep(rng.uniform(*DOWN_S))
        start_again(servers, part)
        kills.append((part, time.monotonic() - began))
        print(f"{part} killed, back after {kills[-1][1]:.1f} s", flush=True)
    return kills


def start_again(servers, part):
    web, worker = write_ini(servers, "endi")
    if part == "mariadb":
        start_mariadb(servers)
    elif part == "worker":
        celery = ("-A", "pyramid_celery.celery_app", "worker", "--ini", worker, "--concurrency", "1")
        processes.start("worker", BIN / "celery", *celery)
    else:
        processes.start("pserve", BIN / "pserve", web)
        processes.wait_until(lambda: processes.listens(servers["http"]), "pserve does not come back")


def report(servers, kills, told, troubles):
    """Hold what people were told against the books. Return whether all agrees."""
    url = f"mysql://endi:{servers['password']}@127.0.0.1:{servers['mariadb']}/endi_endi?charset=utf8mb4"
    engine = make_engine(url, pooled=False)
    wait_for_papers(engine)
    wrong = []
    with Session(engine, future=True) as session:
        for kind, key in told:
            found = counted(session, kind, key)
            if found != 1:
                wrong.append((kind, key, found))
        verdict, broken = audit.verify(session), invariants.check(session)
        papers = select(func.count()).select_from(DocumentTask)
        failed = session.execute(papers.where(DocumentTask.state == FAILED)).scalar_one()
        waiting = session.execute(papers.where(DocumentTask.state == PENDING)).scalar_one()
        twice = (
            select(HostDocument.exchange_id)
            .where(HostDocument.kind == INVOICE)
            .group_by(HostDocument.exchange_id)
            .having(func.count() > 1)
        )
        doubled = session.execute(twice).scalars().all()
    print(f"\nAcknowledged: {len(told)}; missing or doubled in the books: {len(wrong)} {wrong[:5]}")
    print(f"Requests: {troubles.asked}; without an answer or refused with 5xx: {troubles.failed}")
    print(f"Kills: {len(kills)}")
    for part in sorted(set(PARTS)):
        back = sorted(seconds for name, seconds in kills if name == part)
        if back:
            print(
                f"  {part}: {len(back)}, back after {back[len(back) // 2]:.1f} s (longest {back[-1]:.1f} s)"
            )
    print(f"Books: {verdict.entries} entries, sound: {verdict.sound} {verdict.breaks}; invariants: {broken}")
    print(f"Papers: waiting {waiting}, given up {failed}, exchanges with two invoices {doubled}")
    return verdict.sound and not (wrong or broken or doubled or waiting)


def wait_for_papers(engine):
    limit = time.monotonic() + PAPERS_S
    pending = select(func.count()).select_from(DocumentTask).where(DocumentTask.state == PENDING)
    while time.monotonic() < limit:
        with Session(engine, future=True) as session:
            if not session.execute(pending).scalar_one():
                return
        time.sleep(2)


def counted(session, kind, key):
    wanted = {
        "proposed": select(func.count()).select_from(Subcontract).where(Subcontract.title == key),
        "accepted": select(func.count()).select_from(Exchange).where(Exchange.label.like(f"{key}%")),
        "settled": select(func.count())
        .select_from(Settlement)
        .join(Exchange, Exchange.id == Settlement.exchange_id)
        .where(Exchange.label.like(f"{key}%")),
    }
    return session.execute(wanted[kind]).scalar_one()


if __name__ == "__main__":
    sys.exit(main())
