"""In enDI the worker tells: one letter and one notification for each person, also when it was down."""

from contextlib import contextmanager

import pytest
import transaction
from celery import Celery
from sqlalchemy import text

from endi_ext import installation
from tests.hosts.browsing import fill, form_to
from tests.hosts.endi import commands
from tests.hosts.endi.test_worker import letters, wait_until

BUYER, SELLER = "Menuiserie du Lac", "Atelier Trait Juste"


@pytest.fixture
def folder(tmp_path):
    """Where the worker runs, and its letters go."""
    return tmp_path


@contextmanager
def a_worker(ini, folder):
    """Run a worker; it is stopped as an administrator stops it."""
    options = ("--ini", ini, "--concurrency", "1", "--pool", "solo", "-l", "INFO")
    process = commands.start("celery", "-A", "pyramid_celery.celery_app", "worker", *options, folder=folder)
    ping = Celery("tests", broker=installation.read(ini).broker_url).control.ping
    try:
        wait_until(lambda: ping(timeout=1) or process.poll() is not None)
        assert process.poll() is None, (folder / "celery.log").read_text()
        yield
    finally:
        process.terminate()
        process.wait(timeout=60)


def propose(hosted, title):
    """Let helene propose to karim, and return her page."""
    form = hosted.browser("helene").get(f"{hosted.home_of(BUYER)}/subcontracts/new").forms["endi_ext_form"]
    fill(form, title=title, seller=SELLER, due_on="2027-06-30")
    fill(form, description="Plans", quantity_thousandths="1", unit="plan", unit_price_cents="150")
    return form.submit("submit", status=303).location.replace("http://localhost", "")


def told(folder, title):
    """Return to whom letters about `title` left, with what they say, in the order of the alphabet."""
    return sorted((one["To"], one["Subject"]) for one in letters(folder) if title in one["Subject"])


def notified(hosted, title):
    """Return the host's notifications about `title`: login and title."""
    wanted = text(
        "SELECT login.login, notification.title FROM notification"
        " JOIN login ON login.user_id = notification.user_id WHERE notification.title LIKE :title"
    )
    with hosted.session() as session:
        return sorted(tuple(row) for row in session.execute(wanted, {"title": f"%{title}%"}))


def test_a_step_is_told_once_whether_the_worker_runs_stops_or_comes_back(hosted, ini, worker_ini, folder):
    # The worker is down: the step is taken, nobody is told yet.
    hers = propose(hosted, "Bibliothèque à prévenir")
    his = hers.replace(hosted.home_of(BUYER), hosted.home_of(SELLER))
    assert notified(hosted, "Bibliothèque à prévenir") == []
    with a_worker(worker_ini, folder):
        wait_until(lambda: told(folder, "Bibliothèque à prévenir"))
        # It runs: the answer is told as soon as it is committed.
        form_to(hosted.browser("karim").get(his), f"{his}/accept").submit(status=303)
        wait_until(lambda: len(told(folder, "Bibliothèque à prévenir")) == 2)
    # Down again, and back: nothing is told a second time.
    propose(hosted, "Étagère à prévenir")
    with a_worker(worker_ini, folder):
        wait_until(lambda: told(folder, "Étagère à prévenir"))
        assert commands.run("endi-ext", "-c", ini, "daily", folder=folder)
    said = "".join(one.get_content() for one in letters(folder) if "Étagère à prévenir" in one["Subject"])
    assert f"http://localhost{hosted.home_of(SELLER)}/subcontracts/" in said
    assert told(folder, "Bibliothèque à prévenir") == [
        ("helene@passerelles.example", f"{SELLER} a accepté la proposition : Bibliothèque à prévenir"),
        ("karim@passerelles.example", f"{BUYER} propose une sous-traitance : Bibliothèque à prévenir"),
    ]
    assert len(told(folder, "Étagère à prévenir")) == 1
    assert notified(hosted, "Bibliothèque à prévenir") == [
        ("helene", f"{SELLER} a accepté la proposition : Bibliothèque à prévenir"),
        ("karim", f"{BUYER} propose une sous-traitance : Bibliothèque à prévenir"),
    ]
    assert len(notified(hosted, "Étagère à prévenir")) == 1


def test_without_a_worker_the_daily_command_tells(hosted, ini, folder):
    propose(hosted, "Banc à prévenir")
    said = commands.run("endi-ext", "-c", ini, "daily", folder=folder)
    assert "Personnes prévenues" in said
    assert len(told(folder, "Banc à prévenir")) == len(notified(hosted, "Banc à prévenir")) == 1
    commands.run("endi-ext", "-c", ini, "daily", folder=folder)
    assert len(told(folder, "Banc à prévenir")) == 1


def test_what_is_typed_is_text_under_the_bell_of_the_host(hosted, ini, folder):
    propose(hosted, "Volet <b>gras</b> & co")
    commands.run("endi-ext", "-c", ini, "daily", folder=folder)
    with hosted.session() as session:
        found = session.execute(text("SELECT title, body FROM notification WHERE title LIKE '%Volet%'")).one()
    assert "&lt;b&gt;gras&lt;/b&gt; &amp; co" in found.title
    assert 'href="/companies/' in found.body


def test_the_host_knows_who_works_where(hosted):
    with hosted.request_of("helene") as request:
        session, host = request.dbsession, hosted.host
        helene = host.actor(request).key
        key = host.actor(request).host_keys[0]
        assert (helene, "Hélène Marchand", "helene@passerelles.example") in host.notifier.people(session, key)
        assert host.notifier.people(session, "cooperative:0") == []
        assert host.notifier.people(session, "company:999999") == []
    transaction.begin()
