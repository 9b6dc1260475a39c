"""Backups of books in use: whole when taken while entries are posted, told from the books they replace."""

import sqlite3
import subprocess
import threading
from contextlib import closing

import pytest
from click.testing import CliRunner
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from endi_ext.cli import main
from endi_ext.kernel.engine import make_engine
from endi_ext.ledger import audit
from endi_ext.ledger import service as ledger
from tests.builders import a_draft, an_act
from tests.cli.inis import an_ini, url_of
from tests.conftest import ENGINES
from tests.conftest import url_of as new_url
from tests.ledger.books import a_book

PATIENCE_S = 60


def back_up(engine, path):
    """Do what an administrator does, while others write."""
    if engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(engine.url.database)) as books, closing(sqlite3.connect(path)) as copy:
            books.backup(copy)
        return
    with path.open("wb") as rows:
        dump = client(engine.url, "mariadb-dump", "--single-transaction", engine.url.database)
        subprocess.run(dump, stdout=rows, check=True)


def restore(url, path):
    """Put a backup where other books were, or none."""
    url = make_url(url)
    if url.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(path)) as copy, closing(sqlite3.connect(url.database)) as books:
            copy.backup(books)
        return
    with path.open("rb") as rows:
        subprocess.run(client(url, "mariadb", url.database), stdin=rows, check=True)


def client(url, program, *arguments):
    where = (f"-h{url.host}", f"-P{url.port}", f"-u{url.username}", f"--password={url.password}")
    return [program, "--no-defaults", *where, *arguments]


def verified(ini, *options):
    outcome = CliRunner().invoke(main, ["-c", str(ini), "verify", *map(str, options)])
    return outcome.exit_code, outcome.output


def grown(engine, entries):
    with Session(engine, future=True) as session:
        a_book(session, entries)
        session.commit()


def test_a_checkpoint_tells_that_an_older_backup_was_restored_even_under_new_entries(engine, tmp_path):
    ini, kept = an_ini(tmp_path, url_of(engine)), tmp_path / "elsewhere.json"
    grown(engine, 3)
    back_up(engine, tmp_path / "backup")
    grown(engine, 4)
    assert CliRunner().invoke(main, ["-c", str(ini), "checkpoint", "--out", str(kept)]).exit_code == 0
    grown(engine, 2)
    assert verified(ini, "--checkpoint", kept)[0] == 0

    engine.dispose()
    restore(url_of(engine), tmp_path / "backup")
    assert verified(ini)[0] == 0  # sound in itself: only what was kept elsewhere tells
    code, said = verified(ini, "--checkpoint", kept)
    assert (code, "ils s’arrêtent au rang 3, ils allaient jusqu’au rang 7" in said) == (1, True)
    assert "une sauvegarde plus ancienne" in said

    grown(engine, 9)
    assert verified(ini)[0] == 0
    code, said = verified(ini, "--checkpoint", kept)
    assert (code, "ne contiennent plus ce que dit le point de contrôle du rang 7" in said) == (1, True)
    assert "une sauvegarde plus ancienne" in said


@pytest.mark.parametrize("kind", ENGINES)
def test_a_backup_taken_while_entries_are_posted_is_sound(kind, copy, request, tmp_path):
    engine, begun, over, posted = copy(kind), threading.Event(), threading.Event(), []
    with Session(engine, future=True) as session:
        buyer, seller, _third = (party.id for party in a_book(session, 3))
        session.commit()

    def post():
        while not over.is_set():
            with Session(engine, future=True) as session:
                posted.append(ledger.post(session, a_draft(buyer, seller), an_act()).source)
                session.commit()
            if len(posted) > 2:
                begun.set()

    poster = threading.Thread(target=post)
    poster.start()
    try:
        assert begun.wait(PATIENCE_S)
        before = len(posted)
        back_up(engine, tmp_path / "backup")
    finally:
        over.set()
        poster.join()
    (tmp_path / "new").mkdir()
    url = new_url(kind, request, tmp_path / "new")
    restore(url, tmp_path / "backup")
    other = make_engine(url)
    with Session(other, future=True) as session:
        verdict = audit.verify(session)
    other.dispose()
    assert verdict.sound
    assert 3 + before - 1 <= verdict.entries <= 3 + len(posted)
