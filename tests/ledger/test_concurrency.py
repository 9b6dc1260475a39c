"""Several processes that post at once, and one that is killed in the middle."""

import signal
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from endi_ext.ledger import audit, queries
from endi_ext.ledger import service as ledger
from endi_ext.ledger.models import Entry
from tests.builders import a_draft, a_party, an_act

EACH = 500


@pytest.fixture
def url(engine):
    """The address of a book with two parties, numbered 1 and 2."""
    with Session(engine, future=True) as session:
        a_party(session, id=1)
        a_party(session, id=2)
        session.commit()
    return engine.url.render_as_string(hide_password=False)


def start(url, name, count=EACH):
    """Start a process that posts, and return it once it is about to."""
    command = [sys.executable, "-m", "tests.ledger.poster", url, name, str(count)]
    root = Path(__file__).parents[2]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    process = subprocess.Popen(command, cwd=root, **pipes)
    assert process.stdout.readline() == "ready\n", process.stderr.read()
    return process


def finish(process):
    _out, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors


def sources(session, name):
    wanted = select(Entry.source).where(Entry.source.startswith(f"{name}:"))
    return set(session.execute(wanted).scalars())


def sound(session, entries):
    """Prove the book, and that its receivable is the sum of what was posted."""
    verdict = audit.verify(session)
    assert (verdict.breaks, verdict.entries) == ((), entries)
    assert sum(row.balance_cents for row in queries.trial_balance(session)) == 0


def test_two_processes_post_at_once_and_nothing_is_lost(engine, url):
    for process in [start(url, "a"), start(url, "b")]:
        finish(process)
    with Session(engine, future=True) as session:
        for name in ("a", "b"):
            assert sources(session, name) == {f"{name}:{number}" for number in range(EACH)}
        sound(session, 2 * EACH)


def test_a_process_killed_in_the_middle_leaves_a_sound_book_and_can_start_again(engine, url):
    killed, other = start(url, "a"), start(url, "b")
    for line in killed.stdout:
        if int(line) == EACH // 5:
            killed.send_signal(signal.SIGKILL)
            break
    killed.communicate()
    finish(other)
    with Session(engine, future=True) as session:
        posted = len(sources(session, "a"))
        assert EACH // 5 < posted < EACH
        sound(session, EACH + posted)
    finish(start(url, "a"))
    with Session(engine, future=True) as session:
        sound(session, 2 * EACH)


def test_the_same_draft_posted_at_once_is_posted_once(engine, url):
    draft, entries = a_draft(1, 2), []

    def post():
        with Session(engine, future=True) as session:
            session.execute(select(Entry.id)).all()
            entry = ledger.post(session, draft, an_act())
            entries.append((entry.id, len(entry.lines), entry.entry_text.text))
            session.commit()

    threads = [Thread(target=post) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert entries == [(1, 4, "Pose de la cuisine")] * 6
    with Session(engine, future=True) as session:
        sound(session, 1)


def test_an_old_snapshot_sees_the_closing_of_a_month(mariadb_engine):
    with Session(mariadb_engine, future=True) as session:
        parties = a_party(session).id, a_party(session).id
        session.commit()
    with Session(mariadb_engine, future=True) as old, Session(mariadb_engine, future=True) as other:
        old.execute(select(Entry.id)).all()
        ledger.post(other, a_draft(*parties), an_act())
        month = ledger.period_of(other, a_draft(*parties).effective_on)
        ledger.close_period(other, month, an_act())
        other.commit()
        with pytest.raises(ledger.PeriodClosed):
            ledger.post(old, a_draft(*parties), an_act())


def test_an_old_snapshot_posts_behind_what_was_posted_meanwhile(mariadb_engine):
    with Session(mariadb_engine, future=True) as session:
        parties = a_party(session).id, a_party(session).id
        session.commit()
    with Session(mariadb_engine, future=True) as old, Session(mariadb_engine, future=True) as other:
        old.execute(select(Entry.id)).all()
        ledger.post(other, a_draft(*parties), an_act())
        other.commit()
        second = ledger.post(old, a_draft(*parties), an_act())
        assert (second.id, second.number) == (2, 2)
        assert ledger.period_of(old, second.effective_on).state == "open"
        old.commit()
    with Session(mariadb_engine, future=True) as session:
        sound(session, 2)


def test_closing_with_an_old_snapshot_holds_what_was_posted_meanwhile(mariadb_engine):
    with Session(mariadb_engine, future=True) as session:
        parties = a_party(session).id, a_party(session).id
        session.commit()
    with Session(mariadb_engine, future=True) as old, Session(mariadb_engine, future=True) as other:
        old.execute(select(Entry.id)).all()
        entry = ledger.post(other, a_draft(*parties), an_act())
        on = entry.effective_on
        other.commit()
        period = ledger.close_period(old, ledger.period_of(old, on), an_act())
        assert '"entries":1' in period.certificate
        assert '"lines":4' in period.certificate
        old.commit()
    with Session(mariadb_engine, future=True) as session:
        sound(session, 1)
