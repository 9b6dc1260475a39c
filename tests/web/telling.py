"""What people of the demo were told: letters in its folder, notifications under its bell, a clock to turn."""

from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from pyramid.scripting import prepare
from sqlalchemy import select

from endi_ext.hosts.clock import SystemClock
from endi_ext.hosts.demo.models import Notification
from tests.hosts.browsing import fill
from tests.subcontracts.builders import a_proposal


class TurnedClock(SystemClock):
    """The computer's clock, some days away."""

    def __init__(self, days=0):
        self.days = days

    def now(self):
        return super().now() + timedelta(days=self.days)


class Post:
    """The letters of a demo."""

    def __init__(self, folder):
        self.folder = Path(folder)

    def letters(self):
        """Return every letter, the oldest first."""
        files = sorted(self.folder.glob("*.eml"), key=lambda path: int(path.stem.rpartition("-")[2]))
        return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]

    def to(self, login):
        return [one for one in self.letters() if one["To"] == f"{login}@passerelles.example"]

    def subjects(self):
        return [(one["To"].partition("@")[0], one["Subject"]) for one in self.letters()]


@pytest.fixture
def post(tmp_path):
    return Post(tmp_path / "var" / "mail")


@pytest.fixture
def clock(demo_app):
    """Turn the demo's clock: `clock.days = 7`."""
    demo_app.registry.endi_ext_host.clock = TurnedClock()
    return demo_app.registry.endi_ext_host.clock


@pytest.fixture
def request_of_a_command(demo_app):
    """A request as commands have one."""
    with prepare(registry=demo_app.registry) as environment:
        yield environment["request"]


NEW = "/companies/1/exchanges/subcontracts/new"


def a_form(browser, title="Une étagère", seller="Atelier Trait Juste"):
    form = browser.get(NEW).forms["endi_ext_form"]
    fill(form, title=title, seller=seller, due_on="2027-03-01")
    fill(form, description="Plans", quantity_thousandths="1", unit="plan", unit_price_cents="1250")
    return form


@pytest.fixture
def untold(books, party, an_act):
    """A proposal of helene to karim that was committed while nobody could tell."""
    made = a_proposal(books, buyer=party(1), seller=party(2), title="Une mezzanine", act=an_act("helene"))
    books.commit()
    return made


def shown(books, login_id):
    books.rollback()
    wanted = select(Notification.title).where(Notification.user_id == login_id).order_by(Notification.id)
    found = list(books.execute(wanted).scalars())
    books.rollback()
    return found


def choose(browser, company, letters):
    form = browser.get(f"/companies/{company}/exchanges/notifications").forms["endi_ext_form"]
    form["letters"] = letters
    form.submit("submit", status=303)
