"""People who open pages of served hosts, by locust: a plan in, how long each page took out.

    python -m benchmarks.people PLAN.json        prints JSON; a process of its own, for locust turns it over

Everybody logs in before anything is measured. In turn, one person opens all pages one after the other, so
many rounds, without a pause, with a browser for each account and host. Otherwise each of many has one account
and one connection, as people do, opens any of its pages, reads for some seconds, opens another, until the
time is over.
"""

# Before anything else: sockets wait for each other without threads.
from gevent import monkey

monkey.patch_all()

import json  # noqa: E402
import random  # noqa: E402
import re  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from collections import defaultdict  # noqa: E402
from collections.abc import Iterator  # noqa: E402
from itertools import count  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

import gevent  # noqa: E402
from gevent.event import Event  # noqa: E402
from gevent.lock import Semaphore  # noqa: E402
from locust import User, task  # noqa: E402
from locust.contrib.fasthttp import FastHttpSession  # noqa: E402
from locust.env import Environment  # noqa: E402
from locust.exception import StopUser  # noqa: E402

# enDI sends browsers it does not know to a page that says so.
AGENT = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
)
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
LOG_IN, PATIENCE_S = "log in", 60


class Person(User):
    """Somebody who opens pages: see the plan."""

    plan: dict[str, Any]
    begin: Event
    door: Semaphore
    numbers: Iterator[int]
    ready: list[int]

    def on_start(self) -> None:
        number = next(self.numbers)
        self.random = random.Random(number)
        self.browsers: dict[tuple[str, str], FastHttpSession] = {}
        self.pages = self.plan["pages"] if self.plan["rounds"] else pages_of(self.plan["pages"], number)
        # Passwords take their time: fifty at once would be what is measured, or time out.
        with self.door:
            for page in self.pages:
                self.browser(page["host"], page["login"])
        self.ready.append(number)
        self.begin.wait()

    def browser(self, host: str, login: str) -> FastHttpSession:
        """Return the browser of an account, logged in."""
        if (host, login) not in self.browsers:
            session = FastHttpSession(host, self.environment.events.request, self)
            self.browsers[host, login] = session
            form = session.get("/login", name=LOG_IN, headers={"User-Agent": AGENT}).text or ""
            found = TOKEN.search(form)
            sent = {"login": login, "password": self.plan["password"], "submit": "submit", "nextpage": "/"}
            sent |= {"csrf_token": found[1]} if found else {}
            words = {"headers": {"User-Agent": AGENT}, "allow_redirects": False, "name": LOG_IN}
            answer = session.post("/login", data=sent, **words)
            if answer.status_code not in (302, 303):
                raise RuntimeError(f"{login} cannot log in to {host}: {answer.status_code}")
        return self.browsers[host, login]

    @task
    def walk(self) -> None:
        """Open pages as the plan says."""
        if self.plan["rounds"]:
            for _ in range(self.plan["rounds"]):
                for page in self.pages:
                    self.open(page)
            raise StopUser
        shortest, longest = self.plan["pause_s"]
        gevent.sleep(self.random.uniform(0, longest))
        while True:
            self.open(self.random.choice(self.pages))
            gevent.sleep(self.random.uniform(shortest, longest))

    def open(self, page: dict[str, str]) -> None:
        """Open a page; whatever is not the page itself is a failure."""
        browser = self.browser(page["host"], page["login"])
        words = {"headers": {"User-Agent": AGENT}, "allow_redirects": False, "name": page["name"]}
        with browser.get(page["path"], catch_response=True, **words) as answer:
            if answer.status_code != 200:
                answer.failure(f"{page['path']} answers {answer.status_code}")


def pages_of(pages: list[dict[str, str]], number: int) -> list[dict[str, str]]:
    """Return the pages of one of the accounts: accounts share people as they share pages."""
    login = pages[number % len(pages)]["login"]
    return [page for page in pages if page["login"] == login]


def measured(plan: dict[str, Any]) -> dict[str, Any]:
    """Let the people of a plan open pages; return the milliseconds of each page, in order, and failures."""
    took: dict[str, list[float]] = defaultdict(list)
    failures: list[str] = []
    begin, ready = Event(), []
    facts = {"plan": plan, "begin": begin, "door": Semaphore(), "numbers": count(), "ready": ready}
    facts["fixed_count"] = 0
    person = type("Planned", (Person,), facts)
    environment = Environment(user_classes=[person])

    def note(name: str, response_time: float, exception: Any, **_facts: Any) -> None:
        if exception is not None:
            failures.append(f"{name}: {exception}")
        elif name != LOG_IN:
            took[name].append(response_time)

    environment.events.request.add_listener(note)
    runner = environment.create_local_runner()
    runner.start(plan["people"], spawn_rate=plan["people"])
    limit = time.monotonic() + PATIENCE_S
    while len(ready) < plan["people"]:
        if time.monotonic() > limit:
            raise RuntimeError(f"{len(ready)} of {plan['people']} people could log in: {failures[:3]}")
        gevent.sleep(0.05)
    begun = time.monotonic()
    begin.set()
    if plan["rounds"]:
        while runner.user_count:
            gevent.sleep(0.1)
    else:
        gevent.sleep(plan["seconds"])
    seconds = time.monotonic() - begun
    answered = sum(map(len, took.values()))
    runner.quit()
    return {"took_ms": took, "failures": failures, "seconds": seconds, "answered": answered}


if __name__ == "__main__":
    print(json.dumps(measured(json.loads(Path(sys.argv[1]).read_text("utf-8")))))
