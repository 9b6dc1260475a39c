"""The people of tools/storm.py: browsers that send a form until it is answered, and note what they read.

A page that leads elsewhere has not said yet that it is done: refusals do too. So the page it leads to is read
as well, and only words of success on it count as an answer.
"""

import http.client
import http.cookiejar
import mimetypes
import secrets
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from dataclasses import dataclass, field

from lxml import html

from endi_ext.hosts.demo.seeding import PASSWORD

# enDI sends browsers it does not know to a page that says so.
AGENT = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
)
ANSWER_S, PAUSE_S, PATIENCE_S = 30, 1, 300


@dataclass
class Diary:
    """What everybody was told and asked, shared by all: lists and counters that grow only.

    `told` is (kind, key, whether an answer was lost before) of each operation acknowledged; `refused` is what
    pages refused, `asked` what was wanted of pages, `waited` how often the answer did not come at once, and
    `silence` how attempts failed: who gets no answer tries again each second.
    """

    told: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    asked: Counter = field(default_factory=Counter)
    waited: Counter = field(default_factory=Counter)
    silence: Counter = field(default_factory=Counter)


class StayHere(urllib.request.HTTPRedirectHandler):
    """Redirections are read one by one."""

    def redirect_request(self, *_said, **_facts):
        return None


class Refused(Exception):
    """A page said no, in words: the status, the address, the words, whether an answer was lost before."""


@dataclass
class Answer:
    """What came back: where it was read in the end, the page, and whether an answer was lost before."""

    path: str
    page: object
    late: bool


class Person:
    """Somebody with a browser for each of the accounts it plays."""

    def __init__(self, address, diary):
        self.address, self.diary, self.browsers = address, diary, {}

    def browser(self, login):
        """Return the browser of an account, logged in."""
        if login not in self.browsers:
            jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
            self.browsers[login] = urllib.request.build_opener(jar, StayHere)
            form = {"login": login, "password": PASSWORD, "submit": "submit", "nextpage": "/"}
            self._answer(login, "/login", urllib.parse.urlencode(form).encode())
        return self.browsers[login]

    def read(self, login, path):
        """Return the page at `path`, parsed; asked again until somebody answers."""
        answer, _late = self._answer(login, path)
        if answer.status in (302, 303):
            return self.read(login, whither(answer))
        return html.fromstring(answer.read().decode())

    def fetch(self, login, path):
        """Return the bytes of a file."""
        answer, _late = self._answer(login, path)
        return answer.read() if answer.status == 200 else b""

    def submit(self, login, path, action=None, files=None, **values):
        """Fill a form of the page at `path` in and send it until it is answered. Raises Refused."""
        return self.press(login, self.read(login, path), action or path, files, **values)

    def press(self, login, page, action, files=None, **values):
        """Fill a form of a page that was read in and send it until it is answered. Raises Refused."""
        return self.send(login, action, [*filled(form_of(page, action), values), ("submit", "submit")], files)

    def shown(self, login, path, files):
        """Send a form that is answered by a page to look at; return that page."""
        fields = [*filled(form_of(self.read(login, path), path), {}), ("submit", "submit")]
        answer, late = self._answer(login, path, *packed(fields, files))
        if answer.status != 200:
            raise Refused(answer.status, path, "no page", late)
        return html.fromstring(answer.read().decode())

    def send(self, login, target, fields, files=None):
        """Send a form until it is answered; return the page it led to. Raises Refused."""
        body, kind = packed(fields, files)
        answer, late = self._answer(login, target, body, kind)
        if answer.status not in (302, 303):
            raise Refused(answer.status, target, errors_of(answer), late)
        path = whither(answer)
        page = self.read(login, path)
        if refusals := page.xpath("//*[contains(@class, 'alert-danger')]"):
            # What a lost answer would have said may be beside it: told of another form, it is not of this.
            raise Refused(303, target, words_of(refusals[0]), late)
        return Answer(path, page, late)

    def note(self, kind, key, answer):
        """Note an operation that a page acknowledged."""
        self.diary.told.append((kind, key, answer.late))

    def _answer(self, login, path, body=None, kind=None):
        limit, lost = time.monotonic() + PATIENCE_S, False
        headers = {"User-Agent": AGENT, **({"Content-Type": kind} if kind else {})}
        while True:
            self.diary.asked["forms" if body else "pages"] += not lost
            try:
                request = urllib.request.Request(self.address + path, body, headers)
                return self.browser(login).open(request, timeout=ANSWER_S), lost
            except urllib.error.HTTPError as answer:
                if answer.code < 500:
                    return answer, lost
                self.diary.silence[str(answer.code)] += 1
            except (OSError, http.client.HTTPException) as trouble:
                reason = getattr(trouble, "reason", trouble)
                self.diary.silence[type(reason).__name__] += 1
            self.diary.waited["forms" if body else "pages"] += not lost
            lost = True
            if time.monotonic() > limit:
                raise TimeoutError(path)
            time.sleep(PAUSE_S)


def form_of(page, action):
    """Return the form of a page that leads to `action`; a form without address is of the page itself."""
    for form in page.forms:
        if not form.action or urllib.parse.urlparse(form.action).path == action:
            return form
    raise Refused(404, action, "no such form", False)


def whither(answer):
    """Return the path a redirection leads to."""
    return urllib.parse.urlparse(answer.headers["Location"]).path


def words_of(element):
    """Return the words of a piece of a page in one line."""
    return " ".join(element.text_content().split())


def errors_of(answer):
    """Return what a form that was shown again says is wrong."""
    page = html.fromstring(answer.read().decode() or "<p/>")
    return "; ".join(words_of(one) for one in page.xpath("//*[contains(@class, 'error')]"))[:300]


def packed(fields, files):
    """Return a form's body and its content type, in parts when it brings files."""
    if not files:
        return urllib.parse.urlencode(fields).encode(), None
    edge, parts = secrets.token_hex(16), []
    for name, value in fields:
        parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
    for name, (filename, content) in files.items():
        kind = mimetypes.guess_type(filename)[0] or "application/octet-stream"
        head = f'Content-Disposition: form-data; name="{name}"; filename="{filename}"'
        parts.append(f"--{edge}\r\n{head}\r\nContent-Type: {kind}\r\n\r\n".encode() + content + b"\r\n")
    return b"".join([*parts, f"--{edge}--\r\n".encode()]), f"multipart/form-data; boundary={edge}"


def filled(form, values):
    """Return the fields of a form in their order, what was typed in the first of each name."""
    left, found = dict(values), []
    for one in form.iter("input", "select", "textarea"):
        kind = one.get("type", "text")
        if not one.name or kind in ("submit", "button", "file"):
            continue
        if kind in ("checkbox", "radio") and one.get("checked") is None:
            continue
        value = one.get("value", "on") if kind in ("checkbox", "radio") else one.value or ""
        found.append((one.name, left.pop(one.name, value)))
    return found
