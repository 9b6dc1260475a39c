"""People at work in the real enDI while its parts are killed: nothing they were told is done may be missing.

    ENDI_STATE=/tmp/storm .venv-endi/bin/python tools/storm.py --minutes 30 --people 4

Everybody proposes, counters, signs, delivers in part, contests, accepts, answers tenders and settles through
the pages, again and again, while an accountant reads the desk, imports, closes months. Meanwhile pserve, the
worker and MariaDB (it waits for the disk at each commit) are killed at random and come back.
Who gets no answer sends the same form again, as people do. At the end each operation that was acknowledged is
looked for in the books, nothing may be there twice, and the worker's papers are held against both.
"""

import argparse
import os
import random
import secrets
import signal
import sys
import threading
import time
import urllib.request

os.environ["ENDI_DURABLE"] = "yes"

import endi_processes as processes
import redis
from endi_host import serve, stop
from endi_servers import BIN, start_mariadb, start_servers, write_ini
from storm_lives import keep_the_books, work
from storm_people import AGENT, Diary, Person
from storm_report import report

from endi_ext.kernel.engine import make_engine

PARTS = ("pserve", "pserve", "worker", "mariadb")
CALM_S = (10, 30)
DOWN_S = (0.5, 4)
processes.PATIENCE_S = 600  # on a busy machine enDI takes minutes to start


def main():
    """Run the storm, then say what was acknowledged and what the books hold."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--minutes", type=float, default=30)
    asked.add_argument("--people", type=int, default=4)
    asked.add_argument("--seed", type=int, default=1)
    chosen = asked.parse_args()
    serve()
    servers = start_servers()
    diary, mark = Diary(), f"Tempête {secrets.token_hex(2)}"
    print(f"{mark}: {chosen.people} people, {chosen.minutes} minutes, seed {chosen.seed}", flush=True)
    kills = lived(servers, chosen, diary, mark)
    url = f"mysql://endi:{servers['password']}@127.0.0.1:{servers['mariadb']}/endi_endi?charset=utf8mb4"
    sound = report(make_engine(url, pooled=False), kills, diary, mark)
    stop()
    return 0 if sound else 1


def lived(servers, chosen, diary, mark):
    """Let people work under the storm; return the kills once they have finished what they were at."""
    over, address = threading.Event(), f"http://127.0.0.1:{servers['http']}"
    people = [
        threading.Thread(target=work, args=(Person(address, diary), number, chosen.seed, mark, over))
        for number in range(chosen.people)
    ]
    desk = (Person(address, diary), chosen.seed, mark, over)
    people.append(threading.Thread(target=keep_the_books, args=desk))
    for one in people:
        one.start()
    try:
        return storm(servers, random.Random(chosen.seed), chosen.minutes * 60)
    finally:
        over.set()
        for one in people:
            one.join()


def storm(servers, rng, seconds):
    """Kill a part now and then and start it again; return (part, seconds until it worked again)."""
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
    """Start a part again and wait until it does its work, not only until it listens."""
    web, worker = write_ini(servers, "endi")
    if part == "worker":
        celery = ("-A", "pyramid_celery.celery_app", "worker", "--ini", worker, "--concurrency", "1")
        processes.start("worker", BIN / "celery", *celery)
        processes.wait_until(lambda: takes_tasks(servers), "the worker does not come back")
        return
    if part == "mariadb":
        start_mariadb(servers)
    else:
        processes.start("pserve", BIN / "pserve", web)
    processes.wait_until(lambda: shows_a_page(servers), f"{part} does not come back")


def takes_tasks(servers):
    """Return whether a worker waits at the broker for what to do, or works."""
    clients = redis.Redis(port=servers["redis"]).client_list()
    return any(one["cmd"] == "brpop" for one in clients)


def shows_a_page(servers):
    """Return whether the page of the login, which reads the database, is shown."""
    address = f"http://127.0.0.1:{servers['http']}/login"
    try:
        asked = urllib.request.Request(address, headers={"User-Agent": AGENT})
        return urllib.request.urlopen(asked, timeout=5).status == 200
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())
