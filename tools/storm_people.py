"""The people of tools/storm.py: they read pages, fill forms in, and send them again when nothing answers."""

import http.client
import http.cookiejar
import random
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass

from lxml import html

from endi_ext.hosts.demo.seeding import PASSWORD

BUYER, SELLER = "Menuiserie du Lac", "Atelier Trait Juste"
# enDI sends browsers it does not know to a page that says so.
AGENT = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
)
ANSWER_S, PAUSE_S, PATIENCE_S = 30, 1, 180
THINKING_S = (5, 25)


@dataclass
class Troubles:
    """How many requests were sent, and how many got no answer or one of the server's own failures."""

    asked: int = 0
    failed: int = 0


class StayHere(urllib.request.HTTPRedirectHandler):
    """Redirections are answers: they say that what was sent is done."""

    def redirect_request(self, *_said, **_facts):
        return None


class Refused(Exception):
    """A page said no, in words: the status and the address."""


class Person:
    """Somebody with a browser for each of the accounts it plays."""

    def __init__(self, address, troubles):
        self.address, self.troubles, self.browsers = address, troubles, {}

    def browser(self, login):
        """Return the browser of an account, logged in."""
        if login not in self.browsers:
            jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
            self.browsers[login] = urllib.request.build_opener(jar, StayHere)
            form = {"login": login, "password": PASSWORD, "submit": "submit", "nextpage": "/"}
            self.send(login, "/login", form)
        return self.browsers[login]

    def read(self, login, path):
        """Return the page at `path`, parsed; asked again until somebody answers."""
        answer = self._answer(login, path)
        while answer.status in (302, 303):
            answer = self._answer(login, urllib.parse.urlparse(answer.headers["Location"]).path)
        return html.fromstring(answer.read().decode())

    def send(self, login, path, form):
        """Send a form until it is answered; return where the answer leads. Raises Refused."""
        answer = self._answer(login, path, urllib.parse.urlencode(form).encode())
        if answer.status not in (302, 303):
            raise Refused(answer.status, path)
        return urllib.parse.urlparse(answer.headers["Location"]).path

    def submit(self, login, path, action=None, **values):
        """Fill a form of the page at `path` in and send it."""
        page = self.read(login, path)
        forms = [one for one in page.forms if (one.action or path).endswith(action or path)]
        if not forms:
            raise Refused(404, action or path)
        target = urllib.parse.urlparse(forms[0].action or path).path or path
        return self.send(login, target, [*filled(forms[0], values), ("submit", "submit")])

    def _answer(self, login, path, body=None):
        limit = time.monotonic() + PATIENCE_S
        while True:
            self.troubles.asked += 1
            try:
                request = urllib.request.Request(self.address + path, body, {"User-Agent": AGENT})
                return self.browser(login).open(request, timeout=ANSWER_S)
            except urllib.error.HTTPError as answer:
                if answer.code < 500:
                    return answer
            except (OSError, http.client.HTTPException):
                pass
            self.troubles.failed += 1
            if time.monotonic() > limit:
                raise TimeoutError(path)
            time.sleep(PAUSE_S)


def filled(form, values):
    """Return the fields of a form in their order, the first empty one of each name filled in."""
    left, found = dict(values), []
    for field in form.iter("input", "select", "textarea"):
        kind = field.get("type", "text")
        if not field.name or kind in ("submit", "button", "file"):
            continue
        if kind in ("checkbox", "radio") and field.get("checked") is None:
            continue
        value = field.get("value", "on") if kind in ("checkbox", "radio") else field.value or ""
        found.append((field.name, value or left.pop(field.name, "")))
    return found


def work(person, number, seed, over, told):
    """Live one job after the other until it is over; note what the pages acknowledged."""
    rng, count = random.Random(f"{seed}:{number}"), 0
    while not over.is_set():
        count += 1
        try:
            live(person, f"Tempête {number}-{count}", rng, told)
        except Refused as refused:
            # A form sent twice may find its work done: the books say at the end whether it was.
            print(f"refused: {refused}", flush=True)
        # The worker needs seconds for the papers of each: it must be able to follow.
        time.sleep(rng.uniform(*THINKING_S))


def live(person, title, rng, told):
    """Propose, sign, deliver all, accept, settle in whole."""
    buys, sells = home_of(person, "helene", BUYER), home_of(person, "karim", SELLER)
    hers = person.submit(
        "helene",
        f"{buys}/subcontracts/new",
        title=title,
        seller=SELLER,
        due_on="2027-06-30",
        description="Ouvrage",
        quantity_thousandths="1",
        unit="forfait",
        unit_price_cents=str(rng.randint(10, 900)),
    )
    told.append(("proposed", title))
    his = hers.replace(buys, sells)
    person.submit("karim", his, f"{his}/accept")
    page = person.read("karim", f"{his}/deliveries/new")
    rows = [name for form in page.forms for name, _value in form.form_values() if name.startswith("line")]
    delivery = person.submit("karim", f"{his}/deliveries/new", **dict.fromkeys(rows, "1"))
    theirs = delivery.replace(sells, buys)
    person.submit("helene", theirs, f"{theirs}/accept")
    told.append(("accepted", title))
    person.submit("odile", f"{exchange_of(person, title)}/settle")
    told.append(("settled", title))


def home_of(person, login, name):
    """Return the address of a party's pages, from the menu of who works there."""
    if not hasattr(person, "homes"):
        person.homes = {}
    if login not in person.homes:
        page = person.read(login, "/")
        found = {urllib.parse.urlparse(link).path for link in page.xpath("//a/@href") if "/exchanges" in link}
        person.homes[login] = next(path for path in sorted(found, key=len) if path.endswith("/exchanges"))
    return person.homes[login]


def exchange_of(person, title):
    """Return the accountant's address of the exchange of a job, as its buyer finds it in her list."""
    page = person.read("helene", f"{home_of(person, 'helene', BUYER)}/all")
    for row in page.xpath("//tr"):
        if title in row.text_content():
            for link in row.xpath(".//a/@href"):
                number = urllib.parse.urlparse(link).path.rpartition("/")[2]
                if number.isdigit():
                    return f"/exchanges/{number}"
    raise Refused(404, title)
